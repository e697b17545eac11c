"""SR607: are exchange rates of known currencies, and do those that somebody may be paid by stay as they are?"""

from collections.abc import Iterator
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.witness import witness
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.fx import FX_RATES, FxRates, month_of, pair_of
from salesrepo.domain.money import decimals_of
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RefusedError

OLDEST = 10
"""Days after its own on which a rate still holds where no younger one is recorded (commission/fx.py)."""


@rule("SR607", "exchange-rate")
def SR607(ctx: CheckContext) -> Iterator[Finding]:
    """Exchange rates are of two known currencies, and a rate that stands is changed with a reason and a second person.

    ## Why
    A rate turns a deal's money into pay, and lines of the ledger name the rate that they rest on. Adding days is
    finance's routine. A rate that main has is different: somebody may have been paid by it, so the new one says why
    it differs, somebody else agrees, and it is never taken away. Somebody else agrees as well to a new rate that takes
    the place of one that stood: of a day before one that main has, or more than ten days ago, where an older rate was
    used until now; and of the same two currencies the other way round, which comes before a rate that is turned over.

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
            if why := _taking_over(ctx, change.before, change.after):
                yield _review(ctx, change, why)


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
        yield _review(ctx, change, "Rates change that pay may rest on, so somebody else must agree.")


def _taking_over(ctx: CheckContext, before: FxRates | None, after: FxRates) -> str:
    """Why somebody else looks at the days that are new: a sentence, empty where each of them stands by itself."""
    new = sorted(day for day in after.rates if before is None or day not in before.rates)
    one, other = after.currencies
    if one == other:
        return ""
    turned = _beside(ctx.result, pair_of(other, one), new)
    if any(_near(day, turned, OLDEST) for day in new):
        return f"Rates of {other} in {one} stand for the same days, and this would come before them."
    stood = [*_beside(ctx.tip, after.pair, new), *_beside(ctx.tip, pair_of(other, one), new)]
    for day in new:
        gap = any(day < known <= day + timedelta(days=OLDEST) for known in stood)
        old = (ctx.today - day).days > OLDEST
        if (gap or old) and any(day - timedelta(days=OLDEST) <= known < day for known in stood):
            return f"Until now an older rate was used for {day}, and pay may rest on it, so somebody else must agree."
    return ""


def _near(day: date, known: list[date], most: int) -> bool:
    return any(abs((day - each).days) <= most for each in known)


def _beside(records: Snapshot, pair: str, days: list[date]) -> list[date]:
    """The days with rates of a pair in the months in which they could be used beside those of `days`."""
    around = (day + timedelta(days=step) for day in days for step in (-OLDEST, 0, OLDEST))
    months = (records.get(FX_RATES, pair=pair, month=month) for month in dict.fromkeys(map(month_of, around)))
    return [day for month in months if month is not None for day in month.rates]


def _review(ctx: CheckContext, change: RecordChange[FxRates], message: str) -> Finding:
    return witness(ctx, "SR607", message, Location(change.path, ("rates",)), gains=())


def _error(change: RecordChange[FxRates], route: tuple[str, ...], message: str, hint: str) -> Finding:
    return Finding("SR607", Severity.ERROR, message, Location(change.path, route), hint=hint)
