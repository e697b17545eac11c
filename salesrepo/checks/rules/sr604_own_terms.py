"""SR604: does somebody change their own roles, plan, pay or ground?"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from salesrepo.checks.payees import payees
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.cert import CERT
from salesrepo.domain.kinds.node import NODE, DeputyTerm, ManagerTerm, Node, RoleTerm
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.kinds.territory import Territory
from salesrepo.domain.record import Owner

_OWN = "This changes the sender's own terms, so somebody else must agree."
_GROUND = "This changes the sender's own territory, so somebody else must agree."
_OVER = "This sets the sender over {who}, so somebody else must agree."
_POWER = "This gives {who} a role that decides for others, so somebody else must agree."


@rule("SR604", "own-terms")
def SR604(ctx: CheckContext) -> Iterator[Finding]:
    """Whoever changes their own terms, their own ground, or who may decide, needs another to agree.

    Their terms are their node file (roles, plan, manager, deputies), the plan that pays them and whatever else the
    company keeps about them by name; their ground is a territory that they cover. Nobody writes their own certificate,
    whatever their role; a billing record of one's own deal is refused by SR401, and one's own word on an account's
    facts counts for nothing (SR206).

    ## Why
    The right to write a file is not the right to raise one's own pay, or one's own rights, or to make the colleague
    who will approve them.

    ## Fix
    Nothing: it waits for one of the roles that are named. A certificate comes from somebody else who certifies.
    """
    if ctx.actor is None:
        return
    for change in ctx.change.changes:
        if change.kind == CERT.name and change.ids["node"] == ctx.me:
            hint = "Ask somebody else who certifies to send it."
            yield Finding("SR604", Severity.ERROR, "Nobody certifies themselves.", Location(change.path), hint=hint)
        elif told := _gain(ctx, change):
            sentence, not_by = told
            yield _review(ctx, sentence, change.path, not_by)


def _gain(ctx: CheckContext, change: RecordChange[Any]) -> tuple[str, set[str]] | None:
    """What the sender gains by a change, and whose agreement does not count; None for nothing."""
    me, value = {ctx.me}, change.value
    if change.kind == PLAN.name:
        mine = change.ids["plan"] in {term.plan for term in ctx.actor.plans} if ctx.actor else False
        return (_OWN, me | payees(ctx, change.ids["plan"])) if mine else None
    if change.kind == ROLES_POLICY.name or _is_about(ctx, change):
        return _OWN, me
    if isinstance(value, Node):
        return _power(ctx, change)
    if isinstance(value, Territory) and _covers_more(ctx.me, change):
        return (_GROUND, me) if _reviewers(ctx) - me else None
    return None


def _is_about(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether it is a file that the company keeps about the sender: a node file, a quota, whatever names the node."""
    kept = change.place is not None and change.place.kind.owner in (Owner.MAINTAINER, Owner.FINANCE)
    return kept and change.ids.get("node") == ctx.me


def _power(ctx: CheckContext, change: RecordChange[Node]) -> tuple[str, set[str]] | None:
    """Somebody who may decide from now on, or whom the sender gets below them. Who founds a company is alone at first.

    Then nobody could agree, and the first of them is admitted without.
    """
    after, before = change.after, change.before
    if after is None:
        return None
    over = _sets_over(ctx.me, before, after)
    gainers = ({after.node} if _grants(ctx, before, after) else set()) | _new_deputies(ctx, before, after)
    others = _reviewers(ctx) - {ctx.me} if over or gainers else set()
    if not others:
        return None
    if over:
        return _OVER.format(who=after.name), {ctx.me, after.node}
    who = " and ".join(ctx.who(node) if node != after.node else after.name for node in sorted(gainers))
    return _POWER.format(who=who), {ctx.me} | (gainers if others - gainers else set())


def _review(ctx: CheckContext, message: str, path: str, not_by: set[str]) -> Finding:
    roles = tuple(sorted(_deciders(ctx)))
    hint = "Nothing: it waits for them."
    return Finding(
        "SR604", Severity.REVIEW, message, Location(path), hint=hint, roles=roles, not_by=tuple(sorted(not_by))
    )


def _deciders(ctx: CheckContext) -> set[str]:
    return {*ctx.roles_policy.review.organisation, *ctx.roles_policy.review.pay}


def _reviewers(ctx: CheckContext) -> set[str]:
    """The nodes that could agree today."""
    nodes = (node for _, node in ctx.tip.all(NODE, "nodes") if node.forge_id is not None)
    return {node.node for node in nodes if _deciders(ctx).intersection(node.roles_on(ctx.today))}


def _strong(ctx: CheckContext) -> set[str]:
    """The roles that approve or rule."""
    write = ctx.roles_policy.write
    reviews = {role for roles in asdict(ctx.roles_policy.review).values() for role in roles}
    return {*reviews, *write.maintainer, *write.finance, *write.certification, *write.disputes}


def _grants(ctx: CheckContext, before: Node | None, after: Node) -> bool:
    """Whether a forge user gets a role that approves or rules, or gets it for longer."""
    same = before is not None and before.works_on(ctx.today) and before.forge_id == after.forge_id
    known = before.roles if before is not None and same else ()
    if before is not None and same and before.left is not None and (after.left is None or before.left < after.left):
        known = ()  # who was to go stays: every role lasts longer
    return (
        after.works_on(ctx.today)
        and after.forge_id is not None
        and any(term.role in _strong(ctx) and not any(_lasts(held, term) for held in known) for term in after.roles)
    )


def _lasts(held: RoleTerm, term: RoleTerm) -> bool:
    long = held.ends is None or (term.ends is not None and term.ends <= held.ends)
    return held.role == term.role and held.starts <= term.starts and long


def _new_deputies(ctx: CheckContext, before: Node | None, after: Node) -> set[str]:
    """Who may from now on answer for a node that approves or rules."""
    rules = any(term.role in _strong(ctx) for term in after.roles)
    return {term.node for term in _new(before.deputies if before else (), after.deputies)} if rules else set()


def _sets_over(me: str, before: Node | None, after: Node) -> bool:
    terms = (
        *_new(before.deputies if before else (), after.deputies),
        *_new(before.managers if before else (), after.managers),
    )
    return any(term.node == me for term in terms)


def _new(
    known: tuple[DeputyTerm | ManagerTerm, ...], now: tuple[DeputyTerm | ManagerTerm, ...]
) -> tuple[DeputyTerm | ManagerTerm, ...]:
    return tuple(term for term in now if term not in known)


def _covers_more(me: str, change: RecordChange[Territory]) -> bool:
    """Whether the sender's coverage of a territory changes, or the territory that they cover does."""
    before, after = change.before, change.after
    mine = [tuple(row for row in side.coverage if row.node == me) if side else () for side in (before, after)]
    return mine[0] != mine[1] or (bool(mine[1]) and _ground(before) != _ground(after))


def _ground(territory: Territory | None) -> tuple[object, ...]:
    t = territory
    return (t.rules, t.exclude, t.missing, t.kind, t.layer) if t else ()
