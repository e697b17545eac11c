"""Which parts of a text does a brand rule look at, and as what does a reader see them?"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from salesrepo.checks.words import Readings, read_words, without_accents
from salesrepo.domain.kinds.brand_style import Scope

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002][\"')\]\u201d]*\s+")
_MARKUP = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});)"
    r"|\]\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]\"[^\"\n]*\")?\)|\]\[[^\[\]\n]*\]"
    r"|!?\[|\]"
    r"|</?[a-zA-Z][^<>]*>"
    r"|[*`]+|~~|(?<!\w)_+|_+(?!\w)"
    r"|(?m:^[ \t]{0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?)+))"
)


@dataclass(frozen=True)
class Unit:
    """One part of a text: as rules read it, and the offset in the whole at which it begins."""

    words: Readings
    start: int

    @property
    def text(self) -> str:
        """What rules read."""
        return self.words.text

    @cached_property
    def plain(self) -> str:
        """The same without accents, place for place."""
        return without_accents(self.text)

    def source(self, offset: int) -> int:
        """Where in the whole text a place of this part stands."""
        return self.start + self.words.source(offset)


def units(text: str, scope: Scope, *, markdown: bool) -> Iterator[Unit]:
    """The parts of `text` that a rule with this scope looks at; of Markdown the words that are seen, unless `raw`."""
    marks = ((_MARKUP, _seen),) if markdown and scope != "raw" else ()
    shown = _without_comments(text) if marks else text
    for start, end in _spans(shown, scope):
        yield Unit(read_words(shown[start:end], *marks), start)


def _seen(markup: re.Match[str]) -> str:
    if markup["escape"]:
        return markup["escape"][1:]
    return html.unescape(markup["entity"]) if markup["entity"] else ""


def _without_comments(text: str) -> str:
    """Comments as joiners of the same length, which no reader and no rule sees."""
    parts = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[done:start], re.sub(r"[^\n]", "\u200d", text[start : end + 3])]
        done = end + 3
    return "".join([*parts, text[done:]])


def _spans(text: str, scope: Scope) -> Iterator[tuple[int, int]]:
    if scope in ("text", "raw"):
        yield 0, len(text)
    elif scope == "heading":
        yield from _headings(text)
    else:
        for start, end in _paragraphs(text):
            yield from _sentences(text, start, end) if scope == "sentence" else ((start, end),)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _headings(text: str) -> Iterator[tuple[int, int]]:
    before = (0, "")
    for start, line in _lines(text):
        if found := _HEADING.match(line):
            yield start + found.start(1), start + found.end(1)
        elif before[1].strip() and _UNDERLINE.match(line):
            yield before[0], before[0] + len(before[1])
        before = (start, line)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that are not blank; a heading is a paragraph of its own."""
    begun = None
    for start, line in _lines(text):
        alone = _HEADING.match(line)
        if begun is not None and (alone or not line.strip()):
            yield begun, start
            begun = None
        if alone:
            yield start, start + len(line)
        elif line.strip() and begun is None:
            begun = start
    if begun is not None:
        yield begun, len(text)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _SENTENCE_END.finditer(text, start, end):
        yield start, stop.end()
        start = stop.end()
    if text[start:end].strip():
        yield start, end
