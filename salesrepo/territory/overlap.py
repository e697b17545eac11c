"""Do two territories of one layer claim the same account on the same day, and which account would that be?

Territories overlap, never people: several holders of one territory are no overlap. Groups hold no accounts. Named
accounts never meet a rule (they are carved out) and each has one lock, so only regions are compared here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product as pairs_of

from salesrepo.domain.kinds.territory import Territory, territory_file
from salesrepo.territory import postal
from salesrepo.territory.area import Area, Entry
from salesrepo.territory.atlas import Atlas, atlas
from salesrepo.territory.coverage import holders
from salesrepo.territory.geography import geography
from salesrepo.territory.intervals import Intervals, common, contains, minus
from salesrepo.territory.pairs import around, hull, meeting
from salesrepo.territory.region import Product, UnprovableError, intersection, one_by_one, products_meet, remains
from salesrepo.territory.witness import Witness, account_in

_AT = 12  # where an entry carries its member's number


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two territories (paths in order) that share an account, or that cannot be proved not to.

    `certain` is false where a postal prefix meets a subdivision that it may not lie in, and where there are too many
    excludes to decide (then without a witness). Holders read `role node`, on the witness's day.
    """

    first: str
    second: str
    layer: str
    certain: bool
    witness: Witness | None
    first_holders: tuple[str, ...] = ()
    second_holders: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`overlap` or `unprovable`."""
        return "overlap" if self.certain else "unprovable"

    @property
    def files(self) -> tuple[str, str]:
        """The two files."""
        return territory_file(self.first), territory_file(self.second)

    @property
    def message(self) -> str:
        """One sentence that names both, the account and who holds each."""
        if self.witness is None:
            return f"{self.first} and {self.second} have too many excludes to prove that they share no account"
        sides = [f"{path} ({', '.join(who) or 'nobody'})" for path, who in self._sides()]
        verb = "both cover" if self.certain else "may both cover"
        return f"{sides[0]} and {sides[1]} {verb}: {self.witness.text}"

    @property
    def hint(self) -> str:
        """The next step."""
        if self.certain:
            return "Exclude it from one of the two, or end one before the other starts."
        if self.witness is None:
            return "Say with fewer excludes what each covers."
        return "Add the subdivision to the rule with the postal prefix."

    def _sides(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (self.first, self.first_holders), (self.second, self.second_holders)


def overlaps(found: Iterable[Area] | Atlas, *, changed: Collection[str] | None = None) -> Iterator[Overlap]:
    """Every pair of leaves and residuals that overlaps, once, with its first witness.

    With `changed` (paths of territories added, edited or removed) only pairs that the change can have made: what is
    known to be free of overlaps is not compared again.
    """
    whole = atlas(found)
    layers: dict[str, list[Area]] = defaultdict(list)
    for area in whole.by_path.values():
        if area.territory.kind != "group":
            known = area if area.territory.kind == "leaf" else whole.as_member(area)
            layers[area.territory.layer].append(known)
    moved = None if changed is None else frozenset(changed)
    for members in layers.values():
        yield from _within_layer(members, whole, moved)


def _within_layer(members: list[Area], whole: Atlas, changed: frozenset[str] | None) -> Iterator[Overlap]:
    seen: set[tuple[int, int]] = set()
    for ours, theirs in _candidates(members, changed):
        pair = (min(ours[_AT], theirs[_AT]), max(ours[_AT], theirs[_AT]))
        if pair[0] == pair[1] or pair in seen:
            continue
        seen.add(pair)
        first, second = sorted((members[pair[0]], members[pair[1]]), key=lambda member: member.path)
        if not (_is_remainder_of(first, second) or _is_remainder_of(second, first)):
            overlap = _judge(first, second, whole)
            if overlap:
                yield overlap


def _candidates(members: list[Area], changed: frozenset[str] | None) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of entries whose bounds meet, each with its member's number."""
    if changed is None:
        entries = _numbered(enumerate(members))
        yield from meeting(entries, entries)
        return
    touched = {at: member for at, member in enumerate(members) if _is_touched(member.territory, changed)}
    probes = _numbered((at, member) for at, member in touched.items() if member.territory.kind != "residual")
    if probes:
        whole = hull(probes)
        near = [(*entry, at) for at, member in enumerate(members) for entry in member.entries if around(whole, entry)]
        yield from meeting(probes, near)
    for at, rest in touched.items():
        if rest.territory.kind == "residual":  # it gives way to all in its folder, which may be everything there is
            inside = f"{rest.territory.folder}/"
            others = ((n, member) for n, member in enumerate(members) if not member.path.startswith(inside))
            yield from meeting(_numbered([(at, rest)]), _numbered(others))


def _numbered(members: Iterable[tuple[int, Area]]) -> list[Entry]:
    return [(*entry, at) for at, member in members for entry in member.entries]


def _is_touched(territory: Territory, changed: frozenset[str]) -> bool:
    """Whether a change can have made this one larger: itself, or for a residual anything in its group's folder."""
    if territory.territory in changed:
        return True
    return territory.kind == "residual" and any(path.startswith(f"{territory.folder}/") for path in changed)


def _is_remainder_of(residual: Area, other: Area) -> bool:
    """Whether the first is a residual that gives way to the other by definition: the other is in its group's folder."""
    folder = residual.territory.folder
    return residual.territory.kind == "residual" and other.path.startswith(f"{folder}/")


def _judge(first: Area, second: Area, whole: Atlas) -> Overlap | None:
    doubtful: Product | None = None
    try:
        for ours, theirs in pairs_of(first.region.includes, second.region.includes):
            shared = _shared(ours, theirs, first, second, whole)
            if shared and _is_certain(ours, theirs, shared):
                return _overlap(first, second, shared, certain=True)
            doubtful = doubtful or shared
    except UnprovableError:
        return _overlap(first, second, None, certain=False)
    return _overlap(first, second, doubtful, certain=False) if doubtful else None


def _shared(ours: Product, theirs: Product, first: Area, second: Area, whole: Atlas) -> Product | None:
    """What lies in both products, in no exclude, and in nothing that a residual leaves to others."""
    both = intersection(ours, theirs)
    if both is None:
        return None
    excludes = one_by_one((*first.region.excludes, *second.region.excludes))
    taken = (*excludes, *whole.taken_from(first), *whole.taken_from(second))
    near = [region for region in taken if any(products_meet(both, body) for body in region.includes)]
    return next(remains([both], near), None)


def _is_certain(ours: Product, theirs: Product, shared: Product) -> bool:
    """Whether an account there is possible for all we know.

    A prefix of a wider place may lie outside the subdivision that the other side names; there are no data to tell. An
    account that states no subdivision at all is possible anyway.
    """
    tree = geography()
    for prefixed, placed in ((ours, theirs), (theirs, ours)):
        if prefixed[1] != postal.ANY and placed[1] == postal.ANY and _told_outside(prefixed[0], placed[0]):
            country = tree.names[common(prefixed[0], placed[0])[-1][0]].partition("-")[0]
            return contains(shared[0], tree.ranges[country][0])
    return True


def _told_outside(prefixed: Intervals, placed: Intervals) -> bool:
    """Whether the prefix may lie in a place that the other side does not name; "part not stated" is no such place."""
    tree = geography()
    return any(high - low > 1 or not tree.is_vague(low) for low, high in minus(prefixed, placed))


def _overlap(first: Area, second: Area, shared: Product | None, *, certain: bool) -> Overlap:
    seen = account_in(shared, first.codes) if shared else None
    who = [
        tuple(f"{cover.role} {cover.node}" for cover in holders(area.territory, seen.day)) if seen else ()
        for area in (first, second)
    ]
    return Overlap(first.path, second.path, first.territory.layer, certain, seen, who[0], who[1])
