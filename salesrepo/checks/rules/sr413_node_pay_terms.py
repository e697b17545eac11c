"""SR413: are the terms of a node that pay rests on sound, and does nobody rewrite them for the past alone?"""

from collections.abc import Iterator
from datetime import date

from salesrepo.checks.gainers import asks_for, managers_of
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.witness import with_members, witness
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.node import NODE, GradeTerm, ManagerTerm, Node, TeamTerm
from salesrepo.domain.kinds.pay_terms import PAY_TERMS, PayTerms
from salesrepo.domain.money import decimals_of
from salesrepo.domain.texts import Route
from salesrepo.errors import RecordError, RefusedError

_Fault = tuple[Route, str, str]
_Term = TeamTerm | GradeTerm | ManagerTerm


@rule("SR413", "node-pay-terms")
def SR413(ctx: CheckContext) -> Iterator[Finding]:
    """A node's teams are teams, its currency is one, and whoever brought it here is somebody else.

    Teams, grades and managers that change for days that have passed, another day or reason of having left, another day
    on which a colleague began, and who is said to have brought one who is here already, wait for somebody who does not
    gain by it.

    ## Why
    A team's pay is shared among its members, a rate may ask for the grade, and who brought a colleague may be paid of
    their sales for years. A manager may be paid on what their people sell, a plan may pay by how long somebody has been
    here, and whoever has left is paid otherwise. A term that reaches back changes the pay for what is sold already: no
    manager, old or new, nor anybody above them, agrees to such a change of managers, and no member to one of a team.

    ## Fix
    Name a team that there is: `salesrepo node change NODE --team +TEAM`. What needs somebody's word waits for them.
    """
    for change, node in ctx.change.readable(NODE):
        before = change.before
        for route, message, hint in (*_teams(ctx, before, node), *_others(ctx, before, node)):
            yield Finding("SR413", Severity.ERROR, message, Location(change.path, route), hint=hint)
        if told := _rewritten(ctx, before, node):
            route, message = told
            gains = _gains(ctx, before, node)
            yield witness(ctx, "SR413", message, Location(change.path, route), gains=gains)
    for private, terms in ctx.change.readable(PAY_TERMS):
        yield from _terms(ctx, private.path, private.before, terms)


def _terms(ctx: CheckContext, path: str, before: PayTerms | None, terms: PayTerms) -> Iterator[Finding]:
    """The terms that lie with finance alone."""
    node = _node(ctx, terms.node)
    if node is None:
        hint = "See who there is: salesrepo node list"
        yield Finding("SR413", Severity.ERROR, f"There is no node {terms.node}.", Location(path, ("node",)), hint=hint)
        return
    for route, message, hint in _money(before.currency if before else None, terms.currency):
        yield Finding("SR413", Severity.ERROR, message, Location(path, route), hint=hint)
    if _past(before.grades if before else (), ctx.today) != _past(terms.grades, ctx.today):
        message = f"This changes the grades of {node.name} for days that have passed."
        yield witness(ctx, "SR413", message, Location(path, ("grades",)), gains={terms.node})


def _teams(ctx: CheckContext, before: Node | None, node: Node) -> Iterator[_Fault]:
    known = before.teams if before else ()
    how = f"salesrepo node change {node.node} --team"
    for at, term in enumerate(node.teams):
        if any(_overlap(term, other) for other in node.teams[:at]):
            message = f"{node.name} is in the team {term.team} twice on {term.starts}."
            yield ("teams", at), message, "Let the one membership end before the other begins."
        if term in known:
            continue
        team = _node(ctx, term.team)
        if node.kind == "team":
            yield ("teams", at), f"{node.name} is a team, and a team belongs to none.", "Put its members there."
        elif team is None or team.kind != "team":
            yield ("teams", at), f"There is no team {term.team}.", f"Name one: {how} +TEAM (salesrepo node list)"


def _overlap(one: TeamTerm, other: TeamTerm) -> bool:
    first, second = sorted((one, other), key=lambda term: term.starts)
    return one.team == other.team and (first.ends is None or second.starts < first.ends)


def _others(ctx: CheckContext, before: Node | None, node: Node) -> Iterator[_Fault]:
    yield from _money(before.currency if before else None, node.currency)
    if node.referred_by and (before is None or before.referred_by != node.referred_by):
        yield from _referrer(ctx, node, node.referred_by)


def _money(before: str | None, now: str | None) -> Iterator[_Fault]:
    if now and now != before:
        try:
            decimals_of(now)
        except RefusedError as bad:
            yield ("currency",), bad.message, bad.hint


def _referrer(ctx: CheckContext, node: Node, by: str) -> Iterator[_Fault]:
    if by == node.node:
        yield ("referred_by",), f"{node.name} was not brought here by themselves.", "Name who it was."
        return
    above = _node(ctx, by)
    if above is None:
        yield ("referred_by",), f"There is no node {by}.", "See who there is: salesrepo node list --all"
    met = {by}
    while above is not None and above.referred_by and above.referred_by not in met:
        if above.referred_by == node.node:
            message = f"{ctx.who(by)} was brought here by {node.name}, directly or by way of others."
            yield ("referred_by",), message, "Name who was here before them."
            return
        met.add(above.referred_by)
        above = _node(ctx, above.referred_by)


def _node(ctx: CheckContext, name: str) -> Node | None:
    try:
        return ctx.result.get(NODE, node=name)
    except RecordError:
        return None  # SR101 says what is wrong with it


def _rewritten(ctx: CheckContext, before: Node | None, node: Node) -> tuple[Route, str] | None:
    """What reaches back, as the field and a sentence; nothing where a node is new."""
    if before is None:
        own = node.referred_by is not None and node.referred_by == ctx.me
        return (("referred_by",), "The sender says that they brought this colleague.") if own else None
    for name in ("teams", "grades", "managers"):
        old, new = (_past(getattr(one, name), ctx.today) for one in (before, node))
        if old != new:
            return (name,), f"This changes the {name} of {node.name} for days that have passed."
    return _begun_or_left(ctx, before, node) or _brought(ctx, before, node)


def _begun_or_left(ctx: CheckContext, before: Node, node: Node) -> tuple[Route, str] | None:
    """Another first or last day in the company, by which plans pay as well."""
    begun, begins = _first(before), _first(node)
    if begun != begins and any(day is not None and day < ctx.today for day in (begun, begins)):
        said = f"in the company since {begins}" if begins else "without a role from any day on"
        return ("roles",), f"This says that {node.name} is {said}, and pay for what is sold already may rest on it."
    if not before.works_on(ctx.today) and node.works_on(ctx.today):
        return None  # SR604 asks somebody else about whoever comes back
    reached = before.left is not None and before.left <= ctx.today
    if before.left != node.left and (reached or (node.left is not None and node.left < ctx.today)):
        said = f"left on {node.left}" if node.left else "has not left"
        return ("left",), f"This says that {node.name} {said}, which changes what is paid for days that have passed."
    if before.status != node.status and (before.teams or node.teams):
        return ("status",), f"This changes for every day whether {node.name} is in a team."
    return None


def _first(node: Node) -> date | None:
    """From when on a node is here, as pay counts it: the first day of a role or plan."""
    return min((*(role.starts for role in node.roles), *(plan.starts for plan in node.plans)), default=None)


def _brought(ctx: CheckContext, before: Node, node: Node) -> tuple[Route, str] | None:
    if before.referred_by != node.referred_by:
        who = ctx.who(node.referred_by) if node.referred_by else "nobody"
        return ("referred_by",), f"From now on {who} is said to have brought {node.name}, who is here already."
    if before.leaves != node.leaves and before.left is not None and before.left <= ctx.today:
        return ("leaves",), f"{node.name} has left, and another reason for that changes what is still paid."
    return None


def _past(terms: tuple[_Term, ...], today: date) -> set[tuple[object, ...]]:
    """What terms say of days before today."""
    return {(*_of(t), t.starts, t.ends if t.ends and t.ends < today else None) for t in terms if t.starts < today}


def _of(term: _Term) -> tuple[object, ...]:
    if isinstance(term, TeamTerm):
        return term.team, term.weight
    return (term.grade,) if isinstance(term, GradeTerm) else (term.node,)


def _gains(ctx: CheckContext, before: Node | None, node: Node) -> set[str]:
    """Who may gain by what reaches back: the node, whoever brought it, managers and teams that come or go."""
    told = [each for each in (before, node) if each is not None]
    gains = {node.node, *(each.referred_by for each in told if each.referred_by)}
    if before is None:
        return gains
    for manager in set(before.managers) ^ set(node.managers):
        gains |= {manager.node, *managers_of(ctx, manager.node, manager.starts)}
    for team in set(before.teams) ^ set(node.teams):
        if asks_for(ctx, team.team, team.starts):
            gains |= with_members(ctx, {team.team}, team.starts)
    return gains
