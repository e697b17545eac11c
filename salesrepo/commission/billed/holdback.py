"""What is held back of a line that was just booked?"""

from salesrepo.commission.billed import because
from salesrepo.commission.billed.billing import Billing
from salesrepo.commission.billed.release import released_so_far
from salesrepo.commission.version import ReadyComponent
from salesrepo.domain.statement import LineItem, LineType, ReleasePart

_WHOLE = (1, 1)


def hold_back(line: LineItem, component: ReadyComponent, billing: Billing) -> LineItem | None:
    """The reserve that stands right beside an earning (a true-up, a share of a team's line): below zero what is not
    released of it yet; None where all of it is.

    An earning counts in full: the reserve takes it from there to what is released, and a later release goes on from
    that. Its key is the earning's, until whoever adds it numbers it (`Desk.beside`). Raises LackError where the deal
    lacks what the release asks for (`release.lacking` says so beforehand).
    """
    so_far = released_so_far(line.amount, component.release, billing)
    if so_far.amount == line.amount:
        return None
    reserve = bare(line)._replace(
        type=LineType.RESERVE,
        amount=so_far.amount - line.amount,
        released=ReleasePart(line.amount, _WHOLE, so_far.share.as_integer_ratio(), so_far.by),
    )
    return reserve._replace(because=because.held_back(reserve))


def bare(line: LineItem) -> LineItem:
    """A line about another one: its payee, deal, dates, currency and plan, and nothing of how it was worked out."""
    return line._replace(
        about=line.key,
        amount=0,
        because="",
        credit=None,
        measure=None,
        moved=(),
        enter=None,
        slices=(),
        factors=(),
        exact=None,
        calculated=None,
        limits=(),
        rule=None,
        less=None,
        reverses=None,
        needs=None,
        fx=None,
        paid_in=None,
        released=None,
        taken=None,
        drawn=None,
        shared=None,
    )
