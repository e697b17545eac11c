"""Does the report say everything, and can nobody hide a command in it?"""

import csv
import io

import pytest

from salesrepo.importers.fault import REASONS
from salesrepo.importers.report import Report, ReportedRow, Tally, lines
from salesrepo.importers.report_csv import COLUMNS, reported_csv
from tests.importers.export import deals, planned


def report_of(*ids: str) -> Report:
    rows = tuple(ReportedRow("a.csv", 2, name, "bad-id", f"{name} is no id.") for name in ids)
    return Report((), rows, (), (), ())


def cells(report: Report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(reported_csv(report).decode(), newline=""), strict=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "＝", "|", "%"])
def test_no_cell_is_a_formula(start: str) -> None:
    (_, row) = cells(report_of(f"{start}cmd|' /C calc'!A1"))
    assert {row[2][0], row[4][0]} == {"'"}


@pytest.mark.parametrize("hidden", ["\x1b", "\u202e", "\x00", "\n", "\udcff", "\u2028"])
def test_nothing_that_cannot_be_seen_reaches_the_file(hidden: str) -> None:
    (_, row) = cells(report_of(f"x{hidden}y"))
    assert row[2] == "x\ufffdy"


def test_the_file_has_a_line_for_each_reported_row() -> None:
    report = planned(
        deals("ID1,Ana Lima,GTX Basic,,Engaging,10/20/2016,,", 'ID2,"x ""y"", z",GTX Basic,,Won,,,')
    ).report
    head, *rows = cells(report)
    assert head == list(COLUMNS)
    assert rows == [
        ["sales_pipeline.csv", "2", "ID1", "no-account", "account is empty, and nothing can be sold to nobody."],
        ["sales_pipeline.csv", "3", "ID2", "unknown-seller", 'sales_agent is "x "y", z".'],
    ]


def test_the_lines_say_what_became_of_the_rows() -> None:
    rows = (
        "ID1,Ana Lima,GTXPro,Acme Corporation,Won,10/20/2016,3/1/2017,1",
        "ID2,Ana Lima,GTX Basic,,Engaging,10/20/2016,,",
        "ID3,Ana Lima,GTX Basic",
    )
    assert list(lines(planned(deals(*rows)).report)) == [
        "products.csv: 2 read = 2 placed + 0 reported",
        "sales_teams.csv: 2 read = 2 placed + 0 reported",
        "accounts.csv: 1 read = 1 placed + 0 reported",
        "sales_pipeline.csv: 3 read = 1 placed + 2 reported",
        "  1 name no account",
        "  1 have too few or too many cells",
        "Corrected by the mapping file:",
        '  1 x product "GTXPro" means "GTX Pro" (sales_pipeline.csv)',
        "To know about what was placed:",
        "  1 x no order reference in the export: opportunity {id} stands for it (sales_pipeline.csv)",
        "Waived on 2018-01-02: 1 x the rule on price",
    ]


def test_a_row_that_is_lost_is_a_bug() -> None:
    tally = Tally()
    tally.read["a.csv"] = 2
    tally.done["a.csv"] = 1
    with pytest.raises(RuntimeError, match="lost count"):
        tally.finish()


def test_every_reason_continues_a_count() -> None:
    assert all(text[0].islower() and not text.endswith(".") for text in REASONS.values())
