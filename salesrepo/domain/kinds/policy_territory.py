"""Which layers and coverage roles exist, and what happens where disjointness cannot be proved?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from salesrepo.domain.fields import LayerId, Whole
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class CoverageRole:
    """How many may cover one territory in this role at a time; `exclusive` is one. An overlay role never claims."""

    exclusive: bool = False
    max_holders: Annotated[int, Whole(1, 1000)] | None = None
    overlay: bool = False


@dataclass(frozen=True, kw_only=True)
class TerritoryPolicy:
    """Territories compete inside one layer only. `unprovable` is the severity of what the data cannot separate."""

    industry_scheme: Literal["naics2022"] = "naics2022"
    layers: tuple[LayerId, ...]
    roles: Mapping[RoleName, CoverageRole] = field(default_factory=dict)
    unprovable: Literal["error", "warning"] = "error"


TERRITORY_POLICY = Kind("policy-territory", TerritoryPolicy, PathPattern("policy/territory.yml"), Owner.MAINTAINER)
