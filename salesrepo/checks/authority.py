"""Who may add, change or remove a file of which class? The one table; policy/roles.yml names the roles behind it.

What stands in no row is refused. SR601 and SR602 read the table, and say why.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Literal

from salesrepo.checks.handover import passes
from salesrepo.checks.rule import CheckContext
from salesrepo.checks.transitions import is_due
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.pay_dispute import PAY_ANSWER, PAY_QUESTION
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.playbook import PLAYBOOK
from salesrepo.domain.kinds.policy_roles import RolesPolicy
from salesrepo.domain.kinds.story import STORY
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.kinds.transfer import TRANSFER
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import Owner

Act = Literal["add", "change", "remove"]

# Whom a row may name besides the classes of policy/roles.yml:
SELF = "self"  # whoever the path names
IMPORT = "import"  # the role import, of claims and deals only for new records that say where they come from
HANDOVER = "handover"  # whoever passes on what somebody held (checks/handover.py)
ASKER = "asker"  # whoever a question about pay says asks it
ANSWERER = "answerer"  # whom a question about pay, as main has it, names to answer it
DUE = "due"  # anybody at work, for what follows from dates (checks/transitions.py)


@dataclass(frozen=True, slots=True)
class Row:
    """Who may do what with files of one class; nobody where nothing stands."""

    add: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


def _all(*whom: str) -> Row:
    return Row(whom, whom, whom)


_SELLING = ("seller", "maintainer", IMPORT)

BY_OWNER: Mapping[Owner, Row] = MappingProxyType(
    {
        Owner.MAINTAINER: _all("maintainer"),
        Owner.FINANCE: _all("finance"),
        Owner.BRAND: _all("brand"),
        Owner.CERTIFICATION: _all("certification"),
        Owner.DISPUTES: _all("disputes"),
        Owner.NEWCOMER: Row(add=(SELF,), change=(SELF,), remove=(SELF, "maintainer")),
        Owner.NODE: _all(SELF),
        Owner.SELLER: _all(*_SELLING),
        Owner.BOT: Row(),
    }
)

# Kinds that differ from their owner's row.
BY_KIND: Mapping[str, Row] = MappingProxyType(
    {
        ACCOUNT.name: Row(add=_SELLING, change=_SELLING),
        ALIAS.name: Row(add=_SELLING, change=("maintainer",), remove=("maintainer",)),
        CLAIM.name: Row(add=("seller", IMPORT), change=("seller", HANDOVER, DUE)),
        DEAL.name: Row(add=("seller", IMPORT), change=("seller", HANDOVER)),
        HOLD.name: _all(*_SELLING, DUE),
        PAY_ANSWER.name: Row(add=(ANSWERER, "finance")),
        PAY_QUESTION.name: Row(add=(ASKER,)),
        PLACE_IN_QUEUE.name: _all(*_SELLING, DUE),
        TAKING.name: Row(add=(*_SELLING, DUE)),
        TRANSFER.name: Row(add=_SELLING),
        PLAYBOOK.name: _all("seller", "maintainer", "brand"),
        STORY.name: _all("seller", "maintainer", "brand"),
        WAIT.name: _all(*_SELLING, DUE),
    }
)


def act_of(change: RecordChange[Any]) -> Act:
    """What a change does to its file."""
    if change.change.before is None:
        return "add"
    return "remove" if change.change.after is None else "change"


def allowed(change: RecordChange[Any]) -> tuple[str, ...]:
    """Whom the table lets make this change; nobody where no kind lives at the path."""
    if change.place is None:
        return ()
    row = BY_KIND.get(change.kind) or BY_OWNER.get(change.place.kind.owner, Row())
    whom: tuple[str, ...] = getattr(row, act_of(change))
    return whom


def roles_for(change: RecordChange[Any], policy: RolesPolicy) -> tuple[str, ...]:
    """The roles that may make this change, in the policy's order."""
    classes = asdict(policy.write)
    return tuple(dict.fromkeys(role for name in allowed(change) for role in classes.get(name, ())))


def may(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether the sender may make this change, by the table and main's policy."""
    return any(_is(ctx, whom, change) for whom in allowed(change))


def _is(ctx: CheckContext, whom: str, change: RecordChange[Any]) -> bool:
    if whom == SELF:
        return change.ids["forge_id"] == ctx.actor_id if "forge_id" in change.ids else change.ids["node"] == ctx.me
    if whom == HANDOVER:
        return passes(ctx, change)
    if whom == DUE:
        return is_due(ctx, change)
    if whom in (ASKER, ANSWERER):
        return _is_of_question(ctx, whom, change)
    if whom == IMPORT:
        bound = change.kind in (CLAIM.name, DEAL.name)
        return "import" in ctx.roles and (not bound or bool(getattr(change.after, "imported", None)))
    return ctx.may_write(whom)


def _is_of_question(ctx: CheckContext, whom: str, change: RecordChange[Any]) -> bool:
    """Whether a question about pay is the sender's, or names the sender to answer it."""
    if whom == ASKER:
        return bool(ctx.me) and getattr(change.after, "by", "") == ctx.me
    asked = ctx.tip.get(PAY_QUESTION, dispute=change.ids["dispute"])
    return asked is not None and asked.answerer == ctx.me


_BY_CODE = {
    "SR305": "pay",
    "SR401": "pay",
    "SR411": "pay",
    "SR412": "pay",
    "SR413": "pay",
    "SR602": "organisation",
    "SR603": "imports",
    "SR604": "organisation",
    "SR607": "pay",
}
_BY_RECORD = {ACCOUNT.name: "facts", ALIAS.name: "facts", CLAIM.name: "claims", HOLD.name: "claims", DEAL.name: "deals"}


def review_class(finding: Finding) -> str:
    """Which class of policy/roles.yml (`review:`) a finding belongs to; empty where none fits."""
    place = place_of(finding.at.path)
    return _BY_CODE.get(finding.code) or (_BY_RECORD.get(place.kind.name, "") if place else "")
