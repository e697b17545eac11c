"""Which accounts belong together, under which groups, and who covers them, since when?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import Count, Country, Industry, LayerId, Line, NodeId, Pattern, Postal, Whole
from salesrepo.domain.kinds.claim import DEFAULT_LAYER, TerritoryPath
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import Kind, Owner, PathPattern

RESERVED_GROUP = "named"

Place = Annotated[
    str,
    Pattern(
        r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?|[A-Z][A-Z0-9_]{2,19}",
        "an ISO 3166 code such as DE or DE-BY, or a region of policy/territory.yml such as DACH",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Headcount:
    """Employees from `min` to `max`, both included; an open end is left out."""

    min: Count | None = None
    max: Count | None = None


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """A year's revenue from `min` to `max`, both included, in whole units of the company's currency."""

    min: Annotated[int, Whole(0, 10**15)] | None = None
    max: Annotated[int, Whole(0, 10**15)] | None = None


@dataclass(frozen=True, kw_only=True)
class AreaRule:
    """Accounts that match every dimension given, by any one of its values; a dimension left out does not restrict.

    `geo` lists ISO 3166 codes and regions of policy/territory.yml. `postal` lists prefixes by country (`#` stands for
    one digit) and restricts only the rule's part in that country; without `geo`, the rule covers just the countries
    that `postal` names. `industry` lists prefixes of the scheme that policy/territory.yml names: NAICS 2022 with the
    sector ranges 31-33, 44-45 and 48-49, or ISIC Rev. 4 with its letter (C, C28, C2811).
    """

    geo: tuple[Place, ...] = ()
    postal: Mapping[Country, tuple[Postal, ...]] = field(default_factory=dict)
    industry: tuple[Industry, ...] = ()
    employees: Headcount | None = None
    revenue: Turnover | None = None


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Who holds the territory in one role, from `starts` up to and without `ends`; an overlay only helps."""

    role: RoleName
    node: NodeId
    starts: date
    ends: date | None = None
    overlay: bool = False


@dataclass(frozen=True, kw_only=True)
class Territory:
    """A leaf, group or residual; `territory` is its path below `territories/`, as claims name it.

    A group's file lies in its own folder and bears the folder's name (`emea/emea`); everything else in that folder is
    the group's. A leaf is the union of its `rules` without `exclude` (no rules: only its named accounts). A group is
    the same (no rules: the world) and holds members of every layer: its own `layer` is not read. A residual has no
    rules: it is its group without the group's leaves of that layer and without its subgroups. Days run from `starts` up
    to and without `ends`. `missing: match` lets an account that lacks a value match; excludes never match one.
    """

    territory: TerritoryPath
    name: Line
    kind: Literal["leaf", "group", "residual"] = "leaf"
    layer: LayerId = DEFAULT_LAYER
    starts: date
    ends: date | None = None
    rules: tuple[AreaRule, ...] = ()
    exclude: tuple[AreaRule, ...] = ()
    missing: Literal["no_match", "match"] = "no_match"
    coverage: tuple[Coverage, ...] = ()

    @property
    def folder(self) -> str:
        """The group's folder: group ids joined by `/`."""
        return self.territory.rpartition("/")[0]

    @property
    def id(self) -> str:
        """The last part of the path."""
        return self.territory.rpartition("/")[2]

    def effective(self, day: date) -> bool:
        """Whether the territory exists on that day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


def groups_of(territory: str) -> tuple[str, ...]:
    """The territory paths of the groups above one, outermost first: `emea/dach/by` is in `emea/emea`, `emea/dach/dach`.

    A group is not above itself: `emea/dach/dach` is in `emea/emea`.
    """
    *folders, last = territory.split("/")
    if folders and folders[-1] == last:
        folders.pop()
    return tuple("/".join([*folders[: depth + 1], folders[depth]]) for depth in range(len(folders)))


def territory_file(territory: str) -> str:
    """The file that a territory's path stands for."""
    return f"territories/{territory}.yml"


TERRITORY = Kind("territory", Territory, PathPattern("territories/<folder>/<id>.yml"), Owner.MAINTAINER)
