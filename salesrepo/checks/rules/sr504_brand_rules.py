"""SR504: do brand rules that change do what they are for?"""

from collections.abc import Iterator
from typing import Any

from salesrepo.checks.brand.proof import (
    faults_between_rules,
    faults_of_promises,
    faults_of_rules,
    faults_of_waivers,
)
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.brand_examples import BRAND_EXAMPLES
from salesrepo.domain.kinds.brand_index import BRAND_INDEX, BrandIndex
from salesrepo.domain.kinds.brand_style import BRAND_STYLE
from salesrepo.domain.kinds.promises import PROMISES


@rule("SR504", "brand-rules")
def SR504(ctx: CheckContext) -> Iterator[Finding]:
    """A brand rule that changes can be run, has an entry in brand/index.yml, and examples on both sides that behave.

    ## Why
    A rule that cannot be run would let every text wait, and one that silently finds nothing is worse than none. A text
    that it must refuse and one that it must let pass, in brand/tests/, are what makes it worth trusting. Traps that
    others fell into are looked for as well: a token that ends in `%` inside word bounds, a rule that its own exceptions
    switch off, the same words in two rules.

    ## Fix
    Mend what is named, then look at all of it at once: `salesrepo brand check-rules`.
    """
    names = _changed(ctx)
    for fault in faults_of_rules(ctx.result, names) if names else ():
        yield Finding("SR504", fault.severity, fault.message, fault.at, hint=fault.hint)
    if names:
        own = {change.path for change in ctx.change.of(BRAND_STYLE)}
        for fault in faults_between_rules(ctx.result):
            if fault.at.path in own:
                yield Finding("SR504", fault.severity, fault.message, fault.at, hint=fault.hint)
    if ctx.change.of(PROMISES):
        for fault in faults_of_promises(ctx.result):
            yield Finding("SR504", fault.severity, fault.message, fault.at, hint=fault.hint)
    if ctx.change.of(BRAND_INDEX):
        for fault in faults_of_waivers(ctx.result, ctx.today):
            yield Finding("SR504", fault.severity, fault.message, fault.at, hint=fault.hint)


def _changed(ctx: CheckContext) -> set[str]:
    """The rules whose words, examples or entries change."""
    files: list[RecordChange[Any]] = [*ctx.change.of(BRAND_STYLE), *ctx.change.of(BRAND_EXAMPLES)]
    names = {f"{change.ids['style']}.{change.ids['rule']}" for change in files if not change.problems}
    for change in ctx.change.of(BRAND_INDEX):
        before = change.before or BrandIndex()
        if change.after:
            names |= {name for name, entry in change.after.rules.items() if before.rules.get(name) != entry}
    return names
