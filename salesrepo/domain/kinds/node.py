"""Who is this node: which forge user, which roles, whose report, on which plan, since when?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesrepo.domain.fields import ForgeId, Line, NodeId, Slug
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class RoleTerm:
    """A role held from `starts` up to and without `ends`."""

    role: RoleName
    starts: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlanTerm:
    """A commission plan that pays the node from `starts` up to and without `ends`, by a deal's signed day."""

    plan: Slug
    starts: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class ManagerTerm:
    """Whom the node reports to from `starts` up to and without `ends`."""

    node: NodeId
    starts: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class DeputyTerm:
    """Who stands in for the node from `starts` up to and without `ends`.

    A term that ends is an absence: until then the deputy answers for the node. One without an end counts from the day
    that the node has left, or holds its roles no more.
    """

    node: NodeId
    starts: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class Node:
    """A person or a team. `forge_id` is the forge's number for its user; absent until somebody joins as this node.

    From the day `left` on, the node belongs to the company no more; `status: left` says so for every day.
    """

    node: NodeId
    name: Line
    kind: Literal["person", "team"] = "person"
    forge_id: ForgeId | None = None
    status: Literal["active", "left"] = "active"
    roles: tuple[RoleTerm, ...] = ()
    managers: tuple[ManagerTerm, ...] = ()
    plans: tuple[PlanTerm, ...] = ()
    deputies: tuple[DeputyTerm, ...] = ()
    left: date | None = None

    def works_on(self, day: date) -> bool:
        """Whether the node belongs to the company on a day."""
        return self.status == "active" and (self.left is None or day < self.left)

    def roles_on(self, day: date) -> tuple[str, ...]:
        """The roles held on a day; none once the node has left."""
        if not self.works_on(day):
            return ()
        return tuple(t.role for t in self.roles if t.starts <= day and (t.ends is None or day < t.ends))

    def plan_on(self, day: date) -> str | None:
        """The plan that pays this node for deals signed on a day."""
        found = [t.plan for t in self.plans if t.starts <= day and (t.ends is None or day < t.ends)]
        return found[-1] if found else None

    def manager_on(self, day: date) -> str | None:
        """Whom the node reports to on a day."""
        found = [t.node for t in self.managers if t.starts <= day and (t.ends is None or day < t.ends)]
        return found[-1] if found else None

    def deputies_on(self, day: date) -> tuple[DeputyTerm, ...]:
        """The terms of those who stand in for the node on a day."""
        return tuple(t for t in self.deputies if t.starts <= day and (t.ends is None or day < t.ends))


NODE = Kind("node", Node, PathPattern("nodes/<s:node>/<node>/node.yml"), Owner.MAINTAINER)
