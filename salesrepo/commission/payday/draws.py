"""Which draws does a payee have in a pay period, what do they add, and how much of what is owed is taken back?

A guarantee tops up what was released (or earned) in the period to its amount. An advance is its amount on top; one that
is recovered out of the same period is paid at the period's start, and what is released settles it at the end.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.amounts import tenure_month
from salesrepo.commission.condition import fit, ready_condition
from salesrepo.commission.fx import convert
from salesrepo.commission.values import Exchange, Fact, Payee, TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.money import parse_amount
from salesrepo.domain.period import Span, Window

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_pay import Draw

OWED = "draw."
_PAYEE = "payee."


class DrawInForce(NamedTuple):
    """A draw as one payee has it in one pay period: `amount` in minor units of the currency that they are paid in.

    `draws` is whether it is in force for them in the period; else it can only be recovered. `exchange` made the amount
    out of `written`, the plan's own. `former` is the draw of this name in an earlier version by whose terms what was
    drawn then is taken back, where this one is never taken back.
    """

    draw: "Draw"
    version: PlanVersion
    currency: str
    written: int
    amount: int
    draws: bool
    exchange: Exchange | None = None
    former: "Draw | None" = None

    @property
    def guarantees(self) -> bool:
        """Whether it tops up, instead of adding its amount."""
        return self.draw.kind == "guarantee"

    @property
    def recoverable(self) -> bool:
        """Whether what it gives is owed."""
        return self.draw.recover != "never"

    @property
    def paid_at_start(self) -> bool:
        """Whether it is paid when the period starts, and settled when it ends."""
        return not self.guarantees and self._out_of == "same_period"

    @property
    def left(self) -> int:
        """What recovery leaves in the payee's hands."""
        recover = (self.former or self.draw).recover
        return self.amount if not isinstance(recover, str) and recover.leave == "draw" else 0

    def recoverable_now(self, owed: int, *, booked: int, given: int) -> int:
        """How much of what is owed may be taken back, in a period in which so much of it was `booked` as drawn already,
        and so much is `given` that is not owed yet."""
        by = self._out_of if self.former is None else _out_of(self.former)
        if by == "same_period":
            return owed
        if not by or (by == "period_without_draw" and (booked or given)):
            return 0
        return owed if self.former is not None else max(owed - booked, 0)  # by a former one, what it draws is not owed

    @property
    def takes_back_at_once(self) -> bool:
        """Whether what the period itself draws may be taken back out of it."""
        return self._out_of == "same_period"

    def key(self, payee: str) -> TotalKey:
        """Under which running figure what is owed of it is kept."""
        return owed_key(payee, self.version.plan, self.draw.name, self.currency)

    @property
    def _out_of(self) -> str:
        return _out_of(self.draw)


class DrawLack(NamedTuple):
    """A draw of which nobody can say whether, or what, it pays: what is missing for it."""

    draw: "Draw"
    version: PlanVersion
    needs: str


def _out_of(draw: "Draw") -> str:
    """What a guarantee adds is never above it, so the same period has nothing of its own to give back."""
    if isinstance(draw.recover, str):
        return ""
    return "next_period" if draw.kind == "guarantee" and draw.recover.out_of == "same_period" else draw.recover.out_of


def owed_key(payee: str, plan: str, draw: str, currency: str) -> TotalKey:
    """The running figure of what a payee owes of a draw, in minor units of a currency."""
    return TotalKey(payee, plan, f"{OWED}{draw}", Span.ALWAYS.value, currency)


def is_owed(key: TotalKey, payee: Payee) -> bool:
    """Whether a running figure is what a payee owes of a draw."""
    return key.payee == payee.node and key.measure.startswith(OWED)


def granted(amount: int, compared: int) -> int:
    """What a draw adds to what pay is compared with; an advance is compared with nothing."""
    return max(0, amount - compared)


def recovered(owed: int, hands: int, left: int) -> int:
    """How much of what is owed is taken back out of what a payee has in hands, of which so much is left to them."""
    return max(0, min(owed, hands - left))


def draws_of(
    payee: Payee,
    versions: Sequence[PlanVersion],
    former: Sequence[PlanVersion],
    *,
    window: Window,
    exchanges: Mapping[tuple[str, str], Exchange],
) -> tuple[tuple[DrawInForce, ...], tuple[DrawLack, ...]]:
    """The draws of the versions in force, then those that only former versions have, each plan and name once; and what
    is missing for others. `exchanges` are by (plan's currency, payee's)."""
    found: dict[tuple[str, str], DrawInForce | DrawLack] = {}
    for version in (*versions, *former):
        for draw in version.pay.draws if version.pay else ():
            place = (version.plan, draw.name)
            known = found.get(place)
            if known is None:
                found[place] = _in_force(draw, version, payee, version in versions, window, exchanges)
            elif isinstance(known, DrawInForce) and known.former is None and not known.recoverable:
                found[place] = known._replace(former=draw if draw.recover != "never" else None)
    in_force = tuple(each for each in found.values() if isinstance(each, DrawInForce))
    return in_force, tuple(each for each in found.values() if isinstance(each, DrawLack))


def paid_in(payee: Payee, version: PlanVersion) -> str:
    """The currency that a payee is paid in under a plan version."""
    return (payee.currency if version.pay_in == "payee" else None) or version.currency


def _in_force(
    draw: "Draw",
    version: PlanVersion,
    payee: Payee,
    stands: bool,
    window: Window,
    exchanges: Mapping[tuple[str, str], Exchange],
) -> DrawInForce | DrawLack:
    fits = fit(ready_condition(draw.when, version.currency), _facts(payee, window))
    here = _is_here(payee, window)
    if stands and here and fits.missing:
        return DrawLack(draw, version, f"{' and '.join(fits.missing)} of {payee.node}")
    currency, written = paid_in(payee, version), parse_amount(draw.amount, version.currency)
    exchange = None
    amount = written
    if currency != version.currency:
        exchange = exchanges.get((version.currency, currency))
        if exchange is None:
            return DrawLack(draw, version, f"A rate from {version.currency} to {currency}")
        amount = convert(written, version.currency, currency, exchange.rate)
    return DrawInForce(draw, version, currency, written, amount, stands and here and fits.fits, exchange)


def _is_here(payee: Payee, window: Window) -> bool:
    begun = payee.starts is None or payee.starts < window.ends
    return begun and (payee.ends is None or payee.ends > window.starts)


def _facts(payee: Payee, window: Window) -> dict[str, Fact]:
    """What a draw's condition may ask for: the payee, on the first day of the period on which they are here."""
    day = max(window.starts, payee.starts or window.starts)
    facts: dict[str, Fact] = {f"{_PAYEE}{name}": value for name, value in payee.facts_on(day).items()}
    month = tenure_month(payee, day)
    if month is not None:
        facts[f"{_PAYEE}tenure_month"] = month
    return facts
