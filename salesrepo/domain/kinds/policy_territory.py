"""Which layers, roles and regions exist, in which scheme industries are told, and how strict are the borders?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from salesrepo.domain.fields import Country, LayerId, Pattern, Postal, Region, Slug, Whole
from salesrepo.domain.kinds.deal import Stage
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import Kind, Owner, PathPattern

RegionName = Annotated[str, Pattern(r"[A-Z][A-Z0-9_]{2,19}", "a region's name such as DACH")]


@dataclass(frozen=True, kw_only=True)
class CoverageRole:
    """How many may cover one territory in this role at a time; `exclusive` is one. An overlay role never claims.

    `certified` is the training module that whoever covers a territory in this role has passed.
    """

    exclusive: bool = False
    max_holders: Annotated[int, Whole(1, 1000)] | None = None
    overlay: bool = False
    certified: Slug | None = None


@dataclass(frozen=True, kw_only=True)
class Holdover:
    """How long a holder keeps a claim whose territory changed hands while a deal stands at this stage or later."""

    days: Annotated[int, Whole(0, 3650)] = 90
    stage_at_least: Stage = "proposal"


@dataclass(frozen=True, kw_only=True)
class TerritoryPolicy:
    """Territories compete inside one layer only.

    `industry_scheme` is NAICS 2022 or ISIC Rev. 4, never both. `regions` are names for sets of ISO 3166 codes; they may
    stand in a rule wherever a code may. `postal_places` says for a country which prefixes its subdivisions have, each
    prefix with every subdivision in which some of its codes lie; what is not listed may lie anywhere. `unprovable` is
    the severity of what the data cannot separate, `gap` that of a part of a group which no leaf covers.
    """

    industry_scheme: Literal["naics2022", "isic4"] = "naics2022"
    layers: tuple[LayerId, ...]
    roles: Mapping[RoleName, CoverageRole] = field(default_factory=dict)
    regions: Mapping[RegionName, tuple[Region, ...]] = field(default_factory=dict)
    postal_places: Mapping[Country, Mapping[Region, tuple[Postal, ...]]] = field(default_factory=dict)
    unprovable: Literal["error", "warning"] = "error"
    gap: Literal["warn", "error"] = "warn"
    holdover: Holdover = Holdover()


TERRITORY_POLICY = Kind("policy-territory", TerritoryPolicy, PathPattern("policy/territory.yml"), Owner.MAINTAINER)
