"""Where in the space of all accounts does one account lie, as far as its stated facts say?"""

from dataclasses import dataclass
from typing import Protocol

from salesrepo.territory import geography, postal
from salesrepo.territory.codes import PLAIN, Codes

Point = tuple[int, ...]


class Company(Protocol):
    """What decides a territory; a record `Account` is one. Numbers in whole persons and whole units of currency."""

    @property
    def country(self) -> str | None:
        """ISO 3166-1."""

    @property
    def region(self) -> str | None:
        """ISO 3166-1 or -2."""

    @property
    def postal(self) -> str | None:
        """A code of that country."""

    @property
    def industry(self) -> str | None:
        """A code of the company's industry scheme."""

    @property
    def employees(self) -> int | None:
        """Headcount."""

    @property
    def revenue(self) -> int | None:
        """A year's."""


_OTHERWISE = {"UK": "GB", "EL": "GR"}  # what people write, and ISO 3166


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A company's stated facts without its identity."""

    country: str | None = None
    region: str | None = None
    postal: str | None = None
    industry: str | None = None
    employees: int | None = None
    revenue: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not: a stable short name, one sentence, the next step."""

    name: str
    message: str
    hint: str = ""


def locate(company: Company, codes: Codes = PLAIN) -> Point | Reason:
    """The account's numbers in the order geography, postal, industry, employees, revenue; a Reason for a bad code.

    A postal code means nothing without a country and is then taken as not stated.
    """
    place = geography.place_of(company.country, company.region)
    if place is None:
        stated = ", ".join(code for code in (company.country, company.region) if code)
        meant = _OTHERWISE.get((company.country or "").upper())
        hint = f"Did you mean {meant}?" if meant else "Mend the account's country."
        return Reason("unknown-code", f"{stated} is not a known place, or not one place", hint)
    zone = postal.number_of(company.postal) if company.postal and place != geography.UNSTATED else 0
    if zone is None:
        return Reason("unknown-code", f"{company.postal} is not a postal code", "Mend the account's postal code.")
    branch = codes.scheme.number_of(company.industry) if company.industry else 0
    if branch is None:
        sentence = f"{company.industry} is not a code of {codes.scheme.NAME}"
        return Reason("unknown-code", sentence, "Mend the account's industry.")
    employees = 0 if company.employees is None else company.employees + 1
    revenue = 0 if company.revenue is None else company.revenue + 1
    return place, zone, branch, employees, revenue
