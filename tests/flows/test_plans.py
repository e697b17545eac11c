"""Can a plan of the company be read, seen, signed and checked with the commands?"""

from pathlib import Path
from xml.etree import ElementTree as ET

from salesrepo.domain.change import blob_id
from tests.helpers.office import Office

PLAN = "plans/account-executive/2016-01-01.yml"
FLAT = """\
components:
  - {name: all, says: 5 % of it., measure: m, rate: 5%, lines: event, release: at_once, reversal: none}
"""


def test_the_plan_in_force_is_a_page_with_the_version_that_is_signed(unchanged: Office) -> None:
    told = unchanged.run("fay", "commission", "plan", "account-executive").out
    blob = blob_id(unchanged.files("plans/")[PLAN])
    assert f"The file {PLAN} with the content {blob}." in told
    assert "It pays Ana Lima, Ben Okoye." in told and "Signature:" in told
    plain = unchanged.run("fay", "commission", "plan", "account-executive", "2020-05-01", "--json").json
    assert (plain["path"], plain["blob"], plain["people"]) == (PLAN, blob, [])  # nobody was here yet
    assert {"is": "heading", "text": "What counts", "level": 2} in plain["blocks"]
    page = unchanged.run("fay", "commission", "plan", "account-executive", "--format", "html").out
    assert page.startswith("<!doctype html>") and blob in page
    early = unchanged.run("fay", "commission", "plan", "account-executive", "2015-12-31", code=3).err
    assert "No version of account-executive is in force on 2015-12-31" in early and "2016-01-01" in early
    assert "Plans: account-executive" in unchanged.run("fay", "commission", "plan", "nobody", code=2).err


def test_a_plan_that_cannot_be_paid_by_is_shown_and_is_none_to_sign(unchanged: Office, tmp_path: Path) -> None:
    text = unchanged.files("plans/")[PLAN].decode()
    file = tmp_path / "mine.yml"
    file.write_text(text[: text.index("components:")] + FLAT + text[text.index("pay:\n") :], encoding="utf-8")
    reply = unchanged.run("fay", "commission", "plan", str(file), code=1)
    assert "5% of what counts" in reply.out
    assert "cannot be paid by: components.0.measure: No measure of this plan is called m." in reply.err
    report = unchanged.run("fay", "commission", "lint", str(file), "--json", code=1).json
    assert [one["code"] for one in report["findings"]][:1] == ["SR605"]


def test_curves_are_drawn_into_a_file_or_here(unchanged: Office, tmp_path: Path) -> None:
    file = tmp_path / "curve.svg"
    assert "Drawn:" in unchanged.run("fay", "commission", "plan", "account-executive", "--chart", str(file)).out
    assert ET.parse(file).getroot().tag.endswith("svg")
    assert "|####" in unchanged.run("fay", "commission", "plan", "account-executive", "--chart", "-").out
    page = tmp_path / "curve.html"
    unchanged.run("fay", "commission", "plan", "account-executive", "--chart", str(page))
    assert "<table>" in page.read_text(encoding="utf-8")
    words = ("commission", "plan", "account-executive", "--chart", "-", "--of", "ana")
    assert "is rated by a quota" in unchanged.run("fay", *words, code=3).err
    assert "--chart" in unchanged.run("fay", "commission", "plan", "account-executive", "--of", "ana", code=2).err


def test_all_plans_are_checked_for_pitfalls_with_code_line_and_next_step(unchanged: Office) -> None:
    report = unchanged.run("fay", "commission", "lint", "--json", code=1).json
    assert report["findings"] and all(one["code"].startswith("PL") for one in report["findings"])
    assert all(one["path"].startswith("plans/") and one["line"] for one in report["findings"])
    told = unchanged.run("fay", "commission", "lint", code=1).out
    assert all(one["message"] in told and one["hint"] in told for one in report["findings"])
    assert "PL03  skipped" in told
    assert "There is no plan other" in unchanged.run("fay", "commission", "lint", "other", code=2).err
    assert unchanged.run("fay", "explain", "PL01").out.startswith("PL01 all-up-front")
    assert "PL13 paid-twice" in unchanged.run("fay", "explain", "PL").out
