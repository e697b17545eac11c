"""Which exclusions name this identity as well? Answered by listing a folder of empty files."""

from dataclasses import dataclass

from salesrepo.domain.fields import AccountKey
from salesrepo.domain.kinds.account import Identity
from salesrepo.domain.record import POINTER_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class AlsoExcluded:
    """The exclusion of this account lists this identity under `also`."""

    identity: Identity
    account: AccountKey


ALSO_EXCLUDED = Kind(
    "also-excluded",
    AlsoExcluded,
    PathPattern("exclusions/also/<s:identity>/<identity>/<account>"),
    Owner.MAINTAINER,
    cap=POINTER_CAP,
    pointer=True,
)


def also_folder(identity: str) -> str:
    """The folder that lists the exclusions which name an identity."""
    return ALSO_EXCLUDED.path.fill(identity=identity, account="x").rpartition("/")[0]
