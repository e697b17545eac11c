"""SR501: does any record use words that the brand does not?"""

from collections.abc import Iterator

from salesrepo.checks.brand.book import book_of
from salesrepo.checks.brand.findings import SPOKEN, finding_of, said_in
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location
from salesrepo.domain.kinds.deal import Deal


@rule("SR501", "banned-phrase")
def SR501(ctx: CheckContext) -> Iterator[Finding]:
    """What a seller writes to go with a deal, a claim or a profile keeps to the brand's words.

    ## Why
    "Guaranteed" is a contract term to a court. The brand's owners say which phrases never pass, which ones an approved
    promise allows, and which are only a matter of style. A promise covers a phrase only if it holds for the deal's
    products, in the account's country, on this day, and with the words that have to stand beside it. What one notes
    of a call is no customer's text and is not looked at here.

    ## Fix
    Say it as the finding proposes, or cite the approved promise that covers it: `--promise ID`, or `[ID]` in the text.
    """
    for change in ctx.change.changes:
        if change.kind in SPOKEN and change.after is not None:
            yield from _said(ctx, change)


def _said(ctx: CheckContext, change: RecordChange[object]) -> Iterator[Finding]:
    cited = change.after.promises if isinstance(change.after, Deal) else ()
    before = change.before.promises if isinstance(change.before, Deal) else ()
    # What was accepted once is not judged again with every later change, unless a promise that covered it is gone.
    known = change.old_words if set(before) <= set(cited) else frozenset()
    for route, text in change.words:
        if text not in known:
            for phrase in book_of(ctx).found_in(said_in(ctx, change, text)):
                yield finding_of("SR501", phrase, Location(change.path, route))
