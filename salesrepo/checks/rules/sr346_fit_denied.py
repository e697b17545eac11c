"""SR346: is something sold to somebody whom it does not fit?"""

from collections.abc import Iterator

from salesrepo.checks.fits import is_one_of
from salesrepo.checks.prices import priced, pricing
from salesrepo.checks.rule import CheckContext, rule, sentence
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.policy_pricing import PricingPolicy


@rule("SR346", "fit-denied")
def SR346(ctx: CheckContext) -> Iterator[Finding]:
    """A product is not sold to those whom policy says it does not fit, nor for longer than policy allows.

    ## Why
    A customer who bought the wrong thing leaves, asks for the money back and tells others. The facts of the account
    decide, and those of every other that the order covers (`also_for`); one that nobody has stated denies nothing.
    policy/pricing.yml, `fit` and `terms`. Known as M01.

    ## Fix
    Sell what fits: the finding says why this does not. Where the account's facts are wrong, have them corrected.
    """
    for change, deal in priced(ctx):
        policy = pricing(ctx)
        covered = [ctx.result.get(ACCOUNT, account=key) for key in (deal.account, *deal.also_for)]
        accounts = [account for account in covered if account is not None]
        for index, line in enumerate(deal.lines):
            denied = (fault for account in accounts for fault in _denied(policy, account, line.product))
            for fault in (*denied, *_too_long(policy, deal, line.product)):
                at = Location(change.path, ("lines", index, "product"))
                yield Finding("SR346", Severity.ERROR, fault[0], at, hint=fault[1])


def _denied(policy: PricingPolicy, account: Account, sku: str) -> Iterator[tuple[str, str]]:
    for fit in policy.fit:
        if fit.product == sku and fit.deny is not None and is_one_of(account, fit.deny):
            yield f"{sku} does not fit {account.name}: {sentence(fit.why)}", "Sell what fits, or take this line out."


def _too_long(policy: PricingPolicy, deal: Deal, sku: str) -> Iterator[tuple[str, str]]:
    most = policy.terms.get(sku)
    if most is not None and deal.term is not None and deal.term > most:
        yield f"{sku} is sold for at most {most} months, not for {deal.term}.", f"Shorten the term: --term {most}"
