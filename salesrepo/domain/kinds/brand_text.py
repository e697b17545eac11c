"""What do all texts in Markdown have in common, and for whom is a text written?"""

from typing import Annotated, Literal

from salesrepo.domain.fields import Pattern, Text
from salesrepo.domain.record import KIB

WORDS_CAP = 256 * KIB

TextName = Annotated[
    str, Pattern(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*", "a text's name such as calls/first-minute")
]
Words = Annotated[str, Text(WORDS_CAP, lines=True)]

Audience = Literal["deal", "claim", "profile", "outbound", "playbooks", "stories", "site"]
"""What a brand rule may apply to: words in a record, or a text in its own folder; `site` is what the public reads."""
