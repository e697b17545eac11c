"""SR237: is a claim disputed in time, by a party, and decided by somebody who is none?"""

from collections.abc import Iterator
from datetime import date, timedelta

from salesrepo.checks.disputes import Case, cases, heaviest, line_above, opens
from salesrepo.checks.evidence import noted
from salesrepo.checks.owed import unpaid
from salesrepo.checks.rule import CannotJudge, CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.handover import lease_changes, moved
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.dispute import DECISION, RANKS, STATEMENT, Decision, Exhibit, Statement
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.money import Ratio, add, parse_percent

_Fault = tuple[str, str, str]
_HINT = "Let salesrepo write it: salesrepo dispute decide ID --for NODE"


@rule("SR237", "dispute")
def SR237(ctx: CheckContext) -> Iterator[Finding]:
    """A dispute is opened soon after the claim was given, answered by its holder, and decided by nobody near either.

    ## Why
    Quarrels that are settled in the open, on evidence and by somebody who gains nothing, are settled once. The heavier
    evidence wins: the customer's written wish, then an earlier valid claim, the territory, work done, and the source of
    the lead. A decision against heavier evidence needs a second person, who is near neither. Nobody has two undecided
    disputes about one claim.

    ## Fix
    State your case with `sr dispute LEAD --ground GROUND -m TEXT`. Who decides uses `salesrepo dispute decide`.
    """
    for change in ctx.change.of(STATEMENT):
        for field, sentence, hint in _statement(ctx, change):
            at = Location(change.path, (field,) if field else ())
            yield Finding("SR237", Severity.ERROR, sentence, at, hint=hint)
    for decided in ctx.change.of(DECISION):
        yield from _decision(ctx, decided)
    yield from unpaid(ctx, "SR237", "disputes")


def _case(ctx: CheckContext, account: str, dispute: str) -> Case | None:
    return next((case for case in cases(ctx.tip, account) if case.dispute == dispute), None)


def _statement(ctx: CheckContext, change: RecordChange[Statement]) -> Iterator[_Fault]:
    case = _case(ctx, change.ids["account"], change.ids["dispute"])
    before, said = change.before, change.after
    if case is not None and case.decision is not None:
        yield "", "This dispute is decided.", "Leave what was said as it is."
        return
    if said is None:
        if case is not None and case.answer is not None:
            yield "", "What was answered is not taken back.", "Wait for the decision."
        return
    fixed = ("account", "layer", "against", "day")
    if before is not None and any(getattr(before, name) != getattr(said, name) for name in fixed):
        yield "against", "Only the evidence of a statement is changed.", "Open a dispute of its own for anything else."
    yield from _dated(ctx, before, said)
    if before is not None:
        yield from _kept(before, said) if case is not None and case.answer is not None else ()
    else:
        yield from _answered(ctx, case, said) if case is not None else _opened(ctx, said)
    for exhibit in said.exhibits:
        if exhibit.activity is not None and not _is_logged(ctx, said, exhibit):
            sentence = f"The log of {ctx.who(said.node)} has no such activity on that account and day."
            yield "exhibits", sentence, "Name an activity that was accepted, with its day."


def _dated(ctx: CheckContext, before: Statement | None, said: Statement) -> Iterator[_Fault]:
    if said.day > ctx.today:
        yield "day", f"{said.day} has not come yet.", "Leave the day to sr dispute."
    elif before is None and said.day < ctx.today - timedelta(days=ctx.claims_policy.review_days):
        yield "day", f"{said.day} is past.", "State it anew: sr dispute LEAD --ground GROUND -m TEXT"


def _kept(before: Statement, said: Statement) -> Iterator[_Fault]:
    """Once both have spoken, neither takes back what the other answered to; more may be said."""
    if said.exhibits[: len(before.exhibits)] != before.exhibits:
        yield "exhibits", "Evidence that was answered is never changed.", "Leave it as it was, and add to it."
    if before.text is not None and said.text != before.text:
        yield "text", "What was answered is never changed.", "Leave it as it was, and add an exhibit."


def _opened(ctx: CheckContext, said: Statement) -> Iterator[_Fault]:
    claim = ctx.tip.get(CLAIM, account=said.account, layer=said.layer)
    if claim is None or claim.status != "held" or claim.until < ctx.today:
        yield "account", f"Nobody holds {said.account}.", "Claim it: sr claim LEAD"
        return
    if claim.holder == said.node or claim.holder != said.against:
        yield "against", f"A dispute is opened against the holder, {ctx.who(claim.holder)}.", "Name them."
    last = _disputable_until(ctx, claim)
    if last < ctx.today:
        sentence = f"The claim could be disputed until {last}."
        yield "day", sentence, "Wait in its queue instead: sr claim LEAD --queue"
    if not opens(said):
        yield "dispute", f"A dispute bears the name of who opens it: {said.node}-{said.day}.", "Let sr dispute name it."
    if any(_is_twin(other, said) for other in cases(ctx.result, said.account)):
        hint = "Add to what you say there: sr dispute LEAD --ground GROUND -m TEXT"
        yield "dispute", f"{ctx.who(said.node)} disputes {said.account} already, and it is not decided.", hint
    if not said.exhibits:
        yield "exhibits", "A dispute rests on something.", "Add --ground and what speaks for it."


def _is_twin(other: Case, said: Statement) -> bool:
    """Whether this is another open dispute of the same node about the same claim."""
    same = (other.opened.node, other.opened.layer) == (said.node, said.layer)
    return same and other.dispute != said.dispute and other.decision is None


def _disputable_until(ctx: CheckContext, claim: Claim) -> date:
    """The last day on which a dispute may be opened, counted from the day on which the claim was given.

    That is the day of its merge, however long it was asked for before; history is read where it may matter.
    """
    within = timedelta(days=ctx.claims_policy.dispute.open_within_days)
    if claim.since + within >= ctx.today:
        return claim.since + within
    if ctx.asked_on is None:
        raise CannotJudge("nothing here tells when the claim was given")
    days = ctx.asked_on(claim)
    return (days[1] if days else claim.since) + within


def _answered(ctx: CheckContext, case: Case, said: Statement) -> Iterator[_Fault]:
    opener, holder = case.parties
    if (said.node, said.against, said.layer) != (holder, opener, case.opened.layer):
        sentence = f"In this dispute {ctx.who(holder)} answers {ctx.who(opener)}, and nobody else."
        yield "node", sentence, "Open a dispute of your own."


def _is_logged(ctx: CheckContext, said: Statement, exhibit: Exhibit) -> bool:
    if exhibit.day is None or exhibit.activity is None:
        return False
    found = noted(ctx, said.node, exhibit.day, exhibit.activity)
    return found is not None and found.account == said.account


def _decision(ctx: CheckContext, change: RecordChange[Decision]) -> Iterator[Finding]:
    decision = change.after
    if change.change.before is not None or decision is None:
        message = "What was decided stays decided."
        yield Finding("SR237", Severity.ERROR, message, Location(change.path), hint="Transfer the claim instead.")
        return
    case = _case(ctx, decision.account, decision.dispute)
    if case is None or case.opened.layer != decision.layer:
        message = f"There is no dispute {decision.dispute} about {decision.account}."
        yield Finding("SR237", Severity.ERROR, message, Location(change.path), hint="See: salesrepo dispute list")
        return
    faults = (*_decider(ctx, case, decision), *_verdict(case, decision), *_shares(ctx, case, decision))
    for field, sentence, hint in (*faults, *_carried_out(ctx, case, decision)):
        yield Finding("SR237", Severity.ERROR, sentence, Location(change.path, (field,)), hint=hint)
    if _against_heavier(case, decision):
        message = f"{ctx.who(_other(case, decision))} shows heavier evidence than the ground of this decision."
        yield Finding(
            "SR237",
            Severity.REVIEW,
            message,
            Location(change.path, ("ground",)),
            hint="You need do nothing: somebody else who decides disputes looks at it.",
            roles=ctx.roles_policy.write.disputes,
            not_by=tuple(sorted({ctx.me, *case.parties, *_near(ctx, case)})),
        )


def _near(ctx: CheckContext, case: Case) -> Iterator[str]:
    """Of those who decide disputes, who stands above a party, or below one."""
    for _, node in ctx.tip.all(NODE, "nodes"):
        if set(node.roles_on(ctx.today)).isdisjoint(ctx.roles_policy.write.disputes):
            continue
        above = set(line_above(ctx.tip, node.node, ctx.today))
        if any(party in above or node.node in line_above(ctx.tip, party, ctx.today) for party in case.parties):
            yield node.node


def _other(case: Case, decision: Decision) -> str:
    return next(party for party in case.parties if party != decision.holder)


def _decider(ctx: CheckContext, case: Case, decision: Decision) -> Iterator[_Fault]:
    if decision.by != ctx.me:
        yield "by", f"Only {ctx.who(decision.by)} decides in this name.", "Write your own node."
    if ctx.me in case.parties:
        yield "by", "Nobody decides their own dispute.", "Ask somebody else who decides disputes."
    for party in case.parties:
        if ctx.me in line_above(ctx.tip, party, ctx.today):
            sentence = f"{ctx.who(party)} reports to {ctx.who(ctx.me)}, who decides nothing between them and others."
            yield "by", sentence, "Ask somebody outside of both reporting lines."
        elif party in line_above(ctx.tip, ctx.me, ctx.today):
            sentence = f"{ctx.who(ctx.me)} reports to {ctx.who(party)}, so decides nothing between them and others."
            yield "by", sentence, "Ask somebody outside of both reporting lines."
    if not case.opened.day <= decision.day <= ctx.today:
        yield "day", f"{decision.day} is no day of this dispute.", "Leave the day to salesrepo dispute decide."


def _verdict(case: Case, decision: Decision) -> Iterator[_Fault]:
    if decision.holder not in case.parties:
        yield "holder", f"{decision.holder} is no party to it.", f"Decide for {' or '.join(case.parties)}."
        return
    said = case.said_by(decision.holder)
    shown = {exhibit.ground for exhibit in said.exhibits} if said else set()
    # A holder who keeps silent still has the claim itself to show.
    stands = decision.holder == case.opened.against and decision.ground == "earlier_claim"
    if decision.ground not in shown and not stands:
        sentence = f"{decision.holder} has shown no evidence of the ground {decision.ground}."
        own = {"earlier_claim"} if decision.holder == case.opened.against else set[str]()
        choice = ", ".join(sorted(shown | own)) or "nothing"
        yield "ground", sentence, f"Choose what they have shown: {choice}."


def _against_heavier(case: Case, decision: Decision) -> bool:
    if decision.holder not in case.parties:
        return False
    heavier = heaviest(case.said_by(_other(case, decision)))
    return heavier is not None and RANKS.index(heavier) < RANKS.index(decision.ground)


def _shares(ctx: CheckContext, case: Case, decision: Decision) -> Iterator[_Fault]:
    if not decision.shares:
        return
    total: Ratio = (0, 1)
    for share in decision.shares:
        total = add(total, parse_percent(share.share))
    if total != (1, 1):
        yield "shares", "The shares do not sum to 100%.", f"Name both {' and '.join(case.parties)}, 100% together."
    most = ctx.claims_policy.dispute.most_shares
    if len(decision.shares) > most:
        yield "shares", f"At most {most} share in it.", "Leave somebody out."
    strangers = sorted({share.node for share in decision.shares}.difference(case.parties))
    if strangers or len({share.node for share in decision.shares}) < len(decision.shares):
        yield "shares", "Only the parties share in it, each once.", f"Name {' and '.join(case.parties)}."


def _carried_out(ctx: CheckContext, case: Case, decision: Decision) -> Iterator[_Fault]:
    """Whether the claim and the open deals on it go to the one who is named, and nothing else of them changes."""
    held = ctx.tip.get(CLAIM, account=decision.account, layer=decision.layer)
    if held is None or held.status != "held" or held.holder not in case.parties:
        yield "holder", f"Neither party holds {decision.account} any more.", "Leave the dispute as it is."
        return
    change = ctx.change.at(CLAIM.path.fill(account=decision.account, layer=decision.layer))
    after = change.after if change else held
    if after is None or after.holder != decision.holder:
        yield "holder", f"The claim does not pass to {decision.holder} with the decision.", _HINT
    elif held.holder == decision.holder and change is not None:
        yield "holder", f"A decision for {decision.holder}, who holds it, leaves the claim as it was.", _HINT
    elif held.holder != decision.holder:
        for field in lease_changes(held, after):
            yield "holder", f"A decision leaves {field} as it was: {getattr(held, field)}.", _HINT
        if (after.ending, after.ended) != ("decided", decision.day):
            yield "day", f"The claim does not say that it was decided on {decision.day}.", _HINT
        yield from _deals(ctx, decision, held.holder)


def _deals(ctx: CheckContext, decision: Decision, giver: str) -> Iterator[_Fault]:
    for change in ctx.change.of(DEAL):
        before, after = change.before, change.after
        passed = before is not None and after is not None and before.is_open and before.node == giver
        if passed and before and before.account == decision.account and after != moved(before, decision.holder):
            yield "holder", f"{before.deal} changes in more than whose it is.", _HINT
    folder = DEAL_HOLD.path.fill(node=giver, account=decision.account, deal="x").rsplit("/", 1)[0]
    for path in ctx.result.paths(folder):
        deal = ctx.result.get(DEAL, account=decision.account, deal=path.rsplit("/", 1)[1])
        if deal is not None and deal.is_open and deal.layer == decision.layer:
            yield "holder", f"The open deal {deal.deal} stays behind.", _HINT
