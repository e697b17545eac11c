"""SR606: does anybody report to themselves, over however many others?"""

from collections.abc import Iterator
from datetime import date

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.errors import RecordError


@rule("SR606", "manager-circle", audit=True)
def SR606(ctx: CheckContext) -> Iterator[Finding]:
    """Nobody is their own manager, directly or over others, on any day.

    ## Why
    Whoever agrees to what somebody does is looked for up the line of managers, and so is who stands in for them. In a
    circle that line has no top: two who manage each other would agree to each other's work, and nobody above to either.

    ## Fix
    Name somebody who does not report to the node: `salesrepo node change NODE --manager NODE`.
    """
    for change, node in ctx.change.readable(NODE):
        known = change.before.managers if change.before and change.before != node else ()
        for at, term in enumerate(node.managers):
            if term in known:
                continue
            circle = _circle(ctx, node, term.starts, term.ends)
            if circle:
                day, line = circle
                when = f" from {day} on" if day > ctx.today else ""
                over = ", who reports to ".join(ctx.who(name) for name in line)
                message = f"{node.name} would report to {over}{when}."
                hint = f"Name somebody else: salesrepo node change {node.node} --manager NODE"
                yield Finding("SR606", Severity.ERROR, message, Location(change.path, ("managers", at)), hint=hint)
                break


def _circle(ctx: CheckContext, node: Node, starts: date, ends: date | None) -> tuple[date, tuple[str, ...]] | None:
    """The first day of a term on which the line above a node comes back to it, and that line; None where it never does.

    Lines change on days when somebody's term starts or ends, so that those are looked at.
    """
    days = [starts]
    while days:
        day = min(days)
        days.remove(day)
        line, met = _line(ctx, node, day)
        if line and line[-1] == node.node:
            return day, line
        days += [other for other in _turns(met) if other > day and (ends is None or other < ends) and other not in days]
    return None


def _line(ctx: CheckContext, node: Node, day: date) -> tuple[tuple[str, ...], list[Node]]:
    """Who stands above a node on a day, until nobody does or somebody stands there twice; and their records."""
    line: list[str] = []
    met = [node]
    above = node.manager_on(day)
    while above is not None and above not in line:
        line.append(above)
        found = _node(ctx, above) if above != node.node else None
        if found is None:
            break
        met.append(found)
        above = found.manager_on(day)
    return tuple(line), met


def _node(ctx: CheckContext, name: str) -> Node | None:
    try:
        return ctx.result.get(NODE, node=name)
    except RecordError:
        return None  # SR101 says what is wrong with it


def _turns(met: list[Node]) -> Iterator[date]:
    for node in met:
        for term in node.managers:
            yield term.starts
            if term.ends is not None:
                yield term.ends
