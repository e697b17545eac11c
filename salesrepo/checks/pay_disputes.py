"""Which questions about pay are open, about which line or deal, and who may answer them?

What is open is told by paths: a question without an answer beside it. So only those few are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.pay_dispute import PAY_ANSWER, PAY_QUESTION, PayAnswer, PayQuestion, dispute_id
from salesrepo.domain.kinds.policy_pay import PAY_POLICY, PayPolicy
from salesrepo.domain.kinds.policy_roles import RolesPolicy
from salesrepo.domain.period import Calendar, business_days_after
from salesrepo.domain.snapshot import Snapshot

_FOLDER = PAY_QUESTION.path.text.partition("/<")[0]
_PAYEE = re.compile(r"(.+)-[0-9]{8}(?:-[0-9]{1,2})?", re.ASCII)
_MOST_ANSWERED = 99


@dataclass(frozen=True, slots=True)
class PayDispute:
    """A question about pay, and its answer as far as there is one."""

    question: PayQuestion
    answer: PayAnswer | None = None

    @property
    def id(self) -> str:
        """By which people name it."""
        return self.question.dispute

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet."""
        return self.answer is None

    def is_overdue(self, today: date) -> bool:
        """Nobody has answered, and the day by which somebody was to has passed."""
        return self.is_open and self.question.due < today


def pay_policy(snapshot: Snapshot) -> PayPolicy:
    """policy/pay.yml, or what holds without it."""
    return snapshot.get(PAY_POLICY) or PayPolicy()


def pay_disputes(snapshot: Snapshot, *, payee: str = "", only_open: bool = False) -> tuple[PayDispute, ...]:
    """The questions about pay (of one payee where one is named), by the day on which each is due."""
    names = (name for name in _names(snapshot, only_open=only_open) if _may_be_of(name, payee))
    found = [one for name in names if (one := _read(snapshot, name)) and payee in ("", one.question.payee)]
    return tuple(sorted(found, key=lambda one: (one.question.due, one.id)))


def open_disputes(snapshot: Snapshot, node: str) -> dict[str, PayDispute]:
    """What is open about a payee's pay, by line key, or by the deal's id where a deal paid nothing or too little."""
    return {one.question.about: one for one in pay_disputes(snapshot, payee=node, only_open=True)}


def open_until(snapshot: Snapshot, calendar: Calendar, period: str) -> tuple[PayDispute, ...]:
    """What is open about the pay of a period such as 2027-03 and of those before it: what its close leaves open."""
    ends = calendar.named(period).ends
    asked = pay_disputes(snapshot, only_open=True)
    return tuple(one for one in asked if calendar.named(one.question.period).ends <= ends)


def disputes_about(snapshot: Snapshot, payee: str, about: str) -> tuple[PayDispute, ...]:
    """All that was ever asked about one line or deal, the oldest first; costs a look-up for each."""
    return tuple(_asked(snapshot, payee, about))


def find_dispute(snapshot: Snapshot, name: str) -> PayDispute | None:
    """The question with this id."""
    return _read(snapshot, name) if _PAYEE.fullmatch(name) else None


def next_id(snapshot: Snapshot, payee: str, about: str) -> str:
    """The id that another question about this has."""
    return dispute_id(payee, about, number=len(disputes_about(snapshot, payee, about)) + 1)


def may_answer(
    snapshot: Snapshot, roles: RolesPolicy, node: Node | None, parties: tuple[str, ...], *, day: date
) -> bool:
    """Whether somebody answers what these parties (payee, asker) want to know: at work, joined, no party.

    It is whom policy/pay.yml names, or somebody of finance, or who maintains the company.
    """
    if node is None or node.node in parties or node.forge_id is None or not node.works_on(day):
        return False
    fit = {*roles.write.finance, *roles.write.maintainer}
    return node.node == pay_policy(snapshot).answers or not fit.isdisjoint(node.roles_on(day))


def named_answerer(snapshot: Snapshot, roles: RolesPolicy, parties: tuple[str, ...], *, day: date) -> str:
    """Who answers: whom policy names, else the first of finance, else of those who maintain; empty for nobody.

    Who does nothing but finance comes before who maintains the company as well. Reads every node where policy names
    nobody who can.
    """
    named = pay_policy(snapshot).answers
    if named and may_answer(snapshot, roles, snapshot.get(NODE, node=named), parties, day=day):
        return named
    fit = [n for _, n in snapshot.all(NODE, "nodes") if may_answer(snapshot, roles, n, parties, day=day)]
    finance, maintainer = set(roles.write.finance), set(roles.write.maintainer)
    held = ((set(node.roles_on(day)), node.node) for node in fit)
    first = sorted((finance.isdisjoint(own), not maintainer.isdisjoint(own), name) for own, name in held)
    return first[0][2] if first else ""


def due_of(policy: PayPolicy, asked: date) -> date:
    """The day by which what was asked on a day is answered."""
    return business_days_after(asked, policy.answer_days)


def _names(snapshot: Snapshot, *, only_open: bool) -> Iterator[str]:
    paths = snapshot.paths(_FOLDER)
    known = set(paths)
    for path in paths:
        ids = PAY_QUESTION.path.match(path)
        if ids and not (only_open and PAY_ANSWER.path.fill(**ids) in known):
            yield ids["dispute"]


def _may_be_of(name: str, payee: str) -> bool:
    told = _PAYEE.fullmatch(name)
    return not payee or (told is not None and payee == told[1])


def _asked(snapshot: Snapshot, payee: str, about: str) -> Iterator[PayDispute]:
    for number in count(1):
        one = _read(snapshot, dispute_id(payee, about, number=number)) if number <= _MOST_ANSWERED else None
        if one is None:
            return
        yield one


def _read(snapshot: Snapshot, dispute: str) -> PayDispute | None:
    question = snapshot.get(PAY_QUESTION, dispute=dispute)
    return PayDispute(question, snapshot.get(PAY_ANSWER, dispute=dispute)) if question else None
