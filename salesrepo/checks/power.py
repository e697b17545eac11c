"""Whom does a change give, or take, the power to decide about others? And who is there to agree to it?"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.node import NODE, DeputyTerm, ManagerTerm, Node, RoleTerm

_LATELY = timedelta(days=30)
_BACK = "This takes {who} back, who had left, so somebody else must agree."
_USER = "This gives the node of {who} to another user, so somebody else must agree."
_OVER = "This sets the sender over {who}, so somebody else must agree."
_POWER = "This gives {who} a role that decides for others, so somebody else must agree."
_LOSS = "This takes a role that decides for others from {who}, so somebody else must agree."


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change brings its sender, as a sentence, and the nodes that it touches: their word counts for less."""

    sentence: str
    touched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bench:
    """Who besides the sender decides today, and who did lately: their going leaves nobody alone at once."""

    today: frozenset[str]
    lately: frozenset[str]


def deciders(ctx: CheckContext) -> frozenset[str]:
    """The roles that agree to a change of somebody's own terms."""
    return frozenset((*ctx.roles_policy.review.organisation, *ctx.roles_policy.review.pay))


def bench(ctx: CheckContext, roles: frozenset[str] | None = None) -> Bench:
    """Who could agree today, or decided in the last thirty days, by main's tip: it reads every node.

    `roles` are those that agree; left out, the deciders.
    """
    roles, since = deciders(ctx) if roles is None else roles, ctx.today - _LATELY
    nodes = [n for _, n in ctx.tip.all(NODE, "nodes") if n.forge_id is not None and n.node != ctx.me]
    return Bench(
        frozenset(n.node for n in nodes if not roles.isdisjoint(n.roles_on(ctx.today))),
        frozenset(n.node for n in nodes if any(t.role in roles and _stood(n, t, since, ctx.today) for t in n.roles)),
    )


def _stood(node: Node, term: RoleTerm, since: date, today: date) -> bool:
    """Whether a term was in force on some day of these; whoever left without a day has left long ago."""
    ends = [day for day in (term.ends, node.left) if day is not None]
    return node.status == "active" and term.starts <= today and all(day > since for day in ends)


def gains_of_node(ctx: CheckContext, change: RecordChange[Node]) -> Iterator[Gain]:
    """What a change of somebody else's node file does to the power in the company."""
    before, after = change.before, change.after
    if after is None:
        return
    one = frozenset({after.node})
    if before is not None and not before.works_on(ctx.today) and after.works_on(ctx.today):
        yield Gain(_BACK.format(who=after.name), one)
    if before is not None and before.forge_id not in (None, after.forge_id):
        yield Gain(_USER.format(who=after.name), one)
    if _sets_over(ctx.me, before, after):
        yield Gain(_OVER.format(who=after.name), one)
    gainers = (one if _grants(ctx, before, after) else frozenset()) | _new_deputies(ctx, before, after)
    if gainers:
        who = " and ".join(ctx.who(node) if node != after.node else after.name for node in sorted(gainers))
        yield Gain(_POWER.format(who=who), gainers)
    if before is not None and _loses(ctx, before, after):
        yield Gain(_LOSS.format(who=after.name), one)


def gain_of_user(ctx: CheckContext, node: str) -> Gain:
    """What it means that the lock of a forge user who is somebody already changes or goes."""
    return Gain(_USER.format(who=ctx.who(node)), frozenset({node}))


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


def _loses(ctx: CheckContext, before: Node, after: Node) -> bool:
    """Whether a forge user who approves or rules does so no more, or for a shorter time; or did lately, by the file."""
    since = ctx.today - _LATELY
    held = [term for term in before.roles if term.role in _strong(ctx) and _stood(before, term, since, ctx.today)]
    goes = after.left is not None and (before.left is None or after.left < before.left)
    stays = after.status == "active" and after.forge_id is not None and not goes
    lost = any(not stays or not any(_lasts(term, old) for term in after.roles) for old in held)
    return lost and before.forge_id is not None


def _lasts(held: RoleTerm, term: RoleTerm) -> bool:
    long = held.ends is None or (term.ends is not None and term.ends <= held.ends)
    return held.role == term.role and held.starts <= term.starts and long


def _new_deputies(ctx: CheckContext, before: Node | None, after: Node) -> frozenset[str]:
    """Who may from now on answer for a node that approves or rules."""
    rules = any(term.role in _strong(ctx) for term in after.roles)
    new = _new(before.deputies if before else (), after.deputies) if rules else ()
    return frozenset(term.node for term in new)


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
