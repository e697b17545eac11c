"""Which account may nobody claim, and why?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesrepo.domain.fields import AccountKey, Line
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """A lock on an account, or on an alias of one, up to and on `until` (left out: for good)."""

    account: AccountKey
    reason: Literal["house", "do_not_contact", "competitor", "tender"]
    why: Line | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it keeps a claim away on a day."""
        return self.until is None or day <= self.until


EXCLUSION = Kind("exclusion", Exclusion, PathPattern("exclusions/<s:account>/<account>.yml"), Owner.MAINTAINER)
