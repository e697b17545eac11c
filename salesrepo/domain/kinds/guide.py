"""The texts that people read: how we sell, how we speak."""

from dataclasses import dataclass

from salesrepo.domain.fields import Slug
from salesrepo.domain.record import KIB, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A Markdown page of the brand room."""

    name: Slug


GUIDE = Kind("guide", Guide, PathPattern("brand/<name>.md"), Owner.BRAND, cap=256 * KIB, opaque=True)
