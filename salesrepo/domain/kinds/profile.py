"""What does a node say of itself?"""

from collections.abc import Iterator
from dataclasses import dataclass

from salesrepo.domain.fields import Line, NodeId, Prose
from salesrepo.domain.lists import overlong
from salesrepo.domain.record import Kind, Owner, PathPattern

MOST_OF_A_PROFILE = {"languages": 50}


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The node's own page; it grants nothing."""

    node: NodeId
    name: Line
    languages: tuple[Line, ...] = ()
    about: Prose | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What no field says by itself: how long its lists are."""
        return overlong(self, MOST_OF_A_PROFILE)


PROFILE = Kind("profile", Profile, PathPattern("nodes/<s:node>/<node>/profile.yml"), Owner.NODE)
