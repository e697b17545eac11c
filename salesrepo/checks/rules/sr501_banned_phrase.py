"""SR501: does any text use words that the brand does not?"""

from collections.abc import Iterator

from salesrepo.checks.phrases import Phrases, phrases_of
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.texts import texts

_SPOKEN = ("deal", "claim", "profile")


@rule("SR501", "banned-phrase")
def SR501(ctx: CheckContext) -> Iterator[Finding]:
    """What a seller writes to go with a deal or a claim keeps to the brand's words.

    ## Why
    "Guaranteed" is a contract term to a court. The brand's owners say which phrases never pass, which ones an approved
    promise allows, and which are only a matter of style.

    ## Fix
    Say it as the finding proposes, or cite the approved promise that covers it: `--promise ID`.
    """
    spoken = [change for change in ctx.change.changes if change.place and change.place.kind.name in _SPOKEN]
    if not spoken:
        return
    phrases = phrases_of(ctx)
    for change in spoken:
        cited = change.after.promises if isinstance(change.after, Deal) else ()
        for route, text in texts(change.after) if change.after is not None else ():
            yield from _said(phrases, text, cited, Location(change.path, route))


def _said(phrases: Phrases, text: str, cited: tuple[str, ...], at: Location) -> Iterator[Finding]:
    for phrase in phrases.found_in(text, cited):
        yield Finding(
            "SR501",
            Severity.ERROR if phrase.refuses else Severity.WARNING,
            f"{phrase.message} ({phrase.rule})",
            at,
            hint=phrase.hint,
        )
