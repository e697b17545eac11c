"""SR601: may this actor write these files?"""

from collections.abc import Iterator
from typing import Any

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.record import Owner

_JUDGED = (Owner.NEWCOMER, Owner.NODE, Owner.SELLER)  # SR602 judges the organisation's files


@rule("SR601", "not-yours")
def SR601(ctx: CheckContext) -> Iterator[Finding]:
    """A node writes its own records, a newcomer its own request, and nothing of anybody else's.

    ## Why
    Who may write a file can be read off its path. Names and dates in a commit grant nothing; the forge's number for
    the sender, looked up in the node files of main, is who you are.

    ## Fix
    Take the file out of the proposal, or ask the one who owns it to send the change.
    """
    for change in ctx.change.changes:
        owner = change.place.kind.owner if change.place else None
        sentence = _objection(ctx, change, owner) if owner in _JUDGED else ""
        if sentence:
            hint = "Take it out of the proposal, or ask its owner to send the change."
            if ctx.actor is None:
                hint = "Ask to join first: sr join PLACE --as NODE"
            yield Finding("SR601", Severity.ERROR, sentence, Location(change.path), hint=hint)


def _objection(ctx: CheckContext, change: RecordChange[Any], owner: Owner | None) -> str:
    if owner is Owner.NEWCOMER:
        admits = change.change.after is None and ctx.may_write("maintainer")
        return "" if change.ids["forge_id"] == ctx.actor_id or admits else "This request to join is somebody else's."
    if ctx.actor is None:
        return "Whoever sent this has not been admitted yet."
    if ctx.actor.status != "active":
        return f"{ctx.actor.name} has left the company."
    return _own(ctx, change) if owner is Owner.NODE else _sellers(ctx, change)


def _own(ctx: CheckContext, change: RecordChange[Any]) -> str:
    node = change.ids["node"]
    if node != ctx.me:
        return f"This belongs to {ctx.who(node)}."
    if change.place and change.place.kind.stream and change.change.before is not None:
        return "What was logged and accepted is not changed any more."
    return ""


def _sellers(ctx: CheckContext, change: RecordChange[Any]) -> str:
    sells, maintains = ctx.may_write("seller"), ctx.may_write("maintainer")
    new, removed = change.change.before is None, change.change.after is None
    if change.kind in (CLAIM.name, DEAL.name):
        if new and getattr(change.after, "imported", None) and "import" in ctx.roles:
            return ""  # history is written for others; SR603 asks for the second person
    elif maintains or "import" in ctx.roles:
        sells = True
    if not sells:
        return f"{ctx.who(ctx.me)} has no role that sells."
    if not new and change.before is None and change.kind in (ACCOUNT.name, CLAIM.name, DEAL.name):
        return "What stands here cannot be read by this version of salesrepo, so nobody knows whose it is."
    if removed and change.kind in (ACCOUNT.name, DEAL.name):
        return "An accepted record is never deleted."
    if change.kind == ALIAS.name and not new and not maintains:
        return "Only sales operations change or free an identity."
    judge = {CLAIM.name: _claim, DEAL.name: _deal, ACCOUNT.name: _account}.get(change.kind)
    return judge(ctx, change) if judge else ""


def _claim(ctx: CheckContext, change: RecordChange[Any]) -> str:
    holder = change.after.holder if change.after else ctx.me
    return "" if holder == ctx.me else f"Only {ctx.who(holder)} may claim in this name."


def _deal(ctx: CheckContext, change: RecordChange[Any]) -> str:
    for deal in (change.before, change.after):
        if deal is not None and deal.node != ctx.me:
            return f"This deal belongs to {ctx.who(deal.node)}."
    return ""


def _account(ctx: CheckContext, change: RecordChange[Any]) -> str:
    if change.change.before is None:
        added_by = change.after.added_by if change.after else ctx.me
        return "" if added_by == ctx.me else f"It was not {ctx.who(added_by)} who added this."
    if ctx.may_write("maintainer"):
        return ""
    folder = CLAIM.path.fill(account=change.ids["account"], layer="x").rsplit("/", 1)[0]
    holders = {claim.holder for _, claim in ctx.tip.all(CLAIM, folder) if claim.status == "held"}
    if ctx.me in holders:
        return ""
    names = " and ".join(ctx.who(holder) for holder in sorted(holders))
    if names:
        return f"{change.ids['account']} is held by {names}, not by you."
    return f"Nobody holds {change.ids['account']}, so only sales operations change what is known of it."
