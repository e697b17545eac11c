"""SR501: does any text use words that the brand does not?"""

from collections.abc import Iterator
from typing import Any

from salesrepo.checks.phrases import Phrases, compile_phrases, compile_style, phrases_of
from salesrepo.checks.rule import CannotJudge, CheckContext, rule, sentence
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.brand_index import BRAND_INDEX
from salesrepo.domain.kinds.brand_style import BRAND_STYLE
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.promises import PROMISES
from salesrepo.domain.texts import texts

_SPOKEN = ("deal", "claim", "profile")


@rule("SR501", "banned-phrase")
def SR501(ctx: CheckContext) -> Iterator[Finding]:
    """What a seller writes to go with a deal or a claim keeps to the brand's words.

    ## Why
    "Guaranteed" is a contract term to a court. The brand's owners say which phrases never pass, which ones an approved
    promise allows, and which are only a matter of style. A brand rule that cannot be run would let everything wait, so
    it is refused where it is written.

    ## Fix
    Say it as the finding proposes, or cite the approved promise that covers it: `--promise ID`.
    """
    yield from _own_rules(ctx)
    spoken = [change for change in ctx.change.changes if change.kind in _SPOKEN and change.after is not None]
    if not spoken:
        return
    phrases = phrases_of(ctx)
    for change in spoken:
        yield from _said(phrases, change)


def _said(phrases: Phrases, change: RecordChange[object]) -> Iterator[Finding]:
    cited = change.after.promises if isinstance(change.after, Deal) else ()
    before = change.before.promises if isinstance(change.before, Deal) else ()
    # What was accepted once is not judged again with every later change, unless a promise that covered it is gone.
    known = {text for _, text in texts(change.before)} if set(before) <= set(cited) else set()
    for route, text in texts(change.after):
        for phrase in phrases.found_in(text, cited) if text not in known else ():
            yield Finding(
                "SR501",
                Severity.ERROR if phrase.refuses else Severity.WARNING,
                phrase.message,
                Location(change.path, route),
                hint=f"{phrase.hint} The brand's rule is {phrase.rule}.",
            )


def _own_rules(ctx: CheckContext) -> Iterator[Finding]:
    """Brand files that change must leave rules that can be run."""
    changed: list[RecordChange[Any]] = [
        *ctx.change.of(BRAND_INDEX),
        *ctx.change.of(BRAND_STYLE),
        *ctx.change.of(PROMISES),
    ]
    hint = "Correct it; expressions are those of RE2, without look-around and back-references."
    for change, style in ctx.change.readable(BRAND_STYLE):
        try:
            compile_style(f"{change.ids['style']}.{change.ids['rule']}", style)
        except CannotJudge as lack:
            yield Finding("SR501", Severity.ERROR, sentence(str(lack)), Location(change.path), hint=hint)
            return
    if changed:
        try:
            compile_phrases(ctx.result, ctx.today)
        except CannotJudge as lack:
            yield Finding("SR501", Severity.ERROR, sentence(str(lack)), Location(changed[0].path), hint=hint)
