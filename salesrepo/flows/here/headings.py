"""Which pointers are written with an account, so that one that may be the same company is found?"""

from salesrepo.domain.identity.blocks import blocks_of
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.near import NEAR


def headings(before: Account | None, after: Account) -> dict[str, bytes | None]:
    """The pointers that an account gains (empty files) and loses (None) where it becomes `after`; no others change."""
    was = set(blocks_of(before)) if before else set()
    now = set(blocks_of(after))
    return {
        NEAR.path.fill(block=block, account=after.account): b"" if block in now else None for block in sorted(was ^ now)
    }
