"""SR202: does the claimant hold the territory in which the account lies?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.territories import judge_claim
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM


@rule("SR202", "claim-outside-territory")
def SR202(ctx: CheckContext) -> Iterator[Finding]:
    """A claim must name the territory in which its account lies, and its holder must sell there.

    ## Why
    Territories are drawn without overlap so that every account has one natural seller. Facts that nobody but the
    claimant has stated count only for a provisional claim.

    ## Fix
    Claim an account of your own territory, refer the lead to its holder, or ask sales operations to name the account
    to your territory. Where the account's facts are wrong, have them confirmed first.
    """
    for change, claim in ctx.change.readable(CLAIM):
        before = change.before
        stood = before is not None and before.status == "held" and before.holder == claim.holder
        kept = stood and before is not None and before.territory == claim.territory
        if claim.status != "held" or claim.imported or kept:
            continue
        account = ctx.result.get(ACCOUNT, account=claim.account)
        if account is None:
            message = f"There is no account {claim.account}."
            yield Finding("SR202", Severity.ERROR, message, Location(change.path), hint="Send the account as well.")
            continue
        refusal = judge_claim(ctx, claim, account)
        if refusal:
            yield Finding("SR202", Severity.ERROR, refusal.sentence, Location(change.path), hint=refusal.hint)
        if account.confirmed is None and not claim.provisional:
            yield Finding(
                "SR202",
                Severity.ERROR,
                f"Nobody has confirmed the facts of {account.name} yet, so the claim must be provisional.",
                Location(change.path, ("provisional",)),
                hint="Add `provisional: true`; it falls away once somebody else confirms the facts.",
            )
