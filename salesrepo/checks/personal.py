"""Does a text hold how to reach a person? Asked when it is typed (`sr log`), of a change (SR103), of what is told."""

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
# A name of seven digits or more and no letter, and no day: long, or written as numbers are dialled.
_DIALLED = re.compile(
    r"(?:c-)?(?=(?:[.-]?[0-9]){7})(?!20[0-9]{2}[.-][01][0-9][.-][0-3][0-9]$)"
    r"(?:0(?:[.-]?[0-9]){6,14}|[0-9]{9,15}|[0-9]{1,5}(?:[.-][0-9]{2,8}){2,5})"
)
_OPAQUE = str.maketrans("-.", "  ")
HINT = 'Write the person\'s role instead, such as "the CFO"; the details stay in your own contacts.'


def held(text: str) -> str:
    """`an e-mail address` or `a phone number` where a text holds one, else empty."""
    plain = plain_words(text)
    if "@" in plain and _EMAIL.search(plain):
        return "an e-mail address"
    return "a phone number" if _PHONE.search(plain) else ""


def held_in_name(name: str) -> str:
    """The same of a short name of a-z, 0-9, hyphens and points, such as where a deal came from, or a contact's id."""
    if _DIALLED.fullmatch(name):
        return "a phone number"
    return held(name) or held(name.translate(_OPAQUE))


def impersonal(text: str) -> str:
    """A sentence as it may be shown and kept in a log: how to reach a person is named, never repeated."""
    if not held(text):
        return text
    for seen in (text, plain_words(text)):
        told = _PHONE.sub("(a phone number)", _EMAIL.sub("(an e-mail address)", seen))
        if not held(told):
            return told
    return "A value here holds how to reach a person."
