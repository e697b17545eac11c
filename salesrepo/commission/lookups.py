"""What can a settlement look up beside the deals: figures and quotas of a window, and who stands beside whom?"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, Protocol

Among = Literal["plan", "team"]


class RecordedQuota(NamedTuple):
    """The quotas of one window by node, in the smallest parts of `unit`: a currency, or "" for things."""

    unit: str
    amounts: Mapping[str, Fraction]


class Member(NamedTuple):
    """A node that belongs to a team, and its part where the team's pay is shared by weight."""

    node: str
    weight: Fraction


class Lookups(Protocol):
    """What is recorded beside the deals. Windows are ids: 2027-03, 2027-q1."""

    def metric(self, metric: str, window: str) -> Mapping[str, Fraction] | None:
        """The figures of a metric in a window by node; None where nobody has recorded that window."""

    def quota(self, quota: str, window: str) -> RecordedQuota | None:
        """The amounts of a quota in a window; None where nobody has recorded that window."""

    def among(self, who: Among, payee: str, plan: str, day: date) -> tuple[str, ...]:
        """Who stands beside a payee on a day, sorted: all whom the plan pays, or those of them in a team of theirs."""

    def members(self, team: str, day: date) -> tuple[Member, ...]:
        """Who belongs to a team on a day, sorted by node."""


class _Nothing:
    def metric(self, metric: str, window: str) -> Mapping[str, Fraction] | None:
        return None

    def quota(self, quota: str, window: str) -> RecordedQuota | None:
        return None

    def among(self, who: Among, payee: str, plan: str, day: date) -> tuple[str, ...]:
        return ()

    def members(self, team: str, day: date) -> tuple[Member, ...]:
        return ()


NOTHING: Lookups = _Nothing()
