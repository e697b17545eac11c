"""When does what is earned become payable?"""

from collections.abc import Iterator

from salesrepo.commission.describe.wording import begun, some
from salesrepo.domain.kinds.plan_pay import Moment, Part, Release

_FLOWS = {
    "cash": "in proportion to the money that has come in for the deal",
    "invoiced": "in proportion to what has been invoiced of the deal",
}
_LEFTOVER = {"first": "odd cents in the first", "last": "odd cents in the last"}


def release_told(release: Release) -> Iterator[str]:
    """Each part of what is earned, and when it is payable."""
    if isinstance(release, str):
        yield "All of it is payable as soon as it is earned."
        return
    for part in release:
        yield begun(f"{part.share} is payable {', '.join(_when(part)) or 'at no time'}")


def _when(part: Part) -> Iterator[str]:
    if isinstance(part.at, Moment):
        yield from _moment(part.at)
    elif part.at is not None:
        yield "as soon as it is earned"
    if part.in_proportion_to is not None:
        yield _FLOWS[part.in_proportion_to]
    if part.instalments is not None:
        number = (
            "one equal instalment for each month of the term"
            if part.instalments == "term"
            else some(int(part.instalments), "equal instalment")
        )
        yield f"in {number}"
    if part.every is not None:
        yield f"one each {part.every}"
    if part.leftover is not None:
        yield _LEFTOVER[part.leftover]


def _moment(moment: Moment) -> Iterator[str]:
    if moment.paid_month is not None:
        yield f"when month {moment.paid_month} of the service is paid"
    if moment.invoice is not None:
        yield f"when the invoice {moment.invoice} is paid"
    if moment.months_after is not None:
        yield f"{some(moment.months_after, 'month')} after the deal starts, if it still stands then"
