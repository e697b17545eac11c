"""SR413: are the terms of a node that pay rests on sound, and does nobody rewrite them for the past alone?"""

from collections.abc import Iterator
from datetime import date

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.witness import witness
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.node import NODE, GradeTerm, Node, TeamTerm
from salesrepo.domain.kinds.pay_terms import PAY_TERMS, PayTerms
from salesrepo.domain.money import decimals_of
from salesrepo.domain.texts import Route
from salesrepo.errors import RecordError, RefusedError

_Fault = tuple[Route, str, str]


@rule("SR413", "node-pay-terms")
def SR413(ctx: CheckContext) -> Iterator[Finding]:
    """A node's teams are teams, its currency is one, and whoever brought it here is somebody else.

    Teams and grades that change for days that have passed, another reason of having left, and who is said to have
    brought a colleague who is here already, wait for somebody who does not gain by it.

    ## Why
    A team's pay is shared among its members, a rate may ask for the grade, and who brought a colleague may be paid of
    their sales for years. A term that reaches back changes the pay for what is sold already.

    ## Fix
    Name a team that there is: `salesrepo node change NODE --team +TEAM`. What needs somebody's word waits for them.
    """
    for change, node in ctx.change.readable(NODE):
        before = change.before
        for route, message, hint in (*_teams(ctx, before, node), *_others(ctx, before, node)):
            yield Finding("SR413", Severity.ERROR, message, Location(change.path, route), hint=hint)
        if told := _rewritten(ctx, before, node):
            route, message = told
            gains = {node.node, node.referred_by or "", (before.referred_by if before else None) or ""}
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
    for name in ("teams", "grades"):
        old, new = (_past(getattr(one, name), ctx.today) for one in (before, node))
        if old != new:
            return (name,), f"This changes the {name} of {node.name} for days that have passed."
    if before.referred_by != node.referred_by:
        who = ctx.who(node.referred_by) if node.referred_by else "nobody"
        return ("referred_by",), f"From now on {who} is said to have brought {node.name}, who is here already."
    if before.leaves != node.leaves and before.left is not None and before.left <= ctx.today:
        return ("leaves",), f"{node.name} has left, and another reason for that changes what is still paid."
    return None


def _past(terms: tuple[TeamTerm, ...] | tuple[GradeTerm, ...], today: date) -> set[tuple[object, ...]]:
    """What terms say of days before today."""
    begun = (term for term in terms if term.starts < today)
    return {
        (
            term.team if isinstance(term, TeamTerm) else term.grade,
            term.weight if isinstance(term, TeamTerm) else None,
            term.starts,
            term.ends if term.ends and term.ends < today else None,
        )
        for term in begun
    }
