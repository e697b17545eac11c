"""SR345: is something given away in words, outside of the lines?"""

from collections.abc import Iterator

from salesrepo.checks.brand.expressions import expression
from salesrepo.checks.prices import pricing, stood, who_may_give, worst_discount
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.words import plain_words
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.texts import Route


@rule("SR345", "concession-in-words")
def SR345(ctx: CheckContext) -> Iterator[Finding]:
    """What is given away stands in a deal's lines, not in its words; else somebody with a say in prices reads it.

    ## Why
    "Three months free" is a discount that no line shows, no floor stops and no commission knows of. Known as P06; the
    expressions stand in policy/pricing.yml, `concessions`. A hyphen counts as a blank. What is said of a lost deal is
    looked at when it comes back.

    ## Fix
    Write it as a line, with its discount: `sr log deal acme/2 --discount 10%`. If the words mean something else,
    somebody who decides on prices says so by agreeing.
    """
    for change, deal in ctx.change.readable(DEAL):
        said = _newly_said(change, deal)
        if not said:
            continue
        policy = pricing(ctx)
        if not policy.concessions:
            return
        whole = "|".join(f"(?:{part})" for part in policy.concessions)
        pattern = expression(rf"\b(?:{whole})\b", ignorecase=True)
        roles = who_may_give(worst_discount(ctx, deal), policy) or ctx.roles_policy.review.pay
        for route, text in said:
            plain = plain_words(text)
            found = pattern.search(plain) or pattern.search(" ".join(plain.replace("-", " ").split()))
            if found:
                yield Finding(
                    "SR345",
                    Severity.REVIEW,
                    f"{found.group(0)!r} gives something away that no line of the deal shows.",
                    Location(change.path, route),
                    hint="Write it as a line with its discount; else it waits for somebody who decides on prices.",
                    roles=roles,
                    not_by=tuple(sorted({ctx.me, deal.node})),
                )


def _newly_said(change: RecordChange[Deal], deal: Deal) -> list[tuple[Route, str]]:
    """What the words and names of a deal say that they did not say before, with the route to each."""
    before = stood(change, deal)
    if (deal.imported is not None and change.change.before is None) or (deal.stage == "lost" and before is not None):
        return []
    known = {*change.old_words, *(name for _, name in _names(before))} if before is not None else set()
    return [(route, text) for route, text in (*change.words, *_names(deal)) if text not in known]


def _names(deal: Deal) -> Iterator[tuple[Route, str]]:
    """The names that a seller makes up: they are no free text, and can say as much."""
    for field in ("source", "reason_code", "lost_to"):
        if name := getattr(deal, field):
            yield (field,), name
    yield from ((("competitors", index), name) for index, name in enumerate(deal.competitors))
