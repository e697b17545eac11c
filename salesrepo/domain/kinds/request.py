"""Who asks to join, and as which node?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.fields import ForgeId, Line, NodeId, Prose
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Request:
    """A newcomer's wish, named by the forge's number for them; `node admit` turns it into a node file."""

    forge_id: ForgeId
    node: NodeId
    name: Line
    asked: date
    note: Prose | None = None


REQUEST = Kind("request", Request, PathPattern("requests/<forge_id>.yml"), Owner.NEWCOMER)
