"""How does a period stand in hledger's journal? A transaction for each line of the ledger, its key as a tag."""

from collections.abc import Iterator

from salesrepo.domain.money import decimals_of
from salesrepo.encode.hidden import shown
from salesrepo.export.job import Export, Job
from salesrepo.export.journal import Chart, accounts, journal_chart, journal_entries, postings, summary, written
from salesrepo.export.rows import Entry


def export_hledger(job: Job) -> Export:
    """A journal that passes `hledger check --strict`; it may be included beside those of other periods."""
    return written(job, "journal", _lines(job))


def _lines(job: Job) -> Iterator[str]:
    chart, made = journal_chart(job, capital=False), journal_entries(job)
    yield f"; salesrepo, commission of {job.window.id}, batch {job.batch}"
    yield "decimal-mark ."
    for currency in sorted({entry.line.currency for entry in made}):
        yield f"commodity 1000.{'0' * decimals_of(currency)} {currency}"
    yield from (f"account {account}" for account in accounts(made, chart))
    for entry in made:
        yield from _transaction(entry, chart)


def _transaction(entry: Entry, chart: Chart) -> Iterator[str]:
    line = entry.line
    yield ""
    yield f"{entry.on} * {_plain(line.payee)} | {_plain(summary(entry))}"
    yield f"  ; line:{_plain(line.key)}, event:{line.event_on}, earned:{_plain(line.earning_period)}"
    yield from postings(entry, chart)


def _plain(text: str) -> str:
    """Text that ends no description (;), no payee (|) and no tag (a comma)."""
    return shown(text).translate({ord(mark): " " for mark in ";|,"})
