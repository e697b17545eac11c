"""Does placing many accounts at once say what placing one says, and does an explanation agree with both?"""

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.kinds.named_account import NamedAccount
from salesrepo.domain.kinds.territory import AreaRule, Territory
from salesrepo.territory.area import areas
from salesrepo.territory.atlas import atlas
from salesrepo.territory.facts import Facts
from salesrepo.territory.place import find
from salesrepo.territory.placing import place_all
from salesrepo.territory.reason import explain
from tests.territory.build import START, territory
from tests.territory.oracle import covered
from tests.territory.test_oracle_agrees import DAYS, INNER_REST, REST, RULES, UNIVERSE, WORLD, leaves

TARGETS = ("world/a", "world/in/b", "world/rest", "world/gone", "world/world")
LOCKS = st.lists(
    st.builds(
        lambda at, target, starts, ends: NamedAccount(account=f"k{at}", territory=target, starts=starts, ends=ends),
        st.integers(0, 20),
        st.sampled_from(TARGETS),
        DAYS,
        st.none() | DAYS,
    ),
    max_size=4,
    unique_by=lambda lock: lock.account,
)


@settings(max_examples=60)
@given(leaves("world/a"), leaves("world/in/b"), RULES, LOCKS, st.integers(0, 10**6), DAYS)
def test_many_at_once_lie_where_each_lies(
    a: Territory, b: Territory, rule: AreaRule, locks: list[NamedAccount], seed: int, day: date
) -> None:
    inner = Territory(territory="world/in/in", name="in", kind="group", starts=START, rules=(rule,))
    whole = atlas(areas([WORLD, inner, a, b, REST, INNER_REST]))
    chosen = {f"k{at}": facts for at, facts in enumerate(Random(seed).sample(UNIVERSE, 60))}
    chosen["k60"] = Facts(country="XX")
    placed = place_all(whole, chosen, layer="core", day=day, named=locks)
    for key, facts in chosen.items():
        assert placed[key] == find(whole, facts, key=key, layer="core", day=day, named=locks)
        why = explain(whole, facts, key=key, layer="core", day=day, named=locks)
        assert why.territory == placed[key]
        if why.how == "rule":
            rules = whole.by_path[why.territory or ""].territory.rules
            unstated = whole.by_path[why.territory or ""].territory.missing == "match"
            assert covered((rules[why.rule - 1],), facts, unstated=unstated)
            assert not covered(rules[: why.rule - 1], facts, unstated=unstated)


def test_each_reason_names_what_decided() -> None:
    leaf = territory(
        "world/de",
        "{rules: [{geo: [FR]}, {geo: [DE], industry: ['54'], employees: {min: 50}}], exclude: [{postal: {DE: ['8']}}]}",
    )
    other = territory("world/fr", "{layer: cloud, rules: [{geo: [FR]}]}")
    whole = atlas(areas([WORLD, leaf, other, REST]))

    def why(facts: Facts, *locks: NamedAccount, layer: str = "core") -> tuple[str | None, str, int, tuple[str, ...]]:
        found = explain(whole, facts, key="d-acme.com", layer=layer, day=START, named=locks)
        return found.territory, found.how, found.rule, found.facts

    used = ("country", "region", "postal", "industry", "employees")
    assert why(Facts(country="DE", industry="541", employees=80)) == ("world/de", "rule", 2, used)
    assert why(Facts(country="DE", industry="541")) == ("world/rest", "residual", 0, used[:2] + used[3:])
    lock = NamedAccount(account="d-acme.com", territory="world/de", starts=START)
    assert why(Facts(country="IT"), lock) == ("world/de", "named", 0, ())
    assert why(Facts(country="IT"), layer="cloud") == (None, "nobody", 0, ())
    assert why(Facts(country="DE", region="FR-IDF"))[:2] == (None, "nobody")


def test_what_is_not_stated_may_change_the_answer() -> None:
    large = territory("world/large", "rules: [{geo: [DE], employees: {min: 1000}}]")
    small = territory("world/small", "rules: [{geo: [DE], employees: {max: 999}}]")
    whole = atlas(areas([WORLD, large, small, REST]))
    found = explain(whole, Facts(country="DE"), key="k", layer="core", day=START)
    assert (found.territory, found.maybe) == ("world/rest", ("world/large", "world/small"))
    assert explain(whole, Facts(country="DE", employees=5), key="k", layer="core", day=START).maybe == ()
    assert explain(whole, Facts(country="FR"), key="k", layer="core", day=START).maybe == ()


def test_a_name_for_a_territory_out_of_force_is_told() -> None:
    over = territory("world/de", "{rules: [{geo: [DE]}], ends: 2027-02-01}")
    lock = NamedAccount(account="k", territory="world/de", starts=START)
    whole = atlas(areas([WORLD, over, REST]))
    found = explain(whole, Facts(country="DE"), key="k", layer="core", day=date(2027, 3, 1), named=[lock])
    assert (found.territory, found.how) == (None, "nobody")
    assert found.reason == "It is named for world/de, which is not in force on 2027-03-01"
