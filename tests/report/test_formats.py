"""Does every format show the shared sample as its golden file has it, whatever the order and the text of findings?"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Verdict
from salesrepo.errors import UsageError
from salesrepo.report.registry import FORMATS, render
from tests.helpers.words import git_words
from tests.report.sample import CLAIM, SAMPLE

GOLDEN = Path(__file__).parent / "golden"
CLEAN = CheckReport(checked=1, rules=("SR101",))


def test_every_format_has_a_golden_file_and_nothing_else_lies_there() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {*FORMATS, "text-plain"}


@pytest.mark.parametrize("name", [*FORMATS, "text-plain"])
def test_the_sample_reads_as_its_golden_file_says(name: str) -> None:
    shown = render(name.removesuffix("-plain"), SAMPLE, plain=name.endswith("-plain"))
    assert shown == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("plain", [False, True])
def test_the_order_in_which_rules_spoke_does_not_show(name: str, plain: bool) -> None:
    turned = replace(SAMPLE, findings=SAMPLE.findings[::-1], skipped=SAMPLE.skipped[::-1])
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
    assert refused.value.hint == "Choose one of: text, json."
