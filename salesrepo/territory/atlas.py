"""How do territories hang together: which group holds which, and what does a residual cover?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from salesrepo.territory.area import Area
from salesrepo.territory.codes import PLAIN, Codes
from salesrepo.territory.dimensions import days_of
from salesrepo.territory.intervals import common
from salesrepo.territory.region import Region


@dataclass(frozen=True, slots=True)
class Atlas:
    """All territories by path and by the folder of the group that holds them."""

    by_path: Mapping[str, Area]
    inside: Mapping[str, tuple[Area, ...]]

    @property
    def codes(self) -> Codes:
        """What codes mean in all of them."""
        return next((area.codes for area in self.by_path.values()), PLAIN)

    def group_of(self, path: str) -> Area | None:
        """The group right above a territory; None where there is none or its file is no group."""
        area = self.by_path.get(path)
        found = self.by_path.get(area.above) if area else None
        return found if found is not None and found.territory.kind == "group" else None

    def members(self, folder: str) -> tuple[Area, ...]:
        """The leaves and residuals of the group in this folder, and the groups right below it."""
        return self.inside.get(folder, ())

    def as_member(self, area: Area) -> Area:
        """The area itself; of a residual, with its group's region on the days of both."""
        group = self.group_of(area.path) if area.territory.kind == "residual" else None
        if group is None:
            return area
        days = days_of(area.territory.starts, area.territory.ends)
        bodies = ((*body[:-1], common(body[-1], days)) for body in group.region.includes)
        return replace(area, region=Region(tuple(b for b in bodies if b[-1]), group.region.excludes))

    def taken_from(self, area: Area) -> list[Region]:
        """What a residual leaves to the leaves of its group and layer and to the groups below; nothing for others."""
        if area.territory.kind != "residual":
            return []
        layer = area.territory.layer
        return [m.region for m in self.members(area.territory.folder) if takes(m, layer)]


def takes(member: Area, layer: str) -> bool:
    """Whether a member of a group takes accounts of this layer from the group's residual."""
    kind = member.territory.kind
    return kind == "group" or (kind == "leaf" and member.territory.layer == layer)


def atlas(found: Iterable[Area] | Atlas) -> Atlas:
    """Index the areas (an atlas is returned as it is). Of two with one path the last counts; a tree cannot hold two."""
    if isinstance(found, Atlas):
        return found
    by_path = {area.path: area for area in found}
    inside: dict[str, list[Area]] = defaultdict(list)
    for area in by_path.values():
        inside[area.above.rpartition("/")[0]].append(area)
    return Atlas(by_path, {folder: tuple(members) for folder, members in inside.items()})
