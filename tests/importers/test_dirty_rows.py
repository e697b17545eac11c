"""Is each bad row reported with its reason, and does it leave the others alone?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.errors import RefusedError
from salesrepo.importers.crm_csv import plan_import
from salesrepo.importers.fault import REASONS
from tests.importers.export import DEALS, HEADS, MAPPING, counts, deals, export, of, planned, reasons, terms

SOUND = "ID1,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550"

BAD_DEALS = {
    "no account": ("ID2,Ana Lima,GTX Basic,,Engaging,10/20/2016,,", "no-account"),
    "unknown account": ("ID2,Ana Lima,GTX Basic,Acme,Won,10/20/2016,3/1/2017,550", "unknown-account"),
    "unknown seller": ("ID2,Ana Luma,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550", "unknown-seller"),
    "unknown product": ("ID2,Ana Lima,GTX,Acme Corporation,Won,10/20/2016,3/1/2017,550", "unknown-product"),
    "unknown stage": ("ID2,Ana Lima,GTX Basic,Acme Corporation,won,10/20/2016,3/1/2017,550", "unknown-stage"),
    "same id": ("ID1,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550", "duplicate"),
    "same id in other letters": ("id1,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,1", "duplicate"),
    "no id": (",Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550", "missing-value"),
    "id out of bounds": ("../x,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550", "bad-id"),
    "id of a device": ("NUL,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550", "bad-id"),
    "no day of the win": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,,550", "missing-value"),
    "no value of the win": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,", "missing-value"),
    "no engagement": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Lost,,3/1/2017,0", "missing-value"),
    "day first": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Won,20/10/2016,3/1/2017,550", "bad-date"),
    "closed first": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Won,3/2/2017,3/1/2017,550", "dates-reversed"),
    "won tomorrow": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,1/3/2018,550", "future"),
    "engaged tomorrow": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Engaging,1/3/2018,,", "future"),
    "negative": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,-550", "bad-amount"),
    "garbage": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,about 5", "bad-amount"),
    "short": ("ID2,Ana Lima,GTX Basic", "cells"),
    "long": ("ID2,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550,,", "cells"),
    "open quote": ('"ID2,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550', "unreadable"),
    "not UTF-8": ("ID2,Ana Lima,GTX Basic,Acm\udce9,Won,10/20/2016,3/1/2017,550", "bad-text"),
    "unseen character": ("ID2,Ana\u200bLima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,1", "bad-text"),
    "another's open deal": ("ID0,Ben Oduya,GTX Basic,Acme Corporation,Engaging,10/19/2016,,", "rival"),
}


@pytest.mark.parametrize(("row", "reason"), list(BAD_DEALS.values()), ids=list(BAD_DEALS))
def test_a_bad_deal_is_reported(row: str, reason: str) -> None:
    plan = planned(deals(SOUND, row, "ID9,Ana Lima,GTX Pro,Acme Corporation,Lost,10/20/2016,3/1/2017,0"))
    assert reasons(plan.report) == [(3, reason)]
    assert counts(plan.report) == (3, 2, 0, 1)
    assert [deal.deal for deal in of(plan, "deal")] == ["id1", "id9"]


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        ("products.csv", "GTX Plus,GTX,", "bad-amount"),
        ("products.csv", "GTX Plus,GTX,-5", "bad-amount"),
        ("products.csv", ",GTX,5", "missing-value"),
        ("products.csv", "GTX-Basic,GTX,5", "duplicate"),
        ("sales_teams.csv", "Ana Lima,Mia Moss,West", "duplicate"),
        ("sales_teams.csv", "Cy Fox,,West", "missing-value"),
        ("sales_teams.csv", "Cy Fox,Mia Moss,", "missing-value"),
        ("accounts.csv", "Beta,retail,1996,1,1,Narnia,", "unknown-country"),
        ("accounts.csv", "Beta,retail,1996,1,1,,", "missing-value"),
        ("accounts.csv", ",retail,1996,1,1,Japan,", "missing-value"),
        ("accounts.csv", "!!!,retail,1996,1,1,Japan,", "bad-id"),
        ("accounts.csv", "ACME Inc.,retail,1996,1,1,United States,", "duplicate"),
        ("accounts.csv", "Beta,retail,next year,1,1,Japan,", "bad-number"),
        ("accounts.csv", "Beta,retail,1996,-1,1,Japan,", "bad-number"),
        ("accounts.csv", "Beta,retail,1996,1,many,Japan,", "bad-number"),
        ("accounts.csv", f"{'B' * 201},retail,1996,1,1,Japan,", "bad-text"),
    ],
)
def test_a_bad_row_of_another_file_is_reported(file: str, row: str, reason: str) -> None:
    own = export()[file].decode().splitlines()[1:]
    plan = planned({file: (*own, row)})
    assert reasons(plan.report, file) == [(len(own) + 2, reason)]
    assert counts(plan.report, file) == (len(own) + 1, len(own), 0, 1)
    assert counts(plan.report) == (1, 1, 0, 0)


def test_blanks_that_look_like_others_are_read_as_ordinary_ones_and_said() -> None:
    odd = "ID2,Ana\tLima,GTX\u00a0Basic,Acme\u2003Corporation,Won,10/20/2016,3/1/2017,550"
    plan = planned(deals(SOUND, odd) | {"accounts.csv": ("Acme Corporation,,,,,United\u202fStates,",)})
    assert (reasons(plan.report), counts(plan.report)) == ([], (2, 2, 0, 0))
    sentence = "tabs or no-break spaces, read as ordinary blanks"
    assert {r.file: r.rows for r in plan.report.remarks if r.sentence == sentence} == {DEALS: 1, "accounts.csv": 1}
    names = [account.name for account in of(plan, "account")]
    assert names == ["Acme Corporation"]


def test_the_blank_of_a_japanese_keyboard_stays() -> None:
    plan = planned({"accounts.csv": ("Acme Corporation,,,,,United States,", "山田\u3000商店,,,,,Japan,")})
    assert "山田\u3000商店" in [account.name for account in of(plan, "account")]
    assert not [r for r in plan.report.remarks if "blanks" in r.sentence]


def test_what_hangs_on_a_bad_row_is_reported_too() -> None:
    plan = planned({"sales_teams.csv": ("Ana Lima,,East",), "accounts.csv": ("Acme Corporation,,,,,Narnia,",)})
    assert reasons(plan.report) == [(2, "unknown-account")]
    assert plan.history == ()


def test_facts_that_are_not_stated_stay_empty() -> None:
    plan = planned({"accounts.csv": ("Acme Corporation,,,,,United States,",)})
    assert of(plan, "account")[0].facts() == {
        "country": "US",
        "region": None,
        "postal": None,
        "industry": None,
        "employees": None,
        "revenue": None,
    }


@pytest.mark.parametrize("parent", ["Nobody", "Acme Corporation"])
def test_a_parent_that_is_no_other_account_is_left_out_and_said(parent: str) -> None:
    plan = planned({"accounts.csv": (f"Acme Corporation,,,,,United States,{parent}",)})
    assert of(plan, "account")[0].parent is None
    assert [remark.rows for remark in plan.report.remarks if remark.sentence.startswith("no parent")] == [1]


@pytest.mark.parametrize("name", sorted(HEADS))
def test_a_missing_file_refuses_the_whole(name: str) -> None:
    tables = {file: data for file, data in export().items() if file != name}
    with pytest.raises(RefusedError, match=re.escape(f"lacks the file {name}")):
        plan_import(tables, MAPPING, terms=terms())


@pytest.mark.parametrize(
    ("file", "column"), [(file, column) for file, head in HEADS.items() for column in head.split(",")]
)
def test_a_missing_column_refuses_the_whole(file: str, column: str) -> None:
    head, _, rows = export()[file].decode().partition("\n")
    broken = ",".join("other" if name == column else name for name in head.split(","))
    with pytest.raises(RefusedError, match=re.escape(f"{file} has no column {column}.")):
        plan_import({**export(), file: f"{broken}\n{rows}".encode()}, MAPPING, terms=terms())


def test_a_column_more_is_not_imported_and_said() -> None:
    tables = export()
    tables[DEALS] = f"{HEADS[DEALS]},notes\n{SOUND},secret\n".encode()
    report = plan_import(tables, MAPPING, terms=terms()).report
    assert counts(report) == (1, 1, 0, 0)
    assert [(r.sentence, r.rows) for r in report.remarks if "not imported" in r.sentence] == [
        ("columns that are not imported: notes", 1)
    ]


CELL = st.sampled_from(
    "|ID1|ID2|con|Ana Lima|Ben Oduya|GTX Basic|GTXPro|Acme Corporation|Won|Lost|Engaging|Prospecting|10/20/2016"
    '|3/1/2017|31/31/2017|550|-1|=1+1|"a ""b"", c"|x,y|\u202e'.split("|")
)


@given(st.lists(st.lists(CELL, max_size=9).map(",".join), max_size=8))
def test_every_row_is_counted_once_whatever_it_holds(rows: list[str]) -> None:
    plan = planned(deals(*rows))
    read, placed, there, reported = counts(plan.report)
    assert (read, there) == (placed + reported, 0)
    assert len(of(plan, "deal")) == placed
    assert {row.reason for row in plan.report.rows} <= set(REASONS)
    assert read == sum(bool(line) for line in "\n".join(rows).split("\n"))
