"""How are exact rates and conditions written in a plan?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from salesrepo.domain.fields import Pattern

NUMBER_REGEX = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?"
Multiple = Annotated[
    str, Pattern(rf"{NUMBER_REGEX}[%x]|[1-9][0-9]{{0,8}}/[1-9][0-9]{{0,8}}", "an exact rate such as 7%, 2x or 1/3")
]
Given = Annotated[str, Pattern(r"[^\x00-\x1f\x7f]{1,200}", "a value")]
FieldName = Annotated[str, Pattern(r"[a-z_]+(?:\.[a-z0-9._-]+)?", "a field such as category or payee.tenure_month")]


@dataclass(frozen=True, kw_only=True)
class Range:
    """A number or a day within bounds, or a word that is none of several."""

    at_least: Given | None = None
    above: Given | None = None
    up_to: Given | None = None
    below: Given | None = None
    none_of: tuple[Given, ...] = ()


Facts = Mapping[FieldName, Given | tuple[Given, ...] | Range]
Condition = Facts | tuple[Facts, ...]  # all of the fields must fit; of a list, one of its entries
