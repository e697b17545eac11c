"""SR601: may this actor write these files?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.record import Owner


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
        if change.place is None:
            continue
        sentence = _objection(ctx, change)
        if sentence:
            hint = "Take it out of the proposal, or ask its owner to send the change."
            yield Finding("SR601", Severity.ERROR, sentence, Location(change.path), hint=hint)


def _objection(ctx: CheckContext, change: RecordChange[object]) -> str:
    owner = change.place.kind.owner if change.place else None
    ids = change.ids
    if owner is Owner.NEWCOMER:
        if ids["forge_id"] != ctx.actor_id and not (change.change.after is None and ctx.may_write("maintainer")):
            return "This request to join is somebody else's."
        return ""
    if owner not in (Owner.NODE, Owner.SELLER):
        return ""  # SR602 judges the organisation's files
    if ctx.actor is None:
        return "Whoever sent this has not been admitted yet."
    if owner is Owner.NODE:
        return _own(ctx, change, ids)
    if not ctx.may_write("seller") and "import" not in ctx.roles and not ctx.may_write("maintainer"):
        return f"{ctx.who(ctx.me)} has no role that sells."
    return _sellers(ctx, change)


def _own(ctx: CheckContext, change: RecordChange[object], ids: dict[str, str]) -> str:
    if ids["node"] != ctx.me:
        return f"This belongs to {ctx.who(ids['node'])}."
    if change.place and change.place.kind.stream and change.change.before is not None:
        return "What was logged and accepted is not changed any more."
    return ""


def _sellers(ctx: CheckContext, change: RecordChange[object]) -> str:
    kind = change.kind
    if change.change.before is not None and change.change.after is None and kind in (ACCOUNT.name, DEAL.name):
        return "An accepted record is never deleted."
    if kind == CLAIM.name:
        return _claims(ctx, change)
    if kind == DEAL.name:
        return _deals(ctx, change)
    if kind == ACCOUNT.name:
        return _accounts(ctx, change)
    return ""


def _claims(ctx: CheckContext, change: RecordChange[object]) -> str:
    after = change.after
    holder = getattr(after, "holder", ctx.me)
    if holder != ctx.me and not getattr(after, "imported", None):
        return f"Only {ctx.who(holder)} may claim in this name."
    return ""


def _deals(ctx: CheckContext, change: RecordChange[object]) -> str:
    before, after = getattr(change.before, "node", ctx.me), getattr(change.after, "node", ctx.me)
    for node in (before, after):
        if node != ctx.me and not (change.before is None and getattr(change.after, "imported", None)):
            return f"This deal belongs to {ctx.who(node)}."
    return ""


def _accounts(ctx: CheckContext, change: RecordChange[object]) -> str:
    if change.before is None:
        added_by = getattr(change.after, "added_by", ctx.me)
        return "" if added_by == ctx.me else f"It was not {ctx.who(added_by)} who added this."
    if ctx.may_write("maintainer"):
        return ""
    key = getattr(change.before, "account", "")
    folder = CLAIM.path.fill(account=key, layer="x").rsplit("/", 1)[0]
    holders = {claim.holder for _, claim in ctx.tip.all(CLAIM, folder) if claim.status == "held"}
    if ctx.me in holders:
        return ""
    return f"{key} is held by {', '.join(ctx.who(h) for h in sorted(holders)) or 'nobody'}, not by you."
