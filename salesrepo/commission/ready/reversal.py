"""What is wrong with what a plan takes back when a deal is cancelled or refunded?"""

from collections.abc import Iterator

from salesrepo.commission.billed.taking import UNDONE
from salesrepo.commission.figures import multiple
from salesrepo.commission.shape import Problem, below
from salesrepo.domain.kinds.plan_pay import AgeStep, Reversal


def reversal_problems(reversal: Reversal) -> Iterator[Problem]:
    """What is wrong with the rules of cancelling and refunding; routes begin at `reversal`."""
    if reversal == "none":
        return
    for undone in UNDONE:
        taking = reversal.cancelled if undone == "cancelled" else reversal.refunded
        if taking == "keep":
            continue
        route = (undone, "take")
        if not isinstance(taking.take, str):
            yield from below((*route, "steps"), _step_problems(taking.take.steps))
        elif taking.take.endswith("%") and multiple(taking.take) > 1:
            yield _too_much(route)


def _step_problems(steps: tuple[AgeStep, ...]) -> Iterator[Problem]:
    if not steps or steps[0].at_least:
        yield Problem((0,) if steps else (), "The steps of an age do not begin at 0.", "Begin with at_least: 0.")
    for place, step in enumerate(steps):
        if place and step.at_least <= steps[place - 1].at_least:
            yield Problem((place, "at_least"), "The months of the steps do not rise.", "Order the steps.")
        if multiple(step.share) > 1:
            yield _too_much((place, "share"))


def _too_much(route: tuple[str | int, ...]) -> Problem:
    return Problem(route, "No more can be taken back than the whole.", "Write at most 100%.")
