"""Does a text hold how to reach a person? Asked when it is typed (`sr log`) and again of every change (SR103)."""

import re

from salesrepo.checks.words import plain_words

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
HINT = 'Write the person\'s role instead, such as "the CFO"; the details stay in your own contacts.'


_SHORT_NAME = re.compile(r"(?:^|-)(?:00[1-9][0-9]{6,13}|(?:00?)?[1-9][0-9]{0,4}(?:[.-][0-9]{2,5}){2,4}|0?[1-9][0-9]{8,13})$")


def held(text: str) -> str:
    """`an e-mail address` or `a phone number` where a text holds one, else empty."""
    plain = plain_words(text)
    if "@" in plain and _EMAIL.search(plain):
        return "an e-mail address"
    return "a phone number" if _PHONE.search(plain) else ""
