"""When is a pay period closed, how long may its pay be asked about, and who answers by when?"""

from dataclasses import dataclass
from typing import Annotated

from salesrepo.domain.fields import NodeId, Whole
from salesrepo.domain.record import Kind, Owner, PathPattern

BusinessDays = Annotated[int, Whole(1, 250)]


@dataclass(frozen=True, kw_only=True)
class PayPolicy:
    """Terms of a pay period, in business days, which leave Saturdays and Sundays out. Without this file these hold.

    A month is closed `close_after_days` after its end. What it paid may be asked about for `dispute_days` from its
    close; a later question is answered as well, and what comes of it goes with the next period. A question is answered
    within `answer_days`, by `answers` where a node is named, else by somebody of finance.
    """

    close_after_days: BusinessDays = 5
    dispute_days: BusinessDays = 10
    answer_days: BusinessDays = 5
    answers: NodeId | None = None


PAY_POLICY = Kind("policy-pay", PayPolicy, PathPattern("policy/pay.yml"), Owner.MAINTAINER)
