"""Which pointers are written with an account or an exclusion, so that a company is found under its other names?"""

from salesrepo.domain.identity.blocks import blocks_of
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.also_excluded import ALSO_EXCLUDED
from salesrepo.domain.kinds.exclusion import Exclusion
from salesrepo.domain.kinds.near import NEAR


def headings(before: Account | None, after: Account) -> dict[str, bytes | None]:
    """The pointers that an account gains (empty files) and loses (None) where it becomes `after`; no others change."""
    was = set(blocks_of(before)) if before else set()
    now = set(blocks_of(after))
    return {
        NEAR.path.fill(block=block, account=after.account): b"" if block in now else None for block in sorted(was ^ now)
    }


def excluded_as(before: Exclusion | None, after: Exclusion | None) -> dict[str, bytes | None]:
    """The pointers that go with an exclusion, as `headings`; without `after` it is taken away."""
    named = {(one.account, identity) for one in (before, after) if one for identity in one.also}
    now = {(after.account, identity) for identity in after.also} if after else set()
    return {
        ALSO_EXCLUDED.path.fill(identity=identity, account=account): b"" if (account, identity) in now else None
        for account, identity in sorted(named)
    }
