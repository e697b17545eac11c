"""Does a file of quotas or metrics say exactly what it says, once, with every row accounted for?"""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.errors import RefusedError
from salesrepo.importers.figures import FiguresRead, KnownFigures, What, WindowFigures, read_figures
from tests.importers.export import counts

NODES = {"ana", "ben", "fay"}
FILE = "figures.csv"
HEAD = "quota,window,node,amount,currency\n"
Tables = Mapping[tuple[str, str], WindowFigures]


def read(text: str | bytes, *, what: What = "quota", tables: Tables | None = None, **fixed: str) -> FiguresRead:
    held = tables or {}
    known = KnownFigures(standing=lambda *key: held.get(key), is_node=NODES.__contains__, **fixed)
    return read_figures(what, FILE, text if isinstance(text, bytes) else text.encode(), known)


def tables_of(done: FiguresRead) -> dict[tuple[str, str], WindowFigures]:
    return {(one.name, one.window): one.table for one in done.changed}


def test_each_row_is_a_quota_and_a_second_import_changes_nothing() -> None:
    rows = HEAD + "new-arr,2027-q1,ben,500000,USD\nnew-arr,2027-Q1,ana,640000.00,usd\nmeetings,2027-01,ana,12.50,\n"
    first = read(b"\xef\xbb\xbf" + rows.encode())
    assert tables_of(first) == {
        ("meetings", "2027-01"): WindowFigures("", {"ana": "12.5"}),
        ("new-arr", "2027-q1"): WindowFigures("USD", {"ana": "640000.00", "ben": "500000.00"}),
    }
    assert list(tables_of(first)["new-arr", "2027-q1"].rows) == ["ana", "ben"]
    second = read(rows, tables=tables_of(first))
    assert second.changed == () and counts(second.report, FILE) == (3, 0, 3, 0)


def test_who_is_not_in_the_file_stays_as_they_stand() -> None:
    stands = {("new-arr", "2027-q1"): WindowFigures("USD", {"fay": "1.00", "ana": "2"})}
    done = read(HEAD + "new-arr,2027-q1,ana,2.00,USD\nnew-arr,2027-q1,ben,3.00,USD\n", tables=stands)
    assert tables_of(done) == {("new-arr", "2027-q1"): WindowFigures("USD", {"ana": "2", "ben": "3.00", "fay": "1.00"})}
    assert counts(done.report, FILE) == (2, 1, 1, 0)


def test_a_table_that_is_empty_keeps_its_currency() -> None:
    done = read(HEAD + "new-arr,2027-q1,ana,2.00,EUR\n", tables={("new-arr", "2027-q1"): WindowFigures("USD", {})})
    assert done.changed == () and [row.reason for row in done.report.rows] == ["other-unit"]


@pytest.mark.parametrize(
    ("row", "reason", "says"),
    [
        ("new-arr,2027-q1,anna,1.00,USD", "unknown-node", 'node is "anna", and there is no such node'),
        ("new-arr,2027-q5,ana,1.00,USD", "bad-window", 'window is "2027-q5", which is no month'),
        ("new-arr,2027-13,ana,1.00,USD", "bad-window", "which is no month"),
        ("new-arr,,ana,1.00,USD", "missing-value", "window is empty"),
        (",2027-q1,ana,1.00,USD", "missing-value", "quota is empty"),
        ("new-arr,2027-q1,,1.00,USD", "missing-value", "node is empty"),
        ("new-arr,2027-q1,ana,,USD", "missing-value", "amount is empty"),
        ('new-arr,2027-q1,ana,"1.234,56",EUR', "bad-amount", '"1.234,56", which is no amount in EUR'),
        ('new-arr,2027-q1,ana,"1,234.56",USD', "bad-amount", "no amount in USD"),
        ("new-arr,2027-q1,ana,1.005,USD", "bad-amount", "no amount in USD"),
        ("new-arr,2027-q1,ana,-1.00,USD", "bad-amount", "never negative"),
        ("new-arr,2027-q1,ana,1.00,XYZ", "unknown-currency", '"XYZ", which is no currency'),
        ("meetings,2027-q1,ana,1e3,", "bad-number", "no number such as 12"),
        ("new-arr,2027-q1,ana,1.00", "cells", "has 4 cells"),
        ("n\u00e9w,2027-q1,ana,1.00,USD", "bad-id", "can be no name"),
        ("new-arr,2027-q1,ben,2.00,USD", "duplicate", "Line 2 has new-arr of 2027-q1 for ben already"),
        ("new-arr,2027-q1,ana,1.00,EUR", "other-unit", "new-arr of 2027-q1 is in USD for others, here in EUR"),
        ("new-arr,2027-q1,ana,1.00,", "other-unit", "is in USD for others, here a plain number"),
    ],
)
def test_a_row_that_is_none_is_told_with_its_line_and_the_others_are_kept(row: str, reason: str, says: str) -> None:
    done = read(f"{HEAD}new-arr,2027-q1,ben,2.00,USD\n{row}\n")
    (fault,) = done.report.rows
    assert (fault.line, fault.reason) == (3, reason) and says in fault.sentence
    assert counts(done.report, FILE) == (2, 1, 0, 1)
    assert tables_of(done) == {("new-arr", "2027-q1"): WindowFigures("USD", {"ben": "2.00"})}


def test_a_column_for_each_window() -> None:
    done = read("node,2027-Q1,2027-q2\nana,1,2.50\nben,,x\n", name="new-arr", currency="EUR")
    assert tables_of(done) == {
        ("new-arr", "2027-q1"): WindowFigures("EUR", {"ana": "1.00"}),
        ("new-arr", "2027-q2"): WindowFigures("EUR", {"ana": "2.50"}),
    }
    assert [(row.line, row.sentence) for row in done.report.rows] == [(3, '2027-q2 is "x", which is no amount in EUR.')]
    (remark,) = done.report.remarks
    assert (remark.rows, remark.sentence) == (1, "empty cells: no quota there")


def test_nothing_of_a_row_is_taken_where_one_of_its_cells_is_none() -> None:
    """A comma for the decimals, without quotes, is two cells: the second looks like the next window's quota."""
    done = read("node,2027-q1,2027-q2\nana,1.234,56\nben,1,2\n", name="new-arr", currency="EUR")
    assert [list(table.rows) for table in tables_of(done).values()] == [["ben"], ["ben"]]
    assert [(row.line, row.reason) for row in done.report.rows] == [(2, "bad-amount"), (2, "same-row")]
    assert counts(done.report, FILE) == (4, 2, 0, 2)


def test_a_wide_file_may_say_quota_and_currency_itself() -> None:
    done = read("quota,node,currency,2027\nnew-arr,ana,USD,5\nmeetings,ana,none,7\n")
    assert tables_of(done) == {
        ("meetings", "2027"): WindowFigures("", {"ana": "7"}),
        ("new-arr", "2027"): WindowFigures("USD", {"ana": "5.00"}),
    }


@pytest.mark.parametrize(
    ("text", "fixed", "says"),
    [
        ("", {}, "has no column quota, node, currency"),
        ("node,2027-q1\nana,1\n", {}, "has no column quota, currency"),
        ("quota,window,node,amount\n", {}, "has no column currency"),
        ("node,2027-q1,Total\nana,1,1\n", {"name": "n", "currency": "USD"}, 'has a column "Total", which is no window'),
        ("node\nana\n", {"name": "n", "currency": "USD"}, "has no column for a window"),
        ("node,2027-q1,2027-Q1\nana,1,2\n", {"name": "n", "currency": "USD"}, "has a column 2027-q1 twice"),
        (HEAD, {"currency": "USD"}, "says the currency of each row itself"),
    ],
)
def test_a_file_that_is_no_such_table(text: str, fixed: dict[str, str], says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        read(text, **fixed)


def test_figures_of_a_metric_are_of_one_kind() -> None:
    churn = "churn,2027-q1,ana,2.50%\nchurn,2027-q1,ben,2.5\n"
    rows = f"metric,window,node,value\n{churn}nps,2027-q1,ana,-0.8\nnps,2027-q1,ben,1e3\n"
    done = read(rows, what="metric")
    assert tables_of(done) == {
        ("churn", "2027-q1"): WindowFigures("%", {"ana": "2.5%"}),
        ("nps", "2027-q1"): WindowFigures("", {"ana": "-0.8"}),
    }
    assert [(row.line, row.reason) for row in done.report.rows] == [(3, "other-unit"), (5, "bad-number")]
    again = read(rows, what="metric", tables=tables_of(done))
    assert again.changed == ()


CELL = st.sampled_from(
    ["ana", "ben", "new-arr", "2027-q1", "2027", "1.00", "1.5", "USD", "none", "", '"', "\ufeff", "é"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=5, max_size=5).map(",".join), max_size=6))
def test_whatever_the_rows_are_each_is_counted_once_and_the_second_time_nothing_changes(rows: list[str]) -> None:
    text = HEAD + "\n".join(rows)
    first = read(text)
    read_, placed, there, reported = counts(first.report, FILE)
    assert read_ == placed + there + reported and there == 0
    second = read(text, tables=tables_of(first))
    assert second.changed == () and counts(second.report, FILE)[3] == reported
