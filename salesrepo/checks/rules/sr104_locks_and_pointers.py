"""SR104: do the locks and pointers that belong to a record change with it?"""

from collections.abc import Iterator, Mapping

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.identity.blocks import blocks_of
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.also_excluded import ALSO_EXCLUDED
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.exclusion import EXCLUSION
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.near import NEAR
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.kinds.user import USER
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.lease import taking_left

_HINT = "Let salesrepo write the record: it writes what belongs to it as well."


@rule("SR104", "locks-and-pointers", audit=True)
def SR104(ctx: CheckContext) -> Iterator[Finding]:
    """An account's aliases and headings, and the pointers of claims and open deals, are written with the record.

    ## Why
    "What do I hold?", "whose domain is this?" and "is there a company of nearly this name?" are answered by looking at
    one path. A lock or pointer that does not match its record would hide a lead from its holder, free an identity that
    is taken, or hide a duplicate.

    ## Fix
    Send both in one proposal. `salesrepo claim`, `log deal`, `win` and `lose` do so by themselves.
    """
    of_companies = (*_aliases(ctx), *_headings(ctx), *_excluded(ctx))
    for path, fault in (*of_companies, *_users(ctx), *_holds(ctx), *_queues(ctx), *_strays(ctx)):
        if fault:
            yield Finding("SR104", Severity.ERROR, fault, Location(path), hint=_HINT)


def _presence(ctx: CheckContext, path: str, what: str, *, wanted: bool) -> tuple[str, str]:
    there = ctx.result.blob(path) is not None
    if there is wanted:
        return path, ""
    return path, f"{what} is missing." if wanted else f"{what} must go with it."


def _aliases(ctx: CheckContext) -> Iterator[tuple[str, str]]:
    for change in ctx.change.of(ACCOUNT):
        now = change.after.aliases if change.after else ()
        for alias in now:
            lock = ctx.result.get(ALIAS, alias=alias)
            fault = f"The lock of the alias {alias} is missing." if lock is None else ""
            if lock is not None and lock.account != change.ids["account"]:
                fault = f"The alias {alias} is locked for {lock.account}."
            yield ALIAS.path.fill(alias=alias), fault
        for alias in set(change.before.aliases if change.before else ()).difference(now):
            yield _presence(ctx, ALIAS.path.fill(alias=alias), f"The lock of the alias {alias}", wanted=False)
    for lock_change in ctx.change.of(ALIAS):
        if lock_change.value is None:
            continue
        alias, account = lock_change.ids["alias"], ctx.result.get(ACCOUNT, account=lock_change.value.account)
        listed = account is not None and alias in account.aliases
        if lock_change.change.after is None:
            yield lock_change.path, f"The lock of the alias {alias} is missing." if listed else ""
        elif not listed:
            yield lock_change.path, f"The account {lock_change.value.account} does not list the alias {alias}."


def _headings(ctx: CheckContext) -> Iterator[tuple[str, str]]:
    """Of a changed account only those that change: accounts that were accepted before there were headings have none."""
    for change in ctx.change.of(ACCOUNT):
        if change.problems or change.before == change.after:
            continue
        was = set(blocks_of(change.before)) if change.before else set()
        now = set(blocks_of(change.after)) if change.after else set()
        for block in sorted(was ^ now):
            path = NEAR.path.fill(block=block, account=change.ids["account"])
            yield _presence(ctx, path, f"The account's pointer under {block}", wanted=block in now)
    for pointer in ctx.change.of(NEAR):
        account = ctx.result.get(ACCOUNT, account=pointer.ids["account"])
        stands = account is not None and pointer.ids["block"] in blocks_of(account)
        yield pointer.path, _stray("account", stands, pointer.change.after is not None)


def _excluded(ctx: CheckContext) -> Iterator[tuple[str, str]]:
    for change in ctx.change.of(EXCLUSION):
        was, now = (set(lock.also) if lock else set() for lock in (change.before, change.after))
        for identity in sorted(was | now):
            path = ALSO_EXCLUDED.path.fill(identity=identity, **change.ids)
            yield _presence(ctx, path, f"The exclusion's pointer under {identity}", wanted=identity in now)
    for pointer in ctx.change.of(ALSO_EXCLUDED):
        lock = ctx.result.get(EXCLUSION, account=pointer.ids["account"])
        named = lock is not None and pointer.ids["identity"] in lock.also
        yield pointer.path, _stray("exclusion", named, pointer.change.after is not None)


def _users(ctx: CheckContext) -> Iterator[tuple[str, str]]:
    for change in ctx.change.of(NODE):
        was = change.before.forge_id if change.before else None
        now = change.after.forge_id if change.after else None
        if was and was != now:
            lock = ctx.result.get(USER, forge_id=was)
            stays = lock is not None and lock.node == change.ids["node"]
            yield USER.path.fill(forge_id=was), "The former forge user's lock must go with it." if stays else ""
        if now:
            lock = ctx.result.get(USER, forge_id=now)
            named = lock is not None and lock.node == change.ids["node"]
            yield USER.path.fill(forge_id=now), "" if named else f"The lock of the forge user {now} is missing."


def _holds(ctx: CheckContext) -> Iterator[tuple[str, str]]:
    for change in ctx.change.of(CLAIM):
        now = change.after.holder if change.after and change.after.status == "held" else None
        if change.before and change.before.holder != now:
            path = HOLD.path.fill(**change.ids, node=change.before.holder)
            yield _presence(ctx, path, "The former holder's pointer", wanted=False)
        if now:
            yield _presence(ctx, HOLD.path.fill(**change.ids, node=now), "The holder's pointer", wanted=True)
        left = taking_left(change.before, change.after, ctx.today) if change.before and change.after else None
        if left:
            yield _presence(ctx, TAKING.path_of(left), "The pointer of a claim that ends within its week", wanted=True)


def _deal_holds(ctx: CheckContext) -> Iterator[tuple[str, str]]:
    for change in ctx.change.of(DEAL):
        now = change.after.node if change.after and change.after.is_open else None
        if change.before and change.before.node != now:
            path = DEAL_HOLD.path.fill(**change.ids, node=change.before.node)
            yield _presence(ctx, path, "The pointer of a deal that is not open", wanted=False)
        if now:
            yield _presence(ctx, DEAL_HOLD.path.fill(**change.ids, node=now), "The open deal's pointer", wanted=True)


def _queues(ctx: CheckContext) -> Iterator[tuple[str, str]]:
    yield from _deal_holds(ctx)
    for change in ctx.change.of(PLACE_IN_QUEUE):
        path = WAIT.path.fill(**change.ids)
        yield _presence(ctx, path, "The pointer of a place in a queue", wanted=change.change.after is not None)


def _strays(ctx: CheckContext) -> Iterator[tuple[str, str]]:
    """Locks and pointers that change without a reason in the record that they belong to."""
    for hold in ctx.change.of(HOLD):
        claim = ctx.result.get(CLAIM, account=hold.ids["account"], layer=hold.ids["layer"])
        held = claim is not None and claim.status == "held" and claim.holder == hold.ids["node"]
        yield hold.path, _stray("claim", held, hold.change.after is not None)
    for pointer in ctx.change.of(DEAL_HOLD):
        deal = ctx.result.get(DEAL, account=pointer.ids["account"], deal=pointer.ids["deal"])
        mine = deal is not None and deal.is_open and deal.node == pointer.ids["node"]
        yield pointer.path, _stray("deal", mine, pointer.change.after is not None)
    for wait in ctx.change.of(WAIT):
        waits = ctx.result.blob(PLACE_IN_QUEUE.path.fill(**wait.ids)) is not None
        yield wait.path, _stray("queue", waits, wait.change.after is not None)
    for taking in ctx.change.of(TAKING):
        before = _ended(ctx, taking.ids) if taking.before != taking.after else None
        own_one = before is not None and (before.holder, f"{before.since}") == (taking.ids["node"], taking.ids["day"])
        yield taking.path, "" if own_one or taking.before == taking.after else "No claim of that day ends here."
    for lock in ctx.change.of(USER):
        node = ctx.result.get(NODE, node=lock.value.node) if lock.value else None
        own = node is not None and node.forge_id == lock.ids["forge_id"]
        yield lock.path, _stray("node", own, lock.change.after is not None)


def _ended(ctx: CheckContext, ids: Mapping[str, str]) -> Claim | None:
    """The claim as it was that this change takes from its holder."""
    change = ctx.change.at(CLAIM.path.fill(account=ids["account"], layer=ids["layer"]))
    before, after = (change.before, change.after) if change else (None, None)
    kept = after is not None and before is not None and (after.status, after.holder) == ("held", before.holder)
    return None if kept or before is None or before.status != "held" else before


def _stray(what: str, matches: object, there: object) -> str:
    return "" if matches is there else f"This pointer does not match the {what}."
