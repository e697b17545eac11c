"""Which accounts may be the same company as this one? Answered by listing a folder of empty files."""

from dataclasses import dataclass
from typing import Annotated

from salesrepo.domain.fields import AccountKey, Pattern
from salesrepo.domain.record import POINTER_CAP, Kind, Owner, PathPattern

Block = Annotated[str, Pattern(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", "a heading such as n-us-acme")]


@dataclass(frozen=True, kw_only=True)
class Near:
    """This account stands under this heading (`domain/identity/blocks.py` says which those are)."""

    block: Block
    account: AccountKey


NEAR = Kind(
    "near",
    Near,
    PathPattern("accounts/near/<s:block>/<block>/<account>"),
    Owner.SELLER,
    cap=POINTER_CAP,
    pointer=True,
)


def near_folder(block: str) -> str:
    """The folder that lists the accounts of a heading."""
    return NEAR.path.fill(block=block, account="x").rpartition("/")[0]
