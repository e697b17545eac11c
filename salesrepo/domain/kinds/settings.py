"""What company is this repository about, in which money, time zone and calendar?"""

from dataclasses import dataclass
from typing import Annotated, Literal

from salesrepo.domain.fields import Currency, Line, Pattern, Whole
from salesrepo.domain.record import Kind, Owner, PathPattern
from salesrepo.domain.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The company-wide settings. Days are days in `time_zone`; `format` is the layout's version.

    `pay: private` keeps terms, quotas, payments and the ledger in finance's own repository (docs/finance.md).
    """

    name: Line
    currency: Currency
    time_zone: Annotated[str, Pattern(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){0,2}", "a time zone such as Europe/Berlin")]
    fiscal_year_starts: Annotated[int, Whole(1, 12)] = 1
    forge: Literal["local"]
    pay: Literal["open", "private"]
    format: Literal["1"]


SETTINGS = Kind("settings", Settings, PathPattern("salesrepo.yml"), Owner.MAINTAINER)


def zone_of(snapshot: Snapshot) -> str:
    """The company's time zone; UTC before there are settings."""
    settings = snapshot.get(SETTINGS)
    return settings.time_zone if settings else "UTC"
