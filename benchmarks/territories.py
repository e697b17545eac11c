"""How long does it take to prove that one changed territory, or every one of a hundred thousand, overlaps no other?"""

from collections.abc import Iterator
from datetime import date
from itertools import islice, product

from benchmarks.measure import Effort, Row, here, in_turns, kept, median, ratio, recorded
from salesrepo.domain.kinds.policy_territory import TerritoryPolicy
from salesrepo.domain.kinds.territory import AreaRule, Headcount, Territory
from salesrepo.territory.area import area, areas
from salesrepo.territory.atlas import Atlas, atlas
from salesrepo.territory.gaps import gaps
from salesrepo.territory.overlap import overlaps
from salesrepo.territory.tree import problems

_STARTS = date(2026, 1, 1)
_POLICY = TerritoryPolicy(layers=("core",))
_GROUP = Territory(territory="us/us", name="US", kind="group", starts=_STARTS, rules=(AreaRule(geo=("US",)),))
_REST = Territory(territory="us/rest", name="US, the rest", kind="residual", starts=_STARTS)
_SECTORS = ("11", "21", "22", "23", "31-33", "42", "44-45", "48-49", "51", "52", "53", "54", "55", "56", "61", "62")
_SIZES = ((0, 9), (10, 49), (50, 199), (200, 999), (1000, 4999), (5000, None))
_PREFIXES = tuple(f"{number:04}" for number in range(10_000))


def rows(effort: Effort) -> Iterator[Row]:
    """The budgets are in seconds; a bare loop over as many tuples says what the machine was worth at the time."""
    made = territories(effort.territories)
    known = atlas(areas([*made, _GROUP, _REST]))
    changed = made[len(made) // 2]
    works = {
        "one": here(lambda: _judged(known, changed)),
        "all": here(lambda: _none(known)),
        "cold": here(lambda: atlas(areas([*made, _GROUP, _REST]))),
        "loop": here(lambda: _loop(known)),
    }
    found = in_turns(works, effort.few())
    many = f"{len(made):,} territories"
    for name, what, most in (("one", "one changed of (borders, form, gaps)", 0.5), ("all", "full audit of", 5.0)):
        note = f"{ratio(found, name, 'loop'):.3g}x a bare loop over them"
        yield kept(f"{what} {many}, encoded", median(found, name), most, unit=" s", note=note)
    cold = median(found, "cold")
    note = f"{ratio(found, 'cold', 'loop'):.3g}x the loop; reading their files comes on top"
    yield recorded(f"encoding {many}, cold", f"{cold:.3g} s", note=note, seconds=cold)


def territories(count: int) -> list[Territory]:
    """As many leaves without overlap: a postal prefix, a sector and a size each."""
    cells = islice(product(_PREFIXES, _SECTORS, _SIZES), count)
    return [_leaf(number, *cell) for number, cell in enumerate(cells)]


def _leaf(number: int, prefix: str, sector: str, size: tuple[int, int | None]) -> Territory:
    employees = Headcount(min=size[0], max=size[1])
    rule = AreaRule(geo=("US",), postal={"US": (prefix,)}, industry=(sector,), employees=employees)
    return Territory(territory=f"us/t{number}", name=f"US {number}", starts=_STARTS, rules=(rule,))


def _judged(known: Atlas, changed: Territory) -> None:
    """All that the rules ask for when one territory changes."""
    _none(known, changed.territory)
    wrong = [*problems(known, policy=_POLICY, changed={changed.territory})]
    suspects = {_GROUP.territory: area(changed).region.includes}
    wrong += gaps(known, layers=_POLICY.layers, since=_STARTS, suspects=suspects)
    if wrong:
        raise RuntimeError(f"this should be in order: {wrong[0]}")


def _none(known: Atlas, *changed: str) -> None:
    found = next(overlaps(known, changed=changed or None), None)
    if found is not None:
        raise RuntimeError(f"these should not overlap: {found.message}")


def _loop(known: Atlas) -> int:
    """What no comparison of one with all can do without: look at each one's bounds once."""
    entries = [entry for area in known.by_path.values() for entry in area.entries]
    probe = entries[0]
    return sum(1 for entry in entries if entry[0] < probe[1] and probe[0] < entry[1] and entry[2] < probe[3])
