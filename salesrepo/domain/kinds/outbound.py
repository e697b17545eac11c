"""What does a node send to customers?"""

from dataclasses import dataclass

from salesrepo.domain.fields import NodeId
from salesrepo.domain.kinds.brand_text import WORDS_CAP, TextName, Words
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Outbound:
    """A node's own letter, post or script for customers, in Markdown. The brand's rules are its review."""

    node: NodeId
    folder: TextName
    text: Words


OUTBOUND = Kind("outbound", Outbound, PathPattern("outbound/<node>/<folder>.md"), Owner.NODE, cap=WORDS_CAP, words=True)
