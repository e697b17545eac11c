"""`python -m benchmarks.bulk_work WHAT FOLDER DEALS`: one piece of the work on very many deals, in its own process."""

import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from benchmarks.history import credits, sales, version
from salesrepo.bulk.events import write
from salesrepo.bulk.feed import Part, batches
from salesrepo.bulk.run import BulkTerms, Effort, Paid, pay_all
from salesrepo.domain.period import Calendar

_PARTS = 4
_TRANSACTION = """{sale.signed} {sale.deal}
    receivable:{sale.payees[0]}  {amount:.2f} EUR
    sales:{sale.payees[0]}

"""


def make(folder: Path, count: int) -> int:
    """Write the year's events as columns, and as a journal for hledger; returns how many credits there are."""
    (folder / "given").mkdir()
    with (folder / "journal").open("w", encoding="utf-8") as journal:
        for sale in sales(count):
            journal.write(_TRANSACTION.format(sale=sale, amount=sale.amount / 100))
    return write((credit for sale in sales(count) for credit in credits(sale)), folder / "given")


def pay(folder: Path, count: int, processes: int = 1) -> Paid:
    """Read the columns, pay, and write the lines as columns."""
    held = ((date.min, version()),)
    terms = BulkTerms(calendar=Calendar(), versions={f"s-{number}": held for number in range(max(1, count // 10))})
    effort = Effort(parts=_PARTS if count >= _PARTS else 1, processes=processes)
    return pay_all(folder / "given", _empty(folder / "made"), terms, effort)


def sort(folder: Path) -> int:
    """Join and sort the same columns, and hand them over as Arrow: the floor."""
    return sum(batch.num_rows for batch in batches(folder / "given", Part(), 100_000))


def from_git(folder: Path, *, kept: bool) -> Paid:
    """Pay what main has as won, its records read from Git; from columns that were kept before, where `kept`."""
    from salesrepo.flows.books.columns import what_if  # noqa: PLC0415 - each work loads what it needs itself
    from salesrepo.flows.books.settle_terms import Memory  # noqa: PLC0415
    from salesrepo.vcs.objects import Objects  # noqa: PLC0415

    cache = folder / "cache"
    if not kept:
        shutil.rmtree(cache, ignore_errors=True)
    with Objects(folder / "won.git") as objects:
        main = objects.tip("refs/heads/main") or ""
        return what_if(objects, main, Memory(), cache=cache, made=_empty(folder / "made"), effort=Effort())


def build(folder: Path, count: int) -> None:
    """Write the same year as records in a repository."""
    from benchmarks import won  # noqa: PLC0415

    won.build(folder, count)


def settle(folder: Path) -> int:
    """Settle main from its root into the files of a ledger, and return how many lines that makes."""
    from salesrepo.flows.books.settle import PlainLedger, settle_objects  # noqa: PLC0415

    home = PlainLedger(folder / "won.git")
    return settle_objects(home.repository(), home.main(), None).lines


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


WORKS: Mapping[str, Callable[[Path, int], object]] = {
    "make": make,
    "build": build,
    "pay": pay,
    "cold": lambda folder, _count: from_git(folder, kept=False),
    "kept": lambda folder, _count: from_git(folder, kept=True),
    "settle": lambda folder, _count: settle(folder),
}

if __name__ == "__main__":
    WORKS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
