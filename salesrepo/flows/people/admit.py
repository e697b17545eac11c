"""`salesrepo node admit`: turn a request to join into a node, or give an imported node its forge user."""

from collections.abc import Sequence
from dataclasses import replace

from salesrepo.domain.kinds.node import ManagerTerm, Node, PlanTerm, RoleTerm
from salesrepo.domain.kinds.request import REQUEST, Request
from salesrepo.domain.kinds.territory import TERRITORY, territory_file
from salesrepo.domain.kinds.user import USER, User
from salesrepo.errors import RefusedError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.people.node_terms import check_terms, node_file
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.store.edit import edit
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of


def admit(
    ws: Workspace,
    node: str,
    *,
    roles: Sequence[str] = (),
    plan: str = "",
    manager: str = "",
    territory: str = "",
    dry_run: bool = False,
) -> Sent:
    """Send one proposal that writes the node's file and lock, covers the territory, and removes the request.

    Raises RefusedError where nobody asked to join as `node`, or a territory or plan is not known.
    """
    request = _request(ws, node)
    known = ws.node(node)
    files: dict[str, bytes | None] = {REQUEST.path.fill(forge_id=request.forge_id): None}
    new = _node(ws, request, known, roles=roles, plan=plan, manager=manager)
    files.update([node_file(ws, known, new)])
    files.update([file_of(USER, User(forge_id=request.forge_id, node=node))])
    if territory:
        files.update([_covered(ws, territory, node)])
    return send_files(ws, f"Admit {new.name}", files, dry_run=dry_run)


def requests(ws: Workspace) -> tuple[Request, ...]:
    """Everybody who asks to join."""
    return tuple(request for _, request in ws.tip.all(REQUEST, "requests"))


def _request(ws: Workspace, node: str) -> Request:
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
    if (known := ws.node(node)) is not None and known.forge_id:
        raise RefusedError(f"{known.name} is in already.", hint=f"To change their terms: salesrepo node change {node}")
    names = ", ".join(sorted(request.node for request in asking)) or "nobody"
    raise RefusedError(f"Nobody asks to join as {node}.", hint=f"Asking now: {names}. See what is new: sr sync")


def _node(
    ws: Workspace, request: Request, known: Node | None, *, roles: Sequence[str], plan: str, manager: str
) -> Node:
    check_terms(ws, roles=roles, plan=plan, people=(manager,))
    node = known or Node(node=request.node, name=request.name)
    held = {term.role for term in node.roles}
    added = tuple(RoleTerm(role=role, starts=ws.today) for role in (roles or () if known else roles or ("seller",)))
    return replace(
        node,
        forge_id=request.forge_id,
        roles=(*node.roles, *(term for term in added if term.role not in held)),
        plans=(*node.plans, PlanTerm(plan=plan, starts=ws.today)) if plan else node.plans,
        managers=(*node.managers, ManagerTerm(node=manager, starts=ws.today)) if manager else node.managers,
    )


def _covered(ws: Workspace, territory: str, node: str) -> tuple[str, bytes]:
    path = territory_file(territory)
    blob, value = ws.tip.blob(path), ws.tip.read(TERRITORY, path)
    if blob is None or value is None:
        raise RefusedError(f"There is no territory {territory}.", hint="See the folder territories/.")
    data = ws.tip.tree.read(blob.oid, TERRITORY.cap)
    if any(coverage.node == node for coverage in value.coverage):
        return path, data
    rows = [*to_plain(value).get("coverage", []), {"role": "open_seller", "node": node, "starts": str(ws.today)}]
    return path, edit(data, {("coverage",): rows}, path=path)
