"""What does a customer's story say?"""

from dataclasses import dataclass

from salesrepo.domain.kinds.brand_text import WORDS_CAP, TextName, Words
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Story:
    """A Markdown page that is told in public. Whoever sells may write one; the brand's owners look at it."""

    folder: TextName
    text: Words


STORY = Kind("story", Story, PathPattern("stories/<folder>.md"), Owner.SELLER, cap=WORDS_CAP, words=True)
