"""How does a text read once its tricks of spelling are gone? What rules about words look at."""

import re
import unicodedata

_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
_BLANKS = re.compile(r"\s+")


def plain_words(text: str) -> str:
    """`text` with compatible letters and every dash in their plain form, nothing invisible, and one blank for many.

    Only for looking things up: full-width or styled letters, a soft hyphen or a line break must not hide a phrase.
    """
    if not text.isascii():
        seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
        text = unicodedata.normalize("NFKC", seen).translate(_DASHES)
    return _BLANKS.sub(" ", text)
