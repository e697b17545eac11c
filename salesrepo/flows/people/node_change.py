"""`salesrepo node change` and `node deputy`: other roles, plan, manager, name or deputy from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesrepo.domain.kinds.node import DeputyTerm, ManagerTerm, Node, PlanTerm
from salesrepo.domain.kinds.pay_terms import paid_node
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.people.covering import Cover, Covering, Opened, cover
from salesrepo.flows.people.node_terms import check_terms, ended, node_file, refuse_circle, term_files, with_roles
from salesrepo.flows.people.pay_terms import PayWishes, check_teams, with_pay_terms
from salesrepo.flows.proposals.judge import Case, judge_files, node_of
from salesrepo.flows.proposals.review import Said, names_in, said
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.flows.territories.passing import Passing

_NOTHING = Covering({})
_AS_BEFORE = PayWishes()


@dataclass(frozen=True)
class Arranged:
    """What changes in the words of the business, what is left to care for, and what became of the proposal.

    `passing` are the accounts of territories that are covered no more, `opened` the territories that are from now on.
    """

    said: tuple[Said, ...]
    sent: Sent
    warnings: tuple[str, ...] = ()
    passing: tuple[Passing, ...] = ()
    opened: tuple[Opened, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What of a node changes; what is empty stays."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    plan: str = ""
    manager: str = ""
    name: str = ""
    begin: tuple[Cover, ...] = ()
    end: tuple[Cover, ...] = ()
    pay: PayWishes = _AS_BEFORE


def change(ws: Workspace, node: str, wishes: Wishes, *, day: date, dry_run: bool = False) -> Arranged:
    """Change a node's terms from a day on. Raises RefusedError for an unknown node or plan, UsageError for no wish."""
    known = _at_work(ws, node, day)
    known = paid_node(ws.tip, node) or known
    check_terms(ws, roles=(*wishes.add, *wishes.drop), plan=wishes.plan, people=(wishes.manager, *wishes.pay.people))
    check_teams(ws, wishes.pay)
    if wishes.manager == node:
        raise UsageError("Nobody is their own manager.", hint="Name somebody else.")
    refuse_circle(ws, node, wishes.manager, day)
    covering = cover(ws, node, begin=wishes.begin, end=wishes.end, day=day)
    new = replace(
        known,
        name=wishes.name or known.name,
        roles=with_roles(known, add=wishes.add, drop=wishes.drop, day=day),
    )
    if wishes.plan:
        new = replace(new, plans=(*ended(known.plans, day), PlanTerm(plan=wishes.plan, starts=day)))
    if wishes.manager:
        new = replace(new, managers=(*ended(known.managers, day), ManagerTerm(node=wishes.manager, starts=day)))
    new = with_pay_terms(new, wishes.pay, day)
    files: dict[str, bytes | None] = dict(term_files(ws, known, new) if new != known else ())
    files.update(covering.files)
    if not files:
        options = "--role, --plan, --manager, --territory, --team, --grade, --paid-in, --referred-by or --name"
        raise UsageError("That would change nothing.", hint=f"Say what changes: {options}.")
    return arrange(ws, f"Change {new.name}", files, covering=covering, dry_run=dry_run)


def deputise(
    ws: Workspace, node: str, deputy: str, *, day: date, until: date | None = None, dry_run: bool = False
) -> Arranged:
    """Let a deputy stand in for a node from a day on, until another day (then it is an absence), or when it has left.

    Raises RefusedError for an unknown node, UsageError for a deputy or days that make no sense.
    """
    known = _at_work(ws, node, day)
    check_terms(ws, people=(deputy,))
    if deputy == node:
        raise UsageError("Nobody is their own deputy.", hint="Name somebody else.")
    if until is not None and until <= day:
        raise UsageError(f"{until} is not after {day}.", hint="Name the day on which they are back with --until.")
    term = DeputyTerm(node=deputy, starts=day, ends=until)
    if term in known.deputies:
        raise UsageError("That is so already.", hint=f"See it: salesrepo node show {node}")
    # One who stands in for good follows the last; absences come on top of that.
    kept = known.deputies if until else ended(known.deputies, day, only=lambda one: one.ends is None)
    new = replace(known, deputies=(*kept, term))
    return arrange(ws, f"Deputy of {known.name}", dict([node_file(ws, known, new)]), dry_run=dry_run)


def arrange(
    ws: Workspace,
    title: str,
    files: Mapping[str, bytes | None],
    *,
    warnings: Sequence[str] = (),
    covering: Covering = _NOTHING,
    dry_run: bool = False,
) -> Arranged:
    """Send files as one proposal, and say what they change; `covering` is what of them is about territories."""
    case = Case(actor_id=ws.identity.forge_id, actor=node_of(ws.tip, ws.identity.forge_id), today=ws.today)
    changes = judge_files(ws.tip, files, case).changes
    told = said(changes, names_in(ws.tip, changes))
    sent = send_files(ws, title, files, dry_run=dry_run)
    return Arranged(told, sent, (*warnings, *covering.warnings), covering.passing, covering.opened)


def _at_work(ws: Workspace, node: str, day: date) -> Node:
    known = ws.node(node)
    if known is None:
        raise RefusedError(f"There is no node {node}.", hint="See who there is: salesrepo node list")
    if not known.works_on(day):
        raise RefusedError(
            f"{known.name} has left by {day}.", hint=f"Take them back: salesrepo node admit {node} --from DAY"
        )
    return known
