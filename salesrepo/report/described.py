"""What does a change mean, in the words of the business? One small function for each kind that has words of its own.

A kind without one is told field by field: `price: 1,000.00 -> 900.00`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any

from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.brand_index import BRAND_INDEX
from salesrepo.domain.kinds.cert import CERT, Cert
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.dispute import DECISION, STATEMENT, Decision, Statement
from salesrepo.domain.kinds.exclusion import EXCLUSION, Exclusion
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.payment import PAYMENT, Payment
from salesrepo.domain.kinds.policy_waivers import WAIVERS_POLICY
from salesrepo.domain.kinds.referral import REFERRED_LEAD, ReferredLead
from salesrepo.domain.kinds.request import REQUEST, Request
from salesrepo.domain.kinds.territory import TERRITORY, Coverage, Territory
from salesrepo.domain.kinds.transfer import TRANSFER, Transfer
from salesrepo.report.described_deals import claim_told, deal_told
from salesrepo.report.wording import Names, cut, fields_told, money, terms_told


def describe(change: RecordChange[Any], names: Names) -> tuple[str, ...]:
    """What a change does, each thing as a few words without a full stop; nothing for what only goes along."""
    place = change.place
    if place is None:
        return (f"{change.path}: no record stands there",)
    if place.kind.pointer or place.kind.opaque:
        return ()
    if change.change.after is not None and change.after is None:
        return (f"a {_kind(change)} that cannot be read",)
    if place.kind.words and change.before is not None and change.after is not None:
        return (f"{_kind(change)} written anew",)  # nobody reads a page as one field
    words = WORDS.get(change.kind)
    found = tuple(words(change, names)) if words else ()
    return found or tuple(_plainly(change))


def subject(change: RecordChange[Any], names: Names) -> str:
    """What a change is about: a company, a node, a territory, or the kind of record with its ids."""
    ids = change.ids
    if "account" in ids:
        return names.account(ids["account"])
    if "node" in ids:
        return names.who(ids["node"])
    value = change.value
    named: object = getattr(value, "name", "") or getattr(value, "title", "")
    if isinstance(named, str) and named:
        return named
    return " ".join((_kind(change), *ids.values())) if change.place else change.path


def _kind(change: RecordChange[Any]) -> str:
    return change.kind.replace("-", " ")


# --- kinds with words of their own -------------------------------------------------------------------------------


def _account(change: RecordChange[Account], names: Names) -> Iterator[str]:
    was, now = change.before, change.after
    if now is None:
        yield "account removed"
        return
    if was is None:
        facts = ", ".join(f"{name} {value}" for name, value in now.facts().items() if value is not None)
        yield f"new account, added by {names.who(now.added_by)}" + (f": {facts}" if facts else "")
    else:
        yield from fields_told(was, now, ("name", *now.facts(), "parent", "founded"))
        if was.aliases != now.aliases:
            yield f"known as {', '.join(now.aliases) or 'nothing else'}"
    if now.confirmed and (was is None or was.confirmed != now.confirmed):
        yield f"facts confirmed by {names.who(now.confirmed.by)}"
    elif was and was.confirmed and not now.confirmed:
        yield "facts not confirmed any more"


def _node(change: RecordChange[Node], names: Names) -> Iterator[str]:
    was, now = change.before, change.after
    if now is None:
        yield "node removed"
        return
    old = was or Node(node=now.node, name=now.name)
    if was is None:
        yield "joins"
    yield from fields_told(old, now, ("name", "kind", "status"))
    if old.left != now.left:
        yield f"leaves on {now.left}" if now.left else "stays"
    if old.forge_id != now.forge_id:
        yield f"is user {now.forge_id}" if now.forge_id else "has no user any more"
    yield from terms_told("role", old.roles, now.roles, lambda term: term.role)
    yield from terms_told("plan", old.plans, now.plans, lambda term: term.plan)
    yield from terms_told("manager", old.managers, now.managers, lambda term: names.who(term.node))
    yield from terms_told("deputy", old.deputies, now.deputies, lambda term: names.who(term.node))


def _territory(change: RecordChange[Territory], names: Names) -> Iterator[str]:
    was, now = change.before, change.after
    if now is None:
        yield "territory removed"
        return
    if was is None:
        yield f"new {now.kind} from {now.starts}"
    else:
        yield from fields_told(was, now, ("name", "kind", "layer", "starts", "ends", "missing"))
        if (was.rules, was.exclude) != (now.rules, now.exclude):
            yield "other accounts belong to it"
    yield from terms_told("covered by", was.coverage if was else (), now.coverage, lambda row: _cover(row, names))


def _cover(row: Coverage, names: Names) -> str:
    return f"{names.who(row.node)} as {row.role.replace('_', ' ')}{' (helps)' if row.overlay else ''}"


def _payment(change: RecordChange[Payment], names: Names) -> Iterator[str]:
    now = change.after
    if now is not None and change.before is None:
        yield f"{now.kind} {money(now.amount, now.currency)} {now.currency} on {now.day} for {now.deal}"


def _transfer(change: RecordChange[Transfer], names: Names) -> Iterator[str]:
    now = change.after
    if now is not None and change.before is None:
        share = f"; {names.who(now.giver)} keeps {now.giver_share} until {now.until}" if now.giver_share else ""
        why = f", because {cut(now.reason)}" if now.reason else ""
        yield f"transferred from {names.who(now.giver)} to {names.who(now.receiver)}{share}{why}"


def _cert(change: RecordChange[Cert], names: Names) -> Iterator[str]:
    now = change.after
    if now is not None and change.before is None:
        until = f" until {now.until}" if now.until else ""
        yield f"passed {now.module} on {now.passed}, {now.level}{until}, by the word of {names.who(now.by)}"


def _exclusion(change: RecordChange[Exclusion], names: Names) -> Iterator[str]:
    now = change.after
    if now is None:
        yield "may be claimed again"
        return
    why = f", because {cut(now.why)}" if now.why else ""
    yield f"nobody claims it ({now.reason.replace('_', ' ')}) {f'until {now.until}' if now.until else 'for good'}{why}"


def _referral(change: RecordChange[ReferredLead], names: Names) -> Iterator[str]:
    now = change.after
    if now is None:
        yield "referral removed"
        return
    note = f": {cut(now.note)}" if now.note else ""
    yield f"referred by {names.who(now.by)} to {names.who(now.to)} on {now.day}{note}"


def _statement(change: RecordChange[Statement], names: Names) -> Iterator[str]:
    now = change.after
    if now is None:
        yield "statement removed"
        return
    shown = ", ".join(f"{one.ground.replace('_', ' ')} ({cut(one.text)})" for one in now.exhibits[:5])
    yield f"{names.who(now.node)} disputes it with {names.who(now.against)}: {shown or 'no evidence'}"


def _decision(change: RecordChange[Decision], names: Names) -> Iterator[str]:
    now = change.after
    if now is None:
        yield "decision removed"
        return
    shares = ", ".join(f"{names.who(one.node)} {one.share}" for one in now.shares)
    parts = f"; credit {shares}{f' for {now.days} days' if now.days else ''}" if shares else ""
    ground = now.ground.replace("_", " ")
    yield f"{names.who(now.by)} decides for {names.who(now.holder)} by {ground}, because {cut(now.why)}{parts}"


def _waivers(change: RecordChange[Any], names: Names) -> Iterator[str]:
    old, new = (side.waivers if side else () for side in (change.before, change.after))
    for one in (waiver for waiver in new if waiver not in old):
        what, where = getattr(one, "code", "") or one.rule, getattr(one, "path", "") or one.file
        match = f" ({cut(one.match)})" if one.match else ""
        yield f"waives {what} for {where}{match} until {one.until}, {names.who(one.by)} says: {cut(one.reason)}"
    for one in (waiver for waiver in old if waiver not in new):
        yield f"waiver of {getattr(one, 'code', '') or one.rule} removed"
    if change.kind == BRAND_INDEX.name and change.before is not None and change.after is not None:
        yield from fields_told(change.before, change.after, ("rules",))


def _request(change: RecordChange[Request], names: Names) -> Iterator[str]:
    asks = change.value
    if asks is not None:
        yield f"{asks.name} asks to join as {asks.node}" if change.after else f"{asks.name} asks no more"


def _activity(change: RecordChange[Any], names: Names) -> Iterator[str]:
    many = len(change.after) if isinstance(change.after, tuple) else 0
    yield f"{many} {'activity' if many == 1 else 'activities'} logged" if many else "activities removed"


WORDS: Mapping[str, Callable[[RecordChange[Any], Names], Iterator[str]]] = MappingProxyType(
    {
        ACCOUNT.name: _account,
        ACTIVITY.name: _activity,
        CERT.name: _cert,
        BRAND_INDEX.name: _waivers,
        CLAIM.name: claim_told,
        DEAL.name: deal_told,
        DECISION.name: _decision,
        EXCLUSION.name: _exclusion,
        NODE.name: _node,
        PAYMENT.name: _payment,
        REFERRED_LEAD.name: _referral,
        REQUEST.name: _request,
        STATEMENT.name: _statement,
        TERRITORY.name: _territory,
        TRANSFER.name: _transfer,
        WAIVERS_POLICY.name: _waivers,
    }
)


def _plainly(change: RecordChange[Any]) -> Iterator[str]:
    if change.change.after is None:
        yield f"{_kind(change)} removed"
    elif change.change.before is None or not is_dataclass(change.before) or not is_dataclass(change.after):
        yield f"{'new ' if change.change.before is None else ''}{_kind(change)}"
    else:
        told = tuple(fields_told(change.before, change.after, [field.name for field in fields(change.after)]))
        yield from told or (f"{_kind(change)} written anew",)
