"""What does a cancelled or refunded deal take back?"""

from collections.abc import Iterator

from salesrepo.commission.describe.wording import begun, some
from salesrepo.domain.kinds.plan_pay import AgeStep, ByAge, Reversal, Taking
from salesrepo.domain.page import Block, Grid, Items, Paragraph

_EVENTS = {"cancelled": "A cancelled deal", "refunded": "A refunded deal"}
_TAKES = {
    "in_proportion": "the share that was refunded,",
    "unserved": "the share of the term that is not served,",
    "unreleased": "only what is not payable yet,",
}
_OF = {"calculated": "the amount before limits", "booked": "the amount on the line"}
_QUOTA = {
    "kept": "running totals stay as they are",
    "reduced": "the running totals of an open window go down by the same share",
}
_SINCE = {
    "months_since_start": "whole months since the service started",
    "months_since_signed": "whole months since the signature",
    "months_since_paid": "whole months since the first payment",
}
_NEVER_MORE = (
    "What is taken back comes first out of what is not payable yet; it is never more than was released of that line."
)


def reversal_told(reversal: Reversal) -> Iterator[Block]:
    """A sentence for each of the two events; where the age of the deal decides, a table below it."""
    if isinstance(reversal, str):
        yield Items(("A cancelled or refunded deal takes nothing back.",))
        return
    for name, event in _EVENTS.items():
        rule = getattr(reversal, name)
        if isinstance(rule, Taking):
            yield Items((begun(f"{event} takes back {_share(rule)} of {_OF[rule.of]}; {_QUOTA[rule.quota]}"),))
            if isinstance(rule.take, ByAge):
                yield _ages(rule.take)
        else:
            yield Items((f"{event} takes nothing back.",))
    if any(isinstance(rule, Taking) for rule in (reversal.cancelled, reversal.refunded)):
        yield Paragraph(_NEVER_MORE)


def _share(rule: Taking) -> str:
    if isinstance(rule.take, ByAge):
        return "a share by its age (below),"
    return _TAKES.get(rule.take, rule.take)


def _ages(take: ByAge) -> Grid:
    rows = tuple((_from(take.steps, place), step.share) for place, step in enumerate(take.steps))
    return Grid((_SINCE[take.by], "takes back"), rows)


def _from(steps: tuple[AgeStep, ...], place: int) -> str:
    begins = f"at least {some(steps[place].at_least, 'month')}"
    if place + 1 == len(steps):
        return f"{begins}, without an end"
    return f"{begins}, below {some(steps[place + 1].at_least, 'month')}"
