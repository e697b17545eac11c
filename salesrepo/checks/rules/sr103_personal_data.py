"""SR103: does free text hold a person's e-mail address or phone number?"""

from collections.abc import Iterator

from salesrepo.checks.personal import HINT, held
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR103", "personal-data", audit=True)
def SR103(ctx: CheckContext) -> Iterator[Finding]:
    """Free text must not hold e-mail addresses or phone numbers.

    ## Why
    History cannot be erased and every colleague has a copy of it. People's contact details stay out of the
    repository; their place is your own address book.

    ## Fix
    Write the person's role instead ("the CFO", "the buyer"), and keep the address or number in your contacts.
    """
    for change in ctx.change.changes:
        for route, text in change.words:
            what = held(text)
            if what:
                yield Finding(
                    "SR103",
                    Severity.ERROR,
                    f"This text holds {what}.",
                    Location(change.path, route),
                    hint=HINT,
                )
