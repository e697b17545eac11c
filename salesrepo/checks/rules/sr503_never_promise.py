"""SR503: does anybody promise what the company never does?"""

from collections.abc import Iterator

from salesrepo.checks.brand.book import book_of
from salesrepo.checks.brand.findings import SPOKEN, TEXTS, place_in, said_in
from salesrepo.checks.brand.promised import Said
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.activity import ACTIVITY


@rule("SR503", "never-promise")
def SR503(ctx: CheckContext) -> Iterator[Finding]:
    """Nobody promises what stands under `never` in brand/promises.yml: a result, a date of the roadmap, a side deal.

    ## Why
    Some statements bind the company whatever the contract says, so no approval and no waiver makes them right. In a
    note of a call they are only remarked on: what was said must still be written down, so that somebody can put it
    right with the customer.

    ## Fix
    Take the statement out. Was it said to a customer already, tell your manager and correct it with the customer.
    """
    for change in ctx.change.changes:
        if change.after is not None and (change.kind in SPOKEN or change.kind in TEXTS):
            yield from _refused(ctx, change)
        elif change.after is not None and change.kind == ACTIVITY.name:
            yield from _remarked(ctx, change)


def _refused(ctx: CheckContext, change: RecordChange[object]) -> Iterator[Finding]:
    known = frozenset() if change.kind in TEXTS else change.old_words
    for route, text in change.words:
        for found in book_of(ctx).never_in(said_in(ctx, change, text)) if text not in known else ():
            place = place_in(text, found.start) if change.kind in TEXTS else (0, 0)
            at = Location(change.path, () if change.kind in TEXTS else route, *place)
            message = f"{found.said!r} is never promised: {found.never.why.rstrip('.')}."
            yield Finding("SR503", Severity.ERROR, message, at, hint="Take it out; no promise and no waiver covers it.")


def _remarked(ctx: CheckContext, change: RecordChange[object]) -> Iterator[Finding]:
    for route, text in change.words:
        said = Said(text=text, audience="deal", path=change.path, day=ctx.today)
        for found in book_of(ctx).never_in(said):
            message = f"{found.said!r} is never promised: {found.never.why.rstrip('.')}."
            hint = "If the customer was told so, tell your manager and put it right."
            yield Finding("SR503", Severity.WARNING, message, Location(change.path, route), hint=hint)
