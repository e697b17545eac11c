"""SR204: does every identity belong to one account only?"""

from collections.abc import Iterator

from salesrepo.checks.identities import flaw_of, own_alias
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.identity import name_key
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.exclusion import EXCLUSION
from salesrepo.errors import RefusedError


@rule("SR204", "identity-taken")
def SR204(ctx: CheckContext) -> Iterator[Finding]:
    """An account's key and its aliases belong to no other account, and each holds the alias of its name in its country.

    ## Why
    The same company under two keys is the same lead twice, and so is one key in two spellings. A second account of the
    same name may be another company, and a further identity may be somebody else's: a person decides that once.

    ## Fix
    Use the account that the finding names. If it is truly another company, a reviewer says so by approving.
    """
    for change, account in ctx.change.readable(ACCOUNT):
        before = change.before
        if change.change.before is None:
            yield from _key(ctx, account, Location(change.path, ("account",)))
        known: tuple[str, ...] = before.aliases if before else ()
        for at, alias in enumerate(account.aliases):
            if alias not in known:
                yield from _taken(ctx, account, alias, Location(change.path, ("aliases", at)))
        renamed = before is None or (before.name, before.country) != (account.name, account.country)
        if renamed or set(known).difference(account.aliases):
            yield from _named(ctx, account, change.path)
        yield from _further(ctx, change, account)
        yield from _given_up(ctx, change, account)
    yield from _excluded(ctx)
    for lock in ctx.change.of(ALIAS):
        was, now = lock.before, lock.after
        if was and now and was.account != now.account:
            message = f"{was.alias} belongs to {was.account}."
            yield Finding("SR204", Severity.ERROR, message, Location(lock.path), hint="An alias is never moved.")


def _excluded(ctx: CheckContext) -> Iterator[Finding]:
    """What an exclusion names in another spelling would keep nobody out."""
    for change, lock in ctx.change.readable(EXCLUSION):
        known = change.before.also if change.before else ()
        for at, identity in enumerate(lock.also):
            if identity not in known and (flaw := flaw_of(identity)):
                yield Finding("SR204", Severity.ERROR, flaw[0], Location(change.path, ("also", at)), hint=flaw[1])


def _key(ctx: CheckContext, account: Account, at: Location) -> Iterator[Finding]:
    key = account.account
    lock = ctx.result.get(ALIAS, alias=key)
    if lock is not None:
        message = f"{key} is known already as {lock.account}."
        yield Finding("SR204", Severity.ERROR, message, at, hint=f"Use {lock.account}.")
    flaw = flaw_of(key) or _misnamed(account)
    if flaw is not None:
        yield Finding("SR204", Severity.ERROR, flaw[0], at, hint=flaw[1])


def _misnamed(account: Account) -> tuple[str, str] | None:
    """A key made of a name must be that of the account's own name in the account's own country."""
    if not account.account.startswith("n-"):
        return None
    country = account.account[2:4].upper()
    try:
        own = name_key(account.name, account.country or country)
    except RefusedError as bad:
        return bad.message, bad.hint
    return None if own == account.account else (f"The key of {account.name} is {own}.", f"Use {own}.")


def _taken(ctx: CheckContext, account: Account, alias: str, at: Location) -> Iterator[Finding]:
    if alias == account.account:
        message = f"{alias} is the account's key and not its alias as well."
        yield Finding("SR204", Severity.ERROR, message, at, hint="Leave the alias out.")
        return
    lock = ctx.tip.get(ALIAS, alias=alias)
    owner = lock.account if lock else account.account
    if ctx.result.get(ACCOUNT, account=alias) is not None:
        owner = alias
    if owner != account.account:
        message = f"{alias} belongs to the account {owner} already."
        yield Finding("SR204", Severity.ERROR, message, at, hint=f"Use {owner}, or leave the alias out.")
    elif flaw := flaw_of(alias):
        yield Finding("SR204", Severity.ERROR, flaw[0], at, hint=flaw[1])


def _named(ctx: CheckContext, account: Account, path: str) -> Iterator[Finding]:
    if account.country is None:
        if not _says_its_country(ctx, account):
            message = f"Without a country nobody can tell whether {account.name} is known already."
            hint = "Add --country: sr claim LEAD --country DE"
            yield Finding("SR204", Severity.ERROR, message, Location(path, ("country",)), hint=hint)
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
    if owner in (None, account.account):
        message = f"The account lacks the alias of its name, {wanted}."
        yield Finding("SR204", Severity.ERROR, message, Location(path, ("aliases",)), hint=f"Add {wanted} to aliases.")
    else:
        message = f"An account of this name is known already: {owner}."
        hint = f"Use {owner}; if this is another company, a reviewer confirms it."
        yield _review(ctx, message, Location(path, ("name",)), hint)


def _says_its_country(ctx: CheckContext, account: Account) -> bool:
    """A name key locks the name in its country; of an import a second person looks at each account (SR603)."""
    imported = account.confirmed is not None and account.confirmed.how == "import" and "import" in ctx.roles
    return account.account.startswith("n-") or imported


def _further(ctx: CheckContext, change: RecordChange[Account], account: Account) -> Iterator[Finding]:
    """Only the alias of a new account's own name is granted on the sender's word: others would lock strangers out."""
    if ctx.may_write("maintainer"):
        return
    granted = set(change.before.aliases) if change.before else {own_alias(account)}
    for at, alias in enumerate(account.aliases):
        if alias not in granted:
            message = f"Somebody else confirms that {alias} is {account.name}."
            yield _review(
                ctx, message, Location(change.path, ("aliases", at)), "You need do nothing: it waits for them."
            )


def _given_up(ctx: CheckContext, change: RecordChange[Account], account: Account) -> Iterator[Finding]:
    if change.before is None or ctx.may_write("maintainer"):
        return
    for alias in sorted(set(change.before.aliases).difference(account.aliases)):
        message = f"{alias} stays an alias of {account.account}."
        at = Location(change.path, ("aliases",))
        yield Finding("SR204", Severity.ERROR, message, at, hint="Ask sales operations to remove it.")


def _review(ctx: CheckContext, message: str, at: Location, hint: str) -> Finding:
    roles = ctx.roles_policy.review.facts
    return Finding("SR204", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=(ctx.me,))
