"""Are the lines the same however a history is partitioned, cut into batches and shared out over processes?"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

duckdb = pytest.importorskip("duckdb", reason="salesrepo[bulk] is not installed: DuckDB is missing")
pa = pytest.importorskip("pyarrow", reason="salesrepo[bulk] is not installed: Arrow is missing")

from salesrepo.bulk.events import read_facts, write, write_facts  # noqa: E402
from salesrepo.bulk.feed import PAYEE, at_borders, differences  # noqa: E402
from salesrepo.bulk.lines import lines_table  # noqa: E402
from salesrepo.bulk.run import BulkTerms, Effort, pay_all  # noqa: E402
from salesrepo.commission.engine import pay  # noqa: E402
from salesrepo.commission.values import Payee  # noqa: E402
from salesrepo.commission.version import PlanVersion  # noqa: E402
from salesrepo.domain.kinds.plan_counts import Metric  # noqa: E402
from salesrepo.domain.statement import LineItem  # noqa: E402
from salesrepo.errors import RefusedError  # noqa: E402
from tests.commission.samples import CALENDAR, tiers  # noqa: E402
from tests.commission.test_pinned import by_quota, deals, of_quota, re_rated  # noqa: E402

MANY = 60
OLD, NEW = tiers(("0", "5%"), ("9000.00", "7%"), over="year"), of_quota(by_quota())
PAYEES = {"ana": Payee("ana", starts=date(2025, 6, 1)), "ben": Payee("ben", ends=date(2026, 9, 1))}
TERMS = BulkTerms(
    calendar=CALENDAR,
    versions={
        "ana": ((date.min, OLD), (date(2026, 6, 1), NEW)),
        "ben": ((date.min, re_rated(row=True)), (date(2026, 10, 1), None)),
    },
    payees=PAYEES,
)
facts = st.dictionaries(
    st.text(max_size=8),
    st.text(max_size=8) | st.integers(-(10**20), 10**20) | st.dates() | st.fractions(),
    max_size=4,
)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    assert write(deals(MANY), folder) == len(list(deals(MANY)))
    return folder


@pytest.fixture(scope="module")
def cuts(tmp_path_factory: pytest.TempPathFactory) -> pytest.TempPathFactory:
    return tmp_path_factory


@pytest.fixture(scope="module")
def whole(history: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(history, tmp_path_factory.mktemp("whole"), Effort())


def made(history: Path, folder: Path, effort: Effort) -> Path:
    pay_all(history, folder, TERMS, effort)
    return folder


def by_hand() -> tuple[LineItem, ...]:
    """The engine on all credits at once, without columns."""
    due = list(deals(MANY))
    plans = {
        (credit.payee, credit.event.signed): (found,)
        for credit in due
        if (found := TERMS.version(credit.payee, credit.event.signed)) is not None
    }
    return pay(due, plans, {}, calendar=CALENDAR, payees=PAYEES).lines


def rows(folder: Path) -> list[tuple[object, ...]]:
    return duckdb.connect().execute(f"select * from read_parquet('{folder}/lines-*.parquet')").fetchall()


def test_columns_and_partitions_pay_what_the_engine_pays_at_once(whole: Path) -> None:
    expected = lines_table(by_hand())
    assert len(rows(whole)) == expected.num_rows > MANY
    assert sorted(rows(whole), key=repr) == sorted((tuple(row.values()) for row in expected.to_pylist()), key=repr)


@pytest.mark.parametrize("parts", [1, 2, 7])
@settings(max_examples=4)
@given(batch=st.integers(1, 2 * MANY))
def test_no_partition_and_no_cut_changes_a_line(
    parts: int, batch: int, history: Path, whole: Path, cuts: pytest.TempPathFactory
) -> None:
    folder = made(history, cuts.mktemp("cut"), Effort(parts=parts, rows=batch))
    assert differences(whole, folder) == (0, 0)


def test_two_processes_make_the_same_lines(history: Path, whole: Path, tmp_path: Path) -> None:
    assert differences(whole, made(history, tmp_path, Effort(parts=2, processes=2))) == (0, 0)


def test_a_line_that_differs_is_seen(history: Path, whole: Path, tmp_path: Path) -> None:
    other = BulkTerms(calendar=CALENDAR, versions={**TERMS.versions, "ana": ((date.min, OLD),)}, payees=PAYEES)
    pay_all(history, tmp_path, other, Effort())
    beyond, lacking = differences(whole, tmp_path)
    assert beyond > 0 < lacking


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=5), max_size=6))
def test_no_payee_lies_in_two_batches(cuts: list[list[str]]) -> None:
    names = sorted(name for cut in cuts for name in cut)
    rest, schema = iter(names), pa.schema({PAYEE: pa.string()})
    stream = [pa.RecordBatch.from_pydict({PAYEE: list(islice(rest, len(cut)))}, schema=schema) for cut in cuts]
    found = [table.column(PAYEE).to_pylist() for table in at_borders(pa.RecordBatchReader.from_batches(schema, stream))]
    assert [name for cut in found for name in cut] == names
    assert all(not set(one) & set(other) for one, other in pairwise(found))


@settings(max_examples=15)
@given(facts)
def test_facts_come_back_as_they_were(given_: Mapping[str, str | int | date | Fraction]) -> None:
    back = read_facts(write_facts(given_))
    assert back == given_
    assert [type(fact) for fact in back.values()] == [type(fact) for fact in given_.values()]


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (OLD._replace(measures={"mine": OLD.measures["sales"]._replace(of="reports")}), "credit of others"),
        (OLD._replace(components=(OLD.components[0]._replace(by_window=True),)), "when a window ends"),
        (OLD._replace(components=(OLD.components[0]._replace(release=()),)), "not all that commission pays"),
        (OLD._replace(metrics={"churn": Metric(over="month", lag="0", missing="0%")}), "beside the deals"),
        (OLD._replace(fx="signed"), "converts currencies"),
    ],
)
def test_a_plan_that_needs_more_than_a_payees_events_is_refused(
    of: PlanVersion, why: str, history: Path, tmp_path: Path
) -> None:
    terms = BulkTerms(calendar=CALENDAR, versions={"ana": ((date.min, of),)})
    with pytest.raises(RefusedError, match=why):
        pay_all(history, tmp_path, terms, Effort())
