"""Which territories mean something else than they did?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesrepo.territory.area import Area
from salesrepo.territory.atlas import Atlas
from salesrepo.territory.region import Region, UnprovableError, beyond

What = Literal["added", "removed", "kind", "layer", "borders", "days", "coverage", "members"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A territory and what of it changed; `starts` is the first day of the territory, now or before."""

    territory: str
    what: tuple[What, ...]
    starts: date


def changes(before: Atlas, after: Atlas) -> Iterator[Changed]:
    """Every territory that covers other accounts, other days or is covered by others than before, in path order.

    A rule that is written in another way and covers the same is no change. `members`: a residual whose group, or what
    lies in it, changed. Regions are compared, so that a new meaning of a code counts as well.
    """
    found: dict[str, tuple[What, ...]] = {}
    for path in {**before.by_path, **after.by_path}:
        was, now = before.by_path.get(path), after.by_path.get(path)
        what: tuple[What, ...] = ("added",) if was is None else ("removed",) if now is None else ()
        found[path] = what or (_differences(was, now) if was and now else ())
    touched = [path for path, what in found.items() if set(what) - {"coverage"}]
    folders = {path.rpartition("/")[0] for path in touched} | {
        path.rpartition("/")[0].rpartition("/")[0] for path in touched
    }
    for path in sorted(found):
        now = after.by_path.get(path) or before.by_path[path]
        what = found[path]
        if not what and now.territory.kind == "residual" and now.territory.folder in folders:
            what = ("members",)
        if what:
            yield Changed(path, what, now.territory.starts)


def _differences(was: Area, now: Area) -> tuple[What, ...]:
    old, new = was.territory, now.territory
    found: list[What] = []
    if old.kind != new.kind:
        found.append("kind")
    if old.layer != new.layer and new.kind != "group":
        found.append("layer")
    if (old.starts, old.ends) != (new.starts, new.ends):
        found.append("days")
    if not _same(_timeless(was.region), _timeless(now.region)):
        found.append("borders")
    if set(old.coverage) != set(new.coverage):
        found.append("coverage")
    return tuple(found)


def _timeless(region: Region) -> Region:
    return Region(tuple(body[:-1] for body in region.includes), tuple(body[:-1] for body in region.excludes))


def _same(first: Region, second: Region) -> bool:
    """Whether two regions hold the same accounts; what cannot be decided counts as a change."""
    if first == second:
        return True
    try:
        return beyond(first, second) is None and beyond(second, first) is None
    except UnprovableError:
        return False
