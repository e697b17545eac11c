"""Where did a record come from that nobody here wrote?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesrepo.domain.fields import Line, Slug


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The origin of an imported record. `waived` names the rules' subjects that its history does not meet."""

    system: Slug
    id: Line
    day: date
    waived: tuple[Literal["price"], ...] = ()
