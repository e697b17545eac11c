"""SR232: is it too soon to take this account again?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.eligible import passed_round
from salesrepo.checks.leases import taken
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.lease import let_go_on

_OTHERS_DID = ("decided", "left", "territory")


@rule("SR232", "cooldown")
def SR232(ctx: CheckContext) -> Iterator[Finding]:
    """Who let a claim go may not take it again for some time, and a colleague who takes it at once is looked at.

    ## Why
    Else a lead could be kept for ever without any work: by giving it back and taking it again, or by passing it round
    a team whenever it lapses untouched. The claim's file still says who had it last and until when, so one look-up
    judges both. That somebody lets most of their claims lapse is not judged here: it could be seen only by reading
    every claim there is, since the pointers of those that ended are gone.

    ## Fix
    Wait for the day that is named, or leave the account to somebody else. A claim that has lapsed and that nobody
    else took goes on when you log a conversation.
    """
    days = ctx.claims_policy.cooldown_days
    if days is None:
        return
    for change, claim in taken(ctx):
        before = change.before
        ended = let_go_on(before, ctx.today) if before else None
        if before is None or ended is None or _decided_by_others(before):
            continue
        free = ended + timedelta(days=days + 1)
        if free <= ctx.today:
            continue
        at = Location(change.path, ("holder",))
        if before.holder == claim.holder:
            message = f"{ctx.who(claim.holder)} had {claim.account} until {ended} and may take it again from {free} on."
            hint = f"Claim it on {free}, or leave it to a colleague."
            if before.status == "held":
                hint = "Log a conversation with it: that renews it, as long as nobody else has taken it."
            yield Finding("SR232", Severity.ERROR, message, at, hint=hint)
        elif ctx.roles_policy.review.claims and passed_round(ctx, before, claim):
            message = f"{ctx.who(before.holder)}, of the same team, let {claim.account} lapse untouched on {ended}."
            yield Finding(
                "SR232",
                Severity.REVIEW,
                message,
                at,
                hint="Nothing: it waits for somebody who looks at it.",
                roles=ctx.roles_policy.review.claims,
                not_by=tuple(sorted({ctx.me, before.holder, claim.holder})),
            )


def _decided_by_others(before: Claim) -> bool:
    return before.status == "released" and before.ending in _OTHERS_DID
