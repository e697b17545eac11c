"""Which words does one brand rule look for? The file is a plain Vale rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from salesrepo.domain.fields import Line, Text
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

Expression = Annotated[str, Text(300)]


@dataclass(frozen=True, kw_only=True)
class BrandStyle:
    """Vale's `existence` (any of `tokens`) or `substitution` (the left of `swap`, say the right), ASCII word bounds.

    `%s` in `message` stands for what was found (a substitution's first `%s` is the word to use instead).
    """

    extends: Literal["existence", "substitution"]
    message: Line
    level: Literal["suggestion", "warning", "error"] = "warning"
    link: Line | None = None
    description: Line | None = None
    ignorecase: bool = False
    nonword: bool = False
    tokens: tuple[Expression, ...] = ()
    exceptions: tuple[Expression, ...] = ()
    swap: Mapping[Expression, Expression] = field(default_factory=dict)


BRAND_STYLE = Kind(
    "brand-style", BrandStyle, PathPattern("brand/styles/<style>/<rule>.yml"), Owner.BRAND, cap=TABLE_CAP
)
