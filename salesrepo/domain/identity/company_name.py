"""Which key does a company's name give, however it is spelt?"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from salesrepo.domain.identity.legal_forms import (
    ENDING_PHRASES,
    ENDINGS,
    FRONT_PHRASES,
    FRONTS,
    GLUED,
    NATIONAL_ENDINGS,
    NATIONAL_FRONTS,
    STOP_WORDS,
)
from salesrepo.domain.identity.value import Identity, quoted, tidied
from salesrepo.errors import RefusedError

NAME_CAP = 200
_SLUG_CAP = 80
_HASHED_CAP = 68
_HASH = 10  # hex digits: 40 bits, so that a million names of one country rarely share one
_LEAST_WEIGHT = 3
_LONGEST_PHRASE = 5
_BARE_NUMBER = re.compile(r"[0-9 ./()+-]*[0-9][0-9 ./()+-]*")
_BARE_DIGITS = 7
_LOOKS_HASHED = re.compile(r"(?:.*-)?x[0-9a-f]{10}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_APOSTROPHES = frozenset("'`´‘’‛ʻʼʽˈ׳")
_BASE_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ё": "е"}
)
# Scripts whose marks people leave out. Elsewhere a mark makes another letter: Cyrillic й, Japanese が, Thai vowels.
_MARKS_OPTIONAL = ("LATIN", "GREEK", "HEBREW", "ARABIC")
_IDEOGRAPHIC = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


def of_name(text: str, country: str | None) -> Identity:
    """The provisional identity of a company known by name; refused without a country, or where it is a bare number."""
    shown = tidied(text)
    if _BARE_NUMBER.fullmatch(shown) and sum(char.isdigit() for char in shown) >= _BARE_DIGITS:
        raise RefusedError(
            "A bare number does not say whose it is.",
            hint="Write duns:123456789, reg:FR:404833048, or a VAT number with its prefix.",
        )
    if country is None:
        raise RefusedError(
            f"{quoted(shown)} is no domain, e-mail address or number known here, and a name needs its country.",
            hint="Add --country, such as --country DE, or give the company's domain.",
        )
    return Identity(key=name_key(shown, country), kind="name", shown=shown, provisional=True)


def name_key(name: str, country: str) -> str:
    """`n-us-acme` of any spelling of "Acme, Inc." in US: the alias that every account holds.

    Case, accents, punctuation and legal form do not count; a form stays where no name would be left ("The Limited",
    "HP Inc"). Letters beyond a-z and what is too long leave a hash (40 bits of SHA-256). Refused: a country that is no
    two letters, a name over 200 characters or without a letter or digit.
    """
    code = {"UK": "GB", "EL": "GR"}.get(country.upper(), country.upper())
    if not _COUNTRY.fullmatch(code):
        raise RefusedError(f"{quoted(country)} is no country code.", hint="Use two letters, such as DE.")
    tidy = tidied(name)
    if len(tidy) > NAME_CAP:
        raise RefusedError(f"A company's name takes at most {NAME_CAP} characters.", hint="Give the name alone.")
    words = _without_forms(_words(normalised(tidy)), code)
    if not words:
        raise RefusedError(f"{quoted(tidy)} holds no letter or digit.", hint="Give the company's name or domain.")
    return f"n-{code.lower()}-{_slug(words)}"


def aliases_of(key: str, *, name: str, country: str | None, others: Iterable[str] = ()) -> tuple[str, ...]:
    """The aliases that the account `key` holds: its name key and `others`, sorted, never `key` itself.

    Without a country there is no name key. Which of them are taken already is for the caller to see.
    """
    wanted = set(others) if country is None else {name_key(name, country), *others}
    return tuple(sorted(wanted - {key}))


def compared(name: str, country: str | None) -> str:
    """A name as it is held against others: its words without legal form, case and optional accents, a blank between.

    Empty for a name without a letter or digit; raises nothing.
    """
    return " ".join(_without_forms(_words(normalised(name)), country or ""))


def normalised(name: str) -> str:
    """`name` for comparison: compatible forms, case and optional accents gone, `&` spelt out; not fit for showing."""
    text = unicodedata.normalize("NFKC", name.replace("´", "'").casefold()).casefold()
    kept: list[str] = []
    optional = False
    for char in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(char):
            optional = unicodedata.name(char, "").startswith(_MARKS_OPTIONAL)
        elif optional:
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_BASE_LETTERS).replace("&", " and ")


def _words(text: str) -> tuple[str, ...]:
    """Runs of letters, digits and their marks; initials with dots or slashes between (`s.p.a`, `a/s`) are one word."""
    parts: list[tuple[str, str]] = []
    gap, word = "", ""
    for char in f"{text} ":
        if char.isalnum() or (word and unicodedata.category(char)[0] == "M"):
            word += char
        elif char in _APOSTROPHES or unicodedata.category(char) == "Cf":
            continue
        else:
            if word:
                parts.append((gap, word))
                gap, word = "", ""
            gap += char
    # Tight ones first: "A.B.C. S.A." is two words, "J. P. Morgan" the same as "J.P. Morgan".
    for gaps in ((".", "/"), (". ", " / ")):
        parts = _with_initials(parts, gaps)
    return tuple(word for _, word in parts)


def _with_initials(parts: list[tuple[str, str]], gaps: tuple[str, ...]) -> list[tuple[str, str]]:
    """(gap before, word) pairs, single letters with one of `gaps` between them joined."""
    joined: list[tuple[str, str]] = []
    initials = False
    for gap, word in parts:
        single = len(word) == 1 and word.isalpha()
        if single and initials and gap in gaps:
            joined[-1] = (joined[-1][0], joined[-1][1] + word)
        else:
            joined.append((gap, word))
        initials = single
    return joined


def _without_forms(words: tuple[str, ...], country: str) -> tuple[str, ...]:
    """`words` without legal forms at the end, then in front, as long as a name is left."""
    endings = ENDINGS | NATIONAL_ENDINGS.get(country, frozenset())
    fronts = FRONTS | NATIONAL_FRONTS.get(country, frozenset())
    while (shorter := _unglued(_shorter(words, endings, fronts))) != words:
        words = shorter
    return words


def _shorter(words: tuple[str, ...], endings: frozenset[str], fronts: frozenset[str]) -> tuple[str, ...]:
    """`words` without the longest form at the end or, failing that, in front; unchanged where none can go."""
    for size in range(min(_LONGEST_PHRASE, len(words) - 1), 0, -1):
        if _is_form(words[-size:], endings, ENDING_PHRASES) and _is_name(words[:-size]):
            return words[:-size]
    for size in range(min(_LONGEST_PHRASE, len(words) - 1), 0, -1):
        if _is_form(words[:size], fronts, FRONT_PHRASES) and _is_name(words[size:]):
            return words[size:]
    return words


def _is_form(words: tuple[str, ...], forms: frozenset[str], phrases: frozenset[str]) -> bool:
    if len(words) == 1:
        return words[0] in forms
    spelt = "".join(words)
    return " ".join(words) in phrases or (len(spelt) == len(words) and spelt in forms)


def _unglued(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` without a form that is written onto the first or the last of them."""
    for form in GLUED:
        for shorter in (
            (*words[:-1], words[-1].removesuffix(form)) if words else words,
            (words[0].removeprefix(form), *words[1:]) if words else words,
        ):
            left = tuple(filter(None, shorter))
            if left != words and _is_name(left):
                return left
    return words


def _is_name(words: tuple[str, ...]) -> bool:
    """Whether these words can stand for a company: more than two letters (an ideograph counts two), no stop words."""
    weight = sum(2 if _ideographic(char) else 1 for char in "".join(words))
    return weight >= _LEAST_WEIGHT and not STOP_WORDS.issuperset(words)


def _slug(words: tuple[str, ...]) -> str:
    """The words joined; what is not a-z, too long, or could be taken for a hashed one ends in `x` and its hash."""
    whole = _joined(words)
    plain = "-".join(re.findall(r"[a-z0-9]+", whole))
    if whole.isascii() and len(plain) <= _SLUG_CAP and not _LOOKS_HASHED.fullmatch(plain):
        return plain
    digest = hashlib.sha256(whole.encode()).hexdigest()[:_HASH]
    return "-".join(filter(None, (plain[:_HASHED_CAP].strip("-"), f"x{digest}")))


def _joined(words: tuple[str, ...]) -> str:
    """One text: blanks between words, save between ideographs, where people set them at will."""
    text = words[0]
    for before, word in pairwise(words):
        text += word if _ideographic(before[-1]) and _ideographic(word[0]) else f" {word}"
    return text


def _ideographic(char: str) -> bool:
    return unicodedata.name(char, "").startswith(_IDEOGRAPHIC)
