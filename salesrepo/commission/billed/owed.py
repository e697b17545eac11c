"""How much of a line is to be taken back by now, by the rules of its component?"""

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.billed.billing import Billing
from salesrepo.commission.billed.earnings import Earning
from salesrepo.commission.billed.taking import UNDONE, Share, Undone, now_taken, share_taken
from salesrepo.commission.fx import convert
from salesrepo.domain.statement import LineItem, TakenPart

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_pay import Taking


class Owed(NamedTuple):
    """What is to be taken back, `why` as a clause, and the share by which running figures go back in all (0: kept)."""

    part: TakenPart
    why: str
    reduces: Fraction


FORFEITED = "forfeited"
_LEFT = "who earned it left before it was released"


def owed(earning: Earning, billing: Billing, *, forfeits: bool = False) -> Owed | None:
    """What is to be taken back of a line; None where the deal stands, or its component keeps what was earned.

    Where a deal is both cancelled and refunded, the rule that takes more. A payee who left and `forfeits` what is held
    back has all of that taken. Raises LackError where a rule asks for a term and the deal has none.
    """
    found = [_by(earning, taking, share) for taking, share in _rules(earning, billing)]
    if forfeits:
        line = earning.line
        part = TakenPart(FORFEITED, line.amount, _unreleased(earning).as_integer_ratio(), earning.taken, earning.left)
        found.append(Owed(part, _LEFT, Fraction(0)))
    if not found:
        return None
    most = max(found, key=lambda each: abs(now_taken(each.part)))
    return most._replace(reduces=max(each.reduces for each in found))


def _rules(earning: Earning, billing: Billing) -> "list[tuple[Taking, Share]]":
    reversal = earning.component.reversal
    if reversal == "none":
        return []
    by_kind: dict[Undone, object] = {"cancelled": billing.cancelled, "refunded": billing.refunds}
    rules = [(kind, getattr(reversal, kind)) for kind in UNDONE if by_kind[kind]]
    return [(taking, share_taken(taking, billing, kind)) for kind, taking in rules if taking != "keep"]


def _by(earning: Earning, taking: "Taking", share: Share) -> Owed:
    of = earning.line.amount
    if share.share is None:
        exact = _unreleased(earning)
    else:
        exact = share.share
        of = _calculated(earning.line) if taking.of == "calculated" else of
    part = TakenPart(share.rule, of, exact.as_integer_ratio(), earning.taken, earning.left)
    return Owed(part, share.why, exact if taking.quota == "reduced" else Fraction(0))


def _unreleased(earning: Earning) -> Fraction:
    """What is held back now, with what was taken before: a share of this line alone."""
    of = earning.line.amount
    return Fraction(earning.taken + earning.held, of) if of else Fraction(0)


def _calculated(line: LineItem) -> int:
    """What the line was before limits, in the currency that it is paid in."""
    if line.calculated is None:
        return line.amount
    paid = line.paid_in
    return line.calculated if paid is None else convert(line.calculated, paid.out_of, paid.into, paid.rate)
