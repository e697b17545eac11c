"""SR505: do the texts that people read keep to the brand's words, and who has looked at them?"""

from collections.abc import Iterator

from salesrepo.checks.brand.book import book_of
from salesrepo.checks.brand.findings import TEXTS, said_in, told_of
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.playbook import PLAYBOOK
from salesrepo.domain.kinds.story import STORY

_FOR_ALL = (PLAYBOOK.name, STORY.name)


@rule("SR505", "text-brand")
def SR505(ctx: CheckContext) -> Iterator[Finding]:
    """A playbook, a story or a text for customers keeps to the brand's words; playbooks and stories need a second eye.

    ## Why
    A playbook is what a hundred colleagues will say, a story what the public reads. Whoever sells may improve them;
    one of the brand's owners agrees to it. What a node sends to customers is its own, and these rules are its review.

    ## Fix
    Go to the line that is named and say it as the finding proposes, or cite the promise that covers it: `[ID]`.
    """
    for change in ctx.change.changes:
        if change.kind not in TEXTS:
            continue
        for _, text in change.words:
            yield from told_of("SR505", book_of(ctx), said_in(ctx, change, text))
        if change.kind in _FOR_ALL and (roles := ctx.roles_policy.write.brand) and not ctx.may_write("brand"):
            message = f"A {change.kind} speaks for everybody, so one of the brand's owners looks at it."
            hint = "You need do nothing: it waits for somebody else to agree."
            at = Location(change.path)
            yield Finding("SR505", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=(ctx.me,))
