"""Which territory is an account in, and who may claim there?"""

from datetime import date
from typing import Any

import pytest

from salesrepo.domain.kinds.named_account import NamedAccount
from salesrepo.territory.area import areas
from salesrepo.territory.coverage import holders, holds
from salesrepo.territory.facts import Facts
from salesrepo.territory.place import covers, find
from tests.territory.build import POLICY, START, table, territory

WORLD = territory("world/world", kind="group")
DE = territory("world/de", "{rules: [{geo: [DE]}], ends: 2028-01-01}")
US = territory("world/us", "rules: [{geo: [US]}]")
REST = territory("world/rest", kind="residual")
ALL = areas([WORLD, DE, US, REST])
BERLIN = Facts(country="DE", region="DE-BE")
LOCK = NamedAccount(account="d-acme.com", territory="world/us", starts=START, ends=date(2027, 7, 1))


def facts(given: dict[str, str]) -> Facts:
    return Facts(**{name: int(v) if name in ("employees", "revenue") else v for name, v in given.items()})  # type: ignore[arg-type]


@pytest.mark.parametrize("case", table("place.yml"), ids=lambda case: case["name"])
def test_one_leaf(case: dict[str, Any]) -> None:
    reason = covers(territory("world/a", case["leaf"]), facts(case["facts"]), groups=[WORLD], day=START)
    assert (reason is None) == (case["inside"] == "yes")


def where(day: date, company: Facts = BERLIN, *, named: tuple[NamedAccount, ...] = ()) -> str | None:
    return find(ALL, company, key="d-acme.com", layer="core", day=day, named=named)


def test_a_rule_beats_the_residual_until_it_ends() -> None:
    assert where(date(2027, 12, 31)) == "world/de"
    assert where(date(2028, 1, 1)) == "world/rest"
    assert where(date(2026, 12, 31)) is None


def test_a_named_account_beats_the_rules_while_its_lock_holds() -> None:
    assert where(date(2027, 6, 30), named=(LOCK,)) == "world/us"
    assert where(date(2027, 7, 1), named=(LOCK,)) == "world/de"


def test_the_lock_of_another_account_or_layer_is_nothing_to_us() -> None:
    other = NamedAccount(account="d-globex.com", territory="world/us", starts=START)
    cloud = NamedAccount(account="d-acme.com", layer="cloud", territory="world/us", starts=START)
    assert where(START, named=(other, cloud)) == "world/de"


def test_a_lock_on_a_territory_out_of_force_gives_the_account_to_nobody() -> None:
    lock = NamedAccount(account="d-acme.com", territory="world/de", starts=START)
    assert where(date(2028, 1, 1), named=(lock,)) is None


@pytest.mark.parametrize(
    ("path", "company", "lock", "name"),
    [
        ("world/us", BERLIN, LOCK, None),
        ("world/de", BERLIN, LOCK, "named-elsewhere"),
        ("world/rest", Facts(country="FR"), LOCK, "named-elsewhere"),
        ("world/rest", Facts(country="FR"), None, None),
        ("world/rest", BERLIN, None, "taken"),
        ("world/us", BERLIN, None, "outside"),
        ("world/us", Facts(country="XX"), None, "unknown-code"),
        ("world/world", BERLIN, None, "group"),
    ],
)
def test_a_claim_is_told_why_not(path: str, company: Facts, lock: NamedAccount | None, name: str | None) -> None:
    chosen = next(t for t in (WORLD, DE, US, REST) if t.territory == path)
    reason = covers(chosen, company, groups=[WORLD], day=START, siblings=[DE, US, REST], lock=lock)
    assert (reason.name if reason else None) == name


def test_a_claim_needs_every_group_above() -> None:
    leaf = territory("world/emea/a", "rules: [{geo: [DE, US]}]")
    emea = territory("world/emea/emea", "{kind: group, rules: [{geo: [DE]}]}")

    def why(groups: list[Any], company: Facts) -> str | None:
        reason = covers(leaf, company, groups=groups, day=START)
        return reason.name if reason else None

    assert why([WORLD, emea], BERLIN) is None
    assert why([emea], BERLIN) == "no-group"
    assert why([WORLD, emea], Facts(country="US")) == "outside-group"


def test_a_territory_out_of_force_covers_nothing() -> None:
    reason = covers(DE, BERLIN, groups=[WORLD], day=date(2028, 1, 1))
    assert reason is not None
    assert reason.name == "not-effective"


def test_on_the_day_of_a_hand_over_only_the_successor_holds() -> None:
    covered = territory(
        "world/a",
        """
        coverage:
          - {role: closer, node: ana, starts: 2027-01-01, ends: 2027-06-01}
          - {role: closer, node: ben, starts: 2027-06-01}
          - {role: lead_generator, node: cem, starts: 2027-01-01}
          - {role: specialist, node: dan, starts: 2027-01-01}
          - {role: closer, node: eve, starts: 2027-01-01, overlay: "true"}
        """,
    )

    def who(day: date) -> list[str]:
        return [cover.node for cover in holders(covered, day, policy=POLICY)]

    assert who(date(2027, 5, 31)) == ["ana", "cem"]
    assert who(date(2027, 6, 1)) == ["ben", "cem"]
    assert holds(covered, "ben", day=date(2027, 6, 1), policy=POLICY)
    assert not holds(covered, "ana", day=date(2027, 6, 1), policy=POLICY)
    assert not holds(covered, "dan", day=date(2027, 6, 1), policy=POLICY)
    assert not holds(covered, "eve", day=date(2027, 6, 1))
