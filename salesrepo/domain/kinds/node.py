"""Who is this node: which forge user, which roles, whose report, on which plan, since when?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Protocol, TypeVar

from salesrepo.domain.fields import Currency, ForgeId, Line, NodeId, Pattern, Slug
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import Kind, Owner, PathPattern

Weight = Annotated[str, Pattern(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,4})?", 'a weight such as "1" or "0.5"')]


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
class TeamTerm:
    """A team that the node belongs to from `starts` up to and without `ends`; `weight` is its part where a team's pay
    is shared by weight, 1 if nothing is said."""

    team: NodeId
    starts: date
    ends: date | None = None
    weight: Weight | None = None


@dataclass(frozen=True, kw_only=True)
class GradeTerm:
    """The grade that the node has from `starts` up to and without `ends`."""

    grade: Slug
    starts: date
    ends: date | None = None


class _Term(Protocol):
    @property
    def starts(self) -> date: ...

    @property
    def ends(self) -> date | None: ...


_T = TypeVar("_T", bound=_Term)


def _running(terms: tuple[_T, ...], day: date) -> tuple[_T, ...]:
    return tuple(term for term in terms if term.starts <= day and (term.ends is None or day < term.ends))


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

    From the day `left` on, the node belongs to the company no more; `status: left` says so for every day. `leaves` is
    why, as plans may ask: resigned, dismissed, retired or a word of the company's own. `currency` is what it is paid
    in, `referred_by` who brought it to the company.
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
    leaves: Slug | None = None
    teams: tuple[TeamTerm, ...] = ()
    grades: tuple[GradeTerm, ...] = ()
    referred_by: NodeId | None = None
    currency: Currency | None = None

    def works_on(self, day: date) -> bool:
        """Whether the node belongs to the company on a day."""
        return self.status == "active" and (self.left is None or day < self.left)

    def roles_on(self, day: date) -> tuple[str, ...]:
        """The roles held on a day; none once the node has left."""
        if not self.works_on(day):
            return ()
        return tuple(term.role for term in _running(self.roles, day))

    def plan_on(self, day: date) -> str | None:
        """The plan that pays this node for deals signed on a day."""
        found = _running(self.plans, day)
        return found[-1].plan if found else None

    def manager_on(self, day: date) -> str | None:
        """Whom the node reports to on a day."""
        found = _running(self.managers, day)
        return found[-1].node if found else None

    def teams_on(self, day: date) -> tuple[TeamTerm, ...]:
        """The memberships that run on a day; none once the node has left."""
        return _running(self.teams, day) if self.works_on(day) else ()

    def grade_on(self, day: date) -> str | None:
        """The grade that the node has on a day."""
        found = _running(self.grades, day)
        return found[-1].grade if found else None

    def deputies_on(self, day: date) -> tuple[DeputyTerm, ...]:
        """The terms of those who stand in for the node on a day."""
        return _running(self.deputies, day)


NODE = Kind("node", Node, PathPattern("nodes/<s:node>/<node>/node.yml"), Owner.MAINTAINER)
