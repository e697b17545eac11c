"""What is an identity, and which text may become one?"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from salesrepo.errors import RefusedError

IdentityKind = Literal["domain", "lei", "duns", "vat", "register", "name"]

TYPED_CAP = 2048
_SHOWN_CAP = 60
# They turn the order of what is shown around, so that a reader sees another name than the one kept.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One name for one company: `key` is an account key (at most 100 of a-z 0-9 . -), `shown` what people call it.

    `provisional` keys come from a name: they hold until a domain or a number is learnt.
    """

    key: str
    kind: IdentityKind
    shown: str
    provisional: bool = False


def tidied(text: str) -> str:
    """`text` with each run of blanks as one and none outside; refused where it is empty, too long or not plain text."""
    tidy = " ".join(text.split())
    if not tidy:
        raise RefusedError("There is no company in an empty text.", hint="Give a domain, a number or a name.")
    if len(tidy) > TYPED_CAP:
        raise RefusedError(f"A company takes at most {TYPED_CAP} characters.", hint="Give its domain alone.")
    for char in tidy:
        if char in _TURNING or unicodedata.category(char) in {"Cc", "Cs"}:
            raise RefusedError(
                f"The text holds an invisible character (U+{ord(char):04X}).", hint="Type it again by hand."
            )
    return tidy


def quoted(text: str) -> str:
    """`text` as an error message shows it: in quotes, at most 60 characters."""
    return f'"{text}"' if len(text) <= _SHOWN_CAP else f'"{text[:_SHOWN_CAP]}…"'
