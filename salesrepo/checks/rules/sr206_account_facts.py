"""SR206: who states an account's facts, and who confirms them?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import CLAIM


@rule("SR206", "account-facts")
def SR206(ctx: CheckContext) -> Iterator[Finding]:
    """Facts that decide a territory are confirmed by somebody other than their author; changing them needs review.

    ## Why
    A country or a headcount decides who may sell to a company. Whoever gains by a fact does not get to settle it.

    ## Fix
    State what you know and send it; sales operations confirms it. Only they write `confirmed:`.
    """
    for change, account in ctx.change.readable(ACCOUNT):
        before = change.before
        stated = before is not None and before.facts() != account.facts()
        if before is not None and (before.added_by, before.added) != (account.added_by, account.added):
            message = "Who added an account, and when, is never changed."
            yield Finding("SR206", Severity.ERROR, message, Location(change.path, ("added_by",)))
        if account.confirmed is not None and (before is None or before.confirmed != account.confirmed):
            yield from _confirmation(ctx, account, change.path)
        elif stated and account.confirmed is not None:
            message = "The facts changed, so their confirmation no longer holds."
            yield Finding("SR206", Severity.ERROR, message, Location(change.path, ("confirmed",)), hint="Remove it.")
        if stated and _is_held(ctx, account):
            yield Finding(
                "SR206",
                Severity.REVIEW,
                f"The facts that decide the territory of {account.name} change while somebody holds it.",
                Location(change.path),
                hint="Somebody other than you confirms them.",
                roles=ctx.roles_policy.review.facts,
                not_by=(ctx.me,),
            )


def _confirmation(ctx: CheckContext, account: Account, path: str) -> Iterator[Finding]:
    confirmed = account.confirmed
    if confirmed is None:
        return
    imports = confirmed.how == "import" and "import" in ctx.roles
    vouches = ctx.may_write("maintainer") and account.added_by != ctx.me
    if confirmed.by != ctx.me or not (imports or vouches):
        yield Finding(
            "SR206",
            Severity.ERROR,
            "Only sales operations confirm facts, in their own name, and never those that they added themselves.",
            Location(path, ("confirmed",)),
            hint="Leave `confirmed:` out; the claim is provisional until they confirm.",
        )
    if confirmed.day > ctx.today:
        yield Finding("SR206", Severity.ERROR, f"{confirmed.day} has not come yet.", Location(path, ("confirmed",)))


def _is_held(ctx: CheckContext, account: Account) -> bool:
    folder = CLAIM.path.fill(account=account.account, layer="x").rsplit("/", 1)[0]
    return any(claim.status == "held" for _, claim in ctx.tip.all(CLAIM, folder))
