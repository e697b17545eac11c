"""Up to which commit of everybody's records have finance's followed, where pay is private?"""

from dataclasses import dataclass

from salesrepo.domain.fields import ObjectId
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class MainPin:
    """`commit` is the id of the commit of everybody's main whose records these are."""

    commit: ObjectId


MAIN_PIN = Kind("main-pin", MainPin, PathPattern("main.yml"), Owner.BOT)
