"""Who disputes whose claim, on which evidence, and what was decided?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import AccountKey, LayerId, Line, NodeId, Percent, Prose, Slug, Ulid, Whole
from salesrepo.domain.lists import overlong
from salesrepo.domain.record import Kind, Owner, PathPattern

Ground = Literal["customer_preference", "earlier_claim", "territory", "activity", "source"]
MOST_SHOWN = {"exhibits": 50}
MOST_SHARES = {"shares": 20}
RANKS: tuple[Ground, ...] = ("customer_preference", "earlier_claim", "territory", "activity", "source")


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One piece of evidence: its ground (the earlier in RANKS, the heavier), in words, and an activity of the log."""

    ground: Ground
    text: Line
    activity: Ulid | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What one party says: the one who opens the dispute first, then the holder."""

    dispute: Slug
    account: AccountKey
    layer: LayerId
    node: NodeId
    against: NodeId
    day: date
    exhibits: tuple[Exhibit, ...] = ()
    text: Prose | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What no field says by itself: how much is shown."""
        return overlong(self, MOST_SHOWN)


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of what deals on the account are credited."""

    node: NodeId
    share: Percent


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Who holds the claim from `day` on, why, by which ground, and how credit is shared for how many days."""

    dispute: Slug
    account: AccountKey
    layer: LayerId
    by: NodeId
    day: date
    holder: NodeId
    ground: Ground
    why: Prose
    shares: tuple[Share, ...] = ()
    days: Annotated[int, Whole(1, 3650)] | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What no field says by itself: among how many it is shared."""
        return overlong(self, MOST_SHARES)


DECISION = Kind(
    "decision", Decision, PathPattern("disputes/<s:account>/<account>/<dispute>/decision/<layer>.yml"), Owner.DISPUTES
)
STATEMENT = Kind("statement", Statement, PathPattern("disputes/<s:account>/<account>/<dispute>/<node>.yml"), Owner.NODE)
