"""Does whoever works with this copy belong to the company yet, or no more?"""

from salesrepo.domain.kinds.request import REQUEST
from salesrepo.errors import RefusedError
from salesrepo.flows.here.workspace import Workspace


def outsider(ws: Workspace) -> tuple[str, str]:
    """Why the node of this copy is no part of the company today, by main as last seen, and the next step.

    Both are empty where it is one.
    """
    node = ws.node(ws.me)
    if node is not None and node.forge_id == ws.identity.forge_id:
        if node.works_on(ws.today):
            return "", ""
        when = f" on {node.left}" if node.left else ""
        return f"You left{when}.", "If that is wrong, ask sales operations."
    asked = ws.view.get(REQUEST, forge_id=ws.identity.forge_id)
    when = f" on {asked.asked}" if asked else ""
    return f"You asked to join{when}; sales operations have not admitted you yet.", "sr sync"


def refuse_outsider(ws: Workspace) -> None:
    """Raises RefusedError where the node of this copy is not admitted yet, or has left."""
    why, hint = outsider(ws)
    if why:
        raise RefusedError(why, hint=hint)
