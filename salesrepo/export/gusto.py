"""What does Gusto's payroll upload read? Commission by name and employee id, in US dollars; nothing else is touched.

Gusto takes a zero as an answer and a blank as none, so that only columns that say something are written.
"""

import re
from collections import Counter

from salesrepo.domain.money import show_amount
from salesrepo.encode.csv_ import Form, encoded
from salesrepo.errors import RefusedError
from salesrepo.export.job import Export, Job, Paid, chosen, in_one_currency

_COLUMNS = ("last_name", "first_name", "gusto_employee_id", "commission")
_ID = "gusto_employee_id"
_FORM = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)


def export_gusto(job: Job) -> Export:
    """One CSV file. Raises RefusedError for another currency, and where Gusto could not tell two people apart."""
    paid, left = chosen(job, "gusto")
    in_one_currency(paid, "USD", system="Gusto")
    _tell_apart(paid)
    rows = sorted(
        (person.last_name, person.first_name, person.ids.get(_ID, ""), show_amount(payout.amount, "USD"))
        for payout, person in paid
    )
    data = encoded(_COLUMNS, rows, Form(line_end="\r\n", sparing=True))
    return Export(files={f"{job.batch}.csv": data}, paid=tuple(one.payout for one in paid), left=left)


def _tell_apart(paid: tuple[Paid, ...]) -> None:
    names = Counter((p.last_name.casefold(), p.first_name.casefold()) for _, p in paid)
    taken: dict[str, str] = {}
    for _, person in paid:
        known = person.ids.get(_ID, "")
        if known and not _FORM.fullmatch(known):
            raise RefusedError(
                f"{person.name} ({person.node}) has the {_ID} {known!r}, which is none.",
                hint="Take it from the employee's profile in Gusto: letters and digits.",
            )
        if not known and names[person.last_name.casefold(), person.first_name.casefold()] > 1:
            raise RefusedError(
                f"Two people are called {person.name}, and {person.node} has no {_ID}.",
                hint=f"Give each of them their {_ID} in the file of people.",
            )
        if known and (other := taken.setdefault(known.upper(), person.node)) != person.node:
            raise RefusedError(
                f"{other} and {person.node} have the same {_ID}.", hint="Correct one of them in the file of people."
            )
