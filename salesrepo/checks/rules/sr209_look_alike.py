"""SR209: does a new domain look like that of another account?"""

from collections.abc import Iterator

from salesrepo.checks.alike import Alike, alike_domains
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.identity.blocks import domains_of
from salesrepo.domain.identity.skeleton import is_masked, unmasked
from salesrepo.domain.kinds.account import ACCOUNT, Account


@rule("SR209", "look-alike")
def SR209(ctx: CheckContext) -> Iterator[Finding]:
    """A new domain that looks like a domain of another account, and a name in disguise, are looked at by a person.

    ## Why
    `paypa1.com` passes for `paypal.com`, and letters of other scripts pass for Latin ones. A second account under such
    a domain would be a lead taken around its holder, or a fraud that somebody sells to. So would be a name in which one
    Latin letter is another script's; a whole word of another script is none.

    ## Fix
    Check the domain letter by letter. If it is the known company's, claim that account; if it is another company's, a
    reviewer agrees.
    """
    for change, account in ctx.change.readable(ACCOUNT):
        yield from _masked(ctx, change, account)
        known = set(domains_of(change.before)) if change.before else set()
        for domain in domains_of(account):
            if domain in known:
                continue
            for found in alike_domains(ctx.result, account, domain):
                if not _answered(ctx, account, found.account):
                    yield _finding(ctx, domain, found, Location(change.path, _route(account, domain)))


def _masked(ctx: CheckContext, change: RecordChange[Account], account: Account) -> Iterator[Finding]:
    roles = ctx.roles_policy.review.facts
    if not roles or (change.before and change.before.name == account.name) or not is_masked(account.name):
        return
    message = f"{account.name} looks like {unmasked(account.name)}, with letters of another script in a word."
    hint = "Write the name as the company does; if it is written so, a reviewer agrees."
    at = Location(change.path, ("name",))
    yield Finding("SR209", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=(ctx.me,))


def _answered(ctx: CheckContext, account: Account, other: Account) -> bool:
    """Whether a person has agreed already that these are two companies, or is asked at the other's place."""
    told = ctx.tip.get(ACCOUNT, account=account.account)
    if told is not None and other.account in told.not_same_as:
        return True
    agreed = ctx.tip.get(ACCOUNT, account=other.account)
    if agreed is not None:
        return account.account in agreed.not_same_as
    return other.account > account.account  # both are new: the later one is asked about


def _route(account: Account, domain: str) -> tuple[str | int, ...]:
    key = f"d-{domain}"
    return ("account",) if key == account.account else ("aliases", account.aliases.index(key))


def _finding(ctx: CheckContext, domain: str, found: Alike, at: Location) -> Finding:
    other = found.account
    return Finding(
        "SR209",
        Severity.REVIEW,
        f"{domain} looks like {found.domain}, a domain of {other.name} ({other.account}).",
        at,
        hint=f"Claim {other.account} if it is the same company; if not, a reviewer confirms that it is another.",
        roles=ctx.roles_policy.review.facts,
        not_by=(ctx.me,),
    )
