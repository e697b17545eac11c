"""What is a rule, and what does it get to see?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Self

from salesrepo.domain.change_set import ChangeSet
from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.plan import Plan
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY, ClaimsPolicy
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY, RolesPolicy
from salesrepo.domain.kinds.settings import SETTINGS, Settings
from salesrepo.domain.record import Kind
from salesrepo.domain.snapshot import Snapshot, V


class CannotJudge(Exception):
    """Raised by a rule that lacks what it needs; the engine reports it as skipped, never as passed."""


@dataclass(frozen=True, slots=True)
class Rival:
    """An earlier place in line for a claim: its path, who asks, which proposal."""

    path: str
    node: str
    proposal: int


AskedOn = Callable[[Claim], tuple[date, date] | None]
"""The days on which a claim of main was asked for and merged, by the receipt; None where history does not tell."""

LetGo = Callable[[Claim, str, date], date | None]
"""The last day, since a day, on which a node let an earlier lease of a claim's account and layer go; None for none."""

PlanFaults = Callable[[Plan], Iterable[tuple[tuple[str | int, ...], str, str]]]
"""What keeps a plan from being paid by: for each fault the route to its place, a sentence and the next step."""


@dataclass(frozen=True)
class CheckContext:
    """All that a rule may look at.

    `tip` is main as it stands: authority, policy and other people's records are read there. `result` is the tip with
    the change in place. `actor` is the node whose forge id proposed, None for a newcomer. `today` is the day of the
    merge in the company's time zone. `rivals` are open, unrefused proposals that were first in line. `size` counts
    the bytes that the change brings. `plan_faults` is what commission has to say of a plan (its room is no rule's).
    `asked_on` looks up in main's history how long a claim was under review, `let_go` who had it before.
    """

    change: ChangeSet
    tip: Snapshot
    result: Snapshot
    actor_id: str
    actor: Node | None
    today: date
    rivals: tuple[Rival, ...] = ()
    size: int = 0
    plan_faults: PlanFaults | None = None
    asked_on: AskedOn | None = None
    let_go: LetGo | None = None
    memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def looking(
        cls,
        tip: Snapshot,
        today: date,
        *,
        result: Snapshot | None = None,
        actor_id: str = "",
        actor: Node | None = None,
        asked_on: AskedOn | None = None,
        let_go: LetGo | None = None,
    ) -> Self:
        """What the rules would see of a proposal that changes nothing; `result` is the tip unless it is told."""
        return cls(
            change=ChangeSet(),
            tip=tip,
            result=result or tip,
            actor_id=actor_id,
            actor=actor,
            today=today,
            asked_on=asked_on,
            let_go=let_go,
        )

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that the actor holds today, by the tip's node file."""
        return frozenset(self.actor.roles_on(self.today) if self.actor else ())

    @property
    def me(self) -> str:
        """The actor's node, empty for a newcomer."""
        return self.actor.node if self.actor else ""

    @cached_property
    def claims_policy(self) -> ClaimsPolicy:
        """policy/claims.yml of the tip."""
        return self._needed(CLAIMS_POLICY)

    @cached_property
    def roles_policy(self) -> RolesPolicy:
        """policy/roles.yml of the tip."""
        return self._needed(ROLES_POLICY)

    @cached_property
    def settings(self) -> Settings:
        """salesrepo.yml of the tip."""
        return self._needed(SETTINGS)

    def _needed(self, kind: Kind[V]) -> V:
        value = self.tip.get(kind)
        if value is None:
            raise CannotJudge(f"{kind.path.text} is missing")
        return value

    def may_write(self, *owners: str) -> bool:
        """Whether one of the actor's roles stands behind one of these classes of files (policy/roles.yml)."""
        return any(self.roles & set(getattr(self.roles_policy.write, owner)) for owner in owners)

    def who(self, node: str) -> str:
        """A node as people call it."""
        found = self.tip.get(NODE, node=node) if node else None
        return found.name if found else node or "somebody who has not joined yet"


def sentence(text: str) -> str:
    """A clause that another room gives as a reason, as a sentence: `no rule covers it` -> `No rule covers it.`"""
    first = text.partition(" ")[0]
    begun = text[0].upper() + text[1:] if first.isalpha() else text
    return begun if begun.endswith((".", "?", "!")) else f"{begun}."


Check = Callable[[CheckContext], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A coded check. Its page is the docstring of its function: a sentence, `## Why`, `## Fix`.

    `audit`: it judges how the records stand, not who changed them, so it runs over the whole repository as well.
    `waivable`: its errors may be waived for a time; its warnings always may (checks/waivers.py).
    """

    code: str
    name: str
    check: Check
    audit: bool = False
    waivable: bool = False

    @property
    def module(self) -> str:
        """The file in checks/rules/ where it stands."""
        return self.check.__module__

    @property
    def page(self) -> str:
        """The documentation."""
        return self.check.__doc__ or ""


def rule(code: str, name: str, *, audit: bool = False, waivable: bool = False) -> Callable[[Check], Rule]:
    """Make a rule of a check. Registers nothing: checks/registry.py lists the rules."""
    return lambda check: Rule(code, name, check, audit, waivable)
