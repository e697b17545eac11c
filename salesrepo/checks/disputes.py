"""What is said in a dispute, by whom, and is it decided?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from salesrepo.checks.owed import disputes_folder
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.dispute import DECISION, RANKS, STATEMENT, Decision, Ground, Statement
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """One dispute: what its opener says, what the holder answers, and what was decided, as far as it is there."""

    dispute: str
    opened: Statement
    answer: Statement | None = None
    decision: Decision | None = None

    @property
    def parties(self) -> tuple[str, str]:
        """Who opened it, and against whom."""
        return self.opened.node, self.opened.against

    def said_by(self, node: str) -> Statement | None:
        """What a party says."""
        return next((said for said in (self.opened, self.answer) if said is not None and said.node == node), None)


def cases(snapshot: Snapshot, account: str) -> tuple[Case, ...]:
    """The disputes of an account, by their names."""
    folder = disputes_folder(account)
    said: dict[str, list[Statement]] = {}
    for _, statement in snapshot.all(STATEMENT, folder):
        said.setdefault(statement.dispute, []).append(statement)
    decided = {decision.dispute: decision for _, decision in snapshot.all(DECISION, folder)}
    return tuple(_case(name, statements, decided.get(name)) for name, statements in sorted(said.items()))


def is_open(snapshot: Snapshot, case: Case) -> bool:
    """Whether a dispute is still to be decided: nobody has, and the claim is still with whom it was opened against."""
    if case.decision is not None:
        return False
    claim = snapshot.get(CLAIM, account=case.opened.account, layer=case.opened.layer)
    return claim is not None and claim.status == "held" and claim.holder == case.opened.against


def opens(said: Statement) -> bool:
    """Whether a statement is the first of its dispute, which is named after who opened it, and when."""
    return said.dispute.startswith(f"{said.node}-{said.day}")


def heaviest(statement: Statement | None) -> Ground | None:
    """The heaviest ground that a statement exhibits."""
    shown = {exhibit.ground for exhibit in statement.exhibits} if statement else set()
    return next((ground for ground in RANKS if ground in shown), None)


def line_above(snapshot: Snapshot, node: str, day: date) -> Iterator[str]:
    """The managers above a node on a day, the nearest first."""
    seen = {node}
    at = snapshot.get(NODE, node=node)
    while at is not None:
        above = at.manager_on(day)
        if above is None or above in seen:
            return
        seen.add(above)
        yield above
        at = snapshot.get(NODE, node=above)


def _case(name: str, statements: list[Statement], decision: Decision | None) -> Case:
    first, *rest = sorted(statements, key=lambda said: not opens(said))
    answer = next((said for said in rest if said.node == first.against), None)
    return Case(name, first, answer, decision)
