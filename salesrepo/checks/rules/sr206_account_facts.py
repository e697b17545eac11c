"""SR206: who states an account's facts, and who confirms them?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import CLAIM


@rule("SR206", "account-facts")
def SR206(ctx: CheckContext) -> Iterator[Finding]:
    """Facts that decide a territory are confirmed by somebody other than their author; changing them needs review.

    ## Why
    A country or a headcount decides who may sell to a company. Whoever gains by a fact does not get to settle it.

    ## Fix
    State what you know and send it; sales operations confirms it. Only they write `confirmed:`, or the roles that
    policy/claims.yml lists under `confirming`, in one of the ways that stand there.
    """
    for change, account in ctx.change.readable(ACCOUNT):
        before = change.before
        stated = before is None or before.facts() != account.facts()
        for field, sentence, hint in (
            *_origin(ctx, change, account),
            *_author(ctx, before, account, stated=stated),
            *_confirmation(ctx, before, account, stated=stated),
        ):
            yield Finding("SR206", Severity.ERROR, sentence, Location(change.path, (field,)), hint=hint)
        if ctx.roles_policy.review.facts and _is_backdated(ctx, before, account):
            days = ctx.claims_policy.review_days
            yield Finding(
                "SR206",
                Severity.REVIEW,
                f"{account.name} was added on {account.added}, more than {days} days ago: somebody agrees.",
                Location(change.path, ("added",)),
                hint="You need do nothing: it waits for them.",
                roles=ctx.roles_policy.review.facts,
                not_by=(ctx.me,),
            )
        if before is not None and stated and (why := _why_review(before, holders := _holders(ctx, account))):
            yield Finding(
                "SR206",
                Severity.REVIEW,
                f"The facts that decide the territory of {account.name} change {why}.",
                Location(change.path),
                hint="You need do nothing: somebody other than you and its holder confirms them.",
                roles=ctx.roles_policy.review.facts,
                not_by=tuple(sorted({ctx.me, *holders})),
            )


def _why_review(before: Account, holders: set[str]) -> str:
    if holders:
        return "while somebody holds it"
    return "though somebody had confirmed them" if before.confirmed else ""


def _origin(ctx: CheckContext, change: RecordChange[Account], account: Account) -> Iterator[tuple[str, str, str]]:
    before = change.before
    if before is not None and (before.added_by, before.added) != (account.added_by, account.added):
        added = f"It was {ctx.who(before.added_by)}, on {before.added}."
        yield "added_by", "Who added an account, and when, is never changed.", added
    if before is None and account.added > ctx.today:
        yield "added", f"{account.added} has not come yet.", "Write the day on which you add the account."
    elif _is_backdated(ctx, before, account) and not ctx.roles_policy.review.facts:
        yield "added", f"{account.added} is past.", "Write the day on which you add the account."


def _is_backdated(ctx: CheckContext, before: Account | None, account: Account) -> bool:
    """Whether a new account says that it is older than a review takes; an import says when it was added elsewhere.

    Where it goes with a claim, it is as old as that one, and SR203 asks a person where that is long ago.
    """
    if before is not None or "import" in ctx.roles:
        return False
    claims = (claim.since for _, claim in ctx.change.readable(CLAIM) if claim.account == account.account)
    return account.added < min((ctx.today - timedelta(days=ctx.claims_policy.review_days), *claims))


def _author(
    ctx: CheckContext, before: Account | None, account: Account, *, stated: bool
) -> Iterator[tuple[str, str, str]]:
    """Who wrote the facts last stands with them: whoever changed them may not confirm them later."""
    if stated and account.author != ctx.me:
        message = "Facts stand in the name of whoever states them."
        yield "stated_by", message, f"Write it into the account: `stated_by: {ctx.me or 'NODE'}`."
    elif not stated and before is not None and account.stated_by != before.stated_by:
        yield "stated_by", f"It was {ctx.who(before.author)} who stated these facts.", "Leave `stated_by:` as it was."


def _confirmation(
    ctx: CheckContext, before: Account | None, account: Account, *, stated: bool
) -> Iterator[tuple[str, str, str]]:
    was, now = before.confirmed if before else None, account.confirmed
    if now is None:
        if was is not None and not stated and not ctx.may_write("maintainer"):
            yield "confirmed", "Only sales operations take a confirmation back.", "Leave `confirmed:` as it was."
        return
    if was == now:
        if stated:
            yield "confirmed", "The facts changed, so their confirmation no longer holds.", "Remove `confirmed:`."
        return
    imports = now.how == "import" and "import" in ctx.roles
    terms = ctx.claims_policy.confirming
    trusted = bool(ctx.roles & {*terms.roles}) if terms.roles else ctx.may_write("maintainer")
    vouches = now.how != "import" and trusted and account.author != ctx.me and not stated
    if now.how not in terms.ways:
        ways = ", ".join(terms.ways) or "nothing"
        yield "confirmed", f"Facts are not confirmed by {now.how} here.", f"The ways of policy/claims.yml are: {ways}."
    elif now.by != ctx.me or not (imports or vouches):
        who = " or ".join(terms.roles).replace("_", " ") if terms.roles else "sales operations"
        yield (
            "confirmed",
            f"Only {who} confirm facts, in their own name, and never those that they state themselves.",
            "Leave `confirmed:` out; the claim is provisional until they confirm.",
        )
    if now.day > ctx.today:
        yield "confirmed", f"{now.day} has not come yet.", "Write the day of the confirmation."


def _holders(ctx: CheckContext, account: Account) -> set[str]:
    folder = CLAIM.path.fill(account=account.account, layer="x").rsplit("/", 1)[0]
    return {claim.holder for _, claim in ctx.tip.all(CLAIM, folder) if claim.status == "held"}
