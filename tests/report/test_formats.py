"""Does every format show the shared sample as its golden file has it, whatever the order and the text of findings?"""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Skipped, Verdict, Waived
from salesrepo.errors import UsageError
from salesrepo.report.registry import FORMATS, render
from tests.helpers.words import git_words
from tests.report.sample import CLAIM, NOTES, SAMPLE

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2027, 6, 30)
CLEAN = CheckReport(checked=1, rules=("SR101",))


def test_every_format_has_a_golden_file_and_nothing_else_lies_there() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {*FORMATS, "text-plain"}


@pytest.mark.parametrize("name", [*FORMATS, "text-plain"])
def test_the_sample_reads_as_its_golden_file_says(name: str) -> None:
    shown = render(name.removesuffix("-plain"), SAMPLE, plain=name.endswith("-plain"), rules=NOTES)
    assert shown == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("plain", [False, True])
def test_the_order_in_which_rules_spoke_does_not_show(name: str, plain: bool) -> None:
    turned = replace(SAMPLE, findings=SAMPLE.findings[::-1], skipped=SAMPLE.skipped[::-1], waived=SAMPLE.waived[::-1])
    assert render(name, turned, plain=plain) == render(name, SAMPLE, plain=plain)


@pytest.mark.parametrize("plain", [False, True])
def test_no_text_of_a_proposal_begins_a_line(plain: bool) -> None:
    evil = "x\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029SR999"
    finding = Finding(evil, Severity.ERROR, evil, Location(evil, (evil,)), hint=evil, roles=(evil,))
    tame = Finding("x", Severity.ERROR, "x", Location("x", ("x",)), hint="x", roles=("x",))
    lines = render("text", CheckReport((finding,)), plain=plain).splitlines()
    assert len(lines) == len(render("text", CheckReport((tame,)), plain=plain).splitlines())
    assert [line for line in lines if line.startswith("SR999")] == []


def test_a_clean_report_says_so() -> None:
    assert render("text", CLEAN) == "No findings (1 rule, 1 file judged): nothing stands in the way\n"
    assert render("text", CLEAN, plain=True) == "Nothing stands in the way.\n"
    assert json.loads(render("json", CLEAN))["verdict"] == "auto"


def test_a_skipped_rule_never_reads_as_nothing_in_the_way() -> None:
    skipped = replace(CLEAN, skipped=SAMPLE.skipped)
    assert "needs a person's approval" in render("text", skipped)
    assert render("text", skipped, plain=True) == "2 checks could not be made, so a person will look at it.\n"


def test_a_verdict_that_counted_approvals_stands_in_for_the_reports_own() -> None:
    review = CheckReport((Finding("SR401", Severity.REVIEW, "It pays.", Location(CLAIM)),))
    assert json.loads(render("json", review, verdict=Verdict.AUTO))["verdict"] == "auto"
    assert render("text", review, verdict=Verdict.AUTO).endswith(": nothing stands in the way\n")


def test_a_seller_reads_no_code_no_path_and_no_word_of_git() -> None:
    shown = render("text", SAMPLE, plain=True).replace("SR000", "")  # that one is a colleague's name
    assert [finding.code for finding in SAMPLE.findings if finding.code in shown] == []
    assert git_words(shown.replace("claims/0/0/x.yml:1:1", "")) == []


def test_what_was_found_in_many_files_alike_is_told_to_a_seller_once() -> None:
    one = Finding("SR103", Severity.ERROR, "No phone numbers here.", Location("a"))
    both = CheckReport((one, replace(one, at=Location("b"))))
    assert render("text", both, plain=True).count("phone") == 1
    assert render("text", both).count("phone") == 2


def test_json_is_ascii_and_gives_back_every_character() -> None:
    text = "Zoë\x7f\x9b\u202e\udc80 Ω"
    shown = render("json", CheckReport((Finding("SR1", Severity.NOTE, text, Location(CLAIM)),)))
    assert shown.isascii() and "\x7f" not in shown
    assert json.loads(shown)["findings"][0]["message"] == text


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as refused:
        render("html", CLEAN)
    assert refused.value.hint == "Choose one of: text, json, github, sarif, markdown, junit."


# --- what every format owes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_the_place_the_sentence_and_the_next_step(name: str) -> None:
    at = Location(CLAIM, ("holder",), line=31, column=17)
    told = render(name, CheckReport((Finding("SR201", Severity.ERROR, "It is taken.", at, hint="Run: sr sync"),)))
    assert [part for part in (CLAIM, "31", "17", "SR201", "It is taken.", "Run: sr sync") if part not in told] == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_what_is_waived_skipped_and_not_run(name: str) -> None:
    told = render(name, replace(SAMPLE, findings=()))
    assert "It is split" in told and "2027-06-30" in told
    assert "brand/promises.yml is missing" in told
    assert "2 rules were not run" in told or '"left_out": [\n' in told or told.count("Not run:") == 2


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_breaks_no_format(name: str) -> None:
    evil = "x\n\r\x85\u2028\x1b[2J\ud800</failure>]]><script>`@ana##[error]::error::y %0A,"
    finding = Finding("SR201", Severity.ERROR, evil, Location("a/\udcff\n::x", (evil,), 3), hint=evil, roles=(evil,))
    report = CheckReport((finding,), (Skipped("SR301", evil),), waived=(Waived(finding, evil, DAY, finding.at),))
    told = render(name, report, rules=NOTES)
    assert "##[" not in told or name in ("text", "junit", "markdown")
    if name == "markdown":
        assert "<script" not in MarkdownIt("commonmark").render(told)
    if name in ("json", "sarif"):
        json.loads(told)
    if name == "junit":
        ElementTree.fromstring(told)
    if name == "github":
        lines = told.split("\n")
        assert [line for line in lines[:-2] if not line.startswith(("::error ", "::notice ", "::warning "))] == []
        assert len(lines) == len(told.splitlines()) + 1 == 5


def test_a_long_report_is_cut_in_markdown_and_says_so() -> None:
    many = [Finding("SR103", Severity.ERROR, f"Number {n} {'x' * 200}.", Location(f"a/{n}")) for n in range(500)]
    told = render("markdown", CheckReport(tuple(many)))
    assert len(told.encode()) <= 60_000
    assert re.search(r"\n[0-9]+ more are not shown here; all of them: `salesrepo check`\n\Z", told)


# --- SARIF, as the standard asks in its sections 3.13 to 3.59 ---------------------------------------------------------


def sarif(report: CheckReport = SAMPLE) -> Any:
    return json.loads(render("sarif", report, rules=NOTES))


def test_a_sarif_log_has_one_run_of_one_driver() -> None:
    log = sarif()
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    described = next(rule for rule in rules if rule["id"] == "SR201")
    assert described["name"] == "claim-taken"
    assert described["shortDescription"]["text"] == "A claim must not replace another."
    assert described["fullDescription"]["text"] == "A claim must not replace another. Two quarrel."
    assert "## Fix" in described["help"]["markdown"]


def test_a_sarif_result_points_to_its_rule_its_place_and_itself() -> None:
    (run,) = sarif()["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        (place,) = result["locations"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["physicalLocation"]["artifactLocation"]["uri"])
        assert all(at >= 1 for at in place["physicalLocation"].get("region", {}).values())
    marks = [result["partialFingerprints"]["finding/v1"] for result in run["results"]]
    assert len(marks) == len(set(marks)) == len(SAMPLE.findings) + len(SAMPLE.waived)
    suppressed = [result["suppressions"][0] for result in run["results"] if "suppressions" in result]
    assert {(one["kind"], one["status"]) for one in suppressed} == {("external", "accepted"), ("inSource", "accepted")}


def test_a_fingerprint_outlives_a_move_to_another_line() -> None:
    one = Finding("SR303", Severity.ERROR, "80 is too low.", Location("a", ("price",), 9, 1))
    moved = replace(one, message="81 is too low.", at=Location("a", ("price",), 12, 1))
    marks = [sarif(CheckReport((f,)))["runs"][0]["results"][0]["partialFingerprints"] for f in (one, moved)]
    assert marks[0] == marks[1]


# --- JUnit ------------------------------------------------------------------------------------------------------------


def test_junit_counts_what_it_holds() -> None:
    suite = ElementTree.fromstring(render("junit", SAMPLE, rules=NOTES))[0]
    cases = suite.findall("testcase")
    held = {
        "tests": len(cases),
        "failures": len([case for case in cases if case.find("failure") is not None]),
        "errors": 0,
        "skipped": len([case for case in cases if case.find("skipped") is not None]),
    }
    assert {name: int(suite.get(name, "")) for name in held} == held
    order = ["failure", "skipped", "system-out"]
    for case in cases:
        tags = [child.tag for child in case]
        assert tags == sorted(tags, key=order.index) and {"classname", "name", "time"} == set(case.keys())


def test_a_rule_that_found_nothing_is_a_case_that_passed() -> None:
    suite = ElementTree.fromstring(render("junit", CLEAN))[0]
    assert [(case.get("name"), len(case)) for case in suite.findall("testcase")] == [("SR101", 0)]
