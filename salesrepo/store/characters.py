"""Which characters may the text of a record hold, and where is the first that may not?"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

MARKS_IN_A_ROW = 8
SHOWN = 60
QUOTE = '"'

_RETYPE = "Delete it and type this place again; text pasted from elsewhere often carries invisible characters."
_OTHER = "Write it with other characters."
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


# Unassigned in Unicode 14, the one that the oldest Python here knows: whoever reads a record must agree on what it says
# (a younger Python composes younger letters). Room that Unicode keeps for emoji and ideographs is free to use.
_YOUNGER = (
    r"\u0558\u058b-\u058c\u05c8-\u05c9\u088f\u0897\u0b53-\u0b54\u0c5c\u0cdc\u0cf3\u0ece\u1acf-\u1af0\u1b4e-\u1b4f"
    r"\u1b7f\u1c89-\u1c8a\u208f\u209d-\u209f\u20c1-\u20c4\u2427-\u2429\u2e60-\u2e63\u2ffc-\u2fff\u31e4-\u31ef"
    r"\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7f1\uab6c-\uab6d\ufbc3-\ufbd2\ufd90-\ufd91\ufdc8-\ufdce\U000105c0-\U000105f3"
    r"\U000107bb-\U000107bf\U00010940-\U00010959\U00010d40-\U00010d8f\U00010ec2-\U00010eff\U0001123f-\U00011241"
    r"\U00011380-\U000113e2\U000116d0-\U000116e3\U00011b00-\U00011bf9\U00011db0-\U00011df1\U00011f00-\U00011f5a"
    r"\U0001246f\U00012475-\U0001247f\U00012550-\U00012686\U0001342f\U00013439-\U000143fa\U00016100-\U00016139"
    r"\U00016d40-\U00016d79\U00016ea0-\U00016ed3\U00016ff2-\U00016ff6\U000187f8-\U000187ff\U00018cd6-\U00018cff"
    r"\U00018d09-\U000191d2\U0001b123-\U0001b132\U0001b155\U0001b168\U0001cc00-\U0001cefd\U0001d127-\U0001d128"
    r"\U0001d1eb-\U0001d1ff\U0001d250-\U0001d2d3\U0001d6a6\U0001db00-\U0001db1c\U0001df1f-\U0001dfff"
    r"\U0001e030-\U0001e08f\U0001e4d0-\U0001e6ff"
)
_KEPT_FREE = re.compile(f"[{_EMOJI}{_IDEOGRAPH}]")


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
        r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef"
        f"{_YOUNGER}]"
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
        if unknown := _unassigned(set(bare)):
            first, char = min((text.index(char), char) for char in unknown)
            return Flaw(first, f"U+{ord(char):04X} is no character that every computer here knows.", _OTHER)
    # Marks before NFC: sorting a long run of marks is what makes normalisation quadratic.
    if (offset := _piled_marks(text)) is not None:
        return Flaw(offset, f"More than {MARKS_IN_A_ROW} combining marks stand in a row.", _RETYPE)
    if not unicodedata.is_normalized("NFC", text):
        return Flaw(_first_not_nfc(text), "An accent or sign is stored apart from its letter (not NFC).", _COMPOSE)
    return None


def _unassigned(chars: set[str]) -> list[str]:
    younger = re.compile(f"[{_YOUNGER}]")  # re keeps what it compiled
    return [
        char
        for char in chars
        if (unicodedata.category(char) == "Cn" or younger.match(char)) and not _KEPT_FREE.match(char)
    ]


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
    """A value as a message may echo it: quoted, at most 60 characters, nothing invisible; a list by its name.

    How to reach a person is named only: `an e-mail address`.
    """
    from salesrepo.checks.personal import held  # noqa: PLC0415 - what is sound is never echoed

    if not isinstance(value, str):
        return {dict: "a group of fields", list: "a list", type(None): "empty"}.get(
            type(value), "another kind of value"
        )
    if personal := held(value):
        return personal
    cut = value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
    return QUOTE + "".join(c if c.isprintable() else "\ufffd" for c in cut) + QUOTE
