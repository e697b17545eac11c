"""Does the engine of territories answer for any that its records can hold, and find what it says it found?"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.policy_territory import TerritoryPolicy
from salesrepo.domain.kinds.territory import TERRITORY, AreaRule, Coverage, Headcount, Territory, Turnover
from salesrepo.store.model import validate
from salesrepo.store.plain import to_plain
from salesrepo.territory.area import areas
from salesrepo.territory.codes import codes_of
from salesrepo.territory.overlap import overlaps
from salesrepo.territory.place import covers, find
from salesrepo.territory.tree import problems
from tests.fuzz.budget import timed
from tests.fuzz.material import postals

REGIONS = {"DACH": ("DE", "AT", "CH"), "ODD": ("DE", "DE-BY", "XX")}
POLICIES = [
    TerritoryPolicy(layers=("core", "cloud"), industry_scheme=scheme, regions=REGIONS)
    for scheme in ("naics2022", "isic4")
]
PLACES = st.sampled_from(
    [
        "DE",
        "DE-BY",
        "US",
        "US-CA",
        "PR",
        "US-PR",
        "FR",
        "FR-IDF",
        "FR-75C",
        "GB",
        "JP",
        "XX",
        "DE-XX",
        "DACH",
        "ODD",
        "NONE",
    ]
)
POSTAL = postals | st.sampled_from(["8", "80", "8#", "##", "SW1", "A1 1"])
INDUSTRY = st.sampled_from(
    ["11", "31-33", "31", "3152", "54", "5415", "541511", "99", "C", "C28", "2811", "44-45", "92"]
)
COUNTS = st.none() | st.integers(0, 1_000_000_000)
START = date(2026, 1, 1)
DAYS = st.integers(-4, 4).map(lambda days: START + timedelta(days=days)) | st.sampled_from(
    [date(2000, 1, 1), date(2100, 12, 31)]
)
RULES = st.builds(
    AreaRule,
    geo=st.lists(PLACES, max_size=3).map(tuple),
    postal=st.dictionaries(
        st.sampled_from(["DE", "US", "GB", "XX"]), st.lists(POSTAL, max_size=3).map(tuple), max_size=2
    ),
    industry=st.lists(INDUSTRY, max_size=2).map(tuple),
    employees=st.none() | st.builds(Headcount, min=COUNTS, max=COUNTS),
    revenue=st.none() | st.builds(Turnover, min=COUNTS, max=COUNTS),
)
COVERS = st.builds(
    Coverage,
    role=st.sampled_from(["closer", "helper"]),
    node=st.sampled_from(["ana", "ben"]),
    starts=DAYS,
    ends=st.none() | DAYS,
    overlay=st.booleans(),
)


def territories(path: str) -> st.SearchStrategy[Territory]:
    return st.builds(
        Territory,
        territory=st.just(path),
        name=st.just(path),
        kind=st.sampled_from(["leaf", "leaf", "leaf", "group", "residual"]),
        layer=st.sampled_from(["core", "cloud"]),
        starts=DAYS,
        ends=st.none() | DAYS,
        rules=st.lists(RULES, max_size=3).map(tuple),
        exclude=st.lists(RULES, max_size=3).map(tuple),
        missing=st.sampled_from(["no_match", "match"]),
        coverage=st.lists(COVERS, max_size=2).map(tuple),
    )


WORLDS = st.tuples(
    *map(territories, ("world/world", "world/a", "world/b", "world/dach/dach", "world/dach/c", "lost/d"))
)
ACCOUNTS = st.builds(
    Account,
    account=st.just("d-acme.com"),
    name=st.just("Acme"),
    country=st.none() | st.sampled_from(["DE", "US", "PR", "FR", "XX"]),
    region=st.none() | st.sampled_from(["DE-BY", "US-CA", "US-PR", "FR-75C", "XX-Y"]),
    postal=st.none() | POSTAL,
    industry=st.none() | INDUSTRY.filter(str.isdigit),
    employees=COUNTS,
    revenue=COUNTS,
    added_by=st.just("ana"),
    added=st.just(START),
)


@timed
@given(WORLDS, st.sampled_from(POLICIES))
def test_any_territories_are_judged(world: tuple[Territory, ...], policy: TerritoryPolicy) -> None:
    for one in world:
        assert validate(TERRITORY, to_plain(one), path="x.yml") == one
    known = areas(world, codes_of(policy))
    for problem in problems(known, policy=policy):
        assert problem.message
    for found in overlaps(known):
        assert found.first < found.second and found.message and found.hint
        if found.certain and found.witness is not None:
            for path in (found.first, found.second):
                (side,) = (one for one in world if one.territory == path)
                assert side.effective(found.witness.day) or side.kind == "residual"
    changed = {"world/a", "lost/d"}
    some = {(o.first, o.second) for o in overlaps(known, changed=changed)}
    assert some <= {(o.first, o.second) for o in overlaps(known)}


@timed
@given(WORLDS, ACCOUNTS, DAYS, st.sampled_from(POLICIES))
def test_any_account_is_placed_where_a_territory_says_that_it_covers_it(
    world: tuple[Territory, ...], account: Account, day: date, policy: TerritoryPolicy
) -> None:
    assert validate(ACCOUNT, to_plain(account), path="x.yml") == account
    codes = codes_of(policy)
    path = find(areas(world, codes), account, key=account.account, layer="core", day=day)
    if path is not None:
        (holder,) = (one for one in world if one.territory == path)
        assert holder.layer == "core" and holder.kind != "group" and holder.effective(day)
        if holder.kind == "leaf":
            reason = covers(holder, account, groups=[], day=day, codes=codes)
            assert reason is None or "group" in reason.message  # whether groups are right is another question
