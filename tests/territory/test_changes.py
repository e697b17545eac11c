"""Which territories mean something else, which rules say nothing, and who keeps what for how long?"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from salesrepo.domain.kinds.deal import Deal, Stage
from salesrepo.domain.kinds.policy_territory import Holdover
from salesrepo.domain.kinds.territory import Territory
from salesrepo.territory.area import area, areas
from salesrepo.territory.atlas import Atlas, atlas
from salesrepo.territory.changes import changes
from salesrepo.territory.codes import Codes
from salesrepo.territory.holdover import kept_until
from salesrepo.territory.redundancy import idle_excludes, idle_rules
from tests.territory.build import START, territory
from tests.territory.oracle import inside
from tests.territory.test_oracle_agrees import UNIVERSE, WORLD, leaves

REST = territory("world/rest", kind="residual")


def drawn(*given: Territory, codes: Codes | None = None) -> Atlas:
    return atlas(areas([WORLD, REST, *given], *([codes] if codes else [])))


def told(before: Atlas, after: Atlas) -> dict[str, tuple[str, ...]]:
    return {one.territory: one.what for one in changes(before, after)}


def test_what_is_written_anew_and_means_the_same_is_no_change() -> None:
    one = territory("world/a", "rules: [{geo: [FR]}, {geo: [DE, PR]}]")
    same = territory("world/a", "rules: [{geo: [DE, FR, US-PR]}]", name="Other")
    assert told(drawn(one), drawn(same)) == {}


def test_what_changes_is_named() -> None:
    one = territory("world/a", "rules: [{geo: [DE]}]")
    for new, what in {
        "rules: [{geo: [DE, AT]}]": ("borders",),
        "{rules: [{geo: [DE]}], ends: 2028-01-01}": ("days",),
        "{rules: [{geo: [DE]}], layer: cloud}": ("layer",),
        "{rules: [{geo: [DE]}], missing: match}": ("borders",),
    }.items():
        assert told(drawn(one), drawn(territory("world/a", new))) == {"world/a": what, "world/rest": ("members",)}
    covered = territory("world/a", "{rules: [{geo: [DE]}], coverage: [{role: closer, node: ana, starts: 2027-01-01}]}")
    assert told(drawn(one), drawn(covered)) == {"world/a": ("coverage",)}
    assert told(drawn(one), drawn()) == {"world/a": ("removed",), "world/rest": ("members",)}
    assert told(drawn(), drawn(one)) == {"world/a": ("added",), "world/rest": ("members",)}


def test_a_code_that_means_something_else_is_a_change() -> None:
    one = territory("world/a", "rules: [{geo: [ALPS]}]")
    before, after = (drawn(one, codes=Codes(regions={"ALPS": alps})) for alps in (("AT",), ("AT", "CH")))
    assert told(before, after) == {"world/a": ("borders",), "world/rest": ("members",)}


@settings(max_examples=50)
@given(leaves("world/a"), leaves("world/a"))
def test_no_change_moves_no_account(first: Territory, second: Territory) -> None:
    what = told(drawn(first), drawn(second)).get("world/a", ())
    if "borders" not in what and "days" not in what:
        for facts in UNIVERSE:
            assert inside(first, facts, START) == inside(second, facts, START)


@settings(max_examples=50)
@given(leaves("world/a"))
def test_an_idle_rule_can_go(leaf: Territory) -> None:
    idle = set(idle_rules(area(leaf)))
    less = replace(leaf, rules=tuple(rule for at, rule in enumerate(leaf.rules) if at not in idle))
    gone = set(idle_excludes(area(leaf)))
    less = replace(less, exclude=tuple(rule for at, rule in enumerate(leaf.exclude) if at not in gone))
    assert less.rules
    for facts in UNIVERSE:
        assert inside(leaf, facts, leaf.starts) == inside(less, facts, leaf.starts)


def deal(stage: Stage, node: str = "ana", layer: str = "core") -> Deal:
    return Deal(deal="d", account="d-acme.com", layer=layer, node=node, stage=stage, opened=START, currency="EUR")


@pytest.mark.parametrize(
    ("held", "policy", "kept"),
    [
        (deal("proposal"), Holdover(), date(2027, 3, 31)),
        (deal("negotiation"), Holdover(days=1), START),
        (deal("demo"), Holdover(), None),
        (deal("demo"), Holdover(stage_at_least="demo"), date(2027, 3, 31)),
        (deal("won"), Holdover(), None),
        (deal("lost"), Holdover(), None),
        (deal("proposal", node="ben"), Holdover(), None),
        (deal("proposal", layer="cloud"), Holdover(), None),
        (deal("proposal"), Holdover(days=0), None),
    ],
)
def test_an_open_deal_far_enough_keeps_the_account_for_the_days_of_policy(
    held: Deal, policy: Holdover, kept: date | None
) -> None:
    assert kept_until(policy, "ana", [held], layer="core", changed=START) == kept
