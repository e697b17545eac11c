"""How do the columns and words of a CRM's CSV export translate into ours? What a mapping file may say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import Country, Currency, Industry, LayerId, Line, Pattern, Slug, Whole
from salesrepo.domain.kinds.claim import DEFAULT_LAYER
from salesrepo.domain.kinds.deal import Stage
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

DayOrder = Literal["month/day/year", "day/month/year", "day.month.year", "year-month-day"]
FolderId = Annotated[str, Pattern(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?", "a territory's name such as offices")]


@dataclass(frozen=True, kw_only=True)
class ProductColumns:
    """The file of products, and its columns: `price` is the list price of one unit."""

    file: Line
    name: Line
    price: Line
    series: Line | None = None


@dataclass(frozen=True, kw_only=True)
class PeopleColumns:
    """The file of sellers, and its columns: whom each reports to, and from which office they sell."""

    file: Line
    seller: Line
    manager: Line
    office: Line


@dataclass(frozen=True, kw_only=True)
class AccountColumns:
    """The file of accounts, and its columns. `revenue` is a year's, in units of `revenue_unit`."""

    file: Line
    name: Line
    country: Line
    sector: Line | None = None
    founded: Line | None = None
    employees: Line | None = None
    revenue: Line | None = None
    revenue_unit: Annotated[int, Whole(1, 1_000_000_000)] = 1
    parent: Line | None = None


@dataclass(frozen=True, kw_only=True)
class DealColumns:
    """The file of opportunities, and its columns: `opened` the engagement, `closed` the signature or the loss."""

    file: Line
    id: Line
    seller: Line
    product: Line
    account: Line
    stage: Line
    opened: Line
    closed: Line
    value: Line


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """What the export writes, and what it means. Each one that is used is counted in the report."""

    product: Mapping[Line, Line] = field(default_factory=dict)
    seller: Mapping[Line, Line] = field(default_factory=dict)
    account: Mapping[Line, Line] = field(default_factory=dict)
    sector: Mapping[Line, Line] = field(default_factory=dict)
    country: Mapping[Line, Line] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Employment:
    """The roles of sellers and managers, and their commission plans, from the day `starts` on."""

    starts: date
    seller: RoleName
    manager: RoleName
    plan: Slug | None = None
    manager_plan: Slug | None = None


@dataclass(frozen=True, kw_only=True)
class Offices:
    """The group that the offices become, inside the group `within`, and its residual, open to every seller."""

    within: FolderId | None = None
    group: FolderId
    name: Line
    residual: FolderId
    residual_name: Line
    role: RoleName


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands where a record must say something and the export says nothing.

    `order` holds `{id}`, the opportunity's id; `unpriced`, an open deal's note, holds `{product}`.
    """

    order: Line
    lost: Line
    unpriced: Line


@dataclass(frozen=True, kw_only=True)
class CrmMapping:
    """The whole mapping. `system` names the origin in every imported record; empty cells are never filled in."""

    system: Slug
    currency: Currency
    dates: DayOrder
    layer: LayerId = DEFAULT_LAYER
    products: ProductColumns
    people: PeopleColumns
    accounts: AccountColumns
    deals: DealColumns
    corrections: Corrections = field(default_factory=Corrections)
    countries: Mapping[Line, Country]
    industries: Mapping[Line, Industry] = field(default_factory=dict)
    stages: Mapping[Line, Stage]
    employment: Employment
    offices: Offices
    words: Words

    def problems(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """What the fields alone do not show."""
        if "{id}" not in self.words.order:
            yield ("words", "order"), "words.order must hold {id}, or two deals would share one order reference."
        if "{product}" not in self.words.unpriced:
            yield ("words", "unpriced"), "words.unpriced must hold {product}, or the product would be lost."
        if self.offices.residual == self.offices.group:
            yield ("offices", "residual"), "offices.residual must not be named as the group is."
        files = [part.file for part in (self.products, self.people, self.accounts, self.deals)]
        if len(set(files)) < len(files):
            yield ("deals", "file"), "products, people, accounts and deals are four files."


IMPORT_MAPPING = Kind("import-mapping", CrmMapping, PathPattern("crm-csv.yml"), Owner.MAINTAINER, cap=TABLE_CAP)
