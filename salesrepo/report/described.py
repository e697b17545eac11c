"""What does a change mean, in the words of the business? One small function for each kind that has words of its own.

A kind without one is told field by field: `price: 1,000.00 -> 900.00`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import MappingProxyType
from typing import Any

from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.cert import CERT, Cert
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal, DealLine
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.payment import PAYMENT, Payment
from salesrepo.domain.kinds.request import REQUEST, Request
from salesrepo.domain.kinds.territory import TERRITORY, Coverage, Territory
from salesrepo.domain.kinds.transfer import TRANSFER, Transfer
from salesrepo.domain.money import parse_amount
from salesrepo.errors import RefusedError
from salesrepo.report.wording import ARROW, fields_told, money, terms_told


@dataclass(frozen=True, slots=True)
class Names:
    """How people call a node, and a company by its key."""

    who: Callable[[str], str]
    account: Callable[[str], str]


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


def _deal(change: RecordChange[Deal], names: Names) -> Iterator[str]:
    was, now = change.before, change.after
    if now is None:
        yield "deal removed"
    elif was is None:
        lines = ", ".join(
            f"{line.quantity} x {line.product} at {money(line.price, now.currency)}" for line in now.lines
        )
        yield f"new deal of {names.who(now.node)}, stage {now.stage}" + (f": {lines} {now.currency}" if lines else "")
    else:
        if was.stage != now.stage:
            signed = f", signed {now.signed}" if now.stage == "won" and now.signed else ""
            yield f"stage {was.stage} {ARROW} {now.stage}{signed}"
        yield from _lines(was, now)
        if was.node != now.node:
            yield f"holder {names.who(was.node)} {ARROW} {names.who(now.node)}"
        if was.credits != now.credits:
            shares = ", ".join(f"{names.who(c.node)} {c.share} as {c.role}" for c in now.credits) or "nobody"
            yield f"credit now: {shares}"
        told = {"signed"} if was.stage != now.stage and now.stage == "won" else set()
        rest = ("currency", "closes", "signed", "closed", "order", "reason", "term", "billing")
        yield from fields_told(was, now, [name for name in rest if name not in told])


def _lines(was: Deal, now: Deal) -> Iterator[str]:
    before, after = _by_product(was), _by_product(now)
    for product, nth in dict.fromkeys((*before, *after)):
        old, new = before.get((product, nth)), after.get((product, nth))
        if old is None and new is not None:
            yield f"{new.quantity} x {product} added at {money(new.price, now.currency)} {now.currency}"
        elif new is None:
            yield f"{product} removed"
        elif old is not None:
            yield from _line(product, old, new, now.currency, several=len(after) > 1)


def _by_product(deal: Deal) -> dict[tuple[str, int], DealLine]:
    """The lines by product, and where one stands there several times, by its turn."""
    found: dict[tuple[str, int], DealLine] = {}
    for line in deal.lines:
        found[line.product, sum(product == line.product for product, _ in found)] = line
    return found


def _line(product: str, old: DealLine, new: DealLine, currency: str, *, several: bool) -> Iterator[str]:
    of = f" of {product}" if several else ""
    if old.quantity != new.quantity:
        yield f"quantity{of} {old.quantity} {ARROW} {new.quantity}"
    if old.price != new.price:
        prices = f"{money(old.price, currency)} {ARROW} {money(new.price, currency)}"
        yield f"price{of} {prices}{_less(old.price, new.price, currency)}"


def _less(old: str, new: str, currency: str) -> str:
    try:
        was, now = parse_amount(old, currency), parse_amount(new, currency)
    except RefusedError:
        return ""
    return f", {round(100 * (was - now) / was)} % off" if 0 <= now < was else ""


def _claim(change: RecordChange[Claim], names: Names) -> Iterator[str]:
    was, now = change.before, change.after
    if now is None:
        yield "claim removed"
    elif now.status == "released":
        yield f"given back by {names.who(now.holder)}"
    elif was is None or was.status == "released":
        yield f"claimed by {names.who(now.holder)} until {now.until}"
    elif was.holder != now.holder:
        yield f"passes from {names.who(was.holder)} to {names.who(now.holder)}, until {now.until}"
    else:
        yield from fields_told(was, now, ("territory", "until", "provisional"))


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
        yield f"transferred from {names.who(now.giver)} to {names.who(now.receiver)}{share}"


def _cert(change: RecordChange[Cert], names: Names) -> Iterator[str]:
    now = change.after
    if now is not None and change.before is None:
        until = f" until {now.until}" if now.until else ""
        yield f"passed {now.module} on {now.passed}, {now.level}{until}, by the word of {names.who(now.by)}"


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
        CLAIM.name: _claim,
        DEAL.name: _deal,
        NODE.name: _node,
        PAYMENT.name: _payment,
        REQUEST.name: _request,
        TERRITORY.name: _territory,
        TRANSFER.name: _transfer,
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
