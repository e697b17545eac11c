"""The pieces of a sentence about a change: fields with their old and new values, amounts, terms that begin and end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from salesrepo.domain.kinds.claim import DEFAULT_LAYER
from salesrepo.domain.kinds.product import Product
from salesrepo.domain.money import group_amount, parse_amount
from salesrepo.errors import RefusedError
from salesrepo.report.differences import Show, brief, default_of, differences, one_line, spoken

_PEOPLE = frozenset(
    (
        "node",
        "by",
        "to",
        "team",
        "payee",
        "holder",
        "giver",
        "receiver",
        "against",
        "referred_by",
        "added_by",
        "stated_by",
    )
)
_SUMS = frozenset(("price", "cost", "amount"))
_TERMS = frozenset(("category", "ending", "evidence", "ground", "outcome", "role", "standing"))


def _unlisted(sku: str) -> Product | None:
    return None


@dataclass(frozen=True, slots=True)
class Names:
    """How people call a node, a company by its key, and what the price list says of a product."""

    who: Callable[[str], str]
    account: Callable[[str], str]
    product: Callable[[str], Product | None] = _unlisted


def told(**said: object) -> Iterator[str]:
    """What is there of these, each with its word: `signed 2026-11-20`."""
    for name, value in said.items():
        if value:
            yield f"{spoken(name)} {one_line(str(value))}"


def fields_told(was: Any, now: Any, names: Names, *, but: Iterable[str] = ()) -> Iterator[str]:
    """Each field that differs, those `but` left out: `price 1,000.00 -> 900.00`, `rules geo added: AT`."""
    show = _shown(names, getattr(now, "currency", ""))
    for field in fields(now):
        if field.name not in but:
            old, new = getattr(was, field.name), getattr(now, field.name)
            yield from differences(spoken(field.name), old, new, show, name=field.name)


def fields_said(now: Any, names: Names, *, but: Iterable[str] = ()) -> Iterator[str]:
    """Each field of a new record that is no default, those `but` left out: `price 900.00`."""
    show = _shown(names, getattr(now, "currency", ""))
    for field in fields(now):
        held = getattr(now, field.name)
        if field.name not in but and held != default_of(field) and (field.name, held) != ("layer", DEFAULT_LAYER):
            yield f"{spoken(field.name)} {brief(held, show, name=field.name)}"


def _shown(names: Names, currency: str) -> Show:
    def show(name: str, value: Any) -> str:
        if value is None:
            return "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, str) and name in _PEOPLE:
            return names.who(value)
        if isinstance(value, str) and name in _TERMS:
            return value.replace("_", " ")
        return money(value, currency) if isinstance(value, str) and name in _SUMS else one_line(str(value))

    return show


def money(text: str, currency: str) -> str:
    """An amount as people read it: `4,821.00`; what is none stays as it is."""
    try:
        return group_amount(parse_amount(text, currency), currency)
    except RefusedError:
        return text


def terms_told(word: str, old: Iterable[Any], new: Iterable[Any], name: Callable[[Any], str]) -> Iterator[str]:
    """Terms that begin, end or go, one by one: `role finance from 2026-12-01`."""
    before, after = list(old), list(new)
    ended = {(name(term), term.starts): term for term in before if term not in after}
    if before != after and not ended and all(term in before for term in after):
        yield f"{word}: the same, written in another way"
    for term in (term for term in after if term not in before):
        known = ended.pop((name(term), term.starts), None)
        until = f" until {term.ends}" if term.ends else ""
        if known is None:
            yield f"{word} {name(term)} from {term.starts}{until}"
        else:
            yield f"{word} {name(term)} ends {term.ends}" if term.ends else f"{word} {name(term)} goes on"
    for gone, starts in ended:
        yield f"{word} {gone} from {starts} removed"
