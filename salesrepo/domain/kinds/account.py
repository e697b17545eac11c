"""Which company do we sell to, and who confirmed what we know of it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import (
    AccountKey,
    Count,
    Country,
    Industry,
    Line,
    NodeId,
    Pattern,
    Postal,
    Region,
    Whole,
)
from salesrepo.domain.lists import overlong
from salesrepo.domain.record import Kind, Owner, PathPattern

Identity = Annotated[str, Pattern(r"[a-z0-9][a-z0-9.-]{0,99}", "an identity such as d-acme.de or n-de-acme")]

MOST_NAMES = 100
DECIDING = ("country", "region", "postal", "industry", "employees", "revenue")


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """Who vouched for the facts that decide a territory: never the one who wrote them down first."""

    by: NodeId
    day: date
    how: Literal["import", "review", "registry"]


@dataclass(frozen=True, kw_only=True)
class Account:
    """A company. Its key never changes; further identities are `aliases`, each a lock file of its own.

    `employees` is a headcount, `revenue` a year's in whole units of the company's currency, `industry` a NAICS code.
    `stated_by` wrote the facts last, `added_by` where it is left out. Facts without `confirmed` are unverified: a claim
    on them is provisional. `not_same_as` names accounts that look like this one and are other companies, as a reviewer
    agreed; `sold_apart_from` those of its family (by `parent`) that another node may hold.
    """

    account: AccountKey
    name: Line
    country: Country | None = None
    region: Region | None = None
    postal: Postal | None = None
    industry: Industry | None = None
    employees: Count | None = None
    revenue: Annotated[int, Whole(0, 10**15)] | None = None
    founded: Annotated[int, Whole(1000, 2100)] | None = None
    parent: AccountKey | None = None
    aliases: tuple[Identity, ...] = ()
    not_same_as: tuple[AccountKey, ...] = ()
    sold_apart_from: tuple[AccountKey, ...] = ()
    added_by: NodeId
    added: date
    stated_by: NodeId | None = None
    confirmed: Confirmation | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What no field says by itself: each further name costs every check of the account a few look-ups."""
        yield from overlong(self, dict.fromkeys(("aliases", "not_same_as", "sold_apart_from"), MOST_NAMES))

    @property
    def author(self) -> str:
        """Who stated the facts as they are."""
        return self.stated_by or self.added_by

    def facts(self) -> dict[str, str | int | None]:
        """The facts that decide a territory."""
        return {name: getattr(self, name) for name in DECIDING}


ACCOUNT = Kind("account", Account, PathPattern("accounts/<s:account>/<account>.yml"), Owner.SELLER)
