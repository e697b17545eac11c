"""What company is this repository about, in which money, time zone and calendar?"""

from dataclasses import dataclass
from typing import Annotated, Literal

from salesrepo.domain.fields import Currency, Line, Pattern, Whole
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The company-wide settings. Days are days in `time_zone`; `format` is the layout's version."""

    name: Line
    currency: Currency
    time_zone: Annotated[str, Pattern(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){0,2}", "a time zone such as Europe/Berlin")]
    fiscal_year_starts: Annotated[int, Whole(1, 12)] = 1
    forge: Literal["local"]
    pay: Literal["open"]
    format: Literal["1"]


SETTINGS = Kind("settings", Settings, PathPattern("salesrepo.yml"), Owner.MAINTAINER)
