"""How long does a claim last, and what renews it?"""

from dataclasses import dataclass
from typing import Annotated

from salesrepo.domain.fields import Pattern, Whole
from salesrepo.domain.record import Kind, Owner, PathPattern

Meaningful = Annotated[str, Pattern(r"[a-z]+(?:\.[a-z_]+)?", "an activity such as call.connected or demo")]


@dataclass(frozen=True, kw_only=True)
class ClaimsPolicy:
    """Terms of a claim, in days of the company's time zone.

    A claim is kept `days` from the day it was last renewed; one on a provisional name key only `name_key_days`. An
    activity renews it when its type, or `type.outcome`, is in `meaningful`. A claim under review keeps its place in
    line for `review_days`.
    """

    days: Annotated[int, Whole(1, 730)]
    name_key_days: Annotated[int, Whole(1, 730)]
    review_days: Annotated[int, Whole(1, 90)]
    meaningful: tuple[Meaningful, ...]


CLAIMS_POLICY = Kind("policy-claims", ClaimsPolicy, PathPattern("policy/claims.yml"), Owner.MAINTAINER)
