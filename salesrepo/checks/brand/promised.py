"""Which promises does a text cite, does each hold for this deal, and which phrases does it then allow?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesrepo.checks.brand.expressions import expression, written
from salesrepo.checks.words import plain_words
from salesrepo.domain.jurisdiction import holds_in
from salesrepo.domain.kinds.brand_text import Audience
from salesrepo.domain.kinds.promises import Promise

_MOST_STRANGE = 20
_CITED = re.compile(r"\[([a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?)\]", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A text and where it was said: for whom, in which file, to whom (`country`: empty where nobody knows), of what.

    `cited` are the promises that the record lists; those that the text itself names as `[p-id]` come on top.
    """

    text: str
    audience: Audience
    day: date
    path: str = ""
    markdown: bool = False
    country: str = ""
    products: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


def cited_in(text: str, known: Mapping[str, Promise]) -> dict[str, int]:
    """The promises that a text names in square brackets, each with the offset where it does so first.

    Of those that nobody knows, but that begin with p- as promises do, the first twenty.
    """
    found: dict[str, int] = {}
    strange: dict[str, int] = {}
    for match in _CITED.finditer(text):
        name = match[1].lower()
        if name in known:
            found.setdefault(name, match.start())
        elif name.startswith("p-") and len(strange) < _MOST_STRANGE:
            strange.setdefault(name, match.start())
    return found | strange


def limits(name: str, promise: Promise, said: Said) -> Iterator[str]:
    """Why a promise does not hold where something is said, as sentences.

    A text that goes to no account known here (a letter, a page) is not limited to products or regions.
    """
    if promise.status == "withdrawn":
        yield f"The promise {name} was withdrawn."
    elif promise.until and promise.until < said.day:
        yield f"The promise {name} ended on {promise.until}."
    others = [sku for sku in said.products if promise.products and sku not in promise.products]
    if others:
        yield f"The promise {name} does not hold for {', '.join(others)}."
    if said.audience in ("deal", "claim") and not holds_in(said.country, promise.regions):
        where = f"in {said.country}" if said.country else "where the country is not known"
        yield f"The promise {name} does not hold {where}."


@dataclass(frozen=True)
class Cover:
    """What the promises cited with a text allow in it; `lacks` says why those do not that cover nothing."""

    allowed: tuple[Any, ...]
    lacks: tuple[tuple[Any, str], ...]


def cover(said: Said, known: Mapping[str, Promise]) -> Cover:
    """The expressions that count as covered. Raises CannotJudge where one of them is not valid."""
    allowed: list[Any] = []
    lacks: list[tuple[Any, str]] = []
    for name in dict.fromkeys((*said.cited, *cited_in(said.text, known))):
        promise = known.get(name)
        if promise is None or not promise.allow:
            continue
        compiled = [expression(written(allow), ignorecase=True) for allow in promise.allow]
        why = next(limits(name, promise, said), "") or _missing(name, promise, said.text)
        if why:
            lacks += [(one, why) for one in compiled]
        else:
            allowed += compiled
    return Cover(tuple(allowed), tuple(lacks))


def _missing(name: str, promise: Promise, text: str) -> str:
    plain = plain_words(text).casefold()
    lacking = next((words for words in promise.requires if plain_words(words).casefold() not in plain), "")
    return f"The promise {name} covers it only where the text also says {lacking!r}." if lacking else ""
