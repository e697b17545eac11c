"""Can people choose what is checked, in which format, and have mended what needs no decision?"""

import json
import os
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from salesrepo.checks.registry import RULES
from salesrepo.commission.lint.registry import WARNINGS
from salesrepo.flows.proposals import check as flow
from salesrepo.report.registry import FORMATS
from tests.helpers.office import Office

MESSY = "name: Pro\nsku: PRO # ours\nprice: '1000.00'\ncurrency: usd\n"


def product(office: Office, text: str = "sku: pro\nname: Pro\nprice: dear\ncurrency: USD\n") -> Path:
    path = office.top / "dana" / "products" / "pro.yml"
    path.write_text(text)
    return path


# --- formats ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_the_rule_the_file_and_the_line(office: Office, name: str) -> None:
    product(office)
    told = office.run("dana", "check", "--format", name, code=1)
    assert [part for part in ("SR101", "products/pro.yml", "3") if part not in told.out] == []
    assert told.err == ""
    if name == "sarif":
        rules = json.loads(told.out)["runs"][0]["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
        assert all("## Fix" in rule["help"]["markdown"] for rule in rules)
    if name == "junit":
        assert len(ElementTree.fromstring(told.out)[0].findall("testcase")) == len(RULES)
    if name == "github":
        assert told.out.startswith("::error file=products/pro.yml,line=3,col=1,title=SR101 record-shape price::")


def test_a_finding_of_a_rule_has_its_line_and_column(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "500")
    found = office.run("ana", "check", "--json", code=1).json["findings"]
    floor = next(one for one in found if one["route"][-1:] == ["price"])
    noted = office.note("ana", floor["path"])
    assert noted is not None
    line = noted.decode().splitlines()[floor["line"] - 1]
    assert line[floor["column"] - 1 :].startswith("price: ")


@pytest.mark.parametrize("name", ["github", "sarif", "markdown", "junit"])
def test_the_bots_speak_the_same_formats_and_never_an_empty_one(
    office: Office, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    (waits,) = office.run("fay", "review", "list", "--json").json["proposals"]
    words = ("ci", "check", str(waits["number"]), "--forge", "../forge", "--format", name)
    findings = len(office.run("fay", *words[:-2], "--json").json["findings"])
    steps = office.top / "steps"
    monkeypatch.setenv("GITHUB_OUTPUT", str(steps))
    told = office.run("fay", *words).out
    assert "SR401" in told and "deals/" in told
    assert steps.read_text() == f"outcome=review\nnumber={waits['number']}\nfindings={findings}\n"
    office.run("fay", "review", "approve", str(waits["number"]))
    office.run("fay", "review", "merge", str(waits["number"]))
    assert "nothing was judged" in office.run("fay", *words, code=3).err


# --- which rules -----------------------------------------------------------------------------------------------------


def test_what_was_not_run_is_said_in_the_text_and_the_data(office: Office) -> None:
    product(office)
    clean = office.run("dana", "check", "--select", "oversell,SR2")
    assert "nothing stands in the way of these rules" in clean.out
    assert "rules were not run: --select, --ignore." in clean.out
    told = office.run("dana", "check", "--ignore", "record-shape", "--json").json
    assert told["left_out"] == ["SR101"]
    assert "SR101" not in told["rules"]


def test_an_audit_takes_them_too(unchanged: Office) -> None:
    told = unchanged.run("ana", "check", "--all", "--select", "SR1", "--json").json
    assert {code[:3] for code in told["rules"]} == {"SR1"}
    whole = unchanged.run("ana", "check", "--all", "--json").json
    assert whole["rules"] == [rule.code for rule in RULES if rule.audit]
    assert whole["left_out"] == []


@pytest.mark.parametrize("words", [("--select", "SR999"), ("--ignore", "claim-takn"), ("--select", "SR601", "--all")])
def test_what_names_no_rule_is_a_mistake(unchanged: Office, words: tuple[str, ...]) -> None:
    assert "\n  -> " in unchanged.run("ana", "check", *words, code=2).err


def test_sending_and_the_bots_take_no_such_choice(unchanged: Office) -> None:
    for words in (
        ("submit", "--select", "SR1"),
        ("ci", "check", "1", "--ignore", "SR1"),
        ("ci", "merge", "--ignore", "SR1"),
    ):
        assert "No such option" in unchanged.run("ana", *words, code=2).err


# --- waivers ---------------------------------------------------------------------------------------------------------


def test_a_merged_waiver_counts_for_everybody_and_is_listed(office: Office) -> None:
    office.run("dana", "sync")
    policy = office.top / "dana" / "policy" / "waivers.yml"
    policy.write_text(
        'waivers:\n  - {code: SR601, path: products/pro.yml, reason: No., by: dana, until: "2027-01-01"}\n'
    )
    assert "SR601 guards authority" in office.run("dana", "check", code=1).out
    policy.write_text(
        'waivers:\n  - {code: SR211, path: products/pro.yml, reason: No., by: dana, until: "2026-03-01"}\n'
    )
    assert "This waiver of SR211 ended on 2026-03-01." in office.run("dana", "check").out


# --- mending ---------------------------------------------------------------------------------------------------------


def test_an_edited_file_is_mended_in_place_once(office: Office) -> None:
    path = product(office, MESSY)
    office.run("dana", "check", code=1)
    shown = office.run("dana", "check", "--fix", "--dry-run").out
    assert "Would mend products/pro.yml" in shown
    assert "-currency: usd\n+currency: USD" in shown
    assert path.read_text() == MESSY
    told = office.run("dana", "check", "--fix").out
    assert told.startswith("Mended products/pro.yml.\n") and "nothing stands in the way" in told
    assert path.read_text() == "name: Pro\nsku: pro # ours\nprice: '1000.00'\ncurrency: USD\n"
    assert office.run("dana", "check", "--fix").out.startswith("Nothing to mend.\n")


def test_what_is_noted_is_mended_too_and_a_report_for_a_program_stays_whole(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "1000")
    (path,) = (path for path in office.outbox("ana") if path.startswith("deals/"))
    noted = office.note("ana", path)
    assert noted is not None
    (office.folder("ana") / "outbox" / path).write_bytes(noted.replace(b"currency: USD", b"currency: usd"))
    told = office.run("ana", "check", "--fix", "--json")
    assert told.json["verdict"] != "refused"
    assert "Mended" in told.err and "(noted)" in told.err
    assert office.note("ana", path) == noted


def test_a_new_file_at_a_wrong_path_is_moved_and_one_of_main_never(office: Office) -> None:
    top = office.top / "dana"
    text = 'sku: lite\nname: Lite\nprice: "5.00"\ncurrency: USD\n'
    (top / "products" / "Lite.yaml").write_text(text)
    told = office.run("dana", "check", "--fix").out
    assert "Mended products/Lite.yaml, which belongs at products/lite.yml." in told
    assert (top / "products" / "lite.yml").read_text() == text and not (top / "products" / "Lite.yaml").exists()
    (top / "products" / "Mini.yaml").write_text(text.replace("lite", "mini"))
    one = office.run("dana", "check", "--fix", "products/Mini.yaml").out
    assert "which belongs at products/mini.yml" in one and "1 file" in one
    (top / "products" / "Pro.yml").write_text(text.replace("lite", "pro"))
    assert office.run("dana", "check", "--fix", code=1).out.startswith("Nothing to mend.\n")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--fix", "--all"), "and --all judges"),
        (("--dry-run",), "what --fix would mend"),
        (("--fix", "--base", "HEAD", "--head", "HEAD"), "and --base judges"),
        (("--select", ""), "Their list: salesrepo explain"),
        (("--ignore", " ,"), "Their list: salesrepo explain"),
    ],
)
def test_what_makes_no_sense_together_is_said(unchanged: Office, words: tuple[str, ...], why: str) -> None:
    assert why in unchanged.run("ana", "check", *words, code=2).err


# --- explain, errors, progress ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["SR211", "sr211", "territory-overlap", "T001"])
def test_a_rule_is_explained_by_each_of_its_names(unchanged: Office, word: str) -> None:
    told = unchanged.run("ana", "explain", word).out
    assert told.startswith("SR211 territory-overlap (also T001)\n\n") and "## Fix" in told
    assert unchanged.run("ana", "explain", word, "--json").json["aliases"] == ["T001"]


def test_a_group_is_explained_as_its_rules(unchanged: Office) -> None:
    told = unchanged.run("ana", "explain", "oversell").out
    assert "SR501 " in told and "SR502 " in told
    assert "one of oversell" in unchanged.run("ana", "explain", "SR501").out
    codes = [rule["code"] for rule in unchanged.run("ana", "explain", "oversell", "--json").json["rules"]]
    assert codes[:2] == ["SR501", "SR502"]


def test_without_a_rule_all_are_listed_by_what_they_are_about(unchanged: Office) -> None:
    told = unchanged.run("ana", "explain").out.splitlines()
    assert told.index("Claims, accounts, territories") < told.index("Deals") < told.index("Brand")
    assert {rule.code for rule in RULES} <= {line.split()[0] for line in told}
    assert len(unchanged.run("ana", "explain", "--json").json["rules"]) == len(RULES) + len(WARNINGS)


def test_a_rule_of_the_brand_is_explained_by_the_companys_own_file(unchanged: Office) -> None:
    told = unchanged.run("ana", "explain", "brand.guarantee", code=2).err
    assert "is a rule of the brand" in told and "brand/styles/brand/guarantee.yml" in told


def test_an_audit_of_rules_that_judge_a_change_says_why_nothing_runs(unchanged: Office) -> None:
    err = unchanged.run("ana", "check", "--all", "--select", "oversell", code=2).err
    assert "an audit runs none of them" in err and "Leave --all away" in err


def test_what_is_no_rule_is_answered_with_the_nearest(unchanged: Office) -> None:
    assert "claim-taken" in unchanged.run("ana", "explain", "claim-takn", code=2).err


@pytest.mark.parametrize("asked", [("--json",), ("--format", "json"), ("--format=json",)])
def test_who_asked_for_json_gets_the_error_as_json_too(unchanged: Office, asked: tuple[str, ...]) -> None:
    told = unchanged.run("ana", "check", "nofile.yml", *asked, code=2)
    hint = "Name it as seen from the folder that you are in."
    assert told.json == {"error": {"code": 2, "kind": "usage", "message": "There is no file nofile.yml.", "hint": hint}}
    assert told.err.startswith("error: There is no file nofile.yml.\n")


def test_in_a_workflow_no_output_is_a_command_but_those_that_are_meant(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    product(office, 'sku: pro\nname: "##[error]x"\nprice: dear\ncurrency: USD\n')
    (office.top / "dana" / "::error::x.md").write_text("x")
    text = office.run("dana", "check", code=1).out
    assert "\n::" not in f"\n{text}" and "| ::error::x.md" in text
    github = office.run("dana", "check", "--format", "github", code=1).out
    assert [line.partition(" ")[0] for line in github.splitlines()[:-1]] == ["::error"] * (len(github.splitlines()) - 1)


# --- a long audit ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
def test_an_audit_shows_how_far_it_is_on_a_terminal_alone(unchanged: Office) -> None:
    ours, theirs = os.openpty()
    child = unchanged.start("ana", "check", "--all", stderr=theirs, env={"TERM": "xterm", "COLUMNS": "80"})
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
    out, _ = child.communicate(timeout=60)
    os.close(ours)
    assert child.returncode == 0 and "judged" in out
    assert b"rules run" in shown
    assert unchanged.process("ana", "check", "--all").err == ""


def test_an_audit_can_be_interrupted(unchanged: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(flow, "read_changes", interrupted)
    told = unchanged.run("ana", "check", "--all", "--json", code=130)
    assert told.err.startswith("error: Interrupted.\n") and told.json["error"]["kind"] == "interrupted"
