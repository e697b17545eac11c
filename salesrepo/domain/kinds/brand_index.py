"""Which brand rules hold, and how strictly?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import Line, Pattern
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

BrandRuleName = Annotated[
    str, Pattern(r"[a-z][a-z0-9-]{0,39}\.[a-z][a-z0-9-]{0,39}", "a brand rule such as brand.guarantee")
]


@dataclass(frozen=True, kw_only=True)
class BrandEntry:
    """How one rule is kept: `compliance` refuses, `style` advises; `until` is the last day on which it holds."""

    duty: Literal["compliance", "style"]
    until: date | None = None
    why: Line | None = None


@dataclass(frozen=True, kw_only=True)
class BrandIndex:
    """What salesrepo needs to know of the rules in brand/styles/, kept out of those files: Vale reads them too."""

    rules: Mapping[BrandRuleName, BrandEntry] = field(default_factory=dict)


BRAND_INDEX = Kind("brand-index", BrandIndex, PathPattern("brand/index.yml"), Owner.BRAND, cap=TABLE_CAP)
