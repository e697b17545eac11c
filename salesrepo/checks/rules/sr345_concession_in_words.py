"""SR345: is something given away in words, outside of the lines?"""

from collections.abc import Iterator

from salesrepo.checks.brand.expressions import expression
from salesrepo.checks.prices import pricing, who_may_give, worst_discount
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.words import plain_words
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL


@rule("SR345", "concession-in-words")
def SR345(ctx: CheckContext) -> Iterator[Finding]:
    """What is given away stands in a deal's lines, not in its words; else somebody with a say in prices reads it.

    ## Why
    "Three months free" is a discount that no line shows, no floor stops and no commission knows of. Known as P06; the
    expressions stand in policy/pricing.yml, `concessions`.

    ## Fix
    Write it as a line, with its discount: `sr log deal acme/2 --discount 10%`. If the words mean something else,
    somebody who decides on prices says so by agreeing.
    """
    for change, deal in ctx.change.readable(DEAL):
        if deal.imported is not None or deal.stage == "lost":
            continue
        said = [(route, text) for route, text in change.words if text not in change.old_words]
        if not said:
            continue
        policy = pricing(ctx)
        if not policy.concessions:
            return
        whole = "|".join(f"(?:{part})" for part in policy.concessions)
        pattern = expression(rf"\b(?:{whole})\b", ignorecase=True)
        roles = who_may_give(worst_discount(ctx, deal), policy) or ctx.roles_policy.review.pay
        for route, text in said:
            found = pattern.search(plain_words(text))
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
