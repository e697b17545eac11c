"""What did a node do with an account on a day?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import AccountKey, DealId, Instant, LayerId, Line, Prose, Ulid, Whole
from salesrepo.domain.kinds.claim import DEFAULT_LAYER
from salesrepo.domain.record import Kind, Owner, PathPattern

ActivityType = Literal["call", "email", "meeting", "demo", "note"]
Outcome = Literal[
    "connected",
    "voicemail",
    "no_answer",
    "busy",
    "wrong_number",
    "sent",
    "replied",
    "bounced",
    "held",
    "no_show",
    "cancelled",
]


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What is to be done next, by when."""

    text: Line
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One thing done, in a stream of documents that grows until it is sent."""

    id: Ulid
    at: Instant
    day: date
    type: ActivityType
    account: AccountKey
    layer: LayerId = DEFAULT_LAYER
    deal: DealId | None = None
    outcome: Outcome | None = None
    minutes: Annotated[int, Whole(0, 1440)] | None = None
    note: Prose | None = None
    next: NextStep | None = None

    def is_one_of(self, meaningful: tuple[str, ...]) -> bool:
        """Whether policy counts it as meaningful, by type or by `type.outcome`."""
        return self.type in meaningful or f"{self.type}.{self.outcome}" in meaningful


ACTIVITY = Kind(
    "activity",
    Activity,
    PathPattern("nodes/<s:node>/<node>/log/<year>/<month>/<day>-<stream>.yml"),
    Owner.NODE,
    stream=True,
)


def log_folder(node: str) -> str:
    """Where a node's activities lie, by year and month."""
    return ACTIVITY.path.fill(node=node, year="x", month="x", day="x", stream="x").rsplit("/", 3)[0]
