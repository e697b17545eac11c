"""Is every line of a CSV file in one row, read or reported, whatever its bytes are?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.errors import RefusedError
from salesrepo.importers import csv_rows
from salesrepo.importers.csv_rows import read_table


def read(data: bytes, *needed: str) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, row.cells) for row in read_table("t.csv", data, needed=needed or ("a", "b")).rows]


def bad(data: bytes) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in read_table("t.csv", data, needed=("a", "b")).bad]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n",
        b"a,b\r\n1,2\r\n",
        b"a,b\r1,2\r",
        b"a,b\n1,2",
        b"\xef\xbb\xbfa,b\n1,2\n",
        b' a ,"b"\n 1 ,"2"\n',
    ],
    ids=["lf", "crlf", "cr", "no last line end", "byte order mark", "blanks and quotes"],
)
def test_one_row_however_it_is_written(data: bytes) -> None:
    assert read(data) == [(2, {"a": "1", "b": "2"})]


def test_blank_lines_are_no_rows_and_lines_keep_their_numbers() -> None:
    assert read(b"a,b\n\n1,2\n\n\n3,4\n") == [(3, {"a": "1", "b": "2"}), (6, {"a": "3", "b": "4"})]


def test_columns_come_in_any_order_and_unknown_ones_are_named() -> None:
    table = read_table("t.csv", b"x,b,a,y\n0,2,1,0\n", needed=("a", "b"))
    assert [table.rows[0].cells[name] for name in "ab"] == ["1", "2"]
    assert table.unused == ("x", "y")


def test_a_quoted_cell_may_hold_commas_quotes_and_line_ends() -> None:
    assert read(b'a,b\n"1,\n""2""",3\n4,5\n') == [(2, {"a": '1,\n"2"', "b": "3"}), (4, {"a": "4", "b": "5"})]


@pytest.mark.parametrize(("row", "cells"), [("1", 1), ("1,2,3", 3), (",,,", 4)])
def test_short_and_long_rows_are_reported(row: str, cells: int) -> None:
    table = read_table("t.csv", f"a,b\n1,2\n{row}\n".encode(), needed=("a", "b"))
    assert [(found.line, found.reason) for found in table.bad] == [(3, "cells")]
    assert f"{cells} cells" in table.bad[0].sentence


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    data = b'a,b\n1,2\n"3,4\n' + b"5,6\n" * 1000
    assert bad(data) == [(3, "unreadable")]
    assert len(read(data)) == 1001


def test_a_quote_that_closes_rows_later_takes_none_of_them_along() -> None:
    assert bad(b'a,b\n"1,2\n3,"4\n5,6\n') == [(2, "unreadable"), (3, "unreadable")]
    assert read(b'a,b\n"1,2\n3,"4\n5,6\n') == [(4, {"a": "5", "b": "6"})]


def test_a_quote_that_closes_at_a_cells_end_takes_no_rows_along_either() -> None:
    assert bad(b'a,b\n"1,2\n3,4\n5,6"\n') == [(2, "unreadable")]
    assert [line for line, _ in read(b'a,b\n"1,2\n3,4\n5,6"\n')] == [3, 4]


def test_a_cell_beyond_all_bounds_costs_one_row() -> None:
    data = b"a,b\n1," + b"x" * 200_000 + b"\n3,4\n"
    assert bad(data) == [(2, "unreadable")]
    assert read(data) == [(3, {"a": "3", "b": "4"})]


def test_a_long_file_is_read_across_readers() -> None:
    data = b"a,b\n" + b"".join(b'"%d\n",%d\n' % (number, number) for number in range(1000))
    assert [row["b"] for _, row in read(data)] == [str(number) for number in range(1000)]
    assert read(data)[-1][0] == 2000


def test_bytes_that_are_not_utf8_stay_visible_in_their_row() -> None:
    assert read(b"a,b\nM\xfcller,2\n") == [(2, {"a": "M\udcfcller", "b": "2"})]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a;b\n1;2\n", "a,b\n1,2\n".encode("utf-16")])
def test_a_missing_column_is_named(data: bytes) -> None:
    with pytest.raises(RefusedError, match=r"t\.csv has no column a, b\."):
        read_table("t.csv", data, needed=("a", "b"))


def test_a_column_that_stands_there_twice_is_refused() -> None:
    with pytest.raises(RefusedError, match="has the column a twice"):
        read_table("t.csv", b"a,b,a\n1,2,3\n", needed=("a", "b"))


def test_files_and_rows_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "MOST_ROWS", 2)
    assert len(read(b"a,b\n1,2\n3,4\n")) == 2
    with pytest.raises(RefusedError, match="more than 2 rows"):
        read(b"a,b\n1,2\n3,4\n5,6\n")
    monkeypatch.setattr(csv_rows, "MOST_BYTES", 10)
    with pytest.raises(RefusedError, match="more than 10 bytes"):
        read(b"a,b\n1,2\n3,4\n")


@given(st.lists(st.text(alphabet='ab1,"\n\r\t \x00é\u2028', max_size=12), max_size=12))
def test_any_text_is_read_to_its_end(pieces: list[str]) -> None:
    body = "\n".join(pieces)
    last = "\nlast,row\n"
    table = read_table("t.csv", f"a,b\n{body}{last}".encode(), needed=("a", "b"))
    lines = [row.line for row in table.rows] + [row.line for row in table.bad]
    assert len(lines) == len(set(lines))
    assert any(row.cells == {"a": "last", "b": "row"} for row in table.rows) or '"' in body


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused_with_a_sentence(noise: bytes) -> None:
    table = read_table("t.csv", b"a,b\n" + noise, needed=("a", "b"))
    assert all(len(row.cells) == 2 for row in table.rows)
