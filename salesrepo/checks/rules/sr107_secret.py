"""SR107: does a file hold a key or a token?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.secrets import HINT, secrets_in
from salesrepo.checks.words import plain_words
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR107", "secret", audit=True)
def SR107(ctx: CheckContext) -> Iterator[Finding]:
    """No file holds a private key, or a token by which a program signs in somewhere.

    ## Why
    History cannot be erased and every colleague has a copy of it. Whoever finds the key of a service in it can use it.
    Only what a service marks as its own by a fixed beginning is known, and what a page shows as an example
    (`ghp_xxxxxxxxxxxx`) is none. The finding never repeats what it found.

    ## Fix
    Take it out, revoke it where it was made, and make a new one. It lies in your own history from the moment on which
    you kept it, so taking it out is not enough.
    """
    for change in ctx.change.changes:
        for what, at in dict.fromkeys(_found(change)):
            yield Finding("SR107", Severity.ERROR, f"This holds {what}.", at, hint=HINT)


def _found(change: RecordChange[object]) -> Iterator[tuple[str, Location]]:
    """Where a field holds one, that field; else the place in the file, such as a comment or a page."""
    said = [(what, route) for route, text in change.words for what, _ in secrets_in(plain_words(text))]
    for what, route in said:
        yield what, Location(change.path, route)
    known = {what for what, _ in said}
    for one in change.secrets:
        if one.sentence not in known:
            yield one.sentence, Location(change.path, line=one.line, column=one.column)
