"""Who has which share of an event, so that the shares of one role make up the whole and every cent is somebody's?"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from salesrepo.commission.values import Credit, Event
from salesrepo.domain.money import Ratio, add, parse_percent, show_percent
from salesrepo.errors import RefusedError

if TYPE_CHECKING:  # who has a deal at hand has loaded its kind; the pay code alone needs none
    from salesrepo.domain.kinds.deal import DealCredit

WHOLE: Ratio = (1, 1)
NOTHING: Ratio = (0, 1)


def share_problem(shares: "Sequence[DealCredit]", *, beside: str = "", loose: Collection[str] = ()) -> str | None:
    """What is wrong with a deal's shares, as a sentence; None where those of each role sum to exactly 100 %.

    The role `beside` is credited beside the others, so its shares may sum to less. Those of a `loose` role
    (policy/credits.yml: `shares: any`) may sum to anything, each of them to 100 % at most.
    """
    if not shares:
        return "Nobody has a share."
    sums: dict[str, Ratio] = {}
    for share in shares:
        part = parse_percent(share.share)
        if share.role not in loose:
            sums[share.role] = add(sums.get(share.role, NOTHING), part)
        elif part[0] > part[1]:
            return f"{share.node} has a share of {share.share} as {share.role}, more than the whole."
    for role, total in sums.items():
        if total != WHOLE and (role != beside or total[0] > total[1]):
            return f"The shares of role {role} sum to {show_percent(total)}, not to 100%."
    return None


def credits_of(
    event: Event, shares: "Sequence[DealCredit]", *, beside: str = "", loose: Collection[str] = ()
) -> tuple[Credit, ...]:
    """The credits of one event in the deal's order, each role cut cumulatively from 0 to 100 %.

    In a `loose` role each share is cut by itself, from 0. Raises RefusedError where `share_problem` has something to
    say: nothing is calculated from such a deal.
    """
    problem = share_problem(shares, beside=beside, loose=loose)
    if problem is not None:
        raise RefusedError(f"{event.deal}: {problem}", hint="Correct the deal's credits, then settle again.")
    reached: dict[str, Ratio] = {}
    found: list[Credit] = []
    for number, share in enumerate(shares, 1):
        starts = NOTHING if share.role in loose else reached.get(share.role, NOTHING)
        ends = reached[share.role] = add(starts, parse_percent(share.share))
        found.append(Credit(event=event, payee=share.node, role=share.role, starts=starts, ends=ends, number=number))
    return tuple(found)
