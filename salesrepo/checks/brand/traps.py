"""Which parts of a brand rule can never find what their author meant?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salesrepo.checks.brand.expressions import expression
from salesrepo.checks.brand.points import Point
from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.brand_style import BrandStyle

_LOOK_AROUND = re.compile(r"(?<!\\)\(\?<?[=!]")
_BACK_REFERENCE = re.compile(r"(?<!\\)\\[1-9]")
_META = re.compile(r"[\\^$.|?*+()\[\]{}]")
_QUANTIFIER = re.compile(r"(?:[?*]|\{0?,\d*\}|\{0\})[?+]?$")
_REPEATED = re.compile(r"(?:\+|\{\d+(?:,\d*)?\})[?+]?$")
_OPENING = re.compile(r"\(\?(?:[a-zA-Z-]*:|P?<\w+>)|\(")
_BLANK_CLASSES = ("W", "s", "n", "t", "r")


@dataclass(frozen=True, slots=True)
class Trap:
    """What is wrong, at which key of the style, how bad it is, and the way out."""

    route: tuple[str | int, ...]
    severity: Severity
    message: str
    hint: str


def traps(style: BrandStyle, point: Point) -> Iterator[Trap]:
    """The traps of one rule that can be run."""
    yield from _edges(style)
    yield from _swaps(style)
    yield from _own_exceptions(style, point)


def unsupported(style: BrandStyle) -> Iterator[Trap]:
    """What RE2 does not have, said more plainly than RE2 does."""
    for route, pattern in _patterns(style):
        if _LOOK_AROUND.search(pattern):
            message = "Look-around (?=…), (?!…), (?<=…), (?<!…) is not run here."
            yield Trap(route, Severity.ERROR, message, "Write what may stand there into `exceptions` instead.")
        elif _BACK_REFERENCE.search(pattern):
            message = "Back-references such as \\1 are not run here."
            yield Trap(route, Severity.ERROR, message, "Use a rule of the kind `repetition` instead.")


def words_of(style: BrandStyle) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What a rule that names words looks for, each with its place."""
    yield from ((("tokens", index), token) for index, token in enumerate(style.tokens))
    yield from ((("swap", left), left) for left in style.swap)


def _patterns(style: BrandStyle) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from words_of(style)
    yield from ((("raw", index), part) for index, part in enumerate(style.raw))
    yield from ((("exceptions", index), part) for index, part in enumerate(style.exceptions))
    yield from (((name,), part) for name in ("token", "first", "second", "match") if (part := getattr(style, name)))


def _edges(style: BrandStyle) -> Iterator[Trap]:
    """Inside word bounds, a token that ends in `%` is found only where a letter follows: never before a blank."""
    if style.nonword or style.extends not in ("existence", "substitution"):
        return
    for route, token in words_of(style):
        side = next((side for side in ("begins", "ends") if all(_bare(part, side) for part in split(token))), "")
        if side:
            place = "after" if side == "begins" else "before"
            what = f"{token!r} {side} in a character that is no letter or digit"
            message = f"{what}, so it is never found {place} a blank."
            hint = "Move it to a rule of its own with `nonword: true`."
            yield Trap(route, Severity.ERROR, message, hint)


def _swaps(style: BrandStyle) -> Iterator[Trap]:
    for left, right in style.swap.items():
        compiled = expression(left, ignorecase=style.ignorecase)
        if compiled.groups:
            message = f"{left!r} has a group that captures, which Vale does not take in `swap`."
            yield Trap(("swap", left), Severity.WARNING, message, "Write (?:…) instead of (…).")
        if any(compiled.fullmatch(said) and not (style.ignorecase and left != said) for said in right.split("|")):
            message = f"{right!r} is what {left!r} replaces, so it would be found again."
            yield Trap(("swap", left), Severity.WARNING, message, "Name other words to use.")


def _own_exceptions(style: BrandStyle, point: Point) -> Iterator[Trap]:
    if point.except_ is None:
        return
    words = list(words_of(style))
    dead = [
        (route, word)
        for route, word in words
        if word in style.exceptions or (not _META.search(word) and point.except_.fullmatch(word))
    ]
    severity = Severity.ERROR if len(dead) == len(words) else Severity.WARNING
    for route, word in dead:
        message = f"An exception of the rule covers {word!r} wherever it stands, so it is never found."
        yield Trap(route, severity, message, "Take out one of the two.")


def _bare(part: str, side: str) -> bool:
    """Whether one alternative must begin or end in a character that is no part of a word."""
    atoms = _atoms(part)
    atom = (atoms[0] if side == "begins" else atoms[-1]) if atoms else ""
    if not atom or _QUANTIFIER.search(atom):
        return False
    atom = _REPEATED.sub("", atom) or atom
    if atom.startswith("(") and atom.endswith(")"):
        inner = _OPENING.sub("", atom, count=1)[:-1]
        return all(_bare(one, side) for one in split(inner))
    if atom.startswith("[") and atom.endswith("]"):
        return not atom.startswith("[^") and not re.search(r"[\w]|\\[dw]|\[:", atom[1:-1].replace("\\s", ""))
    if atom.startswith("\\"):
        return atom[1:2] in _BLANK_CLASSES or not (atom[1:2].isalnum() or atom[1:2] == "_")
    return atom not in (".", "^", "$") and not (atom.isalnum() or atom == "_")


def split(pattern: str) -> Sequence[str]:
    """The alternatives of an expression at its top level."""
    parts = [""]
    for atom in _atoms(pattern):
        if atom == "|":
            parts.append("")
        else:
            parts[-1] += atom
    return parts


def _atoms(pattern: str) -> list[str]:
    """An expression in pieces: characters, escapes, classes and groups, each with its quantifier; `|` by itself."""
    atoms: list[str] = []
    at = 0
    while at < len(pattern):
        end = _end_of(pattern, at)
        quantifier = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?").match(pattern, end)
        end = quantifier.end() if quantifier and pattern[at] != "|" else end
        atoms.append(pattern[at:end])
        at = end
    return atoms


def _end_of(pattern: str, at: int) -> int:
    """Where the piece ends that begins at a place, its quantifier left out."""
    if pattern[at] == "\\":
        return min(at + 2, len(pattern))
    if pattern[at] == "[":
        close = pattern.find("]", at + (3 if pattern.startswith("[^", at) else 2))
        return close + 1 if close >= 0 else len(pattern)
    if pattern[at] == "(":
        inside = at + 1
        while inside < len(pattern) and pattern[inside] != ")":
            inside = _end_of(pattern, inside)
        return min(inside + 1, len(pattern))
    return at + 1
