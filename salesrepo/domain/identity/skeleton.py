"""Which texts look the same to a person who reads fast? They have one skeleton (Unicode's UTS 39)."""

import unicodedata
from functools import cache

from salesrepo.domain.identity.domain_name import unicode_label

# What the table says of ASCII, so that a domain in ASCII never pays for loading it (a test compares the two).
_ASCII = str.maketrans({"0": "o", "1": "l", "|": "l", "m": "rn", '"': "''", "`": "'"})
# What it lacks, or says for other fonts than those of address bars.
_MORE = {"ӏ": "l", "ɢ": "g"}
_PAIRS = (("vv", "w"), ("cl", "d"))
_DIRECTION_MARK = "\u200e"  # the package wraps letters of scripts that run leftwards in them


def skeleton(text: str) -> str:
    """What is left of `text` once look-alikes are one: `paypa1` and `раураl` give what `paypal` gives.

    Case and compatible forms do not count. For comparing only: never shown, never a name.
    """
    alike = unicodedata.normalize("NFKD", text)
    if not alike.isascii():
        alike = _latin(_latin(alike).casefold())  # capitals look like others than small letters do
    alike = alike.casefold().translate(_ASCII)
    for pair, letter in _PAIRS:
        alike = alike.replace(pair, letter)
    return alike


def domain_skeleton(domain: str) -> str:
    """The skeleton of a domain in its ASCII form, seen as people see it: `xn--` labels are decoded first."""
    return skeleton(".".join(map(unicode_label, domain.split("."))))


def label_skeleton(domain: str) -> str:
    """The skeleton of a registrable domain's own label, its ending aside: that of `acme.co.uk` is that of `acme`."""
    return domain_skeleton(domain.partition(".")[0])


@cache
def latin_letter(char: str) -> str:
    """The ASCII letters that a letter of another script looks like, in its own case; empty where it looks like none."""
    alike = _latin(char)
    return alike if alike != char and alike.isascii() and alike.isalpha() else ""


def unmasked(name: str) -> str:
    """A company's name without disguise: Latin letters for those of other scripts that look like them.

    Only in words that have Latin letters as well, or letters alone that look like them: `Сбербанк` stays as it is.
    """
    if name.isascii():
        return name
    return " ".join(map(_unmasked_word, name.split(" ")))


def is_masked(name: str) -> bool:
    """Whether a word of a name mixes Latin letters with others that merely look like them."""
    return unmasked(name) != name and any(_mixes(word) for word in name.split(" "))


def _unmasked_word(word: str) -> str:
    foreign = [char for char in word if _is_foreign(char)]
    if not foreign or not (_mixes(word) or all(map(latin_letter, foreign))):
        return word
    return "".join(latin_letter(char) or char if _is_foreign(char) else char for char in word)


def _mixes(word: str) -> bool:
    latin = any(char.isalpha() and not _is_foreign(char) for char in word)
    return latin and any(_is_foreign(char) and bool(latin_letter(char)) for char in word)


def _is_foreign(char: str) -> bool:
    """Whether a character is a letter of a script that is not Latin."""
    return not char.isascii() and char.isalpha() and not unicodedata.name(char, "").startswith(("LATIN", "FULLWIDTH"))


def _latin(text: str) -> str:
    return unicodedata.normalize("NFD", text.translate(_table()))


@cache
def _table() -> dict[int, str]:
    """Each character that looks like another, with what stands for both.

    The package tells which texts look like which, both ways round. Where several look like one, that one stands for
    all of them; of a mere pair the longer does, or the one with the lower number.
    """
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415 - 50 ms that ASCII never pays

    alike = {key: [told["c"] for told in found] for key, found in confusables_data.items()}
    table: dict[int, str] = {}
    for written, others in alike.items():
        char = written.strip(_DIRECTION_MARK)
        if len(char) != 1 or len(others) != 1 or char.isascii():
            continue
        other = others[0]
        mere_pair = len(alike.get(other, ())) == 1
        if not mere_pair or _weight(other.strip(_DIRECTION_MARK)) < _weight(char):
            table[ord(char)] = other.replace(_DIRECTION_MARK, "")
    return table | {ord(char): letter for char, letter in _MORE.items()}


def _weight(text: str) -> tuple[int, str]:
    return -len(text), text
