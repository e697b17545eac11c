"""SR232: is it too soon to take this account again?"""

from collections.abc import Iterator

from salesrepo.checks.eligible import cooldown, let_go_lately, passed_round
from salesrepo.checks.leases import taken
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR232", "cooldown")
def SR232(ctx: CheckContext) -> Iterator[Finding]:
    """Who let a claim go may not take it again for some time, and a colleague who takes it at once is looked at.

    ## Why
    Else a lead could be kept for ever without any work: by giving it back and taking it again, or by passing it round a
    team whenever it lapses untouched. The claim's file still says who had it last and until when, so one look-up judges
    both; where somebody else had it since, main's history tells. That somebody lets most of their claims lapse is not
    judged here: it could be seen only by reading every claim there is, since the pointers of those that ended are gone.
    Nor does a queue give back what its first let go: their turn passes to the next.

    ## Fix
    Wait for the day that is named, or leave the account to somebody else. A claim that has lapsed and that nobody
    else took goes on when you log a conversation.
    """
    for change, claim in taken(ctx):
        before = change.before
        lately = let_go_lately(ctx, before, claim) if before and before.holder != claim.holder else None
        found = lately or cooldown(ctx, before)
        if before is None or found is None:
            continue
        ended, free = found
        at = Location(change.path, ("holder",))
        if lately or before.holder == claim.holder:
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
                hint="You need do nothing: it waits for somebody who looks at it.",
                roles=ctx.roles_policy.review.claims,
                not_by=tuple(sorted({ctx.me, before.holder, claim.holder})),
            )
