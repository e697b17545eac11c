"""SR411: is a sum by hand sound, and agreed by somebody who neither wrote nor gets it?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.witness import witness
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.adjustment import ADJUSTMENT, Adjustment
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.errors import RefusedError

MOST = 10**14  # minor units
_WORDS_OF_A_KEY = 6  # deal, event, payee, component, plan's day, number

_Fault = tuple[str, str, str]  # field, sentence, next step


@rule("SR411", "adjustment")
def SR411(ctx: CheckContext) -> Iterator[Finding]:
    """A sum that is paid by hand names who gets it and why, fits its currency, and is agreed by another.

    Whoever approves is neither the one who sends it nor the one who gets it. It is never changed and never deleted: a
    mistake is put right by a second one. A debt is written off by a sum above zero. A team is never paid.

    ## Why
    What no plan says has no rule behind it but the word of the two who agreed. An adjustment that could be edited
    later would change money that was paid out already.

    ## Fix
    Send it as finance: `salesrepo commission adjust NODE --amount AMOUNT --currency EUR --reason TEXT`. It waits for
    one of the roles that are named.
    """
    for change in ctx.change.of(ADJUSTMENT):
        if change.change.before is not None:
            message = "An adjustment that was agreed is never changed or deleted."
            hint = "Put it right by a second one: salesrepo commission adjust NODE --amount AMOUNT --reason TEXT"
            yield Finding("SR411", Severity.ERROR, message, Location(change.path), hint=hint)
            continue
        if change.after is None:
            continue  # SR101 says what is wrong with it
        faults = [*_who(ctx, change.after), *_sum(change.after), *_about(ctx, change.after)]
        for field, message, hint in faults:
            yield Finding("SR411", Severity.ERROR, message, Location(change.path, (field,)), hint=hint)
        if not faults:
            what = "A debt that is written off" if change.after.kind == "write-off" else "A sum that is paid by hand"
            message = f"{what} needs the word of somebody who neither wrote nor gets it."
            yield witness(ctx, "SR411", message, Location(change.path), gains=[change.after.payee])


def _who(ctx: CheckContext, one: Adjustment) -> Iterator[_Fault]:
    payee = ctx.result.get(NODE, node=one.payee)
    if payee is None:
        yield "payee", f"There is no node {one.payee}.", "See who there is: salesrepo node list"
    elif payee.kind == "team":
        yield "payee", f"{payee.name} is a team, and a team is never paid.", "Write one for each of its members."
    if one.payee == ctx.me:
        message = "An adjustment never comes from the one whom it pays."
        yield "payee", message, "Ask somebody else of finance to send it."
    if one.day > ctx.today:
        yield "day", f"{one.day} has not come yet.", "Write the day for which it counts, today at the latest."


def _sum(one: Adjustment) -> Iterator[_Fault]:
    try:
        amount = parse_amount(one.amount, one.currency)
    except RefusedError as bad:
        yield "amount", bad.message, bad.hint
        return
    if amount == 0:
        yield "amount", "An adjustment of nothing changes nothing.", "Write the sum that is paid, or charged."
    if abs(amount) > MOST:
        most = f"{show_amount(MOST, one.currency)} {one.currency}"
        yield "amount", f"The sum is more than {most}.", "Correct the amount."
    if one.kind == "write-off" and amount < 0:
        yield "amount", "What somebody owes is written off by a sum above zero.", "Leave the minus out."


def _about(ctx: CheckContext, one: Adjustment) -> Iterator[_Fault]:
    """The deal and the line that it names; a deal whose id does not tell its account is not looked for."""
    account, _, number = (one.deal or "").rpartition("-")
    ours = number.isascii() and number.isdigit() and ctx.tip.get(ACCOUNT, account=account) is not None
    if one.deal and ours and ctx.tip.get(DEAL, account=account, deal=one.deal) is None:
        yield "deal", f"There is no deal {one.deal}.", "Write the deal's id as its statement lines show it."
    key = (one.line or "").split(" ")
    if one.line and len(key) != _WORDS_OF_A_KEY:
        yield "line", "This is not the key of a line.", "Copy it whole: salesrepo commission explain DEAL"
    elif one.line and key[2] != one.payee:
        yield "line", f"This line is {ctx.who(key[2])}'s.", f"Name a line of {ctx.who(one.payee)}'s."
    elif one.line and one.deal and key[0] != one.deal:
        yield "line", f"This line is of another deal than {one.deal}.", "Name the deal of the line."
