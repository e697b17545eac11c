"""Do regions and ISIC codes mean what they stand for, and is no code of one scheme one of the other?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.territory import industry, intervals, isic
from salesrepo.territory.area import area, areas
from salesrepo.territory.codes import PLAIN, Codes, codes_of, unknown_in_postal_places, unknown_in_regions
from salesrepo.territory.facts import Facts, Reason, locate
from salesrepo.territory.overlap import overlaps
from salesrepo.territory.place import covers, find
from tests.territory.build import POLICY, START, territory

WORLD = territory("world/world", kind="group")
CODES = Codes("isic4", {"DACH": ("DE", "AT", "CH"), "NORTH": ("DE-HH", "DE-SH"), "BROKEN": ("FR", "XQ")})


def inside(rules: str, facts: Facts) -> bool:
    leaf = territory("world/a", rules)
    return covers(leaf, facts, groups=[WORLD], day=START, codes=CODES) is None


@pytest.mark.parametrize(
    ("rules", "facts", "expected"),
    [
        ("rules: [{geo: [DACH]}]", Facts(country="CH"), True),
        ("rules: [{geo: [DACH]}]", Facts(country="DE", region="DE-BY"), True),
        ("rules: [{geo: [DACH]}]", Facts(country="FR"), False),
        ("rules: [{geo: [DACH, FR]}]", Facts(country="FR"), True),
        ("{rules: [{geo: [DACH]}], exclude: [{geo: [NORTH]}]}", Facts(region="DE-HH"), False),
        ("{rules: [{geo: [DACH]}], exclude: [{geo: [NORTH]}]}", Facts(region="DE-BE"), True),
        ("{rules: [{geo: [NORTH]}], missing: match}", Facts(country="DE"), True),
        ("rules: [{geo: [NORTH]}]", Facts(country="DE"), False),
        ("rules: [{geo: [BROKEN]}]", Facts(country="FR"), False),
        ("{rules: [{geo: [DE]}], exclude: [{geo: [BROKEN]}]}", Facts(country="DE"), False),
        ("rules: [{industry: [C]}]", Facts(industry="C2811"), True),
        ("rules: [{industry: [C28]}]", Facts(industry="C28"), True),
        ("rules: [{industry: [C28]}]", Facts(industry="C"), False),
        ("{rules: [{industry: [C28]}], missing: match}", Facts(industry="C"), True),
        ("{rules: [{industry: [C28]}], missing: match}", Facts(industry="D"), False),
        ("rules: [{industry: [C28]}]", Facts(industry="5415"), False),
    ],
)
def test_a_region_is_its_places_and_a_letter_its_divisions(rules: str, facts: Facts, expected: bool) -> None:
    assert inside(rules, facts) is expected


def test_what_a_region_lacks_is_told() -> None:
    assert unknown_in_regions(CODES) == {"BROKEN": ("XQ",)}
    (bad,) = area(territory("world/a", "rules: [{geo: [BROKEN]}]"), CODES).bad
    assert bad.message == "The region BROKEN holds a code that is none of ISO 3166"
    (bad,) = area(territory("world/a", "rules: [{geo: [EMEA]}]"), CODES).bad
    assert "EMEA is neither" in bad.message


def test_the_witness_speaks_the_companys_scheme() -> None:
    known = [WORLD, territory("world/a", "rules: [{industry: [C28]}]"), territory("world/b", "rules: [{geo: [DACH]}]")]
    (overlap,) = overlaps(areas(known, CODES))
    assert overlap.witness is not None
    assert overlap.witness.text == "AT, ISIC C28, on 2027-01-01"
    assert find(areas(known[:2], CODES), Facts(industry="C2811"), key="x", layer="core", day=START) == "world/a"


def test_a_company_has_one_scheme() -> None:
    assert codes_of(POLICY).scheme.NAME == PLAIN.scheme.NAME == "NAICS"
    assert isinstance(locate(Facts(industry="C28"), PLAIN), Reason)
    assert isinstance(locate(Facts(industry="28"), CODES), Reason)


@pytest.mark.parametrize("code", ["", "V", "C2", "C34", "A10", "C28110", "28", "c28", "C-28"])
def test_what_is_no_branch_of_isic(code: str) -> None:
    assert isic.branch(code) is None
    assert isic.number_of(code) is None


DIVISIONS = st.sampled_from(
    [f"{letter}{n:02}" for letter, (first, last) in isic.SECTIONS.items() for n in range(first, last + 1)]
)


@given(DIVISIONS, st.text("0123456789", max_size=2), DIVISIONS, st.text("0123456789", max_size=2))
def test_a_branch_is_in_another_just_where_it_begins_so(first: str, more: str, second: str, rest: str) -> None:
    code, prefix = first + more, second + rest
    number, span = isic.number_of(code), isic.branch(prefix)
    assert number is not None
    assert span is not None
    assert intervals.contains(span, number) == code.startswith(prefix)
    assert intervals.contains(isic.branch(first[0]) or (), number)
    assert intervals.contains(isic.ANY, number)
    assert isic.code_of(number) == code
    assert industry.branch(code) is None
    around = isic.unstated_around(code)
    shorter = [code[:length] for length in (1, 3, 4) if length < len(code)]
    assert {isic.code_of(low) for low, _ in around} == {"", *shorter}


KNOWN = Codes(postal_places={"US": {"US-CA": ("90", "94"), "US-TX": ("75",), "US-NV": ("89", "90")}})


def verdict(first: str, second: str, codes: Codes = KNOWN) -> str:
    pair = [territory("world/a", first), territory("world/b", second)]
    return "".join(overlap.name for overlap in overlaps(areas([WORLD, *pair], codes)))


@pytest.mark.parametrize(
    ("prefixes", "place", "told", "untold"),
    [
        ('["94"]', "US-TX", "", "unprovable"),  # Californian, says the table
        ('["94"]', "US-CA", "overlap", "unprovable"),
        ('["943"]', "US-CA", "overlap", "unprovable"),
        ('["90"]', "US-CA", "unprovable", "unprovable"),  # Californian or Nevadan
        ('["90"]', "US-TX", "", "unprovable"),
        ('["9"]', "US-TX", "unprovable", "unprovable"),  # the table knows a part of it
        ('["60"]', "US-TX", "unprovable", "unprovable"),
        ('["94", "60"]', "US-TX", "unprovable", "unprovable"),
        ('["94"]', "US", "overlap", "overlap"),
    ],
)
def test_a_table_of_prefixes_settles_what_nobody_could_prove(prefixes: str, place: str, told: str, untold: str) -> None:
    first, second = f"rules: [{{postal: {{US: {prefixes}}}}}]", f"rules: [{{geo: [{place}]}}]"
    assert verdict(first, second) == told
    assert verdict(first, second, PLAIN) == untold


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(country="US", postal="94103"), True),
        (Facts(region="US-CA", postal="94103"), True),
        (Facts(region="US-TX", postal="94103"), False),  # one of the two is wrong
        (Facts(region="US-NV", postal="90001"), True),
        (Facts(region="US-TX", postal="60601"), True),
    ],
)
def test_a_table_of_prefixes_takes_none_but_contradictions_away(facts: Facts, expected: bool) -> None:
    leaf = territory("world/a", 'rules: [{geo: [US], postal: {US: ["94", "90", "60"]}}]')
    assert (covers(leaf, facts, groups=[WORLD], day=START, codes=KNOWN) is None) is expected
    assert covers(leaf, facts, groups=[WORLD], day=START) is None
    rest = territory("world/a", '{rules: [{geo: [US]}], exclude: [{postal: {US: ["94", "90", "60"]}}]}')
    assert covers(rest, facts, groups=[WORLD], day=START, codes=KNOWN) is not None  # an exclude takes no less away


def test_what_the_table_lists_lies_in_its_country() -> None:
    codes = Codes(postal_places={"US": {"US-CA": ("9",), "DE-BY": ("8",), "US-QQ": ("1",)}, "DE": {"DE-BY": ("8",)}})
    assert unknown_in_postal_places(codes) == {"US": ("DE-BY", "US-QQ")}
