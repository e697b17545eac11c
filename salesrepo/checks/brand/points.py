"""What does a rule of each of Vale's kinds find in a text?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import Any

from salesrepo.checks.brand.expressions import any_of, expression, written
from salesrepo.checks.rule import CannotJudge
from salesrepo.domain.kinds.brand_style import BrandStyle

MOST_HITS = 1000  # of one rule in one part of a text; what goes beyond is told, never overlooked


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found, from `start` to `end`; `instead` are those to use."""

    start: int
    end: int
    said: str
    instead: str = ""


Look = Callable[[str], Iterator[Hit]]
_OF_WORDS = ("existence", "occurrence", "conditional")  # the others are about how a word is written


@dataclass(frozen=True)
class Point:
    """A style made ready: `look` finds, and `screen`, where there is one, is an expression without which it cannot."""

    style: BrandStyle
    look: Look
    screen: str | None = None

    @property
    def plain(self) -> bool:
        """Whether it is about words, in plain letters: accents then hide nothing from it."""
        return self.style.extends in _OF_WORDS and (self.screen or self.style.token or "").isascii()

    @cached_property
    def except_(self) -> Any:
        """What the exceptions of the style cover, compiled; None where there are none."""
        parts = "|".join(f"(?:{written(part)})" for part in self.style.exceptions)
        return expression(parts, ignorecase=self.style.ignorecase) if parts else None


def point_of(name: str, style: BrandStyle) -> Point:
    """A style, ready to look for. Raises CannotJudge where it says nothing or RE2 does not take it."""
    try:
        return _POINTS[style.extends](style)
    except CannotJudge as bad:
        raise CannotJudge(f"{bad} ({name})") from None


def _finder(style: BrandStyle, pattern: str) -> Callable[[str], Iterator[Any]]:
    """Every match, at most MOST_HITS and one more; compiled when first looked for."""
    compiled: list[Any] = []

    def find(text: str) -> Iterator[Any]:
        if not compiled:
            compiled.append(expression(pattern, ignorecase=style.ignorecase))
        found = (match for match in compiled[0].finditer(text) if match.start() < match.end())
        return islice(found, MOST_HITS + 1)

    return find


def _hits(find: Callable[[str], Iterator[Any]], text: str) -> Iterator[Hit]:
    for match in find(text):
        yield Hit(match.start(), match.end(), match.group(0))


def _existence(style: BrandStyle) -> Point:
    if not style.tokens and not style.raw:
        raise CannotJudge("a brand rule has nothing to look for")
    tokens = any_of(style.tokens, bounded=not style.nonword)
    raw = "".join(style.raw)  # parts of one expression, so only the whole is one
    if raw:
        written(raw)
    whole = f"(?:{tokens})" if tokens else ""
    pattern = whole + raw if style.append else raw + whole
    return Point(style, partial(_hits, _finder(style, pattern)), pattern)


def _substitution(style: BrandStyle) -> Point:
    if not style.swap:
        raise CannotJudge("a brand rule has nothing to look for")
    pattern = any_of(tuple(style.swap), bounded=not style.nonword)
    find = _finder(style, pattern)
    lefts = [(_finder(style, rf"\A(?:{left})\z"), right) for left, right in style.swap.items()]

    def look(text: str) -> Iterator[Hit]:
        for hit in _hits(find, text):
            right = next((right for left, right in lefts if any(left(hit.said))), "")
            if hit.said not in right.split("|"):
                yield Hit(hit.start, hit.end, hit.said, right.replace("|", " or "))

    return Point(style, look, pattern)


def _occurrence(style: BrandStyle) -> Point:
    token = written(style.token or "")
    find = _finder(style, token)

    def look(text: str) -> Iterator[Hit]:
        hits = list(_hits(find, text))
        if style.max is not None and len(hits) > style.max:
            yield hits[style.max]
        elif style.min is not None and len(hits) < style.min and text.strip():
            yield Hit(0, len(text), text.strip()[:60])

    return Point(style, look, None if style.min else token)


def _conditional(style: BrandStyle) -> Point:
    first, second = written(style.first or ""), written(style.second or "")
    find, wanted = _finder(style, first), _finder(style, second)
    named = expression(second, ignorecase=style.ignorecase).groups > 0 and _groups(style, first)

    def look(text: str) -> Iterator[Hit]:
        there = {_word_of(match) for match in wanted(text)}
        for match in find(text) if named or not there else ():
            if not named or _word_of(match) not in there:
                yield Hit(match.start(), match.end(), match.group(0))

    return Point(style, look, first)


def _groups(style: BrandStyle, pattern: str) -> bool:
    return bool(expression(pattern, ignorecase=style.ignorecase).groups > 0)


def _word_of(match: Any) -> str:
    return str(next((group for group in match.groups() if group), match.group(0)))


def _repetition(style: BrandStyle) -> Point:
    pattern = "|".join(f"(?:{written(token)})" for token in style.tokens)
    if not pattern:
        raise CannotJudge("a brand rule has nothing to look for")
    compiled = expression(pattern, ignorecase=style.ignorecase)
    most = style.max or 0

    def look(text: str) -> Iterator[Hit]:
        before, times, start = "", 0, 0
        for match in compiled.finditer(text):
            said = match.group(0)
            key = said.lower() if style.ignorecase else said
            again = bool(said) and key == before and (not style.alpha or said.isalpha())
            times, start = (times + 1, start) if again else (0, match.start())
            before = key
            if times > most:
                yield Hit(start, match.end(), text[start : match.end()])

    return Point(style, look)


def _capitalization(style: BrandStyle) -> Point:
    match = style.match or ""
    fits = _NAMED.get(match)
    if fits is None:
        compiled = expression(written(match), ignorecase=style.ignorecase)

        def fits(words: str) -> bool:
            return compiled.fullmatch(words) is not None

    excepted = expression(any_of(style.exceptions, bounded=True), ignorecase=False) if style.exceptions else None

    def look(text: str) -> Iterator[Hit]:
        said = text.strip()
        words = excepted.sub("", said) if excepted else said
        if words.strip() and not fits(words.strip()):
            start = text.index(said)
            yield Hit(start, start + len(said), said[:200])

    return Point(style, look)


_SMALL = frozenset("a an and as at but by for from in into nor of off on or over per so the to up via with".split())


def _title(words: str) -> bool:
    parts = words.split()
    last = len(parts) - 1
    return all(not p[0].islower() or (p in _SMALL and 0 < at < last) for at, p in enumerate(parts))


def _sentence(words: str) -> bool:
    first, *rest = words.split()
    return not first[0].islower() and not any(p[0].isupper() and p[1:].islower() for p in rest)


_NAMED: Mapping[str, Callable[[str], bool]] = {
    "$title": _title,
    "$sentence": _sentence,
    "$lower": lambda words: words == words.lower(),
    "$upper": lambda words: words == words.upper(),
}
_POINTS: Mapping[str, Callable[[BrandStyle], Point]] = {
    "existence": _existence,
    "substitution": _substitution,
    "occurrence": _occurrence,
    "conditional": _conditional,
    "repetition": _repetition,
    "capitalization": _capitalization,
}
