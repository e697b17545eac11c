"""SR238: does a referral bring a lead to somebody else, and is it honoured?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.leases import goes_on, takes_back
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
    """A lead is referred to a colleague who agrees; who claims it from then on names who brought it, and credits them.

    ## Why
    Sellers pass a lead on when they can trust that it is remembered. Nobody earns by referring a lead to themselves,
    nor by naming to others what they work on already, and what was promised is given up only by the one to whom it was
    promised. Where they are away, nobody answers for them who gains by it. A lead that was brought to somebody is
    brought to them too if they get it from a colleague who claimed it in between.

    ## Fix
    Refer with `sr refer LEAD --to NODE`; the other one agrees with `sr refer LEAD --accept`. `sr claim` and `sr win`
    write the rest.
    """
    for change in ctx.change.of(REFERRED_LEAD):
        faults = tuple(_record(ctx, change))
        for field, sentence, hint in faults:
            route = (field,) if field else ()
            yield Finding("SR238", Severity.ERROR, sentence, Location(change.path, route), hint=hint)
        if change.after is not None and not faults and _promises(change.before, change.after):
            yield _agreement(ctx, change.path, change.after)
    for claimed, claim in ctx.change.readable(CLAIM):
        if claim.status == "held" and not comes_by_itself(ctx, claimed) and claim.imported is None:
            yield from _claimed(ctx, claimed, claim)
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
        yield from _new(ctx, before, lead)


def _new(ctx: CheckContext, before: ReferredLead | None, lead: ReferredLead) -> Iterator[_Fault]:
    if lead.by == lead.to:
        yield "to", "Nobody refers a lead to themselves.", "Claim it: sr claim LEAD"
    if lead.by != ctx.me:
        yield "by", f"Only {ctx.who(lead.by)} may refer in this name.", "Write your own node."
    if lead.day > ctx.today:
        yield "day", f"{lead.day} has not come yet.", "Leave the day to sr refer."
    elif _promises(before, lead) and lead.day < ctx.today - timedelta(days=ctx.claims_policy.review_days):
        yield "day", f"{lead.day} is past, and nobody agreed in time.", "Refer it anew: sr refer LEAD --to NODE"
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


def _promises(before: ReferredLead | None, lead: ReferredLead) -> bool:
    """Whether this binds its receiver to more than they agreed to."""
    return before is None or (before.by, before.to, before.day) != (lead.by, lead.to, lead.day)


def _agreement(ctx: CheckContext, path: str, lead: ReferredLead) -> Finding:
    message = f"{ctx.who(lead.to)} must agree that {ctx.who(lead.by)} brings them {lead.account}."
    hint = "You need do nothing: it waits for their word."
    not_by = tuple(sorted({ctx.me, lead.by}))
    return Finding("SR238", Severity.REVIEW, message, Location(path), hint=hint, nodes=(lead.to,), not_by=not_by)


def _claimed(ctx: CheckContext, change: RecordChange[Claim], claim: Claim) -> Iterator[Finding]:
    at, before = Location(change.path, ("referred_by",)), change.before
    if goes_on(before, claim, today=ctx.today) or takes_back(before, claim, today=ctx.today):
        if before is not None and claim.referred_by != before.referred_by:
            message = "Who brought a lead is never changed."
            yield Finding("SR238", Severity.ERROR, message, at, hint="Leave `referred_by` as it was.")
        return
    lead = referral_of(ctx.tip, ctx.claims_policy, claim.account, claim.layer)
    due = lead.by if lead and lead.bears(claim, ctx.today) else None
    if claim.referred_by is not None and claim.referred_by != due:
        message = "Nobody referred this lead to its holder."
        yield Finding("SR238", Severity.ERROR, message, at, hint="Leave `referred_by` out.")
    if claim.referred_by is not None or lead is None or lead.to != claim.holder or not lead.counts(ctx.today):
        return
    message, hint = f"{ctx.who(lead.by)} brought this lead.", f"Add `referred_by: {lead.by}`, as sr claim does."
    if claim.since > lead.day:
        yield Finding("SR238", Severity.ERROR, message, at, hint=hint)
        return
    # Its sender alone says that it was asked for before: neither that nor the referral decides by itself.
    roles = ctx.roles_policy.review.claims
    hint = hint if claim.since == lead.day else "You need do nothing: somebody looks at which of the two came first."
    yield Finding("SR238", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=(ctx.me,))
