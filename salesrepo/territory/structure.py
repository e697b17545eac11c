"""What is wrong with a territory by itself: its dates, codes, place in the tree, and who holds it?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from salesrepo.domain.kinds.policy_territory import TerritoryPolicy
from salesrepo.domain.kinds.territory import RESERVED_GROUP, Coverage
from salesrepo.territory.area import Area
from salesrepo.territory.coverage import is_overlay, on_day
from salesrepo.territory.dimensions import is_wildcard
from salesrepo.territory.redundancy import idle_excludes, idle_rules


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a stable short name, the file, the route of keys in it, a sentence, the next step."""

    name: str
    file: str
    route: tuple[str | int, ...]
    message: str
    hint: str = ""


def own_problems(area: Area, *, policy: TerritoryPolicy) -> Iterator[Problem]:
    """What one territory's file and the policy suffice to see."""
    yield from _placement(area, policy)
    yield from _dates(area)
    yield from _rules(area)
    yield from _roles(area, policy)


def _placement(area: Area, policy: TerritoryPolicy) -> Iterator[Problem]:
    it = area.territory
    if it.territory.partition("/")[0] == RESERVED_GROUP:
        sentence = f"The group name {RESERVED_GROUP} is kept for the locks of named accounts"
        yield Problem("misplaced", area.file, ("territory",), sentence, "Choose another group name.")
    named_like_folder = it.folder.rpartition("/")[2] == it.id
    if it.kind == "group" and not named_like_folder:
        sentence = f"The group {it.id} must be the file {it.id}.yml of a folder {it.id}"
        hint = f"Move it to territories/{it.territory}/{it.id}.yml."
        yield Problem("misplaced", area.file, ("territory",), sentence, hint)
    if it.kind != "group" and named_like_folder:
        sentence = f"Only a group may bear its folder's name, and {it.territory} is a {it.kind}"
        yield Problem("misplaced", area.file, ("kind",), sentence, "Rename it.")
    if it.kind != "group" and it.layer not in policy.layers:
        hint = f"Layers are: {', '.join(policy.layers)}."
        yield Problem("unknown-layer", area.file, ("layer",), f"The policy has no layer {it.layer}", hint)


def _dates(area: Area) -> Iterator[Problem]:
    it = area.territory
    terms: list[tuple[tuple[str | int, ...], date, date | None]] = [((), it.starts, it.ends)]
    terms += [(("coverage", at), cover.starts, cover.ends) for at, cover in enumerate(it.coverage)]
    for route, starts, ends in terms:
        if ends is not None and ends <= starts:
            sentence = f"It ends on {ends}, not after it starts on {starts}"
            yield Problem("dates", area.file, (*route, "ends"), sentence, "`ends` is the first day without it.")


def _rules(area: Area) -> Iterator[Problem]:
    it = area.territory
    if it.kind == "residual" and (it.rules or it.exclude):
        sentence = "A residual is what its group's leaves leave over and has no rules"
        yield Problem("residual-rules", area.file, ("rules" if it.rules else "exclude",), sentence, "Remove them.")
        return
    for field, rules in (("rules", it.rules), ("exclude", it.exclude)):
        for at, rule in enumerate(rules):
            if is_wildcard(rule) and not (it.kind == "group" and field == "rules"):
                sentence = "A rule that restricts nothing covers everything"
                yield Problem("wildcard", area.file, (field, at), sentence, "For the rest of a group use a residual.")
    for bad in area.bad:
        yield Problem(bad.name, area.file, bad.route, bad.message)
    for at in idle_rules(area):
        sentence = f"The other rules of {it.territory} cover all that rule {at + 1} covers"
        yield Problem("redundant", area.file, ("rules", at), sentence, "Remove it.")
    for at in idle_excludes(area):
        sentence = f"Exclude {at + 1} of {it.territory} takes nothing away"
        yield Problem("redundant", area.file, ("exclude", at), sentence, "Remove it, or mend what it says.")


def _roles(area: Area, policy: TerritoryPolicy) -> Iterator[Problem]:
    by_role: dict[str, list[tuple[int, Coverage]]] = defaultdict(list)
    for at, cover in enumerate(area.territory.coverage):
        if cover.role not in policy.roles:
            sentence = f"The policy has no role {cover.role}"
            yield Problem("unknown-role", area.file, ("coverage", at, "role"), sentence)
        elif not is_overlay(cover, policy=policy):
            by_role[cover.role].append((at, cover))
    for role, covers in by_role.items():
        terms = policy.roles[role]
        limit = 1 if terms.exclusive else terms.max_holders
        if limit is not None:
            yield from _crowded(area, role, covers, limit)


def _crowded(area: Area, role: str, covers: list[tuple[int, Coverage]], limit: int) -> Iterator[Problem]:
    """The first day on which more nodes than `limit` hold the role; holders change on first days only."""
    for at, cover in sorted(covers, key=lambda item: (item[1].starts, item[0])):
        terms = [other.node for _, other in covers if on_day(other, cover.starts)]
        nodes = sorted(set(terms))
        if len(nodes) > limit:
            name = "held-twice" if limit == 1 else "too-many-holders"
            sentence = f"{', '.join(nodes)} all hold {role} on {cover.starts}, where {limit} may"
            hint = "Let one term end on the day the next starts."
            yield Problem(name, area.file, ("coverage", at), sentence, hint)
            return
        if limit == 1 and len(terms) > 1:
            sentence = f"{role} is held twice by {cover.node} on {cover.starts}"
            yield Problem("held-twice", area.file, ("coverage", at), sentence, "Make one term of the two.")
            return
