"""Which lines hand a team's pay on to its members?"""

from collections.abc import Sequence
from fractions import Fraction

from salesrepo.commission import because_share
from salesrepo.commission.lines import Desk
from salesrepo.commission.share_out import Sharer, share_bounds, shares, sharing
from salesrepo.commission.version import ReadyComponent
from salesrepo.domain.statement import LineItem, LineType, SharePart


def share_lines(
    pool: LineItem, component: ReadyComponent, members: Sequence[Sharer], *, desk: Desk
) -> tuple[LineItem, ...]:
    """The lines that share out what a team earned, added to the desk: one that takes it from the team, one for each
    member that has a part. Nothing where there is nothing to share.

    Where nobody has a part it is taken from the team all the same: a team is never paid.
    """
    terms = component.share_out
    if terms is None or not pool.amount:
        return ()
    taking, out = sharing(terms, members, pool.currency)
    bare = _bare(pool)
    whole = SharePart(pool.payee, pool.amount, (0, 1), (1, 1))
    why = because_share.handed_on(pool, [node for node, _ in taking], out)
    made = [desk.beside(pool, bare._replace(amount=-pool.amount, shared=whole, because=why))]
    parts = shares(pool.amount, taking, terms.leftover)
    paid = {member.node: member.paid for member in members}
    for node, starts, ends in share_bounds(taking):
        part = SharePart(pool.payee, pool.amount, starts.as_integer_ratio(), ends.as_integer_ratio())
        why = because_share.has_part(pool, parts[node], Fraction(ends - starts))
        line = bare._replace(payee=node, amount=parts[node], shared=part, because=why)
        made.append(desk.to_member(pool, line, paid[node]))
    return tuple(made)


def _bare(pool: LineItem) -> LineItem:
    """A line of the same event that nothing is counted on."""
    return LineItem(
        key=pool.key,
        type=LineType.BONUS,
        payee=pool.payee,
        deal=pool.deal,
        event=pool.event,
        item=pool.item,
        event_on=pool.event_on,
        booked_on=pool.booked_on,
        earning_period=pool.earning_period,
        booking_period=pool.booking_period,
        currency=pool.currency,
        amount=0,
        engine=pool.engine,
        deal_commit=pool.deal_commit,
        because="",
        component=pool.component,
        plan=pool.plan,
    )
