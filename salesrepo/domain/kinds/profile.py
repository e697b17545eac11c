"""What does a node say of itself?"""

from dataclasses import dataclass

from salesrepo.domain.fields import Line, NodeId, Prose
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The node's own page; it grants nothing."""

    node: NodeId
    name: Line
    languages: tuple[Line, ...] = ()
    about: Prose | None = None


PROFILE = Kind("profile", Profile, PathPattern("nodes/<s:node>/<node>/profile.yml"), Owner.NODE)
