"""Which blanks may a text hold? Two names that differ in a blank that looks like another would be one to a reader."""

import unicodedata

_IDEOGRAPHIC = "\u3000"  # what a Japanese keyboard gives for a blank


def odd_blank(text: str, *, lines: bool = False) -> str:
    """What the first blank is called that no record's text may hold; empty where there is none.

    One line holds no blanks but U+0020 and U+3000. Text of several `lines` holds line feeds besides, and the blanks
    that typesetters use, but no tab.
    """
    for char in () if _plain(text) else text:
        if char == "\t":
            return "a tab"
        if not lines and _is_odd(char):
            return f"U+{ord(char):04X} ({unicodedata.name(char).lower()})"
    return ""


def ordinary_blanks(text: str) -> str:
    """`text` with U+0020 for every tab and every blank that one line may not hold; line feeds stay."""
    return text if _plain(text) else "".join(" " if char == "\t" or _is_odd(char) else char for char in text)


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _is_odd(char: str) -> bool:
    return not char.isprintable() and char != _IDEOGRAPHIC and unicodedata.category(char) == "Zs"
