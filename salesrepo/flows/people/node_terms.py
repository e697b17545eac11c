"""How do the terms of a node change from a day on: which end, which begin, and how is its file written?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import TypeVar

from salesrepo.domain.kinds.node import NODE, DeputyTerm, GradeTerm, ManagerTerm, Node, PlanTerm, RoleTerm, TeamTerm
from salesrepo.domain.kinds.pay_terms import PAY_TERMS, PayTerms
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.private_pay import is_finances, knows_pay
from salesrepo.domain.record import Kind
from salesrepo.domain.snapshot import V
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.edit import Change, edit
from salesrepo.store.gate import Route
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of

_OTHER_ROLES = {"import", "manager"}

Term = TypeVar("Term", RoleTerm, PlanTerm, ManagerTerm, DeputyTerm, TeamTerm, GradeTerm)


def check_terms(ws: Workspace, *, roles: Sequence[str] = (), plan: str = "", people: Sequence[str] = ()) -> None:
    """Raises RefusedError for a plan that the company does not have, UsageError for such a role or person."""
    if plan and not knows_pay(ws.tip):
        raise RefusedError(
            "Pay is private here, so who is paid by which plan lies with finance alone.",
            hint=f"Say it in finance's copy: salesrepo node change NODE --plan {plan}",
        )
    if plan and not ws.tip.paths(f"plans/{plan}"):
        raise RefusedError(f"There is no plan {plan}.", hint=f"Choose among: {_plans(ws)}.")
    policy = ws.needed(ROLES_POLICY)
    named = (*asdict(policy.write).values(), *asdict(policy.review).values())
    known = {role for roles in named for role in roles} | _OTHER_ROLES
    for role in roles:
        if role not in known:
            raise UsageError(f"There is no role {role}.", hint=f"Choose among: {', '.join(sorted(known))}.")
    for person in filter(None, people):
        if ws.node(person) is None:
            raise UsageError(f"There is no node {person}.", hint="See who there is: salesrepo node list")


def _plans(ws: Workspace) -> str:
    return ", ".join(sorted({path.split("/")[1] for path in ws.tip.paths("plans")})) or "none yet; see plans/"


def ended(terms: Iterable[Term], day: date, *, only: Callable[[Term], bool] = lambda _: True) -> tuple[Term, ...]:
    """The terms, of which those meant end on a day: what has not begun by then falls away."""
    found = []
    for term in terms:
        if not only(term) or (term.ends is not None and term.ends <= day):
            found.append(term)
        elif term.starts < day:
            found.append(replace(term, ends=day))
    return tuple(found)


def with_roles(node: Node, *, add: Sequence[str], drop: Sequence[str], day: date) -> tuple[RoleTerm, ...]:
    """A node's roles with some that end on a day and some that begin; one that goes on already stays as it is."""
    kept = ended(node.roles, day, only=lambda term: term.role in drop)
    going_on = {term.role for term in kept if term.starts <= day and term.ends is None}
    new = (RoleTerm(role=role, starts=day) for role in dict.fromkeys(add) if role not in going_on)
    return (*ended(kept, day, only=lambda term: term.role in add and term.role not in going_on), *new)


def node_file(ws: Workspace, known: Node | None, new: Node) -> tuple[str, bytes]:
    """Path and bytes of a node's file; in one that main holds, only what differs is changed."""
    return _edited(ws, NODE, known, new)


def _edited(ws: Workspace, kind: Kind[V], known: V | None, new: V) -> tuple[str, bytes]:
    path, data = file_of(kind, new)
    old = ws.tip.blob(path)
    if old is None or known is None:
        return path, data
    before, after = to_plain(known), to_plain(new)
    differing = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    changes: dict[Route, Change] = {(key,): after.get(key) for key in differing}
    return path, edit(ws.tip.tree.read(old.oid, kind.cap), changes, path=path)


def term_files(ws: Workspace, known: Node, new: Node) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of what changes in a node: its own file, and where pay is private the terms it is paid by."""
    if not is_finances(ws.tip):
        yield node_file(ws, known, new)
        return
    was, bare = (replace(one, plans=(), grades=(), currency=None) for one in (known, new))
    if bare != was:
        yield node_file(ws, was, bare)
    before, terms = (
        PayTerms(node=one.node, plans=one.plans, grades=one.grades, currency=one.currency) for one in (known, new)
    )
    if terms != before:
        yield _edited(ws, PAY_TERMS, before, terms)


def refuse_circle(ws: Workspace, node: str, manager: str, day: date) -> None:
    """Raises RefusedError where somebody would, from a day on or later, report to who reports to them."""
    if not manager:
        return
    nodes = {one.node: one for _, one in ws.tip.all(NODE, "nodes")}
    starts = {term.starts for one in nodes.values() for term in one.managers if term.starts > day}
    for when in (day, *sorted(starts)):
        line, above = [manager], nodes.get(manager)
        while above is not None and (next_ := above.manager_on(when)) and next_ not in line:
            line.append(next_)
            if next_ == node:
                raise RefusedError(
                    f"{ws.who(manager)} already reports to {ws.who(node)}{_by_way(ws, line[1:-1], when, day)}.",
                    hint=f"First give {ws.who(line[-2])} another manager: "
                    f"salesrepo node change {line[-2]} --manager NODE",
                )
            above = nodes.get(next_)


def _by_way(ws: Workspace, between: Sequence[str], when: date, day: date) -> str:
    through = f" by way of {', '.join(map(ws.who, between))}" if between else ""
    return through + (f" from {when} on" if when != day else "")
