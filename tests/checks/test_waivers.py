"""Is a waiver applied where it fits and nowhere else, counted, and never a way around authority, claims or pay?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from salesrepo.checks.engine import run_checks
from salesrepo.checks.rule import CheckContext, Rule
from salesrepo.checks.rules.sr106_waiver import SR106
from salesrepo.checks.selection import named
from salesrepo.checks.waivers import LIST
from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Verdict
from salesrepo.store.positions import places_in
from salesrepo.store.snapshot import RecordSnapshot
from tests.checks.build import propose

AREA = "territories/world/open.yml"
NAME = "territory world open"
WAIVER = {"code": "SR218", "path": AREA, "reason": "It is split in spring.", "by": "dana", "until": "2026-11-20"}


def rule(code: str = "SR218", severity: Severity = Severity.WARNING, *, waivable: bool = False) -> Rule:
    """A rule that has one thing to say of every changed territory's name."""

    def check(ctx: CheckContext) -> Iterator[Finding]:
        for change in ctx.change.changes:
            if change.path == AREA:
                yield Finding(code, severity, "Nobody covers Malta.", Location(AREA, ("name",)), hint="Cover it.")

    return Rule(code, "a-rule", check, waivable=waivable)


def report(
    *rules: Rule, listed: Any = None, text: str = "", change: Mapping[str, Any] | None = None, today: str = ""
) -> CheckReport:
    """What rules say of a change to the territory, with these waivers on main's list, or this text in the file."""
    given = {LIST: {"waivers": listed}} if listed is not None else None
    changed = change or {NAME: text or {"amend": {"name": "Elsewhere"}}}
    ctx = propose(changed, actor="dana", given=given).ctx
    assert isinstance(ctx.result, RecordSnapshot)
    return run_checks(ctx, rules, locate=places_in(ctx.result))


def text_with(comment: str, *, above: bool = False) -> str:
    name = f"{comment}\nname: Elsewhere" if above else f"name: Elsewhere {comment}"
    return f'territory: world/open\n{name}\nstarts: "2020-01-01"\nkind: residual\n'


def test_without_a_waiver_a_finding_has_its_line_and_column() -> None:
    (found,) = report(rule(), text=text_with("")).findings
    assert (found.at.line, found.at.column) == (2, 1)


def test_the_list_sets_a_warning_aside_and_it_is_counted() -> None:
    told = report(rule(), listed=[WAIVER])
    assert told.findings == ()
    (waived,) = told.waived
    assert (waived.finding.code, waived.reason, str(waived.until)) == ("SR218", WAIVER["reason"], "2026-11-20")
    assert waived.by == Location(LIST, ("waivers", 0))


@pytest.mark.parametrize(
    "other",
    [
        {"code": "SR219"},
        {"path": "territories/world/dach.yml"},
        {"route": "rules"},
        {"match": "Cyprus"},
        {"until": "2026-11-19"},
    ],
)
def test_a_waiver_that_does_not_fit_or_ended_sets_nothing_aside(other: dict[str, str]) -> None:
    told = report(rule(), listed=[{**WAIVER, **other}])
    assert (len(told.findings), told.waived) == (1, ())


@pytest.mark.parametrize("narrow", [{"route": "name"}, {"match": "Malta"}, {"route": "name", "match": "Nobody"}])
def test_a_narrow_waiver_that_fits_does(narrow: dict[str, str]) -> None:
    assert len(report(rule(), listed=[{**WAIVER, **narrow}]).waived) == 1


def test_a_proposal_s_own_list_does_not_count_yet() -> None:
    told = report(rule(), change={LIST: {"waivers": [WAIVER]}, NAME: {"amend": {"name": "Elsewhere"}}})
    assert [f.code for f in told.findings] == ["SR218"]


@pytest.mark.parametrize("severity", [Severity.WAIT, Severity.REVIEW, Severity.ERROR])
def test_what_stops_a_proposal_is_not_waived(severity: Severity) -> None:
    assert report(rule(severity=severity), listed=[WAIVER]).waived == ()


def test_an_error_is_waived_where_its_rule_says_so() -> None:
    told = report(rule(severity=Severity.ERROR, waivable=True), listed=[WAIVER])
    assert (told.verdict, len(told.waived)) == (Verdict.AUTO, 1)


@pytest.mark.parametrize("code", ["SR106", "SR201", "SR205", "SR231", "SR239", "SR401", "SR601", "SR609"])
@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.ERROR])
def test_authority_claims_and_pay_are_never_waived(code: str, severity: Severity) -> None:
    told = report(rule(code, severity, waivable=True), listed=[{**WAIVER, "code": code}])
    assert told.waived == ()


COMMENT = "# salesrepo: allow SR218 until 2026-11-20 because it is split in spring"


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_covers_its_line_or_the_one_below(above: bool, end: str) -> None:
    told = report(rule(), SR106, text=text_with(COMMENT, above=above).replace("\n", end))
    assert told.findings == ()
    assert [(one.reason, one.by.line) for one in told.waived] == [("it is split in spring", 2)]


@pytest.mark.parametrize(
    "comment",
    [
        COMMENT.replace("2026-11-20", "2026-11-19"),
        COMMENT.replace("SR218", "SR219"),
        COMMENT.replace(" because it is split in spring", ""),
        COMMENT.replace("2026-11-20", "2026-13-20"),
        COMMENT.replace("salesrepo:", "other:"),
    ],
)
def test_a_comment_that_does_not_fit_covers_nothing(comment: str) -> None:
    told = report(rule(), text=text_with(comment))
    assert (len(told.findings), told.waived) == (1, ())


def test_a_text_that_reads_like_a_waiver_is_none() -> None:
    text = f'territory: world/open\nname: "Elsewhere {COMMENT}"\nstarts: "2020-01-01"\nkind: residual\n'
    assert report(rule(), text=text).waived == ()


def test_a_waiver_of_no_use_is_told_where_somebody_can_mend_it() -> None:
    quiet = Rule("SR218", "quiet", lambda ctx: iter(()))
    idle = report(quiet, SR106, text=text_with(COMMENT))
    assert [(f.code, f.severity, f.at.line) for f in idle.findings] == [("SR106", Severity.WARNING, 2)]
    assert report(quiet, SR106, listed=[WAIVER]).findings == ()  # the list is not what is changed
    listed = report(
        quiet,
        SR106,
        listed=[WAIVER],
        change={LIST: {"waivers": [{**WAIVER, "reason": "Still."}]}, NAME: {"amend": {"name": "Elsewhere"}}},
    )
    assert [f.message for f in listed.findings] == ["This waiver of SR218 sets nothing aside."]


def test_a_waiver_whose_rule_did_not_run_is_not_called_idle() -> None:
    assert report(SR106, text=text_with(COMMENT)).findings == ()


@pytest.mark.parametrize(
    ("actor", "severity"), [("ana", Severity.ERROR), ("mia", Severity.ERROR), ("dana", Severity.REVIEW)]
)
def test_the_list_is_sales_operations_and_is_looked_at_like_the_rest(actor: str, severity: Severity) -> None:
    roles = {
        "write": {"maintainer": ["sales_ops"], "finance": ["finance"], "brand": ["brand"], "seller": ["seller"]},
        "review": {"pay": ["finance"], "organisation": ["finance"], "imports": ["finance"], "facts": ["sales_ops"]},
    }
    (sr602,) = named("SR602")
    told = propose({LIST: {"waivers": [WAIVER]}}, actor=actor, given={"policy-roles": roles}).judged_by(sr602)
    assert [f.severity for f in told.findings] == [severity]


def test_the_day_of_a_waiver_is_the_company_s() -> None:
    ctx = propose({NAME: {"amend": {"name": "Elsewhere"}}}, actor="dana", given={LIST: {"waivers": [WAIVER]}}).ctx
    later = replace(ctx, today=ctx.today.replace(day=21))
    assert (len(run_checks(ctx, [rule()]).waived), len(run_checks(later, [rule()]).waived)) == (1, 0)
