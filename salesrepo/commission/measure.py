"""What counts, and how much of it: does a measure take a credit, and what does that bring?"""

from collections.abc import Mapping

from salesrepo.commission.amounts import tenure_month
from salesrepo.commission.condition import fit
from salesrepo.commission.fx import convert
from salesrepo.commission.values import Credit, Exchange, Fact, Payee
from salesrepo.commission.version import ReadyMeasure
from salesrepo.domain.money import cut

COUNT = "count"
MARGIN = "margin"
STATED = ("amount", COUNT)  # what every event has


def takes(measure: ReadyMeasure, credit: Credit, facts: Mapping[str, Fact] | None = None) -> bool:
    """Whether a measure counts a credit: its event, whose it is, its role, its condition, and a value that there is."""
    event = credit.event
    if not concerns(measure, credit):
        return False
    known = measure.value in STATED or measure.value in event.values
    return known and _in_time(measure, credit) and fit(measure.when, facts or facts_of(credit)).fits


def concerns(measure: ReadyMeasure, credit: Credit) -> bool:
    """Whether a measure asks for such an event, of such a credit, in such a role."""
    event = credit.event
    near = measure.level is None or credit.level <= measure.level
    asked = (measure.event, measure.component, measure.of) == (event.kind, event.component, credit.via)
    return asked and near and credit.role in measure.roles


def _in_time(measure: ReadyMeasure, credit: Credit) -> bool:
    """Whether the event lies in the months in which a measure counts: month 1 is that of the first day."""
    if measure.lasts is None:
        return True
    event = credit.event
    first = {"start": event.starts or event.signed, "signed": event.signed, "colleague_start": credit.node_starts}[
        measure.lasts.after
    ]
    if first is None:
        return False
    return 0 <= (event.day.year - first.year) * 12 + event.day.month - first.month < measure.lasts.months


def base_of(credit: Credit, measure: ReadyMeasure, exchange: Exchange | None = None) -> int:
    """The share of what counts, in the plan's currency: the first and the second rounding point.

    Things are counted whole, in whatever share.
    """
    whole = whole_of(credit, measure)
    if whole is None:
        return 1
    part = cut(whole, credit.starts, credit.ends)
    return (
        convert(part, exchange.out_of, exchange.into, exchange.rate) if exchange is not None and measure.unit else part
    )


def whole_of(credit: Credit, measure: ReadyMeasure) -> int | None:
    """How much a credit's event has of what a measure counts; None where the event itself is counted."""
    if measure.value == COUNT:
        return None
    whole = credit.event.amount if measure.value == "amount" else credit.event.values[measure.value]
    return max(whole, 0) if measure.value == MARGIN and not measure.keeps_below_zero else whole


def facts_of(credit: Credit, payee: Payee | None = None, exchange: Exchange | None = None) -> dict[str, Fact]:
    """What conditions and tables may ask of an event and its payee; amounts are in the plan's currency."""
    event = credit.event
    facts: dict[str, Fact] = dict(event.facts)
    amount = (
        convert(event.amount, exchange.out_of, exchange.into, exchange.rate) if exchange is not None else event.amount
    )
    facts |= {"amount": amount, "currency": event.currency, "signed": event.signed, "credit.role": credit.role}
    facts["date"] = event.day
    if "units" in event.values:
        facts["units"] = event.values["units"]
    if payee is not None:
        facts |= {f"payee.{name}": value for name, value in payee.facts_on(event.day).items()}
        month = tenure_month(payee, event.day)
        if month is not None:
            facts["payee.tenure_month"] = month
    return facts
