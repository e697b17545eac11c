"""Which texts show what a brand rule refuses, and what it lets pass?"""

from dataclasses import dataclass
from typing import Annotated

from salesrepo.domain.fields import Text
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

Example = Annotated[str, Text(2000, lines=True)]


@dataclass(frozen=True, kw_only=True)
class BrandExamples:
    """Texts in which the rule finds nothing (`ok`), and texts in each of which it finds something (`bad`)."""

    ok: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()


BRAND_EXAMPLES = Kind(
    "brand-examples", BrandExamples, PathPattern("brand/tests/<style>/<rule>.yml"), Owner.BRAND, cap=TABLE_CAP
)
