"""Which node is this forge user?"""

from dataclasses import dataclass

from salesrepo.domain.fields import ForgeId, NodeId
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class User:
    """A lock: one forge user, one node. The way from the sender of a proposal to the node file in one look-up."""

    forge_id: ForgeId
    node: NodeId


USER = Kind("user", User, PathPattern("nodes/users/<s:forge_id>/<forge_id>.yml"), Owner.MAINTAINER)
