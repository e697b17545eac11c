"""Which figures, quotas and colleagues do the company's records name, as a settlement looks them up?

Asked of the records around one commit, each question once, and only when a plan asks: of the first parent's records, of
the commit's own where those know nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from salesrepo.commission.figures import multiple, quantity
from salesrepo.commission.lookups import Among, Member, RecordedQuota
from salesrepo.domain.kinds.metric import METRIC
from salesrepo.domain.kinds.node import Node
from salesrepo.domain.kinds.quota import QUOTA, QuotaTable
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle_terms import Records, Terms
from salesrepo.vcs.objects import Objects

_T = TypeVar("_T")
_SHARDS = 2  # folders between nodes/ and the node's own


@dataclass(frozen=True)
class RecordLookups:
    """Lookups in records: the first that know something say it. See commission/lookups.Lookups."""

    records: tuple[Records, ...]
    _known: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)

    def metric(self, metric: str, window: str) -> Mapping[str, Fraction] | None:
        """See Lookups."""
        return self._once(("metric", metric, window), lambda: self._metric(metric, window))

    def quota(self, quota: str, window: str) -> RecordedQuota | None:
        """See Lookups."""
        return self._once(("quota", quota, window), lambda: self._quota(quota, window))

    def among(self, who: Among, payee: str, plan: str, day: date) -> tuple[str, ...]:
        """See Lookups."""
        paid = self._once(("plan", plan, day), lambda: self._paid_by(plan, day))
        if who == "plan":
            return paid
        nodes = self.nodes()
        teams = _teams(nodes.get(payee), day)
        return tuple(node for node in paid if teams & _teams(nodes[node], day))

    def members(self, team: str, day: date) -> tuple[Member, ...]:
        """See Lookups."""
        return self._once(("team", team, day), lambda: self._members(team, day))

    def _once(self, question: tuple[object, ...], answer: Callable[[], _T]) -> _T:
        if question not in self._known:
            self._known[question] = answer()
        found: _T = self._known[question]
        return found

    def _metric(self, metric: str, window: str) -> Mapping[str, Fraction] | None:
        for records in self.records:
            table = records.get(METRIC, metric=metric, window=window)
            if table is not None:
                return {node: multiple(figure) for node, figure in table.figures.items()}
        return None

    def _quota(self, quota: str, window: str) -> RecordedQuota | None:
        for records in self.records:
            table = records.get(QUOTA, quota=quota, window=window)
            if table is not None:
                return RecordedQuota(table.currency or "", dict(_amounts(table)))
        return None

    def _paid_by(self, plan: str, day: date) -> tuple[str, ...]:
        nodes = self.nodes()
        return tuple(sorted(name for name, node in nodes.items() if _is_here(node, day) and node.plan_on(day) == plan))

    def _members(self, team: str, day: date) -> tuple[Member, ...]:
        nodes = self.nodes()
        terms = ((name, term) for name in sorted(nodes) for term in nodes[name].teams if _is_here(nodes[name], day))
        return tuple(
            Member(name, Fraction(term.weight or "1"))
            for name, term in terms
            if term.team == team and term.starts <= day and (term.ends is None or day < term.ends)
        )

    def nodes(self) -> Mapping[str, Node]:
        """Every node of the company by its name."""
        return self._once(("nodes",), self._read_nodes)

    def _read_nodes(self) -> Mapping[str, Node]:
        found: dict[str, Node] = {}
        for records in self.records:
            for name in _names(records.objects, records.commit):
                node = None if name in found else records.paid(name)
                if node is not None:
                    found[name] = node
        return found


def lookups_of(terms: Terms) -> RecordLookups:
    """What can be looked up around a commit, as it pays what the commit changes."""
    return RecordLookups((terms.before, terms.after))


def lookups_at(records: Records) -> RecordLookups:
    """What can be looked up at one commit: for what waited, and for estimates."""
    return RecordLookups((records,))


def _names(objects: Objects, commit: str) -> Iterator[str]:
    """The nodes of a company, without a look at what they have logged."""
    folders = ["nodes"]
    for _ in range(_SHARDS):
        folders = [f"{folder}/{name}" for folder in folders for name in objects.children(commit, folder)]
    return (name for folder in folders for name in objects.children(commit, folder))


def _amounts(table: QuotaTable) -> Iterator[tuple[str, Fraction]]:
    """Each node's amount in the smallest parts of the currency; one that the currency cannot pay is none."""
    for node, amount in table.amounts.items():
        try:
            yield node, Fraction(quantity(amount, table.currency) if table.currency else amount)
        except RefusedError:
            continue


def _teams(node: Node | None, day: date) -> set[str]:
    terms = node.teams if node else ()
    return {term.team for term in terms if term.starts <= day and (term.ends is None or day < term.ends)}


def _is_here(node: Node, day: date) -> bool:
    """Whether a node belongs to the company on a day, also on one before it left."""
    return node.status == "active" if node.left is None else day < node.left
