"""SR202: does the claimant hold the territory in which the account lies?"""

from collections.abc import Iterator

from salesrepo.checks.handover import is_left
from salesrepo.checks.holdover import loss_of
from salesrepo.checks.leases import goes_on
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.territories import facts_stand, judge_claim
from salesrepo.checks.transitions import is_due
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import CLAIM, Claim


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
        if claim.status != "held" or _stands(ctx, change.before, claim):
            continue
        if is_left(ctx, change) or is_due(ctx, change):
            continue
        if claim.imported and change.change.before is None:
            continue  # SR603 asks for the second person of an import
        account = ctx.result.get(ACCOUNT, account=claim.account)
        if account is None:
            message = f"There is no account {claim.account}."
            yield Finding("SR202", Severity.ERROR, message, Location(change.path), hint="Send the account as well.")
            continue
        refusal = judge_claim(ctx, claim, _as_confirmed(ctx, claim, account))
        if refusal:
            at = Location(change.path, ("territory",))
            yield Finding("SR202", Severity.ERROR, refusal.sentence, at, hint=refusal.hint)
        if not claim.provisional and not facts_stand(account, claim.holder):
            yield Finding(
                "SR202",
                Severity.ERROR,
                f"Nobody else has confirmed the facts of {account.name} yet, so the claim must be provisional.",
                Location(change.path, ("provisional",)),
                hint="Add `provisional: true`; it may fall away once somebody else confirms the facts.",
            )


def _as_confirmed(ctx: CheckContext, claim: Claim, account: Account) -> Account:
    """The account as somebody else has confirmed it on main, where they have: who restates it moves no border."""
    known = ctx.tip.get(ACCOUNT, account=claim.account)
    return known if known is not None and facts_stand(known, claim.holder) else account


def _stands(ctx: CheckContext, before: Claim | None, claim: Claim) -> bool:
    """Whether this was judged when it was granted: renewing a claim or its note moves no border.

    A provisional claim was granted on its holder's word. Once somebody else has confirmed the facts, it is judged by
    them, or who told the wrong country would keep an account by renewing a claim that can never be a full one. What
    a deal keeps for its holder, although the territory passed on, may be renewed until that is over.
    """
    if before is not None and before.provisional:
        account = ctx.result.get(ACCOUNT, account=claim.account)
        if account is not None and facts_stand(account, claim.holder) and not _is_kept_on(ctx, before):
            return False
    return (
        before is not None
        and goes_on(before, claim, today=ctx.today)
        and before.territory == claim.territory
        and claim.provisional >= before.provisional
    )


def _is_kept_on(ctx: CheckContext, before: Claim) -> bool:
    loss = loss_of(ctx, before)
    return loss is not None and (loss.last is None or loss.last >= ctx.today)
