"""Is what is measured worth measuring: do columns, Git and the ledger pay the same for the same deals?"""

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="salesrepo[bulk] is not installed: DuckDB is missing")
pytest.importorskip("pyarrow", reason="salesrepo[bulk] is not installed: Arrow is missing")

from benchmarks import bulk_work, won
from benchmarks.history import credits, sales, version
from salesrepo.commission.engine import pay
from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.period import Calendar
from salesrepo.flows.books.columns import columns
from salesrepo.flows.books.settle import settle_objects
from salesrepo.flows.books.settle_terms import Memory
from salesrepo.store.records import file_of
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.objects import Objects

MANY = 60


def test_columns_git_and_the_ledger_pay_the_same(tmp_path: Path) -> None:
    due = [credit for sale in sales(MANY) for credit in credits(sale)]
    plans = {(credit.payee, credit.event.signed): (version(),) for credit in due}
    expected: Counter[tuple[str, str]] = Counter()
    for line in pay(due, plans, {}, calendar=Calendar()).lines:
        expected[line.payee, line.currency] += line.amount
    assert len(due) > MANY
    bulk_work.make(tmp_path, MANY)
    built = won.build(tmp_path, MANY)
    settled = settle_objects(built.git_dir, built.main, None)
    assert settled.totals == expected
    assert not settled.pending
    for paid in (bulk_work.pay(tmp_path, MANY), *(bulk_work.from_git(tmp_path, kept=kept) for kept in (False, True))):
        assert (paid.totals, paid.lines, paid.passed) == (expected, len(due), 0)
    assert bulk_work.sort(tmp_path) == len(due)


def test_columns_are_kept_for_as_long_as_the_records_stay(tmp_path: Path) -> None:
    built, cache = won.build(tmp_path, MANY), tmp_path / "cache"
    path, data = file_of(PRODUCT, Product(sku="pro", name="Pro", price="900.00", currency="EUR"))
    drafts = (
        Draft({"notes.md": (FILE_MODE, b"A note.\n")}, "Note\n", 0),
        Draft({path: (FILE_MODE, data)}, "Price\n", 0),
    )
    noted, priced = write_commits(built.git_dir, drafts, parent=built.main)
    with Objects(built.git_dir) as objects:
        first, again, other = (
            columns(objects, commit, Memory(), cache=cache).folder for commit in (built.main, noted, priced)
        )
    assert first == again != other
    assert sorted(cache.iterdir()) == sorted([first, other])
