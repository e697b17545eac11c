"""How does a period stand in beancount's ledger? A transaction for each line of ours, the line's key as metadata."""

from collections.abc import Iterator

from salesrepo.encode.hidden import shown
from salesrepo.export.job import Export, Job
from salesrepo.export.journal import Chart, journal_chart, journal_entries, postings, summary, written
from salesrepo.export.rows import Entry


def export_beancount(job: Job) -> Export:
    """A ledger that passes `bean-check` by itself.

    It opens no account by name, since two periods that are included together must not open one twice: the plugin
    opens what nobody else did.
    """
    return written(job, "beancount", _lines(job))


def _lines(job: Job) -> Iterator[str]:
    chart = journal_chart(job, capital=True)
    yield f";; salesrepo, commission of {job.window.id}, batch {job.batch}"
    yield 'plugin "beancount.plugins.auto_accounts"'
    for entry in journal_entries(job):
        yield from _transaction(entry, chart)


def _transaction(entry: Entry, chart: Chart) -> Iterator[str]:
    line = entry.line
    yield ""
    yield f"{entry.on} * {_text(line.payee)} {_text(summary(entry))}"
    yield f"  line: {_text(line.key)}"
    yield f"  event: {line.event_on}"
    yield f"  earned: {_text(line.earning_period)}"
    yield from postings(entry, chart)


def _text(text: str) -> str:
    """Text in quotes, on one line."""
    inner = shown(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
