"""SR422: is a question about pay answered by somebody who is no party, with a reason, and by what put it right?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.adjustment import ADJUSTMENT
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.pay_dispute import PAY_ANSWER, PAY_QUESTION, PayAnswer, PayQuestion

_ANSWER = "salesrepo commission answer ID --verdict VERDICT TEXT"

_Fault = tuple[str, str, str]  # field, sentence, next step


@rule("SR422", "pay-answer")
def SR422(ctx: CheckContext) -> Iterator[Finding]:
    """A question about pay is answered once, in one's own name, by whom it names or by finance, never by a party.

    The verdict says whether the line was right as it is, was corrected, or was adjusted; the text says why. An
    adjustment that it names is there, and is the payee's. The answer is never changed or deleted.

    ## Why
    A verdict without a reason is asked again. One that promises money names the record that pays it, so that nobody
    takes an answer for a payment.

    ## Fix
    Let salesrepo write it: `salesrepo commission answer ID --verdict right_as_it_is TEXT`.
    """
    for change in ctx.change.of(PAY_ANSWER):
        if change.change.before is not None:
            message = "An answer that was given is never changed or deleted."
            hint = "Let them ask again, and answer that."
            yield Finding("SR422", Severity.ERROR, message, Location(change.path), hint=hint)
        elif change.after is not None:
            for field, message, hint in _faults(ctx, change.after):
                yield Finding("SR422", Severity.ERROR, message, Location(change.path, (field,)), hint=hint)


def _faults(ctx: CheckContext, answer: PayAnswer) -> Iterator[_Fault]:
    asked = ctx.tip.get(PAY_QUESTION, dispute=answer.dispute)
    if asked is None:
        hint = "See what is asked: salesrepo commission disputes --open"
        yield "dispute", f"Nobody has asked anything under {answer.dispute}.", hint
        return
    if answer.by != ctx.me:
        yield "by", f"Only {ctx.who(answer.by)} answers in this name.", "Write your own node."
    if ctx.me in (asked.payee, asked.by):
        what = "their own pay" if ctx.me == asked.payee else "what they asked themselves"
        yield "by", f"Nobody answers about {what}.", f"Leave it to {ctx.who(asked.answerer)} or to finance."
    if not asked.day <= answer.day <= ctx.today:
        yield "day", f"{answer.day} is no day of this question.", f"Leave the day to: {_ANSWER}"
    yield from _put_right(ctx, asked, answer)


def _put_right(ctx: CheckContext, asked: PayQuestion, answer: PayAnswer) -> Iterator[_Fault]:
    if answer.adjustment:
        record = ctx.result.get(ADJUSTMENT, adjustment=answer.adjustment)
        if record is None:
            hint = f"Send it first: salesrepo commission adjust {asked.payee} --amount AMOUNT --reason TEXT"
            yield "adjustment", f"There is no adjustment {answer.adjustment}.", hint
        elif record.payee != asked.payee:
            message = f"{answer.adjustment} pays {ctx.who(record.payee)}, not {ctx.who(asked.payee)}."
            yield "adjustment", message, f"Name one of {ctx.who(asked.payee)}'s."
        elif record.line and asked.line and record.line != asked.line:
            message = f"{answer.adjustment} is about another line."
            yield "adjustment", message, "Name the adjustment that puts this line right."
    # A deal whose id does not tell its account is not looked for, as it is for adjustments.
    account, _, number = (answer.deal or "").rpartition("-")
    ours = number.isascii() and number.isdigit() and ctx.tip.get(ACCOUNT, account=account) is not None
    if answer.deal and ours and ctx.result.get(DEAL, account=account, deal=answer.deal) is None:
        yield "deal", f"There is no deal {answer.deal}.", "Write the id of the deal that was amended."
