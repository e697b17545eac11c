"""Which team, grade and currency does a node have from a day on, and who brought it to the company?"""

import re
from dataclasses import dataclass, replace
from datetime import date

from salesrepo.domain.kinds.node import GradeTerm, Node, TeamTerm
from salesrepo.domain.money import decimals_of
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.people.node_terms import ended

_WORD = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?")
_WEIGHT = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class TeamWish:
    """A team to join; `weight` is empty for the usual one."""

    team: str
    weight: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayWishes:
    """What of the terms that pay rests on changes; what is empty stays.

    `paid_in` and `referred_by` have no day: they hold from the day on which they are accepted.
    """

    join: tuple[TeamWish, ...] = ()
    quit: tuple[str, ...] = ()
    grade: str = ""
    paid_in: str = ""
    referred_by: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        """Every node that is named."""
        return (*(one.team for one in self.join), *self.quit, *([self.referred_by] if self.referred_by else []))


def with_pay_terms(node: Node, wishes: PayWishes, day: date) -> Node:
    """The node with these terms from a day on.

    Raises UsageError for a grade or weight that is none and for a team that it does not belong to, RefusedError for
    an unknown currency.
    """
    new = node
    if wishes.join or wishes.quit:
        new = replace(new, teams=_teams(node, wishes, day))
    if wishes.grade and wishes.grade != node.grade_on(day):
        word_of(wishes.grade, "grade")
        new = replace(new, grades=(*ended(node.grades, day), GradeTerm(grade=wishes.grade, starts=day)))
    if wishes.paid_in:
        decimals_of(wishes.paid_in.upper())
        new = replace(new, currency=wishes.paid_in.upper())
    if wishes.referred_by == node.node:
        raise UsageError("Nobody brought themselves.", hint="Name who it was with --referred-by.")
    return replace(new, referred_by=wishes.referred_by) if wishes.referred_by else new


def check_teams(ws: Workspace, wishes: PayWishes) -> None:
    """Raises RefusedError where somebody is to join what is no team."""
    for wish in wishes.join:
        found = ws.node(wish.team)
        if found is None or found.kind != "team":
            raise RefusedError(f"There is no team {wish.team}.", hint="See which nodes are a team: salesrepo node list")


def word_of(text: str, what: str) -> str:
    """A grade or a reason as records write it. Raises UsageError where it cannot be one."""
    if not _WORD.fullmatch(text):
        raise UsageError(f"{text!r} cannot be a {what}.", hint="Write it with a-z, 0-9 and -, such as senior-2.")
    return text


def _teams(node: Node, wishes: PayWishes, day: date) -> tuple[TeamTerm, ...]:
    here = {term.team for term in node.teams if term.ends is None or term.ends > day}
    if stranger := next((team for team in wishes.quit if team not in here), None):
        raise RefusedError(
            f"{node.name} does not belong to {stranger} on {day}.", hint=f"See: salesrepo node show {node.node}"
        )
    joined = []
    for wish in wishes.join:
        if wish.weight and not _WEIGHT.fullmatch(wish.weight):
            raise UsageError(f"{wish.weight!r} is no weight.", hint="Write it such as +north:0.5.")
        running = next((one for one in node.teams if one.team == wish.team and one.ends is None), None)
        if running is None or running.starts > day or (running.weight or "") != wish.weight:
            joined.append(TeamTerm(team=wish.team, starts=day, weight=wish.weight or None))
    moved = {*wishes.quit, *(term.team for term in joined)}
    return (*ended(node.teams, day, only=lambda term: term.team in moved), *joined)
