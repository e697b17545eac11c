"""How does a period stand in a general ledger? A journal as CSV: two rows or more for each line, debit and credit."""

from collections.abc import Iterator

from salesrepo.domain.money import show_amount
from salesrepo.encode.csv_ import Form, encoded
from salesrepo.export.amortise import spread
from salesrepo.export.job import Export, Job
from salesrepo.export.journal import Chart, chart_of
from salesrepo.export.rows import Entry, Role, entries, payouts

_COLUMNS = (
    "batch",
    "entry",
    "date",
    "account",
    "debit",
    "credit",
    "currency",
    "payee",
    "deal",
    "component",
    "type",
    "earned",
    "line",
)


def export_accrual(job: Job) -> Export:
    """One CSV file. What is spread over months stands on the last day of each, in this file alone."""
    terms = job.mapping.accrual
    chart = chart_of({Role(name): account for name, account in terms.accounts.items()})
    made = entries(job.lines, job.window, undone=job.undone, expensed_draws=terms.expensed_draws)
    if policy := terms.capitalise:
        made = tuple(one for entry in made for one in spread(entry, policy, job.window))
    rows = (row for number, entry in enumerate(made, 1) for row in _rows(job, number, entry, chart))
    data = encoded(_COLUMNS, rows, Form(line_end="\r\n"))
    return Export(files={f"{job.batch}.csv": data}, paid=payouts(job.lines))


def _rows(job: Job, number: int, entry: Entry, chart: Chart) -> Iterator[tuple[str | int, ...]]:
    line = entry.line
    for role, amount in entry.postings:
        shown = show_amount(abs(amount), line.currency)
        yield (
            job.batch,
            number,
            entry.on.isoformat(),
            chart.names[role],
            shown if amount > 0 else "",
            shown if amount < 0 else "",
            line.currency,
            line.payee,
            line.deal,
            line.component or "",
            entry.what,
            line.earning_period,
            line.key,
        )
