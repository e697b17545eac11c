"""What is wrong with the territories of a repository, beyond overlaps?"""

from datetime import date
from typing import Any

import pytest

from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT, NamedAccount
from salesrepo.domain.kinds.territory import TERRITORY, groups_of, territory_file
from salesrepo.store.model import to_plain, validate
from salesrepo.territory.area import areas
from salesrepo.territory.tree import problems
from tests.territory.build import POLICY, START, table, territory

WORLD = territory("world/world", kind="group")
DE = territory("world/de", "rules: [{geo: [DE]}]")


@pytest.mark.parametrize("case", table("structure.yml"), ids=lambda case: case["name"])
def test_problems_have_their_names(case: dict[str, Any]) -> None:
    given = [territory(path, fields) for path, fields in case["territories"].items()]
    found = list(problems(areas([WORLD, *given]), policy=POLICY))
    assert sorted(problem.name for problem in found) == sorted(case["problems"])
    again = problems(areas([WORLD, *given]), policy=POLICY, changed={t.territory for t in given})
    assert sorted(map(str, again)) == sorted(map(str, found))


def named_problems(*locks: NamedAccount) -> list[str]:
    return [problem.name for problem in problems(areas([WORLD, DE]), policy=POLICY, named=locks)]


def lock(account: str, *, starts: date = START, ends: date | None = None, **more: str) -> NamedAccount:
    return NamedAccount(account=account, starts=starts, ends=ends, **({"territory": "world/de"} | more))


def test_an_account_named_twice_at_one_time() -> None:
    assert named_problems(lock("d-acme.com"), lock("d-acme.com")) == ["named-twice"]
    assert named_problems(lock("d-acme.com", ends=date(2028, 1, 1)), lock("d-acme.com", starts=date(2028, 1, 1))) == []
    assert named_problems(lock("d-acme.com"), lock("d-globex.com")) == []


def test_a_lock_needs_a_territory_of_its_layer() -> None:
    assert named_problems(lock("d-acme.com", territory="world/gone")) == ["no-territory"]
    assert named_problems(lock("d-acme.com", territory="world/world")) == ["no-territory"]
    assert named_problems(lock("d-acme.com", layer="cloud")) == ["no-territory"]
    assert named_problems(lock("d-acme.com", ends=START)) == ["dates"]


def test_a_problem_says_where_and_what() -> None:
    bad = territory("world/emea/b", "rules: [{geo: [FR]}, {geo: [DE, DE-ZZ]}]")
    emea = territory("world/emea/emea", "{kind: group, rules: [{geo: [DE]}]}")
    unknown, outside = problems(areas([WORLD, emea, bad]), policy=POLICY)
    assert (unknown.file, unknown.route) == ("territories/world/emea/b.yml", ("rules", 1, "geo", 1))
    assert outside.message == "world/emea/b reaches outside its group world/emea/emea: FR, on 2027-01-01"


def test_a_narrowed_group_is_held_against_its_leaves() -> None:
    emea = territory("world/emea/emea", "{kind: group, rules: [{geo: [DE]}]}")
    leaf = territory("world/emea/fr", "rules: [{geo: [FR]}]")
    known = areas([WORLD, emea, leaf])
    assert [p.name for p in problems(known, policy=POLICY, changed={"world/emea/emea"})] == ["outside-group"]
    assert list(problems(known, policy=POLICY, changed={"world/world"})) == []


def test_a_group_is_in_its_own_folder() -> None:
    assert groups_of("emea/dach/by") == ("emea/emea", "emea/dach/dach")
    assert groups_of("emea/dach/dach") == ("emea/emea",)
    assert groups_of("emea/emea") == ()


def test_a_territory_stands_where_it_says() -> None:
    leaf = territory("emea/dach/by", "rules: [{geo: [DE-BY], postal: {DE: ['80']}}]")
    assert TERRITORY.path_of(leaf) == territory_file(leaf.territory) == "territories/emea/dach/by.yml"
    assert TERRITORY.path.match("territories/emea/dach/by.yml") == {"folder": "emea/dach", "id": "by"}
    assert validate(TERRITORY, to_plain(leaf), path="") == leaf


def test_a_lock_stands_where_its_account_and_layer_say() -> None:
    path = NAMED_ACCOUNT.path_of(lock("d-acme.co.uk", layer="cloud"))
    assert path.endswith("/d-acme.co.uk.cloud.yml")
    assert NAMED_ACCOUNT.path.match(path) == {"account": "d-acme.co.uk", "layer": "cloud"}
