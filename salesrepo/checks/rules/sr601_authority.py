"""SR601: may this actor write these files?"""

from collections.abc import Iterator
from typing import Any

from salesrepo.checks.authority import allowed, may
from salesrepo.checks.handover import passes
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.transitions import is_due
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.pay_dispute import PAY_QUESTION
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.referral import REFERRED_LEAD
from salesrepo.domain.kinds.transfer import TRANSFER
from salesrepo.domain.record import Owner

_JUDGED = (Owner.NEWCOMER, Owner.NODE, Owner.SELLER)  # SR602 judges the organisation's files


@rule("SR601", "not-yours")
def SR601(ctx: CheckContext) -> Iterator[Finding]:
    """A node writes its own records, a newcomer its own request, and nothing of anybody else's.

    ## Why
    Who may write a file can be read off its path. Names and dates in a commit grant nothing; the forge's number for
    the sender, looked up in the node files of main, is who you are. What somebody holds passes to another only by a
    transfer, by a decision, or by sales operations when that node leaves the company.

    Facts of an account that nobody holds or has confirmed are restated by whoever claims it.

    ## Fix
    Take the file out of the proposal, or ask the one who owns it to send the change.
    """
    for change in ctx.change.changes:
        owner = change.place.kind.owner if change.place else None
        sentence = _objection(ctx, change, owner) if owner in _JUDGED else ""
        if sentence:
            hint = "Leave it out, or ask its owner to send the change."
            if ctx.actor is None:
                hint = "Ask to join first: sr join PLACE --as NODE"
            yield Finding("SR601", Severity.ERROR, sentence, Location(change.path), hint=hint)


def _objection(ctx: CheckContext, change: RecordChange[Any], owner: Owner | None) -> str:
    if owner is Owner.NEWCOMER:
        return "" if may(ctx, change) else "This request to join is somebody else's."
    if is_due(ctx, change):
        return ""  # it follows from main alone, so it needs nobody's power
    if ctx.actor is None:
        return "Whoever sent this has not been admitted yet."
    if not ctx.actor.works_on(ctx.today):
        return f"{ctx.actor.name} has left the company."
    return _own(ctx, change) if owner is Owner.NODE else _sellers(ctx, change)


def _own(ctx: CheckContext, change: RecordChange[Any]) -> str:
    if not may(ctx, change):
        return f"This belongs to {ctx.who(change.ids['node'])}."
    if change.place and change.place.kind.stream and change.change.before is not None:
        return "What was logged and accepted is not changed any more."
    return ""


def _sellers(ctx: CheckContext, change: RecordChange[Any]) -> str:
    if not may(ctx, change):
        return _closed(ctx, change)
    new = change.change.before is None
    if not new and change.before is None and change.kind in (ACCOUNT.name, CLAIM.name, DEAL.name):
        return "What stands here cannot be read by this version of salesrepo, so nobody knows whose it is."
    judge = {
        CLAIM.name: _claim,
        DEAL.name: _deal,
        ACCOUNT.name: _account,
        PLACE_IN_QUEUE.name: _place_in_queue,
        REFERRED_LEAD.name: _referral,
        TRANSFER.name: _transfer,
    }.get(change.kind)
    return judge(ctx, change) if judge else ""


def _closed(ctx: CheckContext, change: RecordChange[Any]) -> str:
    """Why the table lets nobody with the sender's roles do this."""
    if not allowed(change):
        removed = change.change.after is None
        return "An accepted record is never deleted." if removed else "What was agreed here is not changed any more."
    if change.kind == PAY_QUESTION.name:
        return "A question about pay is asked in one's own name."
    if change.kind == ALIAS.name:
        return "Only sales operations change or free an identity."
    return f"{ctx.who(ctx.me)} has no role that sells."


def _claim(ctx: CheckContext, change: RecordChange[Any]) -> str:
    if _is_import(ctx, change) or passes(ctx, change):
        return ""
    holder = change.after.holder if change.after else ctx.me
    return "" if holder == ctx.me else f"Only {ctx.who(holder)} may claim in this name."


def _is_import(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether history is written for others; SR603 asks for the second person."""
    new = change.change.before is None
    return new and "import" in ctx.roles and bool(getattr(change.after, "imported", None))


def _place_in_queue(ctx: CheckContext, change: RecordChange[Any]) -> str:
    node = change.ids["node"]
    added = change.change.after is not None
    return f"Only {ctx.who(node)} may wait in this name." if added and node != ctx.me else ""


def _referral(ctx: CheckContext, change: RecordChange[Any]) -> str:
    by = change.value.by if change.value else ctx.me
    return "" if by == ctx.me or ctx.may_write("maintainer") else f"Only {ctx.who(by)} may refer in this name."


def _transfer(ctx: CheckContext, change: RecordChange[Any]) -> str:
    parties = (change.after.giver, change.after.receiver) if change.after else (ctx.me,)
    if ctx.me in parties or ctx.may_write("maintainer"):
        return ""
    return f"Only {' or '.join(map(ctx.who, parties))} may transfer this."


def _deal(ctx: CheckContext, change: RecordChange[Any]) -> str:
    if _is_import(ctx, change) or passes(ctx, change):
        return ""
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
    if not names and _is_claimed_unconfirmed(ctx, change):
        return ""
    if names:
        return f"{change.ids['account']} is held by {names}, not by you."
    return f"Nobody holds {change.ids['account']}, so only sales operations change what is known of it."


def _is_claimed_unconfirmed(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether the sender claims an account that nobody holds, and whose facts are only what somebody wrote down.

    Else whoever was first to write a company down could keep others away from it by the facts alone.
    """
    claims = (claim for _, claim in ctx.change.readable(CLAIM) if claim.status == "held")
    claimed = any((claim.holder, claim.account) == (ctx.me, change.ids["account"]) for claim in claims)
    return claimed and change.before is not None and change.before.confirmed is None
