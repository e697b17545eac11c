"""`salesrepo node list` and `node show`: who belongs to the company, on which terms, and who decides for them?"""

from dataclasses import dataclass, fields
from datetime import date

from salesrepo.checks.limits import level_of
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.pay_terms import paid_node, paid_nodes
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.kinds.territory import Coverage
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import shard
from salesrepo.domain.standing_in import stand_ins
from salesrepo.errors import RefusedError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.people.covering import covers_of

_ASKED = ("pay", "deals", "prices", "claims", "transfers")  # classes of review that a seller's day leads to


@dataclass(frozen=True, slots=True)
class Listed:
    """A node on a day: `since` and `until` (that day not included) are those of its roles, or when it left."""

    node: str
    name: str
    kind: str
    roles: tuple[str, ...]
    manager: str
    plan: str
    level: str
    since: date | None
    until: date | None
    joined: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """A territory that a node covers, from `starts` up to and without `ends`."""

    territory: str
    name: str
    role: str
    starts: date
    ends: date | None
    overlay: bool


@dataclass(frozen=True, slots=True)
class Decides:
    """Who agrees to what a node sends, of one class of review: the roles asked for, and who holds them today.

    `stands_in` says that nobody does, so that deputies or managers answer.
    """

    about: str
    roles: tuple[str, ...]
    people: tuple[str, ...]
    stands_in: bool


@dataclass(frozen=True)
class Whole:
    """One node from all sides: its dated terms, what it covers and holds, whom it stands in for, who decides for it."""

    terms: Node
    listed: Listed
    covers: tuple[Covered, ...]
    reports: tuple[str, ...]
    stands_in_for: tuple[str, ...]
    claims: int
    deals: int
    waits: int
    decides: tuple[Decides, ...]
    names: dict[str, str]


def roster(ws: Workspace, *, day: date, everybody: bool = False) -> tuple[Listed, ...]:
    """Who belongs to the company on a day, by node; with `everybody`, who had left by then as well."""
    found = (_listed(ws, node, day) for node in paid_nodes(ws.tip))
    return tuple(sorted((one for one in found if everybody or one.here), key=lambda one: one.node))


def whole(ws: Workspace, node: str, *, day: date) -> Whole:
    """Everything on one node. Raises RefusedError where there is none of that name."""
    known = paid_node(ws.tip, node)
    if known is None:
        raise RefusedError(f"There is no node {node}.", hint="See who there is: salesrepo node list")
    others = [one for _, one in ws.tip.all(NODE, "nodes") if one.node != node]
    held = [place.kind for path in ws.tip.paths(f"holds/{shard(node)}/{node}") if (place := place_of(path))]
    return Whole(
        terms=known,
        listed=_listed(ws, known, day),
        covers=tuple(_covered(one.territory, one.name, row) for one, row in covers_of(ws, node)),
        reports=tuple(one.node for one in others if one.works_on(day) and one.manager_on(day) == node),
        stands_in_for=tuple(one.node for one in others if any(t.node == node for t in one.deputies_on(day))),
        claims=held.count(HOLD),
        deals=held.count(DEAL_HOLD),
        waits=len(ws.tip.paths(f"waits/{shard(node)}/{node}")),
        decides=_decides(ws, known, others, day),
        names={one.node: one.name for one in (known, *others)},
    )


def _listed(ws: Workspace, node: Node, day: date) -> Listed:
    terms = [term for term in node.roles if term.starts <= day and (term.ends is None or day < term.ends)]
    here = node.works_on(day)
    ends = [term.ends for term in terms]
    last = max((end for end in ends if end), default=None) if terms and None not in ends else None
    policy = ws.tip.get(CLAIMS_POLICY)
    return Listed(
        node=node.node,
        name=node.name,
        kind=node.kind,
        roles=node.roles_on(day),
        manager=node.manager_on(day) or "",
        plan=node.plan_on(day) or "",
        level=level_of(ws.tip, node.node, policy, day) if policy else "",
        since=min((term.starts for term in terms or node.roles), default=None),
        until=node.left or last,
        joined=node.forge_id is not None,
        here=here,
    )


def _covered(territory: str, name: str, row: Coverage) -> Covered:
    return Covered(territory, name, row.role, row.starts, row.ends, row.overlay)


def _decides(ws: Workspace, node: Node, others: list[Node], day: date) -> tuple[Decides, ...]:
    policy = ws.needed(ROLES_POLICY).review
    found = []
    for about in (field.name for field in fields(policy) if field.name in _ASKED):
        roles: tuple[str, ...] = getattr(policy, about)
        asked = Finding("SR401", Severity.REVIEW, "", Location(""), roles=roles, not_by=(node.node,))
        instead = stand_ins(asked, (node, *others), day)
        holders = tuple(one.node for one in others if one.forge_id and not set(roles).isdisjoint(one.roles_on(day)))
        found.append(Decides(about, roles, tuple(sorted(instead)) or holders, bool(instead)))
    return tuple(found)
