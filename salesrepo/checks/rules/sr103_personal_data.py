"""SR103: does free text hold a person's e-mail address or phone number?"""

import re
from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.words import plain_words
from salesrepo.domain.finding import Finding, Location, Severity

_EMAIL = re.compile(r"[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d][\w-]{1,62}")
_PHONE = re.compile(
    r"(?<![\w+])(?:"
    r"\+[1-9](?:[ ().\-/]{0,3}[0-9]){7,14}"  # +49 89 123456
    r"|00[1-9][0-9]{0,2}[ (/](?:[ ().\-/]{0,3}[0-9]){6,13}"  # 0049 89 123456, but not the order 0012345678
    r"|\(0?[1-9][0-9]{1,4}\)[ \-]?[0-9]{3,4}[ \-]?[0-9]{3,5}"  # (555) 123-4567
    r"|[2-9][0-9]{2}[.\-][0-9]{3}[.\-][0-9]{4}"  # 555-123-4567
    r"|0[1-9][0-9]{1,4} ?[ \-/] ?[0-9]{3,4}[ \-]?[0-9]{2,5}"  # 089 / 1234 567
    r")(?!\w)",
    re.ASCII,
)


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
            what = _held(text)
            if what:
                yield Finding(
                    "SR103",
                    Severity.ERROR,
                    f"This text holds {what}.",
                    Location(change.path, route),
                    hint='Write the person\'s role instead, such as "the CFO"; the details stay in your own contacts.',
                )


def _held(text: str) -> str:
    plain = plain_words(text)
    if "@" in plain and _EMAIL.search(plain):
        return "an e-mail address"
    return "a phone number" if _PHONE.search(plain) else ""
