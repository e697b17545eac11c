"""The pieces of a sentence about a change: fields with their old and new values, amounts, terms that begin and end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesrepo.domain.kinds.product import Product
from salesrepo.domain.money import group_amount, parse_amount
from salesrepo.errors import RefusedError

ARROW = "->"
_MOST = 160  # characters of somebody's own text


def _unlisted(sku: str) -> Product | None:
    return None


@dataclass(frozen=True, slots=True)
class Names:
    """How people call a node, a company by its key, and what the price list says of a product."""

    who: Callable[[str], str]
    account: Callable[[str], str]
    product: Callable[[str], Product | None] = _unlisted


def cut(text: str) -> str:
    """Somebody's own text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1].rstrip()}…"


def told(**said: object) -> Iterator[str]:
    """What is there of these, each with its word: `signed 2026-11-20`."""
    for name, value in said.items():
        if value:
            yield f"{name.replace('_', ' ')} {cut(str(value))}"


def fields_told(was: Any, now: Any, names: Iterable[str]) -> Iterator[str]:
    """Each of these fields that differs: `price 1,000.00 -> 900.00`, or `contacts changed` where it has parts."""
    currency = getattr(now, "currency", "")
    for name in names:
        old, new = getattr(was, name), getattr(now, name)
        if old == new:
            continue
        word = name.removesuffix("_").replace("_", " ")
        if _is_plain(old) and _is_plain(new):
            yield f"{word} {_shown(old, name, currency)} {ARROW} {_shown(new, name, currency)}"
        else:
            yield f"{word} changed"


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | date)


def _shown(value: Any, name: str, currency: str) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return money(value, currency) if name in ("price", "amount") and isinstance(value, str) else cut(str(value))


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
    for term in (term for term in after if term not in before):
        known = ended.pop((name(term), term.starts), None)
        until = f" until {term.ends}" if term.ends else ""
        if known is None:
            yield f"{word} {name(term)} from {term.starts}{until}"
        else:
            yield f"{word} {name(term)} ends {term.ends}" if term.ends else f"{word} {name(term)} goes on"
    for gone, _ in ended:
        yield f"{word} {gone} removed"
