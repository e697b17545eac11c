"""Which territory has an account by name, whatever the rules say?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.fields import AccountKey, LayerId
from salesrepo.domain.kinds.claim import DEFAULT_LAYER, TerritoryPath
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class NamedAccount:
    """The lock that gives one layer of an account to a territory, from `starts` up to and without `ends`."""

    account: AccountKey
    layer: LayerId = DEFAULT_LAYER
    territory: TerritoryPath
    starts: date
    ends: date | None = None

    def effective(self, day: date) -> bool:
        """Whether the lock holds on that day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


NAMED_ACCOUNT = Kind(
    "named-account", NamedAccount, PathPattern("territories/named/<s:account>/<account>.<layer>.yml"), Owner.MAINTAINER
)
