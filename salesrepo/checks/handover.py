"""May somebody pass on what another node holds? When that node leaves, by a transfer, or by a decision."""

from dataclasses import replace
from typing import Any

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.handover import moved
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.dispute import DECISION
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.transfer import TRANSFER


def passes(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether the sender may pass on (or give back) the claim or open deal that changes, which another node holds.

    Sales operations may for a node that leaves (`is_left`), a giver or receiver by a transfer in the same proposal,
    whoever decides disputes by a decision in it. The rules on transfers and disputes judge their terms.
    """
    before, after = change.before, change.after
    if is_left(ctx, change):
        return True
    if isinstance(before, Claim) and isinstance(after, Claim) and after.status == "held":
        return _agreed(ctx, before, before.holder, after.holder)
    if isinstance(before, Deal) and isinstance(after, Deal) and before.is_open:
        return _agreed(ctx, before, before.node, after.node) and _only_passed_on(before, after)
    return False


def is_left(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether this passes on, or gives back, the claim or open deal of a node that leaves, and does nothing else.

    The lease goes on as it was, so that its dates and territory need no new judgement; whoever gets it must sell.
    """
    before, after = change.before, change.after
    if isinstance(before, Claim) and isinstance(after, Claim):
        old, new = before.holder, after.holder if after.status == "held" else ""
        alike = replace(before, status=after.status, holder=after.holder, ended=after.ended, ending=after.ending)
        same = alike == after and before.status == "held"
        given_back = after.status == "released" and after.holder == old
        fits = same and (given_back or (bool(new) and new != old))
    elif isinstance(before, Deal) and isinstance(after, Deal):
        old, new = before.node, after.node
        fits = before.is_open and new != old and _only_passed_on(before, after)
    else:
        return False
    return fits and lets_go(ctx, old) and (not new or _sells(ctx, new))


def lets_go(ctx: CheckContext, node: str) -> bool:
    """Whether the sender may tidy up after a node that is none of the company's today, once the change is in place."""
    found = ctx.result.get(NODE, node=node)
    return ctx.may_write("maintainer") and found is not None and not found.works_on(ctx.today)


def _only_passed_on(before: Deal, after: Deal) -> bool:
    """Whether nothing else changes than whose it is, who is credited, and that its evidence says in whose log it is."""
    named = moved(before, after.node)
    alike = replace(after, node=before.node, credits=before.credits)
    return alike in (before, replace(named, node=before.node, credits=before.credits))


def _sells(ctx: CheckContext, node: str) -> bool:
    found = ctx.result.get(NODE, node=node)
    return found is not None and not set(ctx.roles_policy.write.seller).isdisjoint(found.roles_on(ctx.today))


def _agreed(ctx: CheckContext, record: Claim | Deal, old: str, new: str) -> bool:
    what = (record.account, record.layer)
    terms = [term for change, term in ctx.change.readable(TRANSFER) if change.change.before is None]
    if any((t.account, t.layer) == what and (t.giver, t.receiver) == (old, new) for t in terms):
        return ctx.me in (old, new)
    decisions = [decision for _, decision in ctx.change.readable(DECISION)]
    return ctx.may_write("disputes") and any((d.account, d.layer) == what and d.holder == new for d in decisions)
