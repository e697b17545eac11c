"""SR238: does a referral bring a lead to somebody else, and is it honoured?"""

from collections.abc import Iterator

from salesrepo.checks.leases import goes_on
from salesrepo.checks.owed import brought, referral_of, unpaid
from salesrepo.checks.passages import comes_by_itself
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.referral import REFERRED_LEAD, ReferredLead

_Fault = tuple[str, str, str]


@rule("SR238", "referral")
def SR238(ctx: CheckContext) -> Iterator[Finding]:
    """A lead is referred to a colleague who does not have it; who claims it names who brought it, and credits them.

    ## Why
    Sellers pass a lead on when they can trust that it is remembered. Nobody earns by referring a lead to themselves,
    and what was promised is given up only by the one to whom it was promised.

    ## Fix
    Refer with `sr refer LEAD --to NODE`; `sr claim` and `sr win` write the rest.
    """
    for change in ctx.change.of(REFERRED_LEAD):
        for field, sentence, hint in _record(ctx, change):
            route = (field,) if field else ()
            yield Finding("SR238", Severity.ERROR, sentence, Location(change.path, route), hint=hint)
    for claimed, claim in ctx.change.readable(CLAIM):
        if claim.status == "held" and not comes_by_itself(ctx, claimed) and claim.imported is None:
            for sentence, hint in _claimed(ctx, claimed.before, claim):
                yield Finding("SR238", Severity.ERROR, sentence, Location(claimed.path, ("referred_by",)), hint=hint)
    yield from unpaid(ctx, "SR238", "referrals")


def _record(ctx: CheckContext, change: RecordChange[ReferredLead]) -> Iterator[_Fault]:
    before, lead = change.before, change.after
    if before is not None and (lead is None or brought(before, ctx.claims_policy).until >= ctx.today):
        if before.by != ctx.me:
            yield "by", f"{ctx.who(before.by)} has referred this lead.", "Ask them to withdraw it."
            return
        claim = ctx.tip.get(CLAIM, account=before.account, layer=before.layer)
        if claim and (claim.status, claim.holder, claim.referred_by) == ("held", before.to, before.by):
            yield "by", f"{ctx.who(before.to)} has claimed the lead on this referral.", "Leave it as it is."
            return
    if lead is not None:
        yield from _new(ctx, lead)


def _new(ctx: CheckContext, lead: ReferredLead) -> Iterator[_Fault]:
    if lead.by == lead.to:
        yield "to", "Nobody refers a lead to themselves.", "Claim it: sr claim LEAD"
    if lead.by != ctx.me:
        yield "by", f"Only {ctx.who(lead.by)} may refer in this name.", "Write your own node."
    if lead.day > ctx.today:
        yield "day", f"{lead.day} has not come yet.", "Leave the day to sr refer."
    to = ctx.tip.get(NODE, node=lead.to)
    if to is None or not set(to.roles_on(ctx.today)) & set(ctx.roles_policy.write.seller):
        yield "to", f"{ctx.who(lead.to)} does not sell here.", "Name a colleague who does."
    if ctx.result.get(ACCOUNT, account=lead.account) is None:
        yield "account", f"There is no account {lead.account}.", "Send the account as well."
    claim = ctx.tip.get(CLAIM, account=lead.account, layer=lead.layer)
    if claim is not None and claim.status == "held" and claim.until >= ctx.today:
        if claim.holder == lead.by:
            yield "account", f"{ctx.who(lead.by)} holds it.", "Transfer it instead: sr transfer LEAD --to NODE"
        elif claim.holder == lead.to:
            yield "to", f"{ctx.who(lead.to)} holds it already.", "Nothing is to be done."


def _claimed(ctx: CheckContext, before: Claim | None, claim: Claim) -> Iterator[tuple[str, str]]:
    if before is not None and goes_on(before, claim, today=ctx.today):
        if claim.referred_by != before.referred_by:
            yield "Who brought a lead is never changed.", "Leave `referred_by` as it was."
        return
    lead = referral_of(ctx.tip, ctx.claims_policy, claim.account, claim.layer)
    by = lead.by if lead and lead.to == claim.holder and lead.counts(ctx.today) else None
    if by and claim.referred_by is None:
        yield f"{ctx.who(by)} brought this lead.", f"Add `referred_by: {by}`, as sr claim does."
    elif claim.referred_by != by:
        yield "Nobody referred this lead to its holder.", "Leave `referred_by` out."
