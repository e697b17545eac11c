"""SR421: does a question about pay come from somebody whom it concerns, about one thing, to somebody who can answer?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.disputes import line_above
from salesrepo.checks.pay_disputes import disputes_about, due_of, may_answer, next_id, pay_policy
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.pay_dispute import PAY_QUESTION, PayQuestion

_WORDS_OF_A_KEY = 6  # deal, event, payee, component, plan's day, number
_ASK = "sr pay dispute LINE TEXT"

_Fault = tuple[str, str, str]  # field, sentence, next step


@rule("SR421", "pay-question")
def SR421(ctx: CheckContext) -> Iterator[Finding]:
    """A question about pay is about the asker's own line or a won deal, one at a time, with a named answerer and a day.

    Finance, whoever maintains the company, and managers ask for their people as well. It is never changed or deleted.
    Who answers is neither the payee nor the one who asks.

    ## Why
    A question with a name and a day beside it is answered; one that anybody could answer waits. What was asked stays
    as it was, so that the answer is to what was asked. It never stops pay: the line is paid as it stands meanwhile.

    ## Fix
    Let salesrepo write it: `sr pay dispute LINE TEXT`, or `sr pay dispute --missing DEAL TEXT`.
    """
    for change in ctx.change.of(PAY_QUESTION):
        if change.change.before is not None:
            message = "A question that was asked is never changed or deleted."
            hint = "Wait for its answer, and ask again if that is not enough."
            yield Finding("SR421", Severity.ERROR, message, Location(change.path), hint=hint)
        elif change.after is not None:
            asked = change.after
            for field, message, hint in (*_who(ctx, asked), *_what(ctx, asked), *_when(ctx, asked), *_name(ctx, asked)):
                yield Finding("SR421", Severity.ERROR, message, Location(change.path, (field,)), hint=hint)


def _who(ctx: CheckContext, asked: PayQuestion) -> Iterator[_Fault]:
    if ctx.tip.get(NODE, node=asked.payee) is None:
        yield "payee", f"There is no node {asked.payee}.", "See who there is: salesrepo node list"
    elif ctx.me != asked.payee and not _may_ask_for(ctx, asked.payee):
        message = f"This is the pay of {ctx.who(asked.payee)}, who does not report to {ctx.who(ctx.me)}."
        yield "payee", message, "Ask about your own pay, or let them or finance ask."
    parties, answerer = (asked.payee, asked.by), ctx.tip.get(NODE, node=asked.answerer)
    if not may_answer(ctx.tip, ctx.roles_policy, answerer, parties, day=ctx.today):
        message = f"{ctx.who(asked.answerer)} cannot answer what {ctx.who(asked.by)} asks about {ctx.who(asked.payee)}."
        yield "answerer", message, "Name somebody of finance who is neither the payee nor the one who asks."
        return
    named = pay_policy(ctx.tip).answers
    meant = ctx.tip.get(NODE, node=named) if named else None
    if named != asked.answerer and may_answer(ctx.tip, ctx.roles_policy, meant, parties, day=ctx.today):
        yield "answerer", f"{ctx.who(named or '')} answers questions about pay.", f"Let salesrepo name them: {_ASK}"


def _may_ask_for(ctx: CheckContext, payee: str) -> bool:
    return ctx.may_write("finance", "maintainer") or ctx.me in line_above(ctx.tip, payee, ctx.today)


def _what(ctx: CheckContext, asked: PayQuestion) -> Iterator[_Fault]:
    """A rule sees no ledger: that the line is booked, salesrepo makes sure when it is asked, and the answer says."""
    key = (asked.line or "").split(" ")
    if asked.line and len(key) != _WORDS_OF_A_KEY:
        yield "line", "This is not the key of a line.", "Copy it whole: salesrepo commission explain DEAL"
    elif asked.line and key[2] != asked.payee:
        message = f"This line is {ctx.who(key[2])}'s."
        yield "line", message, f"Name a line of {ctx.who(asked.payee)}'s: salesrepo commission statement {asked.payee}"
    if asked.deal is None or asked.account is None:
        return
    deal = ctx.tip.get(DEAL, account=asked.account, deal=asked.deal)
    if deal is None:
        yield "deal", f"There is no deal {asked.deal}.", "Write the deal's id as its account shows it: sr show LEAD"
    elif deal.stage != "won":
        yield "deal", f"{asked.deal} is not won, so nothing is due for it yet.", f"Foresee it: sr pay if {asked.deal}"


def _when(ctx: CheckContext, asked: PayQuestion) -> Iterator[_Fault]:
    if asked.day > ctx.today:
        yield "day", f"{asked.day} has not come yet.", f"Leave the day to: {_ASK}"
    elif asked.day < ctx.today - timedelta(days=ctx.claims_policy.review_days):
        yield "day", f"{asked.day} is past.", f"Ask anew: {_ASK}"
    due = due_of(pay_policy(ctx.tip), asked.day)
    if asked.due != due:
        yield "due", f"What was asked on {asked.day} is answered by {due}.", f"Leave the day to: {_ASK}"


def _name(ctx: CheckContext, asked: PayQuestion) -> Iterator[_Fault]:
    before = disputes_about(ctx.tip, asked.payee, asked.about)
    if before and before[-1].is_open:
        last = before[-1].question
        message = f"{last.dispute} asks about this already; {ctx.who(last.answerer)} answers by {last.due}."
        yield "dispute", message, "Wait for the answer, and ask again if that is not enough."
    elif asked.dispute != next_id(ctx.tip, asked.payee, asked.about):
        message = f"A question about this is called {next_id(ctx.tip, asked.payee, asked.about)}."
        yield "dispute", message, f"Let salesrepo name it: {_ASK}"
