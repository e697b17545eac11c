"""How far below the list may a price go, who may allow it, and what does not fit whom?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from salesrepo.domain.fields import Country, Industry, Line, Percent, Slug, Text, Whole
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.kinds.territory import Headcount, Turnover
from salesrepo.domain.record import Kind, Owner, PathPattern

Months = Annotated[int, Whole(1, 240)]
Concession = Annotated[str, Text(300)]

_SERVICE = (
    r"(?:set[- ]?up|licen[cs]e|support|onboarding|installation|implementation|activation|migration|training|"
    r"maintenance|delivery|shipping|upgrade|subscription)"
)
CONCESSIONS: tuple[Concession, ...] = (
    r"free (?:first )?(?:(?:[0-9]{1,3}|one|two|three|four|five|six|twelve) )?(?:months?|quarters?|years?)",
    r"(?:months?|quarters?|years?) (?:for )?free",
    r"free of (?:charge|cost)",
    r"(?:for|cost) free",
    r"free (?:set[- ]?up|onboarding|installation|implementation|migration|upgrade|hardware)s?",
    r"(?:offer(?:ed|s|ing)?|g[ai]ve[ns]?|giving|grant(?:ed|s|ing)?)(?: [0-9A-Za-z'’-]+){0,4} free trials?",
    r"gratis",
    r"complimentary",
    r"on the house",
    r"(?:months?|quarters?|years?|fees?|costs?|" + _SERVICE + r") (?:is |are |will be )?on us",
    r"(?:at|for|with) (?:no|zero) (?:extra |additional |further )?(?:charge|cost|fee)s?",
    r"without (?:any )?(?:extra |additional |further )?(?:charge|cost|fee)s?",
    r"no (?:extra |additional |further )?charges?",
    r"(?:won.?t|will not|not going to|never) (?:be )?(?:charged?|billed?|invoiced?)",
    r"thr(?:ow|ows|owing|own|ew)(?: [0-9A-Za-z-]+)? in",
    r"(?:fees?|costs?|charges?) (?:is |are |was |were |has been |have been |will be |gets? )?waived",
    r"waiv(?:e|ed|es|ing) (?:(?:the|all|any|our|their|this|that) )?(?:" + _SERVICE + r" ?)?(?:fees?|costs?|charges?)",
    r"(?:extra|additional|further) [0-9]{1,3} ?(?:%|percent) off",
    r"100 ?(?:%|percent) (?:off|discount|rebate)",
    r"bonus (?:months?|quarters?|years?|seats?|users?|licen[cs]es?)",
)
NO_CONCESSIONS: tuple[Concession, ...] = (
    r"feel free",
    r"no charge[ -]?backs?",
    r"no charges? (?:against|were|was|of)",
    r"for free (?:cash|market|movement|software|speech|trade|trials?)",
    r"thr(?:ow|ows|owing|own|ew)(?: [0-9A-Za-z-]+)? in the (?:towel|bin)",
)


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Accounts that match every condition given; a fact that nobody has stated matches none."""

    countries: tuple[Country, ...] = ()
    industries: tuple[Industry, ...] = ()
    employees: Headcount | None = None
    revenue: Turnover | None = None


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What a product must not be sold to (`deny`), and what must be known first (`require`), with the reason.

    `require` names fields of a deal (`contacts`) or of its qualification (`timeline`, with evidence), from the stage
    proposal on.
    """

    product: Slug
    why: Line
    deny: Whom | None = None
    require: tuple[Slug, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PricingPolicy:
    """The floor of a unit price as a share of the list price: one for all, and others by product.

    `authority`: how much off the list a role, or a level of certificates, may give; empty: anybody down to the floor.
    A quote beyond that is approved for `quote_days`. A win says that the customer signed in the last
    `signed_within_days`; who says more waits for a person. With `stacking: forbid` a line bears one discount. `terms`
    are the most months by product. `concessions` are the expressions (RE2) for what is given away in words,
    `no_concessions` those for what merely sounds like it.
    """

    floor: Percent
    floors: Mapping[Slug, Percent] = field(default_factory=dict)
    authority: Mapping[RoleName, Percent] = field(default_factory=dict)
    quote_days: Annotated[int, Whole(1, 730)] = 30
    signed_within_days: Annotated[int, Whole(1, 730)] = 90
    stacking: Literal["forbid", "allow"] = "allow"
    terms: Mapping[Slug, Months] = field(default_factory=dict)
    concessions: tuple[Concession, ...] = CONCESSIONS
    no_concessions: tuple[Concession, ...] = NO_CONCESSIONS
    fit: tuple[Fit, ...] = ()


PRICING_POLICY = Kind("policy-pricing", PricingPolicy, PathPattern("policy/pricing.yml"), Owner.MAINTAINER)
