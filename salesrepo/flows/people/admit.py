"""`salesrepo node admit`: take in who asked to join, who was imported, or who had left and comes back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from salesrepo.domain.kinds.node import ManagerTerm, Node, PlanTerm
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.kinds.request import REQUEST, Request
from salesrepo.domain.kinds.user import USER, User
from salesrepo.domain.private_pay import knows_pay
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.people.covering import Cover, cover, covers_of
from salesrepo.flows.people.node_change import Arranged, arrange
from salesrepo.flows.people.node_terms import check_terms, ended, node_file, refuse_circle, with_roles
from salesrepo.store.records import file_of

_USUAL = ("seller",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms somebody comes: roles (seller if none), and what is empty is left open."""

    roles: tuple[str, ...] = ()
    plan: str = ""
    manager: str = ""
    covers: tuple[Cover, ...] = ()


def admit(ws: Workspace, node: str, terms: Terms, *, day: date, dry_run: bool = False) -> Arranged:
    """Send one proposal that writes the node's file and lock, covers territories, and removes the request.

    Who had left keeps the old terms, ended as they are, and gets new ones from `day` on. Raises RefusedError where
    nobody asked to join as `node`, or a territory or plan is not known, UsageError for a day that has passed.
    """
    if day < ws.today:
        raise UsageError(f"{day} has passed.", hint="Name today or a later day with --from.")
    known = ws.node(node)
    request = _request(ws, node, known)
    check_terms(ws, roles=terms.roles, plan=terms.plan, people=(terms.manager,))
    if terms.manager == node:
        raise UsageError("Nobody is their own manager.", hint="Name somebody else.")
    refuse_circle(ws, node, terms.manager, day)
    new = _with_terms(known, request, terms, day)
    files: dict[str, bytes | None] = dict([node_file(ws, known, new)])
    if request:
        files[REQUEST.path.fill(forge_id=request.forge_id)] = None
        files.update([file_of(USER, User(forge_id=request.forge_id, node=node))])
    covering = cover(ws, node, begin=terms.covers, day=day)
    files.update(covering.files)
    lacks = tuple(_lacks(ws, new, terms, day))
    return arrange(ws, f"Admit {new.name}", files, warnings=lacks, covering=covering, dry_run=dry_run)


def _lacks(ws: Workspace, new: Node, terms: Terms, day: date) -> Iterator[str]:
    """What a seller cannot do yet, and the step that mends it."""
    if set(new.roles_on(day)).isdisjoint(ws.needed(ROLES_POLICY).write.seller):
        return
    covered = (row for _, row in covers_of(ws, new.node) if row.ends is None or row.ends > day)
    change = f"salesrepo node change {new.node}"
    if not terms.covers and not any(covered):
        yield f"{new.name} covers no territory, so may claim nothing: {change} --territory +TERRITORY"
    if not knows_pay(ws.tip):
        yield f"{new.name} is paid nothing until finance says by which plan, in their copy: {change} --plan PLAN"
    elif not any(term.ends is None or term.ends > day for term in new.plans):
        yield f"{new.name} has no plan, so is paid nothing: {change} --plan PLAN"


def requests(ws: Workspace) -> tuple[Request, ...]:
    """Everybody who asks to join."""
    return tuple(request for _, request in ws.tip.all(REQUEST, "requests"))


def _request(ws: Workspace, node: str, known: Node | None) -> Request | None:
    """The request to join; None for who had left and is still user of the forge, and so need not ask."""
    asking = requests(ws)
    found = [request for request in asking if request.node == node]
    if len(found) == 1:
        if ws.forge.user(node) != found[0].forge_id:
            raise RefusedError(
                f"The request as {node} comes from another user ({found[0].forge_id}).",
                hint="Ask them to join under a name of their own.",
            )
        return found[0]
    if found:
        raise RefusedError(
            f"{len(found)} people ask to join as {node}.", hint="Reject all but one of their requests first."
        )
    if known is not None and known.forge_id:
        if not known.works_on(ws.today):
            return None
        leaves = f" until {known.left}" if known.left else ""
        raise RefusedError(
            f"{known.name} is in already{leaves}.", hint=f"To change their terms: salesrepo node change {node}"
        )
    names = ", ".join(sorted(request.node for request in asking)) or "nobody"
    raise RefusedError(f"Nobody asks to join as {node}.", hint=f"Asking now: {names}. See what is new: sr sync")


def _with_terms(known: Node | None, request: Request | None, terms: Terms, day: date) -> Node:
    """The node as it is from the day on: who is new or comes back sells, unless something else is said."""
    node = known or Node(node=request.node if request else "", name=request.name if request else "")
    new, back = known is None, not node.works_on(day)
    plans, managers = node.plans, node.managers
    if terms.plan:
        plans = (*ended(plans, day), PlanTerm(plan=terms.plan, starts=day))
    if terms.manager:
        managers = (*ended(managers, day), ManagerTerm(node=terms.manager, starts=day))
    return replace(
        node,
        forge_id=request.forge_id if request else node.forge_id,
        status="active",
        left=None if back else node.left,
        leaves=None if back else node.leaves,
        roles=with_roles(node, add=terms.roles or (_USUAL if new or back else ()), drop=(), day=day),
        plans=plans,
        managers=managers,
    )
