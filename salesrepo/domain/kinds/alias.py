"""Which account does this further identity belong to?"""

from dataclasses import dataclass

from salesrepo.domain.fields import AccountKey
from salesrepo.domain.kinds.account import Identity
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Alias:
    """A lock: one identity, one account. Two accounts that claim one identity meet at this path."""

    alias: Identity
    account: AccountKey


ALIAS = Kind("alias", Alias, PathPattern("accounts/aliases/<s:alias>/<alias>.yml"), Owner.SELLER)
