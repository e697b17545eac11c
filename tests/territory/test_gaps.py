"""Does a gap exist just where some account of a group lies in none of its territories?"""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.kinds.territory import AreaRule, Territory
from salesrepo.territory.area import area, areas
from salesrepo.territory.atlas import atlas
from salesrepo.territory.gaps import Gap, Suspects, gaps
from salesrepo.territory.place import covers
from tests.territory.build import START, territory
from tests.territory.oracle import AROUND, inside
from tests.territory.test_oracle_agrees import DAYS, RULES, UNIVERSE, WORLD, leaves

LAYERS = ("core",)
LAST = [START + timedelta(days=n) for n in range(8)]


def found(*known: Territory, since: date = START, suspects: Suspects | None = None, most: int = 1) -> list[Gap]:
    return list(gaps(atlas(areas(known)), layers=LAYERS, since=since, suspects=suspects, most=most))


def groups(*rules: AreaRule) -> Territory:
    return Territory(territory="world/in/in", name="in", kind="group", starts=START, rules=rules)


@settings(max_examples=50)
@given(st.lists(RULES, min_size=1, max_size=2), leaves("world/in/a"), leaves("world/in/b"), leaves("world/c"), DAYS)
def test_a_gap_is_an_account_that_nobody_has(
    rules: list[AreaRule], a: Territory, b: Territory, c: Territory, since: date
) -> None:
    group = groups(*rules)
    told = [gap for gap in found(WORLD, group, a, b, c, since=since) if gap.group == "world/in/in"]
    days = [day for day in LAST if day >= since]
    left = any(
        inside(group, facts, day) and not any(inside(leaf, facts, day) for leaf in (a, b, c))
        for day in days
        for facts in UNIVERSE
    )
    assert left <= bool(told)  # the small world holds less than the real one
    for gap in told:
        assert gap.witness is not None
        assert gap.witness.day >= since
        for leaf in (a, b, c):
            assert covers(leaf, gap.witness.facts, groups=[WORLD, group], day=gap.witness.day) is not None
        if (gap.witness.facts.region or gap.witness.facts.country or "DE") in AROUND:
            assert inside(group, gap.witness.facts, gap.witness.day)


@settings(max_examples=40)
@given(st.lists(RULES, min_size=1, max_size=2), leaves("world/in/a"), leaves("world/in/a"), leaves("world/in/b"))
def test_looking_only_where_a_leaf_shrank_finds_what_opened(
    rules: list[AreaRule], old: Territory, new: Territory, other: Territory
) -> None:
    group = groups(*rules)
    suspects = {"world/in/in": area(old).region.includes}
    near = found(WORLD, group, new, other, suspects=suspects)
    assert not near or [gap for gap in found(WORLD, group, new, other) if gap.group == "world/in/in"]
    opened = any(
        inside(group, facts, day) and inside(old, facts, day) and not inside(new, facts, day)
        for day in LAST
        for facts in UNIVERSE
        if not inside(other, facts, day)
    )
    assert opened <= bool(near)


def test_a_residual_leaves_no_gap_while_it_is_in_force() -> None:
    rest = territory("world/rest", kind="residual", ends="2028-01-01")
    (gap,) = found(WORLD, rest)
    assert gap.witness is not None
    assert gap.witness.day == date(2028, 1, 1)
    assert found(WORLD, territory("world/rest", kind="residual")) == []


def test_a_group_below_answers_for_itself() -> None:
    us = territory("world/us/us", "{kind: group, rules: [{geo: [US]}]}")
    leaf = territory("world/us/ca", "rules: [{geo: [US-CA]}]")
    rest = territory("world/rest", kind="residual")
    assert [gap.group for gap in found(WORLD, us, leaf, rest)] == ["world/us/us"]


def test_each_layer_in_use_is_asked_for() -> None:
    de = territory("world/de/de", "{kind: group, rules: [{geo: [DE]}]}")
    core = territory("world/de/all", "rules: [{geo: [DE]}]")
    cloud = territory("world/de/cloud", "{layer: cloud, rules: [{geo: [DE-BY]}]}")
    rests = [territory("world/rest", kind="residual"), territory("world/rest2", "{kind: residual, layer: cloud}")]
    told = found(WORLD, de, core, cloud, *rests)
    assert [(gap.group, gap.layer) for gap in told] == [("world/de/de", "cloud")]
    assert "in the layer cloud: DE" in told[0].message
    assert found(WORLD, de, core, *rests) == []


def test_a_group_without_anything_is_one_gap() -> None:
    assert [(gap.group, gap.layer) for gap in found(WORLD)] == [("world/world", "core")]


def test_what_cannot_be_decided_is_told_as_a_gap() -> None:
    slabs = [
        {
            "employees": {"min": str(n * 131 % 997), "max": str(n * 131 % 997 + 150)},
            "revenue": {"min": str(n * 577 % 991), "max": str(n * 577 % 991 + 150)},
            "industry": ["11", "21", "23", "42", "51", "52"][n % 4 : n % 4 + 3],
            "postal": {"DE": [str(n * 37 % 10), str(n * 41 % 10)]},
        }
        for n in range(300)
    ]
    all_ = {"geo": ["DE"], "employees": {"max": "2000"}}
    group = territory("world/world", {"kind": "group", "rules": [all_], "exclude": [*slabs, all_]})
    (gap,) = found(group, most=10**6)
    assert gap.witness is None
    assert "too many territories to prove" in gap.message
