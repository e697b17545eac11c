"""Which brand rules hold, how strictly, for which texts, and what is excepted until when?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import Country, Line, NodeId, Pattern
from salesrepo.domain.kinds.brand_text import Audience
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

BrandRuleName = Annotated[
    str, Pattern(r"[a-z][a-z0-9-]{0,39}\.[a-z][a-z0-9-]{0,39}", "a brand rule such as brand.guarantee")
]


@dataclass(frozen=True, kw_only=True)
class BrandEntry:
    """How one rule is kept: `compliance` refuses, `style` advises; `until` is the last day on which it holds.

    `owners` are the roles that answer for it. Without `jurisdictions` it holds in every country, without `applies_to`
    for every text. No waiver helps against a rule that is not `waivable`.
    """

    duty: Literal["compliance", "style"]
    until: date | None = None
    why: Line | None = None
    owners: tuple[RoleName, ...] = ()
    jurisdictions: tuple[Country, ...] = ()
    applies_to: tuple[Audience, ...] = ()
    waivable: bool = True


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Words (`match`, as they are written there) that one file may use in spite of a rule, up to and with a day."""

    rule: BrandRuleName
    file: Line
    match: Line
    reason: Line
    by: NodeId
    until: date


@dataclass(frozen=True, kw_only=True)
class BrandIndex:
    """What salesrepo needs to know of the rules in brand/styles/, kept out of those files: Vale reads them too."""

    rules: Mapping[BrandRuleName, BrandEntry] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """A waiver of a rule that is not there, or that takes none."""
        for index, waiver in enumerate(self.waivers):
            entry = self.rules.get(waiver.rule)
            if entry is None:
                yield ("waivers", index, "rule"), f"A waiver names the rule {waiver.rule}, which is not listed above."
            elif not entry.waivable:
                yield ("waivers", index, "rule"), f"The rule {waiver.rule} takes no waiver: it is not `waivable`."


BRAND_INDEX = Kind("brand-index", BrandIndex, PathPattern("brand/index.yml"), Owner.BRAND, cap=TABLE_CAP)
