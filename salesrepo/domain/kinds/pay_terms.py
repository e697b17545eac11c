"""On which plan, in which grade and in which money is a node paid, where pay is private?

Where pay is open, the node's own file says so, and this kind has no place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from salesrepo.domain.fields import Currency, NodeId
from salesrepo.domain.kinds.node import NODE, GradeTerm, Node, PlanTerm
from salesrepo.domain.record import Kind, Owner, PathPattern
from salesrepo.domain.snapshot import Snapshot

_T = TypeVar("_T", PlanTerm, GradeTerm)


@dataclass(frozen=True, kw_only=True)
class PayTerms:
    """What Node says of pay where pay is open: plans, grades and the currency it is paid in, dated alike."""

    node: NodeId
    plans: tuple[PlanTerm, ...] = ()
    grades: tuple[GradeTerm, ...] = ()
    currency: Currency | None = None

    def on(self, node: Node) -> Node:
        """The node with these terms; none of them goes on once it has left."""
        last = node.left
        return replace(
            node,
            plans=tuple(_until(term, last) for term in self.plans if last is None or term.starts < last),
            grades=tuple(_until(term, last) for term in self.grades if last is None or term.starts < last),
            currency=self.currency,
        )


PAY_TERMS = Kind("pay-terms", PayTerms, PathPattern("terms/<s:node>/<node>.yml"), Owner.FINANCE)


def paid_node(snapshot: Snapshot, name: str) -> Node | None:
    """A node with the terms that it is paid by, wherever they are written. Raises RecordError where one is broken."""
    node = snapshot.get(NODE, node=name)
    terms = snapshot.get(PAY_TERMS, node=name) if node else None
    return terms.on(node) if node and terms else node


def paid_nodes(snapshot: Snapshot) -> Iterator[Node]:
    """Every node with the terms that it is paid by. Raises RecordError where one is broken."""
    known = {terms.node: terms for _, terms in snapshot.all(PAY_TERMS, "terms")}
    for _, node in snapshot.all(NODE, "nodes"):
        yield known[node.node].on(node) if node.node in known else node


def _until(term: _T, last: date | None) -> _T:
    return term if last is None or (term.ends is not None and term.ends <= last) else replace(term, ends=last)
