"""SR203: do a claim's dates and standing follow from policy, and from what was done?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from salesrepo.checks.leases import (
    Work,
    deals_on,
    extension_fault,
    goes_on,
    judged_elsewhere,
    lease_term,
    takes_back,
    work_sent,
)
from salesrepo.checks.passages import is_anothers
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.dispute import DECISION
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.lease import Term, has_bought

_HINT = "Leave the dates to salesrepo: log what you did and send it."
_ANEW = "Take it back with sr undo, and claim it anew: sr claim"
_DATED = ("since", "renewed", "touched", "standing", "extensions", "given_back", "until")
_KEPT = ("holder", "territory", "since", "renewed", "until", "standing", "evidence", "touched")
_COUNTED = ("extensions", "given_back")
_ENDS = ("ended", "ending")

_Faults = Iterator[tuple[str, str]]


@rule("SR203", "claim-terms")
def SR203(ctx: CheckContext) -> Iterator[Finding]:
    """A claim runs as long as policy/claims.yml gives it, and only evidence and meaningful activity take it further.

    ## Why
    A lease that its holder could lengthen by hand would be a lock for ever. Nobody renews a lead by renewing it: a
    conversation does, and giving a lead back to claim it again is none. A reserved lead becomes a registered one by
    evidence in words or by a conversation that is sent along. An extension takes a conversation of late and a dated
    next step, which travels in the same proposal, so that looking at what is sent is enough. Giving a claim back
    changes nothing else of it: who held it, and when, stays true.

    ## Fix
    Let `salesrepo` write the dates. To renew a claim, log what you did with the account and send it; to extend its
    protection: `sr extend LEAD`.
    """
    sent = work_sent(ctx.change, ctx.claims_policy, today=ctx.today)
    for change, claim in ctx.change.readable(CLAIM):
        work = sent.get((claim.account, claim.layer), Work())
        faults = tuple(_faults(ctx, change.before, claim, work))
        if faults and claim.status == "held" and (judged_elsewhere(ctx, change) or _is_robbed(ctx, change)):
            continue
        for field, sentence in faults:
            hint = _HINT if _is_old(ctx, change.before, claim) else f"{_ANEW} {claim.account}"
            yield Finding("SR203", Severity.ERROR, sentence, Location(change.path, (field,)), hint=hint)
        for field, sentence in _questions(ctx, change, claim, sound=not faults):
            at = Location(change.path, (field,))
            hint = "You need do nothing: it waits for them."
            roles = ctx.roles_policy.review.claims
            yield Finding("SR203", Severity.REVIEW, sentence, at, hint=hint, roles=roles, not_by=(ctx.me,))


def _is_robbed(ctx: CheckContext, change: RecordChange[Claim]) -> bool:
    """Whether the claim is taken from another who holds it: that alone is to be said, whatever its dates."""
    before, after = change.before, change.after
    other = before is not None and after is not None and before.holder != after.holder
    return other and is_anothers(ctx, change)


def _is_old(ctx: CheckContext, before: Claim | None, claim: Claim) -> bool:
    """Whether a lease that began before goes on or ends, so that it is not a new claim."""
    today = ctx.today
    return claim.status == "released" or goes_on(before, claim, today=today) or takes_back(before, claim, today=today)


def _faults(ctx: CheckContext, before: Claim | None, claim: Claim, work: Work) -> _Faults:
    if claim.status == "released":
        yield from _released(ctx, before, claim)
        return
    if before is not None and goes_on(before, claim, today=ctx.today):
        yield from _kept(ctx, before, claim, work)
    elif before is not None and takes_back(before, claim, today=ctx.today):
        yield from _taken_back(ctx, before, claim, work)
    else:
        yield from _new(ctx, before, claim, work)


# --- a new claim -----------------------------------------------------------------------------------------------------


def _new(ctx: CheckContext, before: Claim | None, claim: Claim, work: Work) -> _Faults:
    yield from _exact(ctx, claim)
    if claim.renewed > ctx.today:
        yield "renewed", f"{claim.renewed} has not come yet."
    if claim.until < ctx.today:
        yield "until", f"A claim that ended on {claim.until} is over before it begins; anew, it has its whole term."
    if claim.since != claim.renewed:
        yield "since", "A new claim starts on the day it is renewed for the first time."
    if _is_backdated(ctx, before, claim) and not ctx.roles_policy.review.claims:
        yield "since", f"A new claim begins in the last {ctx.claims_policy.review_days} days, not on {claim.since}."
    for field in _COUNTED:
        if getattr(claim, field):
            yield field, f"A new claim begins with {field} 0."
    yield from _unended(None, claim)
    if claim.touched is not None and claim.touched not in work.days:
        yield "touched", f"Nothing that renews a claim was logged on {claim.touched}."
    if claim.imported is not None and before is None:
        if claim.standing == "customer":
            yield from _bought(ctx, claim, claim)
    else:
        yield from _standing_of_new(ctx, claim, work)


def _standing_of_new(ctx: CheckContext, claim: Claim, work: Work) -> _Faults:
    if claim.standing == "customer":
        yield "standing", "A new claim is reserved or registered; whoever buys later makes it a customer's."
    elif claim.standing == "reserved":
        if ctx.claims_policy.reserve is None:
            yield "standing", "Policy knows no reserved claims."
        if claim.evidence is not None:
            yield "standing", "A claim with evidence is registered, not reserved."
    elif ctx.claims_policy.reserve is not None:
        yield from _evidence(claim, work)


def _evidence(claim: Claim, work: Work) -> _Faults:
    """What makes a claim registered: a conversation that is sent along, or a note of what speaks for it."""
    if claim.evidence == "two_way_contact" and claim.touched is not None and claim.touched in work.days:
        return
    if claim.evidence is None:
        yield "standing", "A claim is registered by evidence; without any it is reserved."
    elif claim.note is None:
        yield "evidence", f"Evidence of {claim.evidence.replace('_', ' ')} needs a note that says what it is."


def _taken_back(ctx: CheckContext, before: Claim, claim: Claim, work: Work) -> _Faults:
    """One's own claim, released before its end and held again: else that would renew it without any work."""
    if claim.since != before.since:
        yield "since", f"Given back before its end and taken again, it goes on as it was: since {before.since}."
        return
    yield from _kept(ctx, replace(before, ended=None, ending=None), claim, work)


# --- a claim that goes on --------------------------------------------------------------------------------------------


def _kept(ctx: CheckContext, before: Claim, claim: Claim, work: Work) -> _Faults:
    if any(getattr(before, field) != getattr(claim, field) for field in _DATED):
        yield from _exact(ctx, claim)  # else a changed policy would touch leases that stand
    if claim.until < min(before.until, ctx.today):
        yield "until", f"Nobody ends their own claim by its dates: it runs until {before.until}."
    if claim.renewed > ctx.today:
        yield "renewed", f"{claim.renewed} has not come yet."
    elif claim.renewed < before.renewed:
        yield "renewed", f"It was renewed on {before.renewed}, and a later day alone takes its place."
    elif claim.renewed > before.renewed and not work.since(claim.renewed):
        ways = ", ".join(ctx.claims_policy.meaningful)
        yield "renewed", f"Nothing that was logged on or after {claim.renewed} renews the claim: that takes {ways}."
    if claim.since != before.since:
        yield "since", f"The claim started on {before.since}."
    if claim.touched != before.touched and (before.touched is not None or claim.touched not in work.days):
        yield "touched", f"The first work stands as it was: {before.touched or 'none'}."
    if claim.given_back != before.given_back:
        yield "given_back", f"Days that a review took are given back by themselves: {before.given_back} so far."
    yield from _unended(before, claim)
    yield from _standing(ctx, before, claim, work)
    yield from _extension(ctx, before, claim, work)


def _unended(before: Claim | None, claim: Claim) -> _Faults:
    """How a claim came to its holder stays as it was written; how it ends is written when it does."""
    for field in _ENDS:
        if getattr(claim, field) != getattr(before, field, None):
            yield field, f"A claim that is held does not say by itself when and how it ended: leave out {field}."


def _standing(ctx: CheckContext, before: Claim, claim: Claim, work: Work) -> _Faults:
    was, now = before.standing, claim.standing
    if was == "reserved" and now != was:
        yield from _evidence(claim, work)
    elif claim.evidence != before.evidence:
        yield "evidence", f"The evidence stays what it was: {before.evidence or 'none'}."
    if now == "customer" and now != was:
        yield from _bought(ctx, before, claim)
    elif was not in ("reserved", now):
        yield "standing", f"A claim that is {was} does not become {now}."


def _bought(ctx: CheckContext, before: Claim, claim: Claim) -> _Faults:
    if not has_bought(before, deals_on(ctx.result, claim.account), ctx.claims_policy, ctx.today):
        yield "standing", f"{ctx.who(claim.holder)} has won no deal on {claim.account} that makes it a customer."


def _extension(ctx: CheckContext, before: Claim, claim: Claim, work: Work) -> _Faults:
    if claim.extensions == before.extensions:
        return
    if claim.extensions != before.extensions + 1:
        yield "extensions", f"Extensions are granted one by one; there are {before.extensions} so far."
    elif fault := extension_fault(before, claim.renewed, work, ctx.claims_policy, today=ctx.today):
        yield "extensions", fault.sentence


def _questions(ctx: CheckContext, change: RecordChange[Claim], claim: Claim, *, sound: bool) -> _Faults:
    """What somebody else answers, where policy names who does."""
    before, terms = change.before, ctx.claims_policy.extension
    if not ctx.roles_policy.review.claims:
        return
    if before is not None and terms is not None and max(before.extensions, terms.automatic) < claim.extensions:
        yield "extensions", f"Extension {claim.extensions} of {claim.account} needs somebody's agreement."
    if sound and _is_backdated(ctx, before, claim) and not judged_elsewhere(ctx, change):
        days = ctx.claims_policy.review_days
        yield "since", f"{claim.account} is claimed from {claim.since} on, more than {days} days ago: somebody agrees."


def _is_backdated(ctx: CheckContext, before: Claim | None, claim: Claim) -> bool:
    """Whether a new claim says that it is older than a review takes; an import says when it began elsewhere."""
    brought = claim.imported is not None and before is None
    if brought or _is_old(ctx, before, claim):
        return False
    return claim.since < ctx.today - timedelta(days=ctx.claims_policy.review_days)


# --- a claim that is given back --------------------------------------------------------------------------------------


def _released(ctx: CheckContext, before: Claim | None, claim: Claim) -> _Faults:
    if before is None:
        yield "status", "A claim begins as held."
        return
    fields = (*_KEPT, *_COUNTED)
    for field in (*fields, *_ENDS) if before.status == "released" else fields:
        if getattr(before, field) != getattr(claim, field):
            yield field, f"Giving a claim back leaves {field} as it was: {getattr(before, field)}."
    if before.status == "held":
        yield from _end(ctx, before, claim)


def _end(ctx: CheckContext, before: Claim, claim: Claim) -> _Faults:
    """How it ended decides who may take it again, and from when."""
    policy = ctx.claims_policy
    if claim.ended is None or claim.ending is None:
        if policy.cooldown_days is not None or (claim.ended is None) != (claim.ending is None):
            yield "ended", "A claim that is given back says when it ended, and how."
        return
    fault = _ending(ctx, before, claim)
    if fault:
        yield "ending", fault
        return
    sent = ctx.today - timedelta(days=policy.review_days)
    first = before.until if claim.ending == "lapsed" else max(before.since, sent)
    if not first <= claim.ended <= ctx.today:
        yield "ended", f"It did not end on {claim.ended}, but between {first} and {ctx.today}."


def _ending(ctx: CheckContext, before: Claim, claim: Claim) -> str:
    node = ctx.result.get(NODE, node=before.holder)
    decided = ((d.account, d.layer) for _, d in ctx.change.readable(DECISION))
    match claim.ending:
        case "lapsed" if before.until >= ctx.today:
            return f"It has not lapsed: it runs until {before.until}."
        case "left" if node is not None and node.works_on(ctx.today):
            return f"{node.name} has not left."
        case "decided" if (claim.account, claim.layer) not in {*decided}:
            return "No decision that is sent along says so."
        case "transferred":
            return "A claim that passes to somebody is held by them."
    return ""


def _exact(ctx: CheckContext, claim: Claim) -> _Faults:
    term = lease_term(ctx.result, claim, ctx.claims_policy)
    if claim.until != term.until:
        yield "until", f"The claim runs until {term.until}, {_reason(claim, term)}."


def _reason(claim: Claim, term: Term) -> str:
    renewed = f"{(term.until - claim.renewed).days} days after {claim.renewed}"
    begun = f"{(term.until - claim.since).days} days after it began"
    return {
        "reserved": f"{begun}: it is reserved",
        "first_touch": f"{begun}: nobody has worked on it",
        "protection": f"{begun}: its protection ends",
        "hard_limit": f"{begun}: no claim lasts longer without a deal at proposal or later",
    }.get(term.bound, renewed)
