"""SR236: does a claim pass on only as both agree, with the lease and what was promised kept?"""

from collections.abc import Iterator

from salesrepo.checks.disputes import cases, is_open
from salesrepo.checks.eligible import let_go_lately
from salesrepo.checks.limits import claims_at, limit_of, pointers_of
from salesrepo.checks.owed import last_of_share, unpaid
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.handover import lease_changes, moved
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.transfer import TRANSFER, Transfer
from salesrepo.domain.money import parse_percent

_Fault = tuple[str, str, str]
_LATER = "Keep it until then, or hand it to somebody else."
_HINT = "Let salesrepo write it: sr transfer LEAD --to NODE"


@rule("SR236", "transfer")
def SR236(ctx: CheckContext) -> Iterator[Finding]:
    """A transfer passes a claim and the open deals on it to a node that agrees in person, and lengthens nothing.

    ## Why
    Nobody is given an account that they did not ask for, and nobody loses one without a word. The lease goes on as it
    was, so that handing a claim to and fro is no way to keep it; nor does whoever let the account go get it back from
    a colleague before they may claim it again. A claim in dispute passes to nobody but the one who disputes it until
    somebody has decided. What the giver keeps of deals won later, for the policy's `share_days` at most, is theirs
    until they give it up themselves. It binds the receiver and whoever gets that lease from them, not somebody who
    claims the account anew. Where one who must agree is away, the other party answers for them no more than whoever
    the deal pays.

    ## Fix
    Let `sr transfer` write it. The other one agrees with `sr transfer LEAD --accept`.
    """
    for change in ctx.change.of(TRANSFER):
        if change.change.before is not None:
            message = "A transfer is on record for good."
            yield Finding(
                "SR236", Severity.ERROR, message, Location(change.path), hint="Transfer it once more instead."
            )
        elif change.after is not None:
            yield from _begun(ctx, change, change.after)
    yield from unpaid(ctx, "SR236", "transfers")


def _begun(ctx: CheckContext, change: RecordChange[Transfer], term: Transfer) -> Iterator[Finding]:
    for field, sentence, hint in _faults(ctx, term):
        yield Finding("SR236", Severity.ERROR, sentence, Location(change.path, (field,)), hint=hint)
    for node in (term.giver, term.receiver):
        if node != ctx.me:
            not_by = tuple(sorted({ctx.me, term.giver, term.receiver} - {node}))
            message = f"{ctx.who(node)} must agree that {term.account} passes to {ctx.who(term.receiver)}."
            hint = "You need do nothing: it waits for their word."
            yield Finding(
                "SR236", Severity.REVIEW, message, Location(change.path), hint=hint, nodes=(node,), not_by=not_by
            )


def _faults(ctx: CheckContext, term: Transfer) -> Iterator[_Fault]:
    if term.giver == term.receiver:
        yield "receiver", "Giver and receiver are one.", "Name another node."
    if term.day > ctx.today:
        yield "day", f"{term.day} has not come yet.", "Leave the day to sr transfer."
    share = parse_percent(term.giver_share) if term.giver_share is not None else (0, 1)
    if share[0] > share[1]:
        yield "giver_share", "Nobody keeps more than the whole.", "Keep 100% at most."
    if (term.until is not None) and (term.giver_share is None or term.until < term.day):
        yield "until", "This day ends nothing.", "Give --share with --until, and a day to come."
    elif term.until is not None and term.until > (last := last_of_share(term, ctx.claims_policy)):
        yield "until", f"A share is kept until {last} at most.", f"Keep it until then: --until {last}"
    claim = ctx.change.at(CLAIM.path.fill(account=term.account, layer=term.layer))
    before, after = (claim.before, claim.after) if claim else (None, None)
    if before is None or after is None or (before.holder, after.holder) != (term.giver, term.receiver):
        yield "account", f"The claim does not pass from {term.giver} to {term.receiver} with it.", _HINT
        return
    if before.status != "held" or before.until < ctx.today:
        yield "giver", f"{ctx.who(term.giver)} does not hold it any more.", "Claim it anew: sr claim LEAD"
    for field in lease_changes(before, after):
        yield "account", f"A transfer leaves {field} as it was: {getattr(before, field)}.", _HINT
    if (after.ending, after.ended) != ("transferred", term.day):
        yield "day", f"The claim does not say that it was transferred on {term.day}.", _HINT
    yield from _disputed(ctx, term)
    yield from _limit(ctx, after)
    yield from _rests(ctx, before, after)
    yield from _deals(ctx, term.account, term.layer, term.giver, term.receiver)


def _limit(ctx: CheckContext, claim: Claim) -> Iterator[_Fault]:
    """Whoever takes a claim over may hold no more open ones than if they had asked for it."""
    node, policy = ctx.tip.get(NODE, node=claim.holder), ctx.claims_policy
    found = limit_of(ctx.tip, node, policy, ctx.today) if node and policy.limits else None
    if found is None or claim.standing == "customer":
        return
    pointers = pointers_of(ctx.result, claim.holder)
    held = claims_at(ctx.result, pointers, claim.holder, ctx.today) if len(pointers) > found[1].open else ()
    if (open_ := sum(one.standing != "customer" for one in held)) > found[1].open:
        sentence = f"{ctx.who(claim.holder)} would hold {open_} open claims; {found[1].open} are the most."
        yield "receiver", sentence, "Let them release one that they do not work on: sr status lists them."


def _disputed(ctx: CheckContext, term: Transfer) -> Iterator[_Fault]:
    """A claim in dispute passes to nobody but the one who disputes it, or there would be nothing left to decide."""
    for case in cases(ctx.tip, term.account):
        said = case.opened
        if (said.layer, said.against) == (term.layer, term.giver) and is_open(ctx.tip, case):
            if said.node != term.receiver:
                sentence = f"{ctx.who(said.node)} disputes this claim, and nobody has decided yet."
                yield "receiver", sentence, f"Wait for the decision, or hand it to {ctx.who(said.node)}."


def _rests(ctx: CheckContext, before: Claim, after: Claim) -> Iterator[_Fault]:
    """Whoever let the account go gets it back from nobody who claimed it meanwhile, before they may claim it again."""
    lately = let_go_lately(ctx, before, after)
    if lately is not None:
        ended, free = lately
        who = ctx.who(after.holder)
        yield "receiver", f"{who} had {after.account} until {ended} and may take it again from {free} on.", _LATER


def _deals(ctx: CheckContext, account: str, layer: str, giver: str, receiver: str) -> Iterator[_Fault]:
    for change in ctx.change.of(DEAL):
        before, after = change.before, change.after
        if before is None or after is None or (before.account, before.layer, before.node) != (account, layer, giver):
            continue
        if after.node == receiver and before.is_open and after != moved(before, receiver):
            yield "account", f"{before.deal} changes in more than whose it is.", _HINT
    folder = DEAL_HOLD.path.fill(node=giver, account=account, deal="x").rsplit("/", 1)[0]
    for path in ctx.result.paths(folder):
        deal = ctx.result.get(DEAL, account=account, deal=path.rsplit("/", 1)[1])
        if deal is not None and deal.is_open and deal.layer == layer:
            yield "account", f"The open deal {deal.deal} stays behind.", _HINT
