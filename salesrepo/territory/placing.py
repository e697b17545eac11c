"""In which territories do many accounts lie? What `place.find` answers, for a hundred thousand accounts at a time."""

from collections.abc import Iterable, Mapping
from datetime import date

from salesrepo.domain.kinds.named_account import NamedAccount
from salesrepo.territory.area import Area, Entry
from salesrepo.territory.atlas import Atlas
from salesrepo.territory.facts import Company, Point, locate
from salesrepo.territory.pairs import meeting
from salesrepo.territory.region import Region

_AT = 12  # where an entry carries its own number


def place_all(
    whole: Atlas, companies: Mapping[str, Company], *, layer: str, day: date, named: Iterable[NamedAccount] = ()
) -> dict[str, str | None]:
    """The path of the territory of each account, by its key; None where none has it, or its facts are no facts."""
    found: dict[str, str | None] = dict.fromkeys(companies)
    members = [area for area in whole.by_path.values() if _competes(area, layer, day)]
    held = {area.path for area in members}
    locks = {lock.account: lock.territory for lock in named if lock.layer == layer and lock.effective(day)}
    points: dict[str, Point] = {}
    for key, company in companies.items():
        point = locate(company, whole.codes)
        if key in locks:
            found[key] = locks[key] if locks[key] in held else None
        elif isinstance(point, tuple):
            points[key] = (*point, day.toordinal())
    found |= _by_rule([area for area in members if area.territory.kind == "leaf"], points)
    left = {key: point for key, point in points.items() if found[key] is None}
    for residual in (area for area in members if area.territory.kind == "residual"):
        region, taken = whole.as_member(residual).region, _groups_inside(whole, residual)
        for key, point in left.items():
            if found[key] is None and region.covers(point) and not any(inner.covers(point) for inner in taken):
                found[key] = residual.path
    return found


def _competes(area: Area, layer: str, day: date) -> bool:
    it = area.territory
    return it.kind != "group" and it.layer == layer and it.effective(day)


def _by_rule(leaves: list[Area], points: Mapping[str, Point]) -> dict[str, str]:
    keys = list(points)
    probes: list[Entry] = [
        (*(edge for number in points[key] for edge in (number, number + 1)), at) for at, key in enumerate(keys)
    ]
    entries = [(*entry, at) for at, leaf in enumerate(leaves) for entry in leaf.entries]
    first: dict[str, int] = {}
    for probe, entry in meeting(probes, entries):
        key, at = keys[probe[_AT]], entry[_AT]
        if at < first.get(key, len(leaves)) and leaves[at].region.covers(points[key]):
            first[key] = at
    return {key: leaves[at].path for key, at in first.items()}


def _groups_inside(whole: Atlas, residual: Area) -> list[Region]:
    """What a residual leaves to the groups below its own; leaves have had their turn."""
    members = whole.members(residual.territory.folder)
    return [member.region for member in members if member.territory.kind == "group"]
