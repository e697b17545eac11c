"""Which account may nobody claim, under which of its identities, and why?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesrepo.domain.fields import AccountKey, Line
from salesrepo.domain.kinds.account import MOST_NAMES, Identity
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """A lock on an account, or on an alias of one, up to and on `until` (left out: for good).

    `also` are further identities of the company (domains, register numbers, name keys), known as an account or not.
    Each has a pointer (`domain/kinds/also_excluded.py`), so that a claim under it finds the lock.
    """

    account: AccountKey
    reason: Literal["house", "do_not_contact", "competitor", "tender"]
    also: tuple[Identity, ...] = ()
    why: Line | None = None
    until: date | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What no field says by itself: each further name costs the check of the lock a look-up."""
        if len(self.also) > MOST_NAMES:
            yield ("also",), f"also has more than {MOST_NAMES} entries."

    def holds(self, day: date) -> bool:
        """Whether it keeps a claim away on a day."""
        return self.until is None or day <= self.until


EXCLUSION = Kind("exclusion", Exclusion, PathPattern("exclusions/<s:account>/<account>.yml"), Owner.MAINTAINER)
