"""Which findings does the company live with for a time, why, and until when?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from salesrepo.domain.fields import Line, NodeId, Pattern
from salesrepo.domain.record import Kind, Owner, PathPattern

RuleCode = Annotated[str, Pattern(r"SR[0-9]{3}", "a rule's code such as SR218")]
FilePath = Annotated[str, Pattern(r"[a-z0-9][a-z0-9._/-]{0,239}", "a path such as territories/world/dach.yml")]


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Sets findings of one rule on one file aside, up to and on the day `until`.

    `route` narrows it to a field as findings show it (`lines[0].price`), `match` to messages that hold this text.
    """

    code: RuleCode
    path: FilePath
    route: Line | None = None
    match: Line | None = None
    reason: Line
    by: NodeId
    until: date


@dataclass(frozen=True, kw_only=True)
class WaiversPolicy:
    """The company's list of waivers. Those of main's tip count, never those of a proposal."""

    waivers: tuple[Waiver, ...] = ()


WAIVERS_POLICY = Kind("policy-waivers", WaiversPolicy, PathPattern("policy/waivers.yml"), Owner.MAINTAINER)
