"""Which characters may the text of a record hold, and where is the first that may not?"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

MARKS_IN_A_ROW = 8
SHOWN = 60

_RETYPE = "Delete it and type this place again; text pasted from elsewhere often carries invisible characters."
_COMPOSE = "Type the character again, or let the editor save the file in Unicode normal form C."

# Controls, default-ignorable, private-use and blank-looking code points, noncharacters and surrogates (Unicode 16).
_NEVER = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\U000efffe-\U0010ffff"
) + "".join(rf"\U000{plane:x}fffe\U000{plane:x}ffff" for plane in range(1, 14))
# Joiners and variation selectors: invisible too, but some scripts and emoji cannot be written without them.
_SOMETIMES = r"\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"

_JOINING = (  # Arabic, Syriac, N'Ko, Mandaic, Mongolian, Adlam: letters and their marks
    r"\u0620-\u065f\u066e-\u06d3\u06d5\u06e5-\u06e8\u06ea-\u06ef\u06fa-\u06fc\u06ff\u0710-\u077f\u07ca-\u07f5"
    r"\u0840-\u085b\u0860-\u0887\u0889-\u088e\u08a0-\u08ff\u1820-\u18aa\ufb50-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc"
    r"\U0001e900-\U0001e94b"
)
_INDIC = (  # Brahmi's descendants, Devanagari to Khmer
    r"\u0900-\u0963\u0971-\u0dff\u0f40-\u0fbc\u1000-\u103f\u1050-\u108f\u1780-\u17d3\u1b00-\u1b4b\ua980-\ua9c0"
    r"\U00011000-\U00011a4f"
)
_VIRAMA = r"\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u1039\u17d2"
_EMOJI = r"\u2194\u2195\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001fbff"
_SYMBOL = (
    _EMOJI
    + r"\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2460-\u24ff\u25a0-\u25ff\u2934\u2935\u3030\u303d\u3297\u3299"
)
_IDEOGRAPH = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Where each of _SOMETIMES changes what is seen: joiners as in RFC 5892 A.1 and A.2 plus Bengali's ra + joiner + virama,
# emoji sequences as in UTS 51, variation selectors after the characters that have variants.
_FITTING = "|".join(
    (
        rf"(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])",
        rf"(?<=[{_INDIC}])[\u200c\u200d](?=[{_INDIC}])",
        rf"(?<=[{_VIRAMA}])[\u200c\u200d]",
        rf"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])",
        rf"(?<=[{_SYMBOL}])[\ufe0e\ufe0f]",
        r"(?<=[#*0-9])\ufe0f(?=\u20e3)",
        rf"(?<=[{_IDEOGRAPH}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
        r"(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]",
    )
)
_FLAG = "\U0001f3f4"  # England, Scotland and Wales: the only recommended flags that are spelled in tag characters
_TAG_FLAGS = tuple(_FLAG + "".join(chr(0xE0000 + ord(c)) for c in f"gb{part}\x7f") for part in ("eng", "sct", "wls"))


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first thing wrong with a text: its offset in characters, one sentence, and how to mend it."""

    offset: int
    sentence: str
    hint: str


@cache
def _hidden_but_printable() -> re.Pattern[str]:
    """Those of the characters below that `str.isprintable` calls printable."""
    return re.compile(
        r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef]"
    )


@cache
def _forbidden() -> re.Pattern[str]:
    return re.compile(f"[{_NEVER}]|(?!{_FITTING})[{_SOMETIMES}]")


@cache
def _perhaps_marks() -> re.Pattern[str]:
    # Runs of anything but the blocks that hold no combining mark: most scripts are passed over without a look-up.
    no_marks = r"\x00-\u02ff\u0370-\u0482\u048a-\u0590\u2000-\u20cf\u3041-\u3096\u30a0-\u30ff\u3400-\u9fff\uac00-\ud7a3"
    return re.compile(rf"[^{no_marks}]{{{MARKS_IN_A_ROW + 1},}}")


def flaw_in(text: str) -> Flaw | None:
    """The first flaw of `text`: a forbidden character, piled-up marks, or not NFC. LF and tab are fine."""
    bare = text.replace("\n", "").replace("\t", "")
    ordinary = bare.isprintable()
    if ordinary and bare.isascii():
        return None
    # The whole class takes 6 ms to compile and is slow to search; most texts show by cheaper means that they lack it.
    if not ordinary or _hidden_but_printable().search("".join(set(bare))):
        seen = text
        if _FLAG in text:
            for flag in _TAG_FLAGS:
                seen = seen.replace(flag, _FLAG * len(flag))
        if found := _forbidden().search(seen):
            return Flaw(found.start(), f"{_name(found[0])} is not allowed here.", _RETYPE)
    # Marks before NFC: sorting a long run of marks is what makes normalisation quadratic.
    if (offset := _piled_marks(text)) is not None:
        return Flaw(offset, f"More than {MARKS_IN_A_ROW} combining marks stand in a row.", _RETYPE)
    if not unicodedata.is_normalized("NFC", text):
        return Flaw(_first_not_nfc(text), "An accent or sign is stored apart from its letter (not NFC).", _COMPOSE)
    return None


def _name(char: str) -> str:
    name = unicodedata.name(char, "a control, private or unassigned character")
    return f"U+{ord(char):04X} ({name.lower()})"


def _piled_marks(text: str) -> int | None:
    for run in _perhaps_marks().finditer(text):
        marks = 0
        for offset, char in enumerate(run[0], run.start()):
            marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
            if marks > MARKS_IN_A_ROW:
                return offset
    return None


def _first_not_nfc(text: str) -> int:
    pairs = zip(text, unicodedata.normalize("NFC", text), strict=False)
    return next((offset for offset, (ours, nfc) in enumerate(pairs) if ours != nfc), 0)


def shown(value: object) -> str:
    """A value as a message may echo it: quoted, at most 60 characters, nothing invisible; a list by its name."""
    if not isinstance(value, str):
        return {dict: "a group of fields", list: "a list", type(None): "empty"}.get(
            type(value), "another kind of value"
        )
    cut = value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
    return '"' + "".join(c if c.isprintable() else "\ufffd" for c in cut) + '"'
