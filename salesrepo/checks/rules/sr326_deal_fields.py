"""SR326: what does this deal still not say that its stage asks for?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.pipeline import missing, newly_missing, required_at, told_as


@rule("SR326", "deal-fields-missing", audit=True)
def SR326(ctx: CheckContext) -> Iterator[Finding]:
    """An open deal says what its stage asks for, also one from before it was asked (H06).

    ## Why
    Deals come in from other systems, and policy changes. What is missing is no reason to refuse an unrelated
    correction, so it only reminds; SR312 refuses what a change itself leaves out.

    ## Fix
    Run the command that the finding names.
    """
    yield from remarks(ctx, "SR326", unsaid)


def unsaid(look: Look) -> Iterator[Remark]:
    """What was missing before and is missing still, in one sentence."""
    names, usual = required_at(look.policy.stages(look.deal.kind), look.deal.stage), look.policy.frameworks[0]
    told = newly_missing(look.policy, look.before, look.deal)
    lacks = [name for name in missing(look.deal, names, usual) if name not in told]
    if lacks:
        what, how = told_as(look.deal, lacks[0], look.handle, usual)
        more = f", and {len(lacks) - 1} more" if len(lacks) > 1 else ""
        yield Remark(f"{look.handle} at {look.deal.stage} does not say {what}{more}.", f"Run: {how}")
