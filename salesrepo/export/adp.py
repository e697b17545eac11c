"""What does ADP Workforce Now's paydata import read? A file for each company code, an earning for each employee."""

import re

from salesrepo.domain.money import show_amount
from salesrepo.encode.csv_ import Form, encoded
from salesrepo.errors import RefusedError
from salesrepo.export.batch import short_id
from salesrepo.export.job import Export, Job, Paid, chosen, in_one_currency

_COLUMNS = ("Co Code", "Batch ID", "File #", "Earnings 3 Code", "Earnings 3 Amount")
_COMPANY = re.compile(r"[A-Z0-9]{2,3}", re.ASCII)
_FILE = re.compile(r"[0-9]{1,6}", re.ASCII)
_LEAST_FILE = 51  # ADP keeps 1 to 50 for itself
_MOST = 9_999_999  # 99999.99 in the smallest unit


def export_adp(job: Job) -> Export:
    """`PRcccEPI.csv` for each company code. Raises RefusedError, by name, for what ADP would not take."""
    terms = job.mapping.adp
    if terms is None:
        raise RefusedError(
            "ADP needs the company's earnings code.", hint='Write "adp: {earnings_code: C}" in --mapping.'
        )
    paid, left = chosen(job, "adp")
    in_one_currency(paid, terms.currency, system="ADP")
    rows: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in paid:
        company, number = _place(one)
        amount = show_amount(one.payout.amount, terms.currency)
        row = (company, short_id(job.batch), number, terms.earnings_code, amount)
        if rows.setdefault(company, {}).setdefault(number, row) is not row:
            raise RefusedError(
                f"{one.person.name} ({one.person.node}) has the file number {number} of {company}, and so has another.",
                hint="Correct adp_file_number in the file of people.",
            )
    form = Form(line_end="\r\n", sparing=True)
    files = {
        f"PR{company:_<3}EPI.csv": encoded(_COLUMNS, [own[number] for number in sorted(own)], form)
        for company, own in sorted(rows.items())
    }
    return Export(files=files, paid=tuple(one.payout for one in paid), left=left)


def _place(one: Paid) -> tuple[str, str]:
    """Company code and file number of six digits."""
    person = one.person
    who = f"{person.name} ({person.node})"
    company, number = person.ids.get("adp_co_code", ""), person.ids.get("adp_file_number", "")
    if not _COMPANY.fullmatch(company):
        raise RefusedError(
            f"{who} has the adp_co_code {company!r}; ADP's have two or three capital letters or digits.",
            hint="Correct it in the file of people.",
        )
    if not _FILE.fullmatch(number) or int(number) < _LEAST_FILE:
        raise RefusedError(
            f"{who} has the adp_file_number {number!r}; ADP's run from 000051 to 999999.",
            hint="Correct it in the file of people.",
        )
    if one.payout.amount > _MOST:
        due = show_amount(one.payout.amount, one.payout.currency)
        raise RefusedError(
            f"{who} is due {due}, and one entry in ADP holds at most {show_amount(_MOST, one.payout.currency)}.",
            hint="Enter it in ADP by hand, and write pay_by: by-hand in the file of people.",
        )
    return company, number.zfill(6)
