"""SR324: how often was the day pushed on which this deal is to close?"""

from collections.abc import Iterator
from itertools import pairwise

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR324", "close-date-pushed", audit=True)
def SR324(ctx: CheckContext) -> Iterator[Finding]:
    """The day on which a deal is to close is not pushed again and again, and former days stay on record (H04).

    ## Why
    A deal that slips each month has a reason that nobody has named. `pushed` keeps the former days: a change of the
    day that leaves the old one out is refused. The limits are `most_pushes` and `most_pushed_days`.

    ## Fix
    Ask the customer what holds it up and log it. Change the day with `sr log deal DEAL --close DAY`, which keeps the
    former ones.
    """
    yield from remarks(ctx, "SR324", pushed)


def pushed(look: Look) -> Iterator[Remark]:
    """Too often, too far, or without a trace."""
    deal, before = look.deal, look.before
    if before is not None and _forgets(look):
        hint = f"Change the day with: sr log deal {look.handle} --close DAY"
        yield Remark(f"The former closing days of {look.handle} are not all kept.", hint, "pushed", wrong=True)
    if deal.closes is None or not deal.pushed:
        return
    days = (*deal.pushed, deal.closes)
    times = sum(later > earlier for earlier, later in pairwise(days))
    far = (deal.closes - deal.pushed[0]).days
    if times > look.limits.most_pushes or far > look.limits.most_pushed_days:
        yield Remark(
            f"{look.handle} was pushed {times} times, by {far} days together.",
            "Ask what holds it up, and log the answer: sr log call LEAD TEXT",
            "closes",
        )


def _forgets(look: Look) -> bool:
    """Whether the former days are not those of before, with the day that was given up."""
    deal, before = look.deal, look.before
    if before is None:
        return False
    given_up = () if before.closes is None or before.closes == deal.closes else (before.closes,)
    return deal.pushed[: len(before.pushed) + len(given_up)] != (*before.pushed, *given_up)
