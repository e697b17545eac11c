"""How do we sell: what does a page of the playbooks say?"""

from dataclasses import dataclass

from salesrepo.domain.kinds.brand_text import WORDS_CAP, TextName, Words
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Playbook:
    """A Markdown page that teaches colleagues. Whoever sells may write one; the brand's owners look at it."""

    folder: TextName
    text: Words


PLAYBOOK = Kind("playbook", Playbook, PathPattern("playbooks/<folder>.md"), Owner.SELLER, cap=WORDS_CAP, words=True)
