"""What may a seller promise, for which products, where, until when, and what is never promised?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from salesrepo.domain.fields import Country, Line, Slug
from salesrepo.domain.kinds.brand_style import Expression
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An approved statement: its words, and the phrases that citing it allows where the text also says `requires`.

    Without `products` it holds for all of them, without `regions` in every country; `until` is its last day.
    `evidence` says what it rests on, `owner` is the role that answers for it.
    """

    say: Line
    allow: tuple[Expression, ...] = ()
    products: tuple[Slug, ...] = ()
    regions: tuple[Country, ...] = ()
    evidence: Line | None = None
    requires: tuple[Line, ...] = ()
    status: Literal["approved", "withdrawn"] = "approved"
    until: date | None = None
    owner: RoleName | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it may be given on a day."""
        return self.status == "approved" and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class Never:
    """Words that no promise and no waiver makes right."""

    id: Slug
    match: Expression
    why: Line


@dataclass(frozen=True, kw_only=True)
class Promises:
    """The catalogue of approved promises, by id, and what is never promised."""

    promises: Mapping[Slug, Promise] = field(default_factory=dict)
    never: tuple[Never, ...] = ()


PROMISES = Kind("promises", Promises, PathPattern("brand/promises.yml"), Owner.BRAND, cap=TABLE_CAP)
