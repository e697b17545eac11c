"""How does a text read once its tricks of spelling are gone, and where did each place of it stand? For looking up only.

Full-width, styled or look-alike letters, accents, characters that nobody sees, and line breaks must not hide a phrase.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from salesrepo.domain.identity.skeleton import latin_letter

_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
# Letters in black circles and squares and of flags, which no compatible form makes plain.
_PICTURED = {start + letter: chr(ord("A") + letter) for start in (0x1F150, 0x1F170, 0x1F1E6) for letter in range(26)}
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_OTHER_SCRIPT = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
# Invisible, though not of the category Cf; and strokes through a letter.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u0334-\u0338\u3164\uffa0\ufe00-\ufe0f\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
# What no letter was composed with: no alphabet has it, so it stands there for its look.
_MARKS = re.compile(
    "(?<=[A-Za-z\u00c0-\u024f\u1e00-\u1eff])[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Ahead of Unicode's table, which takes I, l and 1 for one: what a reader takes for one letter in its case.
_LOOK_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043a\u0501\u04bb\u051b\u051d\u04cf"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"
    "\u03b1\u03bf\u03bd\u03c1\u03b9\u03ba\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u0131\u0251\u0261",
    "aeopcyxijskdhqwl" + "ABEKMHOPCTXIJS" + "aovpikABEZHIKMNOPTYX" + "iag",
)
_SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "
_WITH_MARK = re.compile(r"LATIN (SMALL|CAPITAL) LETTER (?:DOTLESS )?([A-Z]) ?(?:WITH .*)?")


def plain_words(text: str) -> str:
    """`text` with compatible letters and every dash in their plain form, nothing invisible, and one blank for many."""
    return _BLANKS.sub(" ", text) if text.isascii() else read_words(text).text


def without_accents(text: str) -> str:
    """`text` with each Latin letter in its plain form, place for place: what a rule in plain letters looks at."""
    return text if text.isascii() else "".join(char if char.isascii() else _unmarked(char) for char in text)


@cache
def _unmarked(char: str) -> str:
    name = unicodedata.name(char, "")
    if name.startswith(_SMALL_CAPITAL) and len(name) == len(_SMALL_CAPITAL) + 1:
        return name[-1].lower()
    found = _WITH_MARK.fullmatch(name)
    if found is None:
        return char
    return found[2] if found[1] == "CAPITAL" else found[2].lower()


def _reader(text: str) -> Callable[[re.Match[str]], str]:
    """How a word of this text is read: letters of another script among Latin ones are there to deceive.

    A word in a script of its own stays as it is, unless the text is Latin but for letters that look like Latin ones.
    """
    others = {char for char in text if char.isalpha() and not char.isascii() and _unmarked(char) == char}
    disguised = bool(others) and any(char.isascii() and char.isalpha() for char in text) and all(map(_latin, others))

    def read(word: re.Match[str]) -> str:
        said = word[0]
        if said.isascii() or not (disguised or any(char.isascii() and char.isalpha() for char in said)):
            return said
        return "".join(char if char.isascii() else _latin(char) or char for char in said)

    return read


@cache
def _latin(char: str) -> str:
    """The plain letters that a reader takes a letter for; empty for none."""
    known = char.translate(_LOOK_ALIKE)
    if known != char:
        return known
    return "" if unicodedata.name(char, "").startswith("LATIN ") else latin_letter(char)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as rules read it. `ours` are offsets in it, in order, and `theirs` where each was in the source."""

    text: str
    ours: tuple[int, ...] = (0,)
    theirs: tuple[int, ...] = (0,)

    def source(self, offset: int) -> int:
        """Where in the source a place of the text stood; inside of what was rewritten, as near as can be told."""
        at = bisect_right(self.ours, offset) - 1
        found = self.theirs[at] + offset - self.ours[at]
        return min(found, self.theirs[at + 1]) if at + 1 < len(self.theirs) else found


def rewritten(text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> Reading:
    """`text` with each match of `pattern` replaced, and the way back."""
    parts: list[str] = []
    ours, theirs = [0], [0]
    done = length = 0
    for match in pattern.finditer(text):
        instead = replace(match)
        if instead == match[0]:
            continue
        start, end = match.span()
        parts += [text[done:start], instead]
        for new, old in ((length + start - done, start), (length + start - done + len(instead), end)):
            ours.append(new)
            theirs.append(old)
        length += start - done + len(instead)
        done = end
    return Reading("".join([*parts, text[done:]]), tuple(ours), tuple(theirs))


@dataclass(frozen=True, slots=True)
class Readings:
    """A text that was rewritten several times, from the one that rules read back to the first."""

    steps: tuple[Reading, ...]

    @property
    def text(self) -> str:
        """What rules read."""
        return self.steps[-1].text

    def source(self, offset: int) -> int:
        """Where in the first source a place of the text stood."""
        for step in reversed(self.steps):
            offset = step.source(offset)
        return offset


def read_words(text: str, *first: tuple[re.Pattern[str], Callable[[re.Match[str]], str]]) -> Readings:
    """`plain_words` of a text, with the way back; rewritten by `first` before."""
    steps: list[Reading] = []
    for pattern, replace in first:
        steps.append(rewritten(text, pattern, replace))
        text = steps[-1].text
    if not text.isascii():
        letters = rewritten(text, _OTHER_SCRIPT, lambda match: _letters_of(match[0]))
        steps += [letters, rewritten(letters.text, _WORD, _reader(letters.text))]
        text = steps[-1].text
    steps.append(rewritten(text, _BLANKS, lambda match: " "))
    return Readings(tuple(steps))


def _letters_of(run: str) -> str:
    seen = _UNSEEN.sub("", "".join(char for char in run if unicodedata.category(char) != "Cf"))
    return _MARKS.sub("", unicodedata.normalize("NFKC", seen.translate(_PICTURED)).translate(_DASHES))
