"""How far below the list may a price go?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from salesrepo.domain.fields import Percent, Slug
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class PricingPolicy:
    """The floor of a unit price as a share of the list price: one for all, and others by product."""

    floor: Percent
    floors: Mapping[Slug, Percent] = field(default_factory=dict)


PRICING_POLICY = Kind("policy-pricing", PricingPolicy, PathPattern("policy/pricing.yml"), Owner.MAINTAINER)
