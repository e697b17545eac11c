"""SR239: does a claim split a group of companies between sellers who know nothing of it?"""

from collections.abc import Iterator

from salesrepo.checks.leases import goes_on
from salesrepo.checks.passages import comes_by_itself
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.snapshot import Snapshot

_HIGHEST = 5  # companies above one that are looked at


_APART = "You need do nothing: somebody other than you confirms that they are sold to apart."


@rule("SR239", "family")
def SR239(ctx: CheckContext) -> Iterator[Finding]:
    """Claiming a subsidiary whose parent somebody else holds is asked about once, and an order covers one family only.

    ## Why
    A group that two sellers work without knowing of each other plays them off. Where policy says `family: group`, it
    is one lead. Only the companies above the claimed one are looked at, as its `parent` names them: whoever claims a
    parent finds out about its subsidiaries in `sr show`. Who belongs to whom decides about other people's leads and
    orders, so somebody else confirms a parent, unless sales operations or an import name it.

    ## Fix
    Ask the holder who is named; or wait until somebody confirms that the two are sold to apart.
    """
    for change, claim in ctx.change.readable(CLAIM):
        fresh = change.before is None or not goes_on(change.before, claim, today=ctx.today)
        if claim.status == "held" and fresh and claim.imported is None and not comes_by_itself(ctx, change):
            yield from _claimed(ctx, change.path, claim)
    for told, account in ctx.change.readable(ACCOUNT):
        new = set(account.sold_apart_from).difference(told.before.sold_apart_from if told.before else ())
        if new and not ctx.may_write("maintainer"):
            message = f"Somebody else confirms that {account.name} is sold to apart from {', '.join(sorted(new))}."
            yield _review(ctx, message, Location(told.path, ("sold_apart_from",)))
        yield from _parent(ctx, told, account)
    for dealt, deal in ctx.change.readable(DEAL):
        for at, key in enumerate(deal.also_for):
            if not _one_family(ctx.result, deal.account, key):
                message = f"{key} is no parent, subsidiary or sister of {deal.account}."
                here = Location(dealt.path, ("also_for", at))
                yield Finding("SR239", Severity.ERROR, message, here, hint="Write a deal of its own for it.")


def _parent(ctx: CheckContext, change: RecordChange[Account], account: Account) -> Iterator[Finding]:
    was = change.before.parent if change.before else None
    imports = "import" in ctx.roles and change.change.before is None
    if account.parent == was or imports or ctx.may_write("maintainer") or not ctx.roles_policy.review.facts:
        return
    message = f"Somebody else confirms that {account.name} belongs to {account.parent}."
    if account.parent is None:
        message = f"Somebody else confirms that {account.name} belongs to {was} no more."
    yield _review(ctx, message, Location(change.path, ("parent",)), "You need do nothing: it waits for them.")


def _claimed(ctx: CheckContext, path: str, claim: Claim) -> Iterator[Finding]:
    account = ctx.result.get(ACCOUNT, account=claim.account)
    for above in _above(ctx.result, account) if account else ():
        held = ctx.tip.get(CLAIM, account=above, layer=claim.layer)
        if held is None or held.status != "held" or held.until < ctx.today or held.holder == claim.holder:
            continue
        message = f"{claim.account} belongs to {above}, which {ctx.who(held.holder)} holds until {held.until}."
        if ctx.claims_policy.family == "group":
            hint = "Ask the holder: here a group of companies is one lead."
            yield Finding("SR239", Severity.ERROR, message, Location(path, ("account",)), hint=hint)
        elif account and above not in account.sold_apart_from:
            yield _review(ctx, message, Location(path, ("account",)))


def _above(snapshot: Snapshot, account: Account) -> Iterator[str]:
    at: Account | None = account
    for _ in range(_HIGHEST):
        if at is None or at.parent is None:
            return
        yield at.parent
        at = snapshot.get(ACCOUNT, account=at.parent)


def _one_family(snapshot: Snapshot, one: str, other: str) -> bool:
    a, b = snapshot.get(ACCOUNT, account=one), snapshot.get(ACCOUNT, account=other)
    if a is None or b is None or one == other:
        return False
    return a.parent == other or b.parent == one or (a.parent is not None and a.parent == b.parent)


def _review(ctx: CheckContext, message: str, at: Location, hint: str = _APART) -> Finding:
    roles = ctx.roles_policy.review.facts
    return Finding("SR239", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=(ctx.me,))
