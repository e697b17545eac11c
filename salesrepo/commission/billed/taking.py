"""Which share of what a deal earned is taken back when it is cancelled or its money goes back, by a plan's rule?"""

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from salesrepo.commission.billed.billing import Billing, completed_months
from salesrepo.commission.figures import multiple
from salesrepo.commission.lack import LackError
from salesrepo.domain.money import group_amount, round_half_away
from salesrepo.domain.statement import TakenPart

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_pay import ByAge, Taking

Undone = Literal["cancelled", "refunded"]
UNDONE: tuple[Undone, ...] = ("cancelled", "refunded")
UNRELEASED = "unreleased"

_NO_TERM = "The term of the deal in months: what was not served of it is taken back."
_SINCE = {
    "months_since_start": "after its start",
    "months_since_signed": "after it was signed",
    "months_since_paid": "after its first payment",
}


class Share(NamedTuple):
    """Which share is taken back in all so far, by which rule, and `why`: a clause for the line's sentence.

    None: whatever is not released yet (`unreleased`), which is a share only of a line.
    """

    share: Fraction | None
    rule: str
    why: str


def share_taken(taking: "Taking", billing: Billing, undone: Undone) -> Share:
    """The share that a cancelled or refunded deal takes back, as billing stands; 0 where neither happened.

    Refunds are counted together, by the largest share that one of their days gives: a share never falls with time.
    Raises LackError where the rule asks for a term and the deal has none.
    """
    days = billing.refunds if undone == "refunded" else () if billing.cancelled is None else (billing.cancelled,)
    why = _why(billing, undone)
    if not days:
        return Share(Fraction(0), _rule(taking), why)
    if not isinstance(taking.take, str):
        age = taking.take
        share, months = max((_of_age(age, months), months) for months in (_age(age, billing, day) for day in days))
        return Share(share, f"{age.by} {months}", f"{why} {months} months {_SINCE[age.by]}")
    if taking.take == UNRELEASED:
        return Share(None, UNRELEASED, why)
    if taking.take == "in_proportion":
        return Share(billing.share_refunded, taking.take, why)
    if taking.take == "unserved":
        share, served = max((_unserved(billing, day), billing.months_served(day)) for day in days)
        return Share(share, taking.take, f"{why} after {served} of {billing.term} months of service")
    return Share(multiple(taking.take), taking.take, why)


def now_taken(part: TakenPart) -> int:
    """The minor units that are taken now: the share of all, less what was taken before, no more than what stands.

    Below zero for a line that is below zero itself.
    """
    over, under = part.share
    wanted = round_half_away(part.of * over, under) - part.before
    return wanted if part.stood is None else within(wanted, part.stood)


def within(amount: int, bound: int) -> int:
    """The amount, no further from zero than a bound, and nothing where it lies on the other side of zero."""
    return max(0, min(amount, bound)) if bound >= 0 else min(0, max(amount, bound))


def _of_age(age: "ByAge", months: int) -> Fraction:
    return multiple([step.share for step in age.steps if step.at_least <= months][-1])


def _age(age: "ByAge", billing: Billing, day: date) -> int:
    """Completed months on a day; none since a first payment that never came."""
    since = {
        "months_since_start": billing.starts,
        "months_since_signed": billing.signed,
        "months_since_paid": billing.first_paid or day,
    }[age.by]
    return completed_months(since, day)


def _unserved(billing: Billing, day: date) -> Fraction:
    if not billing.term:
        raise LackError(_NO_TERM)
    return 1 - Fraction(billing.months_served(day), billing.term)


def _rule(taking: "Taking") -> str:
    return taking.take if isinstance(taking.take, str) else taking.take.by


def _why(billing: Billing, undone: Undone) -> str:
    if undone == "cancelled":
        return "the deal was cancelled"
    back, whole = group_amount(billing.refunded, billing.currency), group_amount(billing.amount, billing.currency)
    return f"{back} of {whole} {billing.currency} went back to the customer"
