"""SR323: does this deal still close on a day to come?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR323", "close-date-past", audit=True)
def SR323(ctx: CheckContext) -> Iterator[Finding]:
    """An open deal does not close on a day that is past (H03).

    ## Why
    Every forecast by month or quarter counts on that day. A date that went by only reminds; a change that sets one in
    the past is refused.

    ## Fix
    `sr log deal DEAL --close DAY`, or close it: `sr win`, `sr lose`.
    """
    yield from remarks(ctx, "SR323", past)


def past(look: Look) -> Iterator[Remark]:
    """The day is over."""
    closes, before = look.deal.closes, look.before
    if closes is not None and closes < look.today:
        yield Remark(
            f"{look.handle} was to close on {closes}.",
            f"Say when it will: sr log deal {look.handle} --close DAY",
            "closes",
            wrong=before is None or before.closes != closes,
        )
