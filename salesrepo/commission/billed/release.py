"""How much of what is earned is payable, by a component's release?

Each part of a release says when its share of the line is let go. What is not in instalments is rounded once, all of it
together. A part in instalments is cut from the line first: equal parts, cut to the smallest unit, whose odd units go to
the first or the last of them. So whatever is let go one after the other sums to the line.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.billed.billing import Billing
from salesrepo.commission.figures import multiple
from salesrepo.commission.lack import LackError
from salesrepo.domain.money import cut, group_amount, round_half_away
from salesrepo.domain.statement import ReleasePart

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_pay import Part, Release

_NO_TERM = "The term of the deal in months: its pay is released in as many instalments."
_LONGEST = 180  # characters of what let a line go


class Released(NamedTuple):
    """So many minor units of a line are let go, which `share` of it that is, and `by` what.

    `share` times the line, rounded, is `amount`.
    """

    amount: int
    share: Fraction
    by: str


def released_so_far(amount: int, release: "Release", billing: Billing) -> Released:
    """What is let go of a line of `amount` minor units, which may be below zero, as billing stands.

    Raises LackError where the release asks for a term and the deal has none.
    """
    if release == "at_once":
        return Released(amount, Fraction(1), "at once")
    ends, others, due = Fraction(0), Fraction(0), Fraction(0)
    in_instalments, released = 0, 0
    exact = Fraction(0)
    for part in release:
        starts, ends = ends, ends + multiple(part.share)
        if part.instalments is None:
            share = _share_due(part, billing)
            others, due = others + ends - starts, due + (ends - starts) * share
        else:
            of = cut(amount, starts.as_integer_ratio(), ends.as_integer_ratio())
            count = _count(part, billing)
            number = billing.instalments_due(count)
            in_instalments += of
            released += _instalments(of, count, number, first=part.leftover == "first")
            share = Fraction(number, count)
        exact += (ends - starts) * share
    if others:
        released += round_half_away(*((amount - in_instalments) * due / others).as_integer_ratio())
    return Released(released, _recorded(amount, released, exact), _by(release, billing))


def now_released(part: ReleasePart) -> int:
    """The minor units that become payable: round(of x after) - round(of x before), so that parts sum to the whole.

    Below zero for a reserve, which goes back from the whole to what is let go.
    """
    after, before = (round_half_away(part.of * over, under) for over, under in (part.after, part.before))
    return after - before


def lacking(release: "Release", billing: Billing) -> str | None:
    """What a deal must record before anything can be released by this, as a pending line says it; None: nothing."""
    asks = release != "at_once" and any(part.instalments == "term" for part in release)
    return _NO_TERM if asks and not billing.term else None


def _count(part: "Part", billing: Billing) -> int:
    if part.instalments != "term":
        return int(part.instalments or "1")
    if not billing.term:
        raise LackError(_NO_TERM)
    return billing.term


def _instalments(of: int, count: int, number: int, *, first: bool) -> int:
    """What so many of `count` equal instalments are worth together."""
    each = abs(of) // count * (1 if of >= 0 else -1)
    odd = of - each * count
    taken = bool(number) if first else number == count
    return each * number + (odd if taken else 0)


def _recorded(amount: int, released: int, exact: Fraction) -> Fraction:
    """The share that stands on the line: the exact one, unless odd units of instalments lie elsewhere than it says."""
    if not amount or round_half_away(*(amount * exact).as_integer_ratio()) == released:
        return exact
    return Fraction(released, amount)


def _share_due(part: "Part", billing: Billing) -> Fraction:
    """How much of a part that has no instalments is let go, from 0 to 1."""
    if part.in_proportion_to == "cash":
        return billing.share_received
    if part.in_proportion_to == "invoiced":
        return billing.share_invoiced
    moment = part.at
    if moment is None or moment == "earned":
        return Fraction(1)
    if moment.paid_month is not None:
        return Fraction(billing.month_paid(moment.paid_month))
    if moment.invoice is not None:
        return Fraction(moment.invoice in billing.invoices_paid)
    return Fraction(billing.stands_after(moment.months_after or 0))


def _by(release: "Iterable[Part]", billing: Billing) -> str:
    """What has let parts go so far, in the plan's order; what is said of several is said once."""
    texts = list(dict.fromkeys(_texts(release, billing)))
    kept: list[str] = []
    for text in texts:
        if len(", ".join((*kept, text))) > _LONGEST:
            return f"{', '.join(kept)} and more"
        kept.append(text)
    return ", ".join(kept) or "nothing yet"


def _texts(release: "Iterable[Part]", billing: Billing) -> Iterator[str]:
    for part in release:
        moment = part.at
        if part.instalments is not None:
            count = _count(part, billing)
            number = billing.instalments_due(count)
            if number:
                yield f"{number} of {count} instalments due"
        elif not _share_due(part, billing):
            continue
        elif part.in_proportion_to is not None:
            cash = part.in_proportion_to == "cash"
            so_far = billing.received if cash else max(billing.invoiced, billing.received)
            of = f"{group_amount(so_far, billing.currency)} of {group_amount(billing.amount, billing.currency)}"
            yield f"{of} {billing.currency} {'received' if cash else 'invoiced'}"
        elif moment is None or moment == "earned":
            yield "earned"
        elif moment.paid_month is not None:
            yield f"month {moment.paid_month} paid"
        elif moment.invoice is not None:
            yield f"invoice {moment.invoice} paid"
        else:
            yield f"{moment.months_after} months after the start"
