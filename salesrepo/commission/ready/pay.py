"""What is wrong with a plan's `pay`: its draws, and its terms of leaving?"""

from collections import Counter
from collections.abc import Iterator

from salesrepo.commission.condition import condition_problems
from salesrepo.commission.leaving import OTHERWISE
from salesrepo.commission.payday.draws import OWED
from salesrepo.commission.ready.amount import amount_problems
from salesrepo.commission.shape import Problem, below
from salesrepo.domain.kinds.plan import Plan
from salesrepo.domain.kinds.plan_pay import Draw, Leaving

_PAYEE = "payee."


def draw_problems(plan: Plan) -> Iterator[Problem]:
    """What is wrong with a plan's draws; routes begin at the list of them."""
    draws = plan.pay.draws
    names = Counter(draw.name for draw in draws)
    if draws and any(component.share_out for component in plan.components):
        yield Problem((), "A team is never paid, so it draws nothing.", "Write `draws: []`.")
    for place, draw in enumerate(draws):
        if names[draw.name] > 1:
            yield Problem((place, "name"), f"Two draws are called {draw.name}.", "Give each a name of its own.")
        if f"{OWED}{draw.name}" in _figures(plan):
            message = f"What is owed is kept as {OWED}{draw.name}, and a measure or limit has that name."
            yield Problem((place, "name"), message, "Give the draw another name.")
        yield from below((place, "amount"), amount_problems(draw.amount, plan.currency))
        yield from below((place, "when"), _when_problems(draw, plan.currency))
        yield from below((place,), _term_problems(draw))


def leaving_problems(leaving: Leaving) -> Iterator[Problem]:
    """What is wrong with the terms of leaving; routes begin there."""
    if OTHERWISE not in leaving.unreleased:
        message = "What is not released when somebody leaves for a reason that is not named here?"
        yield Problem(("unreleased",), message, "Write otherwise: pay or forfeit.")


def _figures(plan: Plan) -> frozenset[str]:
    limits = (f"{part.name}.{number}" for part in plan.components for number in range(1, len(part.limits) + 1))
    return frozenset((*plan.measures, *limits))


def _when_problems(draw: Draw, currency: str) -> Iterator[Problem]:
    unsound = tuple(condition_problems(draw.when, currency, ()))
    yield from unsound
    if unsound or draw.when is None:
        return
    several = draw.when if isinstance(draw.when, tuple) else (draw.when,)
    for number, fields in enumerate(several):
        for field in fields:
            if not field.startswith(_PAYEE):
                route = (number, field) if isinstance(draw.when, tuple) else (field,)
                message = f"A draw is for a payee and a pay period, which have no {field}."
                yield Problem(route, message, "Ask for payee.tenure_month, payee.grade or payee.team.")


def _term_problems(draw: Draw) -> Iterator[Problem]:
    if draw.kind == "advance" and draw.against == "earned":
        message = "An advance is compared with nothing, and is taken back out of what is released."
        yield Problem(("against",), message, "Write against: released.")
    if isinstance(draw.recover, str) or draw.recover.out_of != "same_period":
        return
    if draw.kind == "guarantee" and draw.recover.leave == "zero":
        message = "Taken back out of the same period down to zero, a guarantee would guarantee nothing."
        yield Problem(("recover", "leave"), message, "Write leave: draw, or out_of: next_period.")
    if draw.kind == "advance" and draw.recover.leave == "draw":
        message = "An advance that the same period settles is in the payee's hands since its start."
        yield Problem(("recover", "leave"), message, "Write leave: zero, or out_of: next_period.")
