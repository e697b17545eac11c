"""What is wrong with what counts in a plan: does a measure say all that its event, credit and value ask for?"""

from collections.abc import Iterator

from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan import Component, Plan
from salesrepo.domain.kinds.plan_counts import Measure
from salesrepo.domain.kinds.plan_pay import Release, Reversal

_EARNED, _PERIOD_END, _MARGIN = "earned", "period_end", "margin"
_BY_STEPS = ("reports", "referred")


def measure_problems(plan: Plan) -> Iterator[Problem]:
    """Measures that leave a choice open, or choose what their event does not have; routes begin at the record's top."""
    for name, measure in plan.measures.items():
        for problem in (*_credit_problems(measure), *_value_problems(measure), *_earned_problems(measure, plan)):
            yield problem._replace(route=("measures", name, *problem.route))


def _credit_problems(measure: Measure) -> Iterator[Problem]:
    credit = measure.credit
    if credit.of in _BY_STEPS and credit.level is None:
        message = f"Up to how many steps is the credit of {credit.of} counted?"
        yield Problem(("credit", "level"), message, 'Write level: "1", another number, or all.')
    if credit.of not in _BY_STEPS and credit.level is not None:
        message = f"Credit of {credit.of} is not counted by steps."
        yield Problem(("credit", "level"), message, "Leave level out.")
    if measure.event == _PERIOD_END and credit.of != "own":
        message = "A pay period ends for each payee alone."
        yield Problem(("credit", "of"), message, "Write of: own.")
    if measure.lasts is not None and measure.lasts.after == "colleague_start" and credit.of == "own":
        message = "Credit of one's own has no colleague."
        yield Problem(("lasts", "after"), message, "Write after: start or signed.")


def _value_problems(measure: Measure) -> Iterator[Problem]:
    if measure.value == _MARGIN and measure.below_zero is None:
        message = "Does what is sold below cost count as nothing, or against the seller?"
        yield Problem(("below_zero",), message, "Write below_zero: zero or keep.")
    if measure.value != _MARGIN and measure.below_zero is not None:
        yield Problem(("below_zero",), "Only a margin is below zero.", "Leave below_zero out.")


def _earned_problems(measure: Measure, plan: Plan) -> Iterator[Problem]:
    of_lines = measure.event == _EARNED
    if of_lines != (measure.component is not None):
        message = "Whose lines are counted?" if of_lines else "Only what is earned is counted by component."
        yield Problem(("component",), message, "Write component: NAME." if of_lines else "Leave component out.")
    paid = next((part for part in plan.components if part.name == measure.component), None)
    counted = plan.measures.get(paid.measure) if paid else None
    if paid is None or not of_lines:
        return
    if paid.lines == "window" or (counted is not None and counted.event == _EARNED):
        message = f"{paid.name} is not paid for each event, or is paid on others' lines itself."
        yield Problem(("component",), message, "Name a component with lines: event that is paid on a deal's event.")


def dealless_problems(component: Component, plan: Plan) -> Iterator[Problem]:
    """What rests on a deal's life where a period's end is paid for, which has no deal; routes begin here."""
    if plan.measures[component.measure].event != _PERIOD_END or component.lines == "window":
        return
    if _waits(component.release):
        yield Problem(("release",), "No deal releases what is paid for a period.", "Write release: at_once.")
    if _takes(component.reversal):
        yield Problem(("reversal",), "No deal takes back what is paid for a period.", "Write reversal: none.")


def _waits(release: Release) -> bool:
    return release != "at_once" and any(part.at != "earned" for part in release)


def _takes(reversal: Reversal) -> bool:
    return reversal != "none" and (reversal.cancelled, reversal.refunded) != ("keep", "keep")
