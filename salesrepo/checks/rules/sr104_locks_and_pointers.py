"""SR104: do the locks and pointers that belong to a record change with it?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.user import USER

_HINT = "Let salesrepo write the record: it writes what belongs to it as well."


@rule("SR104", "locks-and-pointers")
def SR104(ctx: CheckContext) -> Iterator[Finding]:
    """An account's aliases, a claim's pointer and an open deal's pointer are written, and removed, with the record.

    ## Why
    "What do I hold?" and "whose domain is this?" are answered by looking at one path. A lock or pointer that does not
    match its record would hide a lead from its holder, or free an identity that is taken.

    ## Fix
    Send both in one proposal. `salesrepo claim`, `log deal`, `win` and `lose` do so by themselves.
    """
    for path, wanted, what in (*_aliases(ctx), *_users(ctx), *_holds(ctx), *_deal_holds(ctx)):
        there = ctx.result.blob(path) is not None
        if there is not wanted:
            message = f"{what} is missing." if wanted else f"{what} must go with it."
            yield Finding("SR104", Severity.ERROR, message, Location(path), hint=_HINT)
    yield from _strays(ctx)


def _aliases(ctx: CheckContext) -> Iterator[tuple[str, bool, str]]:
    for change in ctx.change.of(ACCOUNT):
        for alias in change.after.aliases if change.after else ():
            yield ALIAS.path.fill(alias=alias), True, f"The lock of the alias {alias}"
    for removed in ctx.change.of(ALIAS):
        if removed.after is None and removed.before is not None and not removed.problems:
            yield removed.path, True, f"The lock of the alias {removed.before.alias}"


def _users(ctx: CheckContext) -> Iterator[tuple[str, bool, str]]:
    for change in ctx.change.of(NODE):
        was = change.before.forge_id if change.before else None
        now = change.after.forge_id if change.after else None
        if was and was != now:
            yield USER.path.fill(forge_id=was), False, "The former forge user's lock"
        if now:
            yield USER.path.fill(forge_id=now), True, "The forge user's lock"


def _holds(ctx: CheckContext) -> Iterator[tuple[str, bool, str]]:
    for change in ctx.change.of(CLAIM):
        now = change.after.holder if change.after and change.after.status == "held" else None
        if change.before and change.before.holder != now:
            yield HOLD.path.fill(**change.ids, node=change.before.holder), False, "The former holder's pointer"
        if now:
            yield HOLD.path.fill(**change.ids, node=now), True, "The holder's pointer"


def _deal_holds(ctx: CheckContext) -> Iterator[tuple[str, bool, str]]:
    for change in ctx.change.of(DEAL):
        now = change.after.node if change.after and change.after.is_open else None
        if change.before and change.before.node != now:
            yield (
                DEAL_HOLD.path.fill(**change.ids, node=change.before.node),
                False,
                "The pointer of a deal that is not open",
            )
        if now:
            yield DEAL_HOLD.path.fill(**change.ids, node=now), True, "The open deal's pointer"


def _strays(ctx: CheckContext) -> Iterator[Finding]:
    for path, there, matches, what in (*_stray_holds(ctx), *_stray_users(ctx)):
        if there is not matches:
            message = f"This pointer does not match the {what}."
            yield Finding("SR104", Severity.ERROR, message, Location(path), hint=_HINT)
    for change, alias in ctx.change.readable(ALIAS):
        account = ctx.result.get(ACCOUNT, account=alias.account)
        if account is None or alias.alias not in account.aliases:
            message = f"The account {alias.account} does not list the alias {alias.alias}."
            yield Finding("SR104", Severity.ERROR, message, Location(change.path), hint=_HINT)


def _stray_holds(ctx: CheckContext) -> Iterator[tuple[str, bool, bool, str]]:
    for hold in ctx.change.of(HOLD):
        claim = ctx.result.get(CLAIM, account=hold.ids["account"], layer=hold.ids["layer"])
        held = claim is not None and claim.status == "held" and claim.holder == hold.ids["node"]
        yield hold.path, hold.change.after is not None, held, "claim"
    for pointer in ctx.change.of(DEAL_HOLD):
        deal = ctx.result.get(DEAL, account=pointer.ids["account"], deal=pointer.ids["deal"])
        mine = deal is not None and deal.is_open and deal.node == pointer.ids["node"]
        yield pointer.path, pointer.change.after is not None, mine, "deal"


def _stray_users(ctx: CheckContext) -> Iterator[tuple[str, bool, bool, str]]:
    for lock in ctx.change.of(USER):
        node = ctx.result.get(NODE, node=lock.value.node) if lock.value else None
        mine = node is not None and node.forge_id == lock.ids["forge_id"]
        yield lock.path, lock.change.after is not None, mine, "node"
