"""Which territories overlap, who is told, and where does a residual begin?"""

from typing import Any

import pytest

from salesrepo.territory.area import areas
from salesrepo.territory.overlap import overlaps
from tests.territory.build import table, territory

WORLD = territory("world/world", kind="group")


@pytest.mark.parametrize("case", table("overlap.yml"), ids=lambda case: case["name"])
def test_two_leaves(case: dict[str, Any]) -> None:
    pair = [territory("world/a", case["first"]), territory("world/b", case["second"])]
    for order in (pair, pair[::-1]):
        found = list(overlaps(areas([WORLD, *order])))
        assert [overlap.name for overlap in found] == ([] if case["verdict"] == "disjoint" else [case["verdict"]])
        for overlap in found:
            assert overlap.witness is not None
            assert overlap.witness.text == case.get("text", overlap.witness.text)


def test_an_overlap_names_both_holders_of_that_day() -> None:
    first = territory(
        "world/a",
        """
        rules: [{geo: [DE]}]
        coverage: [{role: closer, node: ana, starts: 2027-01-01, ends: 2027-03-01}]
        """,
    )
    second = territory(
        "world/b",
        """
        rules: [{geo: [DE-BY]}]
        coverage:
          - {role: closer, node: ben, starts: 2027-03-01}
          - {role: closer, node: eve, starts: 2027-01-01, overlay: "true"}
        """,
    )
    (overlap,) = overlaps(areas([WORLD, first, second]))
    assert overlap.message == "world/a (closer ana) and world/b (nobody) both cover: DE-BY, on 2027-01-01"
    assert overlap.files == ("territories/world/a.yml", "territories/world/b.yml")


def test_too_many_excludes_fail_closed() -> None:
    holes = [
        {
            "employees": {"min": str(n * 131 % 997), "max": str(n * 131 % 997 + 150)},
            "revenue": {"min": str(n * 577 % 991), "max": str(n * 577 % 991 + 150)},
            "industry": ["11", "21", "23", "42", "51", "52"][n % 4 : n % 4 + 3],
            "postal": {"DE": [str(n * 37 % 10), str(n * 41 % 10)]},
        }
        for n in range(300)
    ]
    everything = {"geo": ["DE"], "employees": {"max": "2000"}}
    first = territory("world/a", {"rules": [everything], "exclude": [*holes, everything]})
    second = territory("world/b", {"rules": [everything]})
    (overlap,) = overlaps(areas([WORLD, first, second]))
    assert (overlap.name, overlap.witness) == ("unprovable", None)
    assert "too many excludes" in overlap.message


def test_a_residual_gives_way_to_everything_in_its_folder() -> None:
    known = [
        WORLD,
        territory("world/rest", kind="residual"),
        territory("world/de", "rules: [{geo: [DE]}]"),
        territory("world/us/us", "{kind: group, rules: [{geo: [US]}]}"),
        territory("world/us/rest", kind="residual"),
        territory("world/us/ca", "rules: [{geo: [US-CA]}]"),
    ]
    assert list(overlaps(areas(known))) == []


def test_a_leaf_elsewhere_may_not_lie_in_the_rest_of_a_group() -> None:
    known = [
        WORLD,
        territory("world/big", "rules: [{geo: [US], employees: {min: 1000}}]"),
        territory("world/us/us", "{kind: group, rules: [{geo: [US]}]}"),
        territory("world/us/rest", kind="residual"),
    ]
    (overlap,) = overlaps(areas(known))
    assert (overlap.first, overlap.second) == ("world/big", "world/us/rest")
    taken = territory("world/us/big", "rules: [{geo: [US], employees: {min: 500}}]")
    assert {(o.first, o.second) for o in overlaps(areas([*known, taken]))} == {("world/big", "world/us/big")}


def test_a_removed_leaf_makes_the_residual_grow_into_another() -> None:
    known = [
        WORLD,
        territory("world/big", "rules: [{geo: [US], employees: {min: 1000}}]"),
        territory("world/us/us", "{kind: group, rules: [{geo: [US]}]}"),
        territory("world/us/rest", kind="residual"),
    ]
    assert [o.second for o in overlaps(areas(known), changed={"world/us/big"})] == ["world/us/rest"]
    assert list(overlaps(areas(known), changed={"world/elsewhere"})) == []


def test_each_pair_is_told_once_however_many_rules_meet() -> None:
    many = "rules: [{geo: [DE]}, {geo: [FR, IT]}, {employees: {min: 5}}]"
    known = [WORLD, territory("world/a", many), territory("world/b", many), territory("world/c", many)]
    found = [(o.first, o.second) for o in overlaps(areas(known))]
    assert sorted(found) == [("world/a", "world/b"), ("world/a", "world/c"), ("world/b", "world/c")]
