"""How long does a claim last, and what renews it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import Pattern, Percent, Whole
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.period import business_days_after
from salesrepo.domain.record import Kind, Owner, PathPattern

Meaningful = Annotated[str, Pattern(r"[a-z]+(?:\.[a-z_]+)?", "an activity such as call.connected or demo")]


Days = Annotated[int, Whole(1, 3650)]
Some = Annotated[int, Whole(1, 100_000)]


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """A soft hold without evidence: for how many days, and how many of them a node may have open."""

    days: Days
    most: Some


@dataclass(frozen=True, kw_only=True)
class Extension:
    """By how many `days` an extension moves the end of the protection; how many, and how many without a person.

    It may be asked for in the last `before` days, with meaningful activity in the last `active` days and a dated next
    step.
    """

    days: Days
    most: Annotated[int, Whole(0, 20)]
    automatic: Annotated[int, Whole(0, 20)] = 1
    before: Days = 14
    active: Days = 30


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How many claims a node may hold open, and take in one day and in seven; customers do not count.

    `by_member`: for a team these are for each of its members.
    """

    open: Some
    per_day: Some | None = None
    per_week: Some | None = None
    by_member: bool = False


@dataclass(frozen=True, kw_only=True)
class Referral:
    """What bringing a lead to somebody else earns: a share in which role, on deals within how many days."""

    role: RoleName = "referrer"
    share: Percent = "10%"
    days: Days = 365


@dataclass(frozen=True, kw_only=True)
class DisputeTerms:
    """How many days after a claim was given it may be disputed, and how many share in it at most.

    It is to be decided within `decide_within_days` business days, which leave Saturdays and Sundays out.
    """

    open_within_days: Days = 14
    decide_within_days: Days = 3
    most_shares: Annotated[int, Whole(1, 10)] = 2

    def decided_by(self, opened: date) -> date:
        """The day by which a dispute that was opened on a day is to be decided."""
        return business_days_after(opened, self.decide_within_days)


@dataclass(frozen=True, kw_only=True)
class Provisional:
    """What may be done under a claim while nobody has confirmed its account's facts, beside logging.

    `quote`: ask for prices. Winning takes confirmed facts, whatever stands here.
    """

    quote: bool = True


@dataclass(frozen=True, kw_only=True)
class Confirming:
    """By which of the `ways` an account's facts are confirmed, and by whom, never by who stated them.

    `roles`: whose word it takes by review or registry; without any, that of those who write maintainers' files.
    """

    ways: tuple[Literal["import", "review", "registry"], ...] = ("import", "review", "registry")
    roles: tuple[RoleName, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClaimsPolicy:
    """Terms of a claim, in days of the company's time zone. What is left out does not restrict.

    A claim is kept `days` from the day it was last renewed; one on a provisional name key only `name_key_days`. An
    activity renews it when its type, or `type.outcome`, is in `meaningful`. A claim under review keeps its place in
    line for `review_days`. Without `reserve` a claim needs no evidence. A claim that nobody worked on ends after
    `first_touch_days`. Renewals reach no further than `protection_days` after `since`, unless extended, and never
    further than `hard_limit_days`; neither ends a claim while a deal of its holder is at proposal or later. Who let a
    claim go may not take it again for `cooldown_days`. `limits` go by the level of a node's certificates (`default`:
    none; `team`: a team's own), `levels` lists them, highest last. `customer_days` keeps a customer from its last
    renewal. `warn_days` before the end the sweep warns. A node waits in `queue_most` queues at most. Who hands a claim
    over keeps a share of deals for `share_days` at most.
    """

    days: Annotated[int, Whole(1, 730)]
    name_key_days: Annotated[int, Whole(1, 730)]
    review_days: Annotated[int, Whole(1, 90)]
    meaningful: tuple[Meaningful, ...]
    reserve: Reserve | None = None
    first_touch_days: Days | None = None
    protection_days: Days | None = None
    extension: Extension | None = None
    hard_limit_days: Days | None = None
    customer_days: Days | None = None
    cooldown_days: Days | None = None
    warn_days: tuple[Days, ...] = (16, 7)
    levels: tuple[RoleName, ...] = ("certified", "senior")
    limits: Mapping[RoleName, Limit] = field(default_factory=dict)
    referral: Referral | None = None
    dispute: DisputeTerms = field(default_factory=DisputeTerms)
    family: Literal["apart", "group"] = "apart"
    queue_most: Some = 10
    provisional: Provisional = field(default_factory=Provisional)
    confirming: Confirming = field(default_factory=Confirming)
    share_days: Days = 365


CLAIMS_POLICY = Kind("policy-claims", ClaimsPolicy, PathPattern("policy/claims.yml"), Owner.MAINTAINER)
