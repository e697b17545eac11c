"""Which accounts of a group lie in none of its territories?"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from salesrepo.domain.kinds.territory import groups_of
from salesrepo.territory.area import Area, Entry, bounds
from salesrepo.territory.atlas import Atlas, takes
from salesrepo.territory.dimensions import FOREVER
from salesrepo.territory.intervals import common
from salesrepo.territory.pairs import around, hull, meeting
from salesrepo.territory.region import Product, Region, UnprovableError, intersection, one_by_one, remains
from salesrepo.territory.witness import Witness, account_in

_AT = 12  # where an entry carries its own number


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a group that no leaf or residual of a layer covers; without a witness it could not be decided."""

    group: str
    file: str
    layer: str
    witness: Witness | None

    @property
    def message(self) -> str:
        """One sentence with an account that nobody may claim."""
        if self.witness is None:
            return f"{self.group} has too many territories to prove that they leave no account of {self.layer} out"
        return f"No territory of {self.group} covers in the layer {self.layer}: {self.witness.text}"

    @property
    def hint(self) -> str:
        """The next step."""
        return f"Widen a leaf, or give the group a residual of the layer {self.layer}."


Suspects = Mapping[str, Sequence[Product] | None]
"""Groups by path, each with the only products in which a gap may have come up; None: anywhere in the group."""


def gaps(
    whole: Atlas, *, layers: Collection[str], since: date, suspects: Suspects | None = None, most: int = 1
) -> Iterator[Gap]:
    """At most `most` gaps for each group and layer, on days from `since` on; of all groups without `suspects`.

    A group is asked for the layers of the territories below it, and for all of `layers` where there are none. What a
    group below it covers is that group's own matter. Leaves count wherever they lie.
    """
    asked: list[tuple[Area, str, list[Product]]] = []
    beneath = _layers_beneath(whole)
    for group in whole.by_path.values():
        if group.territory.kind == "group" and (suspects is None or group.path in suspects):
            pieces = _pieces(group, suspects[group.path] if suspects else None, since)
            asked += [(group, layer, pieces) for layer in sorted(beneath.get(group.path) or layers) if pieces]
    for layer in sorted({layer for _, layer, _ in asked}):
        yield from _of_layer([(group, pieces) for group, own, pieces in asked if own == layer], layer, whole, most)


def _layers_beneath(whole: Atlas) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for members in whole.inside.values():
        layers = {member.territory.layer for member in members if member.territory.kind != "group"}
        for path in groups_of(members[0].path) if layers else ():
            found[path] |= layers
    return found


def _pieces(group: Area, suspects: Sequence[Product] | None, since: date) -> list[Product]:
    days = ((since.toordinal(), FOREVER),)
    parts = group.region.includes
    if suspects is not None:
        parts = tuple(both for part in parts for body in suspects if (both := intersection(part, body)))
    return [(*part[:-1], left) for part in parts if (left := common(part[-1], days))]


def _of_layer(asked: list[tuple[Area, list[Product]]], layer: str, whole: Atlas, most: int) -> Iterator[Gap]:
    probes = [(*entry, at) for at, (_, pieces) in enumerate(asked) for piece in pieces for entry in bounds(piece)]
    near = _near(probes, layer, whole)
    for at, (group, pieces) in enumerate(asked):
        residuals = [m for m in whole.members(group.territory.folder) if _is_rest(m, layer)]
        inner = [m for m in near.get(at, ()) if m.territory.kind != "group" or m.above == group.path]
        taken = [
            *one_by_one(group.region.excludes),
            *(whole.as_member(residual).region for residual in residuals),  # they take most: first
            *(member.region for member in inner if member.path != group.path),
        ]
        yield from _told(group, layer, pieces, taken, most)


def _is_rest(member: Area, layer: str) -> bool:
    return member.territory.kind == "residual" and member.territory.layer == layer


def _near(probes: list[Entry], layer: str, whole: Atlas) -> dict[int, list[Area]]:
    """The leaves of the layer and the groups whose bounds meet each probe's."""
    members = [area for area in whole.by_path.values() if takes(area, layer)]
    all_ = hull(probes)
    near = [(*entry, at) for at, member in enumerate(members) for entry in member.entries if around(all_, entry)]
    found: dict[int, dict[int, Area]] = defaultdict(dict)
    for probe, entry in meeting(probes, near):
        found[probe[_AT]][entry[_AT]] = members[entry[_AT]]
    return {at: list(by_place.values()) for at, by_place in found.items()}


def _told(group: Area, layer: str, pieces: list[Product], taken: list[Region], most: int) -> Iterator[Gap]:
    found = remains(pieces, taken)
    try:
        for _, left in zip(range(most), found, strict=False):
            yield Gap(group.path, group.file, layer, account_in(left, group.codes))
    except UnprovableError:
        yield Gap(group.path, group.file, layer, None)
