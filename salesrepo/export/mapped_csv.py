"""What does any other payroll read? The columns that finance names, in their order."""

from collections.abc import Sequence
from datetime import timedelta

from salesrepo.domain.money import show_amount
from salesrepo.encode.csv_ import Form, encoded
from salesrepo.errors import RefusedError
from salesrepo.export.job import Export, Job, Paid, chosen
from salesrepo.export.mapping import Column, CsvTerms


def export_csv(job: Job) -> Export:
    """One CSV file. Raises RefusedError, by name, for an id that is missing or a letter that the encoding lacks."""
    terms = job.mapping.csv
    if terms is None:
        raise RefusedError("A CSV of your own needs its columns.", hint="Write the section csv in --mapping.")
    paid, left = chosen(job, terms.system)
    _refuse_mixed(terms, paid)
    form = Form(terms.separator, "\r\n" if terms.line_end == "crlf" else "\n", terms.encoding)
    rows = [_row(job, terms, one, form) for one in paid]
    data = encoded([column.column for column in terms.columns], rows, form)
    return Export(files={f"{job.batch}.csv": data}, paid=tuple(one.payout for one in paid), left=left)


def _refuse_mixed(terms: CsvTerms, paid: Sequence[Paid]) -> None:
    currencies = sorted({payout.currency for payout, _ in paid})
    if len(currencies) > 1 and all(column.from_ != "currency" for column in terms.columns):
        raise RefusedError(
            f"Payouts are in {' and '.join(currencies)}, and no column says in which.",
            hint="Add a column with `from: currency`, or pay the others by another system.",
        )


def _row(job: Job, terms: CsvTerms, one: Paid, form: Form) -> tuple[str, ...]:
    row = tuple(_cell(job, terms, column, one) for column in terms.columns)
    try:
        encoded(row, (), form)
    except UnicodeEncodeError as error:
        raise RefusedError(
            f"{one.person.node} has the letter {error.object[error.start]!r}, which {terms.encoding} cannot write.",
            hint="Write `encoding: utf-8` in the mapping, or the name as that payroll has it.",
        ) from None
    return row


def _cell(job: Job, terms: CsvTerms, column: Column, one: Paid) -> str:
    if column.text is not None:
        return column.text
    payout, person = one
    source = column.from_ or ""
    if source.startswith("ids."):
        known = person.ids.get(source.removeprefix("ids."))
        if known is None:
            raise RefusedError(
                f"{person.name} ({person.node}) has no {source.removeprefix('ids.')}.",
                hint="Add it in the file of people.",
            )
        return known
    plain = {
        "amount": show_amount(payout.amount, payout.currency).replace(".", terms.decimal),
        "currency": payout.currency,
        "period": job.window.id,
        "period_start": job.window.starts.isoformat(),
        "period_end": (job.window.ends - timedelta(days=1)).isoformat(),
        "batch": job.batch,
    }
    return plain[source] if source in plain else getattr(person, source) or ""
