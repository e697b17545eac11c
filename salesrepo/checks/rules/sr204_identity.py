"""SR204: does every identity belong to one account only?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.identity import name_key
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.errors import RefusedError


@rule("SR204", "identity-taken")
def SR204(ctx: CheckContext) -> Iterator[Finding]:
    """An account's key and its aliases belong to no other account, and every account holds the alias of its name.

    ## Why
    The same company under two keys is the same lead twice. A second account of the same name may be another company:
    a person decides that once.

    ## Fix
    Use the account that the finding names. If it is truly another company, a reviewer says so by approving.
    """
    for change, account in ctx.change.readable(ACCOUNT):
        if change.before is None:
            lock = ctx.tip.get(ALIAS, alias=account.account)
            if lock is not None:
                message = f"{account.account} is known already as {lock.account}."
                yield Finding("SR204", Severity.ERROR, message, Location(change.path), hint=f"Use {lock.account}.")
        for at, alias in enumerate(account.aliases):
            yield from _taken(ctx, account, alias, Location(change.path, ("aliases", at)))
        yield from _named(ctx, account, change.path)
    for lock_change in ctx.change.of(ALIAS):
        was, now = lock_change.before, lock_change.after
        if was and now and was.account != now.account:
            message = f"{was.alias} belongs to {was.account}."
            yield Finding("SR204", Severity.ERROR, message, Location(lock_change.path), hint="An alias is never moved.")


def _taken(ctx: CheckContext, account: Account, alias: str, at: Location) -> Iterator[Finding]:
    lock = ctx.tip.get(ALIAS, alias=alias)
    owner = lock.account if lock else alias if ctx.tip.get(ACCOUNT, account=alias) else account.account
    if owner != account.account or alias == account.account:
        message = f"{alias} belongs to the account {owner} already."
        yield Finding("SR204", Severity.ERROR, message, at, hint=f"Use {owner}, or leave the alias out.")


def _named(ctx: CheckContext, account: Account, path: str) -> Iterator[Finding]:
    if account.country is None:
        return
    try:
        wanted = name_key(account.name, account.country)
    except RefusedError as bad:
        yield Finding("SR204", Severity.ERROR, bad.message, Location(path, ("name",)), hint=bad.hint)
        return
    if wanted == account.account or wanted in account.aliases:
        return
    lock = ctx.tip.get(ALIAS, alias=wanted)
    owner = lock.account if lock else wanted if ctx.tip.get(ACCOUNT, account=wanted) else None
    if owner is None:
        message = f"The account lacks the alias of its name, {wanted}."
        yield Finding("SR204", Severity.ERROR, message, Location(path, ("aliases",)), hint=f"Add {wanted} to aliases.")
    elif owner != account.account:
        yield Finding(
            "SR204",
            Severity.REVIEW,
            f"An account of this name is known already: {owner}.",
            Location(path, ("name",)),
            hint=f"Use {owner}; if this is another company, a reviewer confirms it.",
            roles=ctx.roles_policy.review.facts,
            not_by=(ctx.me,),
        )
