"""What may a seller promise, for which products, until when?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from salesrepo.domain.fields import Line, Slug
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An approved statement: its words, the phrases that citing it allows, its products (none: all), its last day."""

    say: Line
    allow: tuple[Line, ...] = ()
    products: tuple[Slug, ...] = ()
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Promises:
    """The catalogue of approved promises, by id."""

    promises: Mapping[Slug, Promise] = field(default_factory=dict)


PROMISES = Kind("promises", Promises, PathPattern("brand/promises.yml"), Owner.BRAND, cap=TABLE_CAP)
