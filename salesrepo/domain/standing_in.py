"""Whose word counts where nobody is there who holds the role that a finding asks for?

A finding is *vacant* on a day when no node is present that it names, or that holds one of its roles, and is not barred
from it (`not_by`). Present is a node with a forge user that belongs to the company and has no deputy for a limited time
in force (an absence). Then stand in:

1. the deputies in force of every node that it names, or that holds such a role or ever held one; where these are none,
2. for each of those nodes the first one present up its line of managers (the last manager it is known to have had).

Whoever is barred from the finding never stands in.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.node import Node


def stand_ins(finding: Finding, nodes: Iterable[Node], day: date) -> frozenset[str]:
    """The nodes that may answer the finding in the place of those who hold its roles; empty where one is present."""
    asked, barred = set(finding.roles), set(finding.not_by)
    known = {node.node: node for node in nodes}
    meant = [node for name, node in known.items() if name not in barred and _meant(finding, node, day)]
    if any(_present(node, day) and (node.node in finding.nodes or asked & {*node.roles_on(day)}) for node in meant):
        return frozenset()
    deputies = {term.node for node in meant for term in node.deputies_on(day)}
    found = {name for name in deputies if _may(known, name, day)} - barred
    return frozenset(found or {above for node in meant if (above := _above(node, known, barred, day))})


def _meant(finding: Finding, node: Node, day: date) -> bool:
    held = {term.role for term in node.roles if term.starts <= day}
    return node.node in finding.nodes or not held.isdisjoint(finding.roles)


def _present(node: Node, day: date) -> bool:
    away = any(term.ends is not None for term in node.deputies_on(day))
    return node.forge_id is not None and node.works_on(day) and not away


def _may(known: Mapping[str, Node], name: str, day: date) -> bool:
    return name in known and _present(known[name], day)


def _above(node: Node, known: Mapping[str, Node], barred: set[str], day: date) -> str | None:
    seen = {node.node}
    at: Node | None = node
    while at is not None and (name := _manager(at, day)) is not None and name not in seen:
        if name not in barred and _may(known, name, day):
            return name
        seen.add(name)
        at = known.get(name)
    return None


def _manager(node: Node, day: date) -> str | None:
    begun = [term for term in node.managers if term.starts <= day]
    return node.manager_on(day) or (begun[-1].node if begun else None)
