"""What counts: which event, whose credit, which quantity, how long?"""

from collections.abc import Iterator, Mapping

from salesrepo.commission.describe.conditions import where
from salesrepo.commission.describe.wording import listed, some
from salesrepo.domain.kinds.plan_counts import CreditRule, Lasting, Measure

_VALUES = {
    "amount": "the amount",
    "arr": "the yearly recurring revenue (ARR)",
    "mrr": "the monthly recurring revenue (MRR)",
    "acv": "the value of the first twelve months (ACV)",
    "tcv": "the value of the whole contract (TCV)",
    "margin": "the margin (price less cost)",
    "cash": "the money received",
    "pipeline": "the value that is in prospect",
    "earned": "what was earned",
    "units": "the units",
    "count": "one for each, however large,",
}
_EVENTS = {
    "won": "of each line of a deal when it is won",
    "qualified": "of each line of a deal when it is qualified and somebody else has accepted it",
    "invoiced": "of each line of a deal as it is invoiced",
    "paid": "of each line of a deal as it is paid",
    "month": "of each line of a deal, once for each month of service in which the deal stands",
    "earned": "on each line of the component {component}",
    "period_end": "at the end of each pay period",
}
_WHOSE = {
    "own": "of your own credit as {role}{level}",
    "reports": "of the credit as {role} of those who report to you{level}",
    "referred": "of the credit as {role} of those whom you referred{level}",
    "members": "of the credit as {role} of the team's members{level}",
}
_AFTER = {
    "start": "the month in which its service starts",
    "signed": "the month of its signature",
    "colleague_start": "the month in which the colleague whose credit it is started",
}
_BELOW_ZERO = {
    "zero": "A sale below cost counts as nothing.",
    "keep": "A sale below cost counts against you.",
}


def measures_told(measures: Mapping[str, Measure]) -> Iterator[str]:
    """Each measure in a sentence or two."""
    return (_told(name, measure) for name, measure in measures.items())


def _told(name: str, measure: Measure) -> str:
    event = _EVENTS[measure.event].format(component=measure.component or "(not said)")
    stray = f", of the component {measure.component}" if measure.component and measure.event != "earned" else ""
    counts = f"{_VALUES[measure.value]} {event}{stray}, {_whose(measure.credit)}{where(measure.when)}"
    lasts = f", {_lasting(measure.lasts)}" if measure.lasts else ""
    below = f" {_BELOW_ZERO[measure.below_zero]}" if measure.below_zero else ""
    return f"{name}: {counts}{lasts}.{below}"


def _whose(credit: CreditRule) -> str:
    role = credit.role if isinstance(credit.role, str) else listed(credit.role, "or")
    return _WHOSE[credit.of].format(role=role, level=_level(credit))


def _level(credit: CreditRule) -> str:
    if credit.level is None:
        return ""
    levels = "through all levels" if credit.level == "all" else f"up to {some(int(credit.level), 'level')} away"
    return f" ({levels})"


def _lasting(lasts: Lasting) -> str:
    return f"for {some(lasts.months, 'month')}, of which the first is {_AFTER[lasts.after]}"
