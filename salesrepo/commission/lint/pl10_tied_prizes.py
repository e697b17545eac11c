"""PL10: what do the prizes cost when people tie?"""

from collections.abc import Iterator

from salesrepo.commission.lint.reading import RateTable, rate_tables
from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem
from salesrepo.domain.money import group_amount, parse_amount
from salesrepo.errors import RefusedError

_MOST_PLACES = 50


@plan_warning("PL10", "tied-prizes")
def PL10(look: Look) -> Iterator[Problem]:
    """Prizes for places cost what was planned for them, also when people tie.

    ## Why
    With `ties: better` everybody who shares a place gets its whole prize: three first ones are paid three first prizes.
    The warning says by how much that is more than the prizes themselves.

    ## Fix
    Write `ties: split` (equals share what the places that they fill are paid), or set the money aside.
    """
    plan = look.plan
    for component in plan.components:
        for found in rate_tables(component):
            room, _, name = found.table.by.partition(".")
            ranking = plan.rankings.get(name) if room == "rank" else None
            if ranking is None or ranking.ties != "better" or ranking.groups != "places":
                continue
            prizes = _prizes(found, plan.currency)
            over = [number * prizes[0] - sum(prizes[:number]) for number in range(2, len(prizes) + 1)]
            if not any(over):
                continue
            said = f"two first ones cost {group_amount(over[0], plan.currency)} {plan.currency} more"
            if len(over) > 1:
                said += f", {len(prizes)} of them {group_amount(over[-1], plan.currency)} more"
            yield Problem(
                ("rankings", name, "ties"),
                f"Equals in {name} all have the better place, so the prizes of {component.name} can cost more than "
                f"their {group_amount(sum(prizes), plan.currency)} {plan.currency}: {said}.",
                "Write ties: split, or set the money aside.",
            )


def _prizes(found: RateTable, currency: str) -> list[int]:
    """The sum of each place, the first one first, up to the last that is paid; none where rows pay otherwise."""
    try:
        rows = [
            (_first_place(step.at_least, step.above), parse_amount(step.flat or "", currency))
            for step in found.table.steps
        ]
    except (RefusedError, ValueError):
        return [0]
    last = max((start for start, _ in rows), default=1)
    if rows and rows[-1][1] == 0:
        last -= 1
    places = range(1, min(last, _MOST_PLACES) + 1)
    return [next((sum_ for start, sum_ in reversed(rows) if start <= place), 0) for place in places] or [0]


def _first_place(at_least: str | None, above: str | None) -> int:
    return int(at_least) if at_least is not None else int(above or "") + 1
