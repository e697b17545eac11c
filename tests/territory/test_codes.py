"""Do places, postal codes, industries and sets of numbers behave as their standards say?"""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.territory import industry, intervals, postal
from salesrepo.territory.facts import Point
from salesrepo.territory.geography import SAME_PLACE, geography, place_of
from salesrepo.territory.pairs import meeting
from salesrepo.territory.region import (
    Product,
    Region,
    UnprovableError,
    beyond,
    holds_any,
    intersection,
    one_by_one,
    remains,
)

PLACES = (
    "PR=US-PR GU=US-GU AS=US-AS VI=US-VI MP=US-MP HK=CN-HK MO=CN-MO TW=CN-TW AW=NL-AW CW=NL-CW SX=NL-SX NC=FR-NC "
    "PF=FR-PF PM=FR-PM BL=FR-BL MF=FR-MF WF=FR-WF TF=FR-TF GP=FR-971 MQ=FR-972 GF=FR-973 RE=FR-974 YT=FR-976 AX=FI-01"
)


@pytest.mark.parametrize("pair", PLACES.split())
def test_two_codes_of_one_place_are_one_place_inside_its_country(pair: str) -> None:
    code, other = pair.split("=")
    ranges = geography().ranges
    assert ranges[code] == ranges[other]
    around = ranges[other.partition("-")[0]]
    assert around[0] < ranges[code][0] < ranges[code][1] <= around[1]
    assert place_of(code, other) == place_of(other.partition("-")[0], other) == place_of(code, None)


def test_places_that_have_two_codes_and_parts() -> None:
    ranges = geography().ranges
    assert ranges["NL-BQ1"] == ranges["BQ-BO"]
    for part, whole in [
        ("BQ-BO", "BQ"),
        ("BQ", "NL"),
        ("NO-21", "SJ"),
        ("SJ", "NO"),
        ("UM-71", "US"),
        ("TW-TPE", "CN"),
    ]:
        assert ranges[whole][0] < ranges[part][0] < ranges[part][1] <= ranges[whole][1]


def test_every_double_code_is_known_to_the_tables() -> None:
    ranges = geography().ranges
    assert all(code in ranges and same in ranges for code, same in SAME_PLACE.items())


def test_places_are_either_nested_or_apart() -> None:
    spans = sorted(set(geography().ranges.values()), key=lambda span: (span[0], -span[1]))
    open_ends: list[int] = []
    for low, high in spans:
        while open_ends and open_ends[-1] <= low:
            open_ends.pop()
        assert not open_ends or high <= open_ends[-1]
        open_ends.append(high)


def test_contradictory_and_unknown_places_are_no_place() -> None:
    assert place_of("DE", "FR-IDF") is None
    assert place_of("PR", "US-CA") is None
    assert place_of("XX", None) is None
    assert place_of(None, None) == 0


CODES = st.text("0189AZ", min_size=1, max_size=5)


@given(CODES, st.text("08AZ#", min_size=1, max_size=3))
def test_a_postal_code_is_in_a_prefix_just_where_it_begins_so(code: str, prefix: str) -> None:
    found = postal.prefix(prefix)
    number = postal.number_of(code)
    assert found is not None
    assert number is not None
    begins = len(code) >= len(prefix) and all(
        c == p or (p == "#" and c.isdigit()) for c, p in zip(code, prefix, strict=False)
    )
    assert intervals.contains(found, number) == begins
    assert intervals.contains(postal.ANY, number)
    assert postal.code_of(number) == code


@pytest.mark.parametrize("text", ["", "####", "É", "1234567890123"])
def test_what_is_no_postal_prefix(text: str) -> None:
    assert postal.prefix(text) is None


def test_every_sector_is_a_branch_and_ranges_hold_theirs() -> None:
    for sector in industry.SECTORS:
        spans = industry.branch(sector)
        assert spans is not None
        assert intervals.minus(spans, industry.ANY) == ()
        assert industry.code_of(spans[0][0]) == sector
    for name, parts in {"31-33": ("31", "32", "33"), "44-45": ("44", "45"), "48-49": ("48", "49")}.items():
        whole, own = industry.branch(name), industry.number_of(name)
        assert whole is not None
        assert own is not None
        spans = tuple(span for part in parts for span in industry.branch(part) or ())
        assert intervals.minus(whole, intervals.union(spans)) == ((own, own + 1),)
        assert intervals.minus(spans, whole) == ()
        assert industry.code_of(own) == name


@pytest.mark.parametrize("code", ["", "3", "1234567", "99", "00", "51-53", "32-33"])
def test_what_is_no_branch(code: str) -> None:
    assert industry.branch(code) is None


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12))
SETS = st.lists(SPANS, max_size=4).map(intervals.union)


@given(SETS, SETS)
def test_sets_of_numbers(first: intervals.Intervals, second: intervals.Intervals) -> None:
    ours, theirs = ({n for low, high in s for n in range(low, high)} for s in (first, second))
    for found, expected in [
        (intervals.common(first, second), ours & theirs),
        (intervals.minus(first, second), ours - theirs),
        (intervals.union((*first, *second)), ours | theirs),
    ]:
        assert {n for low, high in found for n in range(low, high)} == expected
        assert all(low < high for low, high in found)
        assert list(found) == sorted(found)
    assert intervals.meet(first, second) == bool(ours & theirs)


PRODUCTS = st.tuples(*[SETS.filter(bool)] * 3)
REGIONS = st.builds(Region, st.lists(PRODUCTS, max_size=2).map(tuple), st.lists(PRODUCTS, max_size=2).map(tuple))
POINTS = [(x, y, z) for x in range(0, 13, 2) for y in range(0, 13, 3) for z in range(12)]


@given(REGIONS, REGIONS)
def test_regions_against_every_point(first: Region, second: Region) -> None:
    left = list(remains(first.includes, [*one_by_one(first.excludes), second]))
    for point in POINTS:
        assert holds_any(left, point) == (first.covers(point) and not second.covers(point))
    outside = beyond(first, second)
    if outside is None:
        assert not left
    else:
        corner = tuple(part[0][0] for part in outside)
        assert first.covers(corner) and not second.covers(corner)


@given(PRODUCTS, PRODUCTS, st.lists(PRODUCTS, max_size=4))
def test_what_remains_of_two_is_in_both_and_in_no_exclude(
    first: Product, second: Product, excludes: list[Product]
) -> None:
    def shared(point: Point) -> bool:
        return holds_any([first], point) and holds_any([second], point) and not holds_any(excludes, point)

    both = intersection(first, second)
    found = next(remains([both], one_by_one(excludes)), None) if both else None
    if found is None:
        assert not any(map(shared, POINTS))
    else:
        assert shared(tuple(part[0][0] for part in found))


def test_no_answer_rather_than_a_guess() -> None:
    whole: Product = (((0, 9),), ((0, 9),), ((0, 9),))
    holes: list[Product] = [(((n, n + 1),), ((0, 9),), ((0, 9),)) for n in range(9)]
    assert list(remains([whole], one_by_one(holes))) == []
    with pytest.raises(UnprovableError):
        list(remains([whole], one_by_one(holes), most=8))


@pytest.mark.parametrize("seed", range(6))
def test_dividing_finds_the_pairs_that_comparing_all_finds(seed: int) -> None:
    dice = Random(seed)
    boxes = [[(dice.randrange(12), dice.randrange(1, 9)) for _ in range(6)] for _ in range(250)]
    flat = [(*(edge for low, size in box for edge in (low, low + size)), at) for at, box in enumerate(boxes)]
    found = {(ours[-1], theirs[-1]) for ours, theirs in meeting(flat, flat)}
    assert found == {
        (ours[-1], theirs[-1])
        for ours in flat
        for theirs in flat
        if all(theirs[at] < ours[at + 1] and ours[at] < theirs[at + 1] for at in range(0, 12, 2))
    }
