"""SR607: are exchange rates of known currencies, and do those that somebody may be paid by stay as they are?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.fx import FX_RATES, FxRates
from salesrepo.domain.money import decimals_of
from salesrepo.errors import RefusedError


@rule("SR607", "exchange-rate")
def SR607(ctx: CheckContext) -> Iterator[Finding]:
    """Exchange rates are of two known currencies, and a rate that stands is changed with a reason and a second person.

    ## Why
    A rate turns a deal's money into pay, and lines of the ledger name the rate that they rest on. Adding days is
    finance's routine. A rate that main has is different: somebody may have been paid by it, so the new one says why
    it differs, somebody else agrees, and it is never taken away.

    ## Fix
    `salesrepo fx import FILE --reason TEXT` corrects rates that are there.
    """
    for change in ctx.change.of(FX_RATES):
        if change.change.after is None:
            hint = "Correct the rates that are wrong: salesrepo fx import FILE --reason TEXT"
            yield _error(change, (), "Exchange rates are never deleted: pay may rest on them.", hint)
        elif change.after is not None:
            yield from _currencies(change, change.after)
            if change.before is not None:
                yield from _moved(ctx, change, change.before, change.after)


def _currencies(change: RecordChange[FxRates], rates: FxRates) -> Iterator[Finding]:
    one, other = rates.currencies
    if one == other:
        yield _error(change, ("pair",), f"One {one} is one {one}.", "Name two currencies.")
    for code in dict.fromkeys((one, other)):
        try:
            decimals_of(code)
        except RefusedError as bad:
            yield _error(change, ("pair",), bad.message, bad.hint)


def _moved(ctx: CheckContext, change: RecordChange[FxRates], before: FxRates, after: FxRates) -> Iterator[Finding]:
    """A rate that stood there and is another, or none, and other words on where it comes from."""
    days = [day for day, rate in before.rates.items() if after.rates.get(day) != rate]
    for day in days:
        if day not in after.rates:
            message = f"The rate of {day} is taken away, and pay may rest on it."
            yield _error(change, ("rates",), message, "Put it back; where it is wrong, correct it with a reason.")
        elif after.corrected.get(day) in (None, before.corrected.get(day)):
            message = f"The rate of {day} was {before.rates[day]}, and nothing says why it is {after.rates[day]} now."
            hint = f'Say why: corrected: {{"{day}": …}}, or salesrepo fx import FILE --reason TEXT'
            yield _error(change, ("rates", str(day)), message, hint)
    said = [day for day, why in before.corrected.items() if after.corrected.get(day) != why]
    if days or said or before.source != after.source:
        yield Finding(
            "SR607",
            Severity.REVIEW,
            "Rates change that pay may rest on, so somebody else must agree.",
            Location(change.path, ("rates",)),
            hint="You need do nothing: it waits for them.",
            roles=ctx.roles_policy.review.pay,
            not_by=(ctx.me,),
        )


def _error(change: RecordChange[FxRates], route: tuple[str, ...], message: str, hint: str) -> Finding:
    return Finding("SR607", Severity.ERROR, message, Location(change.path, route), hint=hint)
