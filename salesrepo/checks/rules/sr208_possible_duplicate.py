"""SR208: may a new account be a company that is known already under another name?"""

from collections.abc import Iterator

from salesrepo.checks.alike import Alike, alike_labels, alike_names
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.identity.blocks import domains_of, same_headline
from salesrepo.domain.identity.likeness import ASKED, same_name
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import CLAIM

_ROUTE = ("not_same_as",)


@rule("SR208", "possible-duplicate")
def SR208(ctx: CheckContext) -> Iterator[Finding]:
    """A new account that is called nearly as a known one, or a new domain that ends otherwise, is looked at, once.

    ## Why
    "General Electrics" and "General Electric" are two keys, two claims and one company. A name that is 97 % alike asks
    a reviewer, one that is 90 % alike is only told. `acme.de` beside the held `acme.com` may be its German branch or
    nobody of theirs: the same. What they answer is kept as `not_same_as`, so that nobody is asked again.

    ## Fix
    Claim the account that is named if it is the same company. If it is another one, say so with `--not-same`; a
    reviewer agrees.
    """
    for change, account in ctx.change.readable(ACCOUNT):
        before = change.before
        at = Location(change.path, ("name",))
        known: tuple[str, ...] = before.not_same_as if before else ()
        yield from _listed(ctx, account, known, new=before is None, path=change.path)
        yield from _domains(ctx, change, account)
        if before is not None and same_headline(before, account):
            continue
        for found in alike_names(ctx.result, account):
            if not _answered(ctx, account, found.account):
                yield _told(ctx, account, found, at)


def _domains(ctx: CheckContext, change: RecordChange[Account], account: Account) -> Iterator[Finding]:
    known = set(domains_of(change.before)) if change.before else set()
    told: set[str] = set()
    for domain in domains_of(account):
        for found in alike_labels(ctx.result, account, domain) if domain not in known else ():
            other = found.account
            if other.account in told or _answered(ctx, account, other):
                continue
            told.add(other.account)
            key = f"d-{domain}"
            route = ("account",) if key == account.account else ("aliases", account.aliases.index(key))
            message = f"{domain} may be {other.name} ({other.account}): {found.domain} differs in its ending alone."
            yield _review(ctx, message, Location(change.path, route), _choice(other))


def _choice(other: Account) -> str:
    return f"Claim {other.account} if it is the same company; if not, add --not-same {other.account}."


def _listed(ctx: CheckContext, account: Account, known: tuple[str, ...], *, new: bool, path: str) -> Iterator[Finding]:
    for index, other in enumerate(account.not_same_as):
        if other in known:
            continue
        at = Location(path, (*_ROUTE, index))
        named = ctx.result.get(ACCOUNT, account=other)
        if named is None or other == account.account:
            message = f"There is no other account {other}."
            yield Finding("SR208", Severity.ERROR, message, at, hint="Name the key of the account that it looks like.")
        elif not ctx.may_write("maintainer") or new or _is_held(ctx, account):
            message = f"Somebody else confirms that {account.name} is not {named.name} ({other})."
            yield _review(ctx, message, at, "You need do nothing: it waits for them.")


def _is_held(ctx: CheckContext, account: Account) -> bool:
    folder = CLAIM.path.fill(account=account.account, layer="x").rpartition("/")[0]
    return any(claim.status == "held" for _, claim in ctx.tip.all(CLAIM, folder))


def _answered(ctx: CheckContext, account: Account, other: Account) -> bool:
    """Whether a person has said already, or is asked already, that these are two companies."""
    if other.account in account.not_same_as or account.account in other.not_same_as:
        return True
    change = ctx.change.at(ACCOUNT.path_of(other))
    if change is not None and change.change.before is None and other.account > account.account:
        return True  # two new ones: the other is asked about this one
    return same_name(account, other)


def _told(ctx: CheckContext, account: Account, found: Alike, at: Location) -> Finding:
    other = found.account
    message = f"{account.name} may be {other.name} ({other.account}): the names are {found.score} % alike."
    if found.score < ASKED:
        hint = f"Claim {other.account} instead if it is the same company."
        return Finding("SR208", Severity.WARNING, message, at, hint=hint)
    return _review(ctx, message, at, _choice(other))


def _review(ctx: CheckContext, message: str, at: Location, hint: str) -> Finding:
    roles = ctx.roles_policy.review.facts
    return Finding("SR208", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=(ctx.me,))
