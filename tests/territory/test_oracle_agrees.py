"""Does the engine say the same as deciding every account of a small world one by one?"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.kinds.territory import AreaRule, Headcount, Territory
from salesrepo.territory.area import area, areas
from salesrepo.territory.facts import Facts, locate
from salesrepo.territory.overlap import Overlap, overlaps
from salesrepo.territory.place import covers, find
from salesrepo.territory.region import beyond
from salesrepo.territory.tree import problems
from salesrepo.territory.witness import account_in
from tests.territory.build import POLICY, START, territory
from tests.territory.oracle import AROUND, INDUSTRIES, accounts, inside

WORLD = territory("world/world", kind="group")
UNIVERSE = accounts()
CODES = ["DE", "DE-BY", "DE-BE", "US", "US-CA", "PR", "US-PR", "FR", "FR-IDF", "FR-75C"]
PREFIXES = ["8", "80", "8#", "81"]
BOUNDS = st.none() | st.just(5)
BANDS = st.builds(lambda low, high: Headcount(min=low, max=high), BOUNDS, BOUNDS).filter(
    lambda band: band.min is None or band.max is None or band.min <= band.max
)
ZONES = st.lists(st.sampled_from(PREFIXES), min_size=1, max_size=2).map(tuple)
RULES = st.builds(
    lambda geo, postal, industry, employees: AreaRule(geo=geo, postal=postal, industry=industry, employees=employees),
    st.lists(st.sampled_from(CODES), max_size=2).map(tuple),
    st.just({}) | st.dictionaries(st.sampled_from(["DE", "US", "PR"]), ZONES, max_size=2),
    st.lists(st.sampled_from(INDUSTRIES), max_size=2).map(tuple),
    st.none() | BANDS,
)
DAYS = st.integers(0, 3).map(lambda days: START + timedelta(days=days))


@st.composite
def leaves(draw: st.DrawFn, path: str) -> Territory:
    starts = draw(DAYS)
    ends = draw(st.none() | st.integers(1, 3).map(lambda days: starts + timedelta(days=days)))
    return Territory(
        territory=path,
        name=path,
        starts=starts,
        ends=ends,
        rules=tuple(draw(st.lists(RULES, min_size=1, max_size=2))),
        exclude=tuple(draw(st.lists(RULES, max_size=2))),
        missing=draw(st.sampled_from(["no_match", "match"])),
    )


def _shared(first: Territory, second: Territory) -> list[tuple[Facts, date]]:
    days = [START + timedelta(days=n) for n in range(7)]
    common = [day for day in days if first.effective(day) and second.effective(day)]
    if not common:
        return []
    day = common[0]
    return [(f, day) for f in UNIVERSE if inside(first, f, day) and inside(second, f, day)]


@settings(max_examples=120)
@given(leaves("world/a"), leaves("world/b"))
def test_two_leaves_overlap_just_where_some_account_is_in_both(first: Territory, second: Territory) -> None:
    found = list(overlaps(areas([WORLD, first, second])))
    assert bool(found) == bool(_shared(first, second))
    for overlap in found:
        _assert_inside_both(overlap, first, second)


def _assert_inside_both(overlap: Overlap, first: Territory, second: Territory) -> None:
    assert overlap.witness is not None
    for side in (first, second):
        witness = overlap.witness
        assert covers(side, witness.facts, groups=[WORLD], day=witness.day) is None
        if (witness.facts.region or witness.facts.country or "DE") in AROUND:
            assert inside(side, witness.facts, witness.day)


@settings(max_examples=80)
@given(leaves("world/a"), st.integers(0, len(UNIVERSE) - 1), DAYS)
def test_an_account_is_covered_as_the_rules_read(leaf: Territory, start: int, day: date) -> None:
    for facts in UNIVERSE[start : start + 60]:
        assert (covers(leaf, facts, groups=[WORLD], day=day) is None) == inside(leaf, facts, day)


REST = territory("world/rest", kind="residual")
INNER_REST = territory("world/in/rest", kind="residual")


@settings(max_examples=40)
@given(leaves("world/a"), leaves("world/in/b"), RULES, st.integers(0, len(UNIVERSE) - 1), DAYS)
def test_named_then_rule_then_residual(a: Territory, b: Territory, rule: AreaRule, start: int, day: date) -> None:
    inner = Territory(territory="world/in/in", name="in", kind="group", starts=START, rules=(rule,))
    known = areas([WORLD, inner, a, b, REST, INNER_REST])
    for facts in UNIVERSE[start : start + 40]:
        place = find(known, facts, key="d-acme.com", layer="core", day=day)
        in_inner = inside(inner, facts, day)
        if inside(a, facts, day) or inside(b, facts, day):
            assert place in {leaf.territory for leaf in (a, b) if inside(leaf, facts, day)}
        else:
            assert place == ("world/in/rest" if in_inner else "world/rest")
        rest = covers(REST, facts, groups=[WORLD], siblings=[a, b, inner, REST], day=day)
        assert (rest is None) == (not inside(a, facts, day) and not in_inner)


@settings(max_examples=40)
@given(leaves("world/a"), leaves("world/in/b"), RULES)
def test_a_leaf_elsewhere_overlaps_the_residual_of_another_group(a: Territory, b: Territory, rule: AreaRule) -> None:
    inner = Territory(territory="world/in/in", name="in", kind="group", starts=START, rules=(rule,))
    found = list(overlaps(areas([WORLD, inner, a, b, INNER_REST])))
    days = [START + timedelta(days=n) for n in range(7)]
    expected = any(
        inside(a, facts, day) and inside(inner, facts, day) and not inside(b, facts, day)
        for day in days
        for facts in UNIVERSE
    )
    assert (("world/a", "world/in/rest") in {(o.first, o.second) for o in found}) == expected


@settings(max_examples=40)
@given(leaves("world/a"), leaves("world/b"), leaves("world/c"), leaves("world/d"), st.sets(st.sampled_from("abcd")))
def test_a_change_is_compared_with_everything_and_the_rest_is_not(
    a: Territory, b: Territory, c: Territory, d: Territory, letters: set[str]
) -> None:
    known = areas([WORLD, a, b, c, d])
    changed = {f"world/{letter}" for letter in letters}
    full = [o for o in overlaps(known) if {o.first, o.second} & changed]
    assert sorted(overlaps(known, changed=changed), key=str) == sorted(full, key=str)


@settings(max_examples=60)
@given(leaves("world/in/in"), leaves("world/in/b"))
def test_a_leaf_reaches_outside_its_group_just_where_some_account_does(group: Territory, leaf: Territory) -> None:
    group = replace(group, kind="group")
    found = [p for p in problems(areas([WORLD, group, leaf]), policy=POLICY) if p.name == "outside-group"]
    told = any(problem.file == "territories/world/in/b.yml" for problem in found)
    days = [START + timedelta(days=n) for n in range(8)]
    outside = any(inside(leaf, f, day) and not inside(group, f, day) for day in days for f in UNIVERSE)
    assert outside <= told  # the small world holds less than the real one
    out = beyond(area(leaf).region, area(group).region)
    assert told == (out is not None)
    if out is not None:
        witness = account_in(out)
        point = locate(witness.facts)
        assert isinstance(point, tuple)
        at = (*point, witness.day.toordinal())
        assert area(leaf).region.covers(at) and not area(group).region.covers(at)
