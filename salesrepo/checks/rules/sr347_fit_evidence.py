"""SR347: is known of a deal what its product asks for?"""

from collections.abc import Iterator

from salesrepo.checks.handles import called
from salesrepo.checks.prices import pricing
from salesrepo.checks.rule import CheckContext, rule, sentence
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal

_LATE = ("proposal", "negotiation", "won")


@rule("SR347", "fit-evidence")
def SR347(ctx: CheckContext) -> Iterator[Finding]:
    """From the proposal on, what policy requires for a product is known of the deal, with evidence.

    ## Why
    Some products fail where nobody asked: an installation without a technical review, a migration without a date. What
    must be known stands in policy/pricing.yml, `fit`. A qualification counts with its evidence only. Known as M02.

    ## Fix
    Ask the customer, log it, and write it down: `sr qualify acme/2 timeline TEXT --score 2 --evidence last`.
    """
    for change, deal in ctx.change.readable(DEAL):
        before = change.before
        settled = before is not None and before.stage == deal.stage and before.lines == deal.lines
        if deal.stage not in _LATE or settled or deal.imported is not None:
            continue
        for index, line in enumerate(deal.lines):
            at = Location(change.path, ("lines", index, "product"))
            for fit in (fit for fit in pricing(ctx).fit if fit.product == line.product):
                for name in (name for name in fit.require if not _is_known(deal, name)):
                    handle = called(ctx, deal)
                    yield Finding(
                        "SR347",
                        Severity.ERROR,
                        f"{line.product} is not offered before {name} is known: {sentence(fit.why)}",
                        at,
                        hint=f"Write it down with what showed it: sr qualify {handle} {name} TEXT --evidence last",
                    )


def _is_known(deal: Deal, name: str) -> bool:
    known_as = name.replace("-", "_")
    if getattr(deal, known_as, None):
        return True
    answer = deal.qualification.fields.get(known_as) if deal.qualification else None
    return answer is not None and answer.score > 0 and answer.evidence is not None
