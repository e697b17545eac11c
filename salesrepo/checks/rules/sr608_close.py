"""SR608: is a month closed in its turn, by finance, and agreed by another?"""

from collections.abc import Iterator, Mapping

from salesrepo.checks.pay_closes import closed_months, closes_from, next_month
from salesrepo.checks.pay_disputes import pay_policy
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.witness import witness
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.close import CLOSE, Close
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.money import parse_amount
from salesrepo.domain.period import Calendar
from salesrepo.errors import RefusedError

_Fault = tuple[tuple[str, ...], str, str]  # route, sentence, next step


@rule("SR608", "close")
def SR608(ctx: CheckContext) -> Iterator[Finding]:
    """A month is closed once it is over, in its turn, and by two: whoever prepares it is not whoever agrees.

    The first close may be of any month, and takes in all that came before. A close names who prepared it, sums of
    nodes that there are, in currencies that there are. It is never changed and never deleted (SR602): what is found
    later is booked into the next open month.

    ## Why
    A close decides what is paid out, and what later merges may no longer touch. It changes nobody's pay: the sums are
    booked from main again, and where they are others than those agreed to, everybody is told. That is why somebody who
    is paid by it may agree, while whoever prepared it may not.

    ## Fix
    `salesrepo commission close` prepares the month that is next. It waits for one of the roles that are named.
    """
    for change in ctx.change.of(CLOSE):
        if change.change.before is not None or change.after is None:
            continue  # SR602 keeps what was agreed, SR101 says what is wrong with a file
        faults = [*_turn(ctx, change.after), *_sums(ctx, change.after)]
        for route, message, hint in faults:
            yield Finding("SR608", Severity.ERROR, message, Location(change.path, route), hint=hint)
        if not faults:
            message = f"The close of {change.after.period} needs the word of somebody who did not prepare it."
            yield witness(ctx, "SR608", message, Location(change.path), gains=())


def _turn(ctx: CheckContext, close: Close) -> Iterator[_Fault]:
    month = Calendar().named(close.period)
    due, first = next_month(closed_months(ctx.tip)), closes_from(pay_policy(ctx.tip), month)
    if due is not None and close.period != due:
        yield ("period",), f"{due} is closed next, not {close.period}.", f"Run: salesrepo commission close {due}"
    elif ctx.today < first:
        yield ("period",), f"{close.period} is closed on {first} at the earliest.", f"Send it again on {first}."
    if close.prepared_by != ctx.me:
        message = f"It says that {ctx.who(close.prepared_by)} prepared it."
        yield ("prepared_by",), message, "Prepare it yourself: salesrepo commission close"


def _sums(ctx: CheckContext, close: Close) -> Iterator[_Fault]:
    for field, sums in (("paid", close.paid), ("closing", close.closing)):
        for node, of_node in sums.items():
            if ctx.result.get(NODE, node=node) is None:
                yield (field, node), f"There is no node {node}.", "Prepare it anew: salesrepo commission close"
            yield from _amounts(field, node, of_node)


def _amounts(field: str, node: str, sums: Mapping[str, str]) -> Iterator[_Fault]:
    for currency, amount in sums.items():
        try:
            parse_amount(amount, currency)
        except RefusedError as bad:
            yield (field, node, currency), bad.message, bad.hint
