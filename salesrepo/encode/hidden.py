"""Which characters show nothing or break a line, and how are they made visible?"""

import re

# C0, DEL and C1 controls, separators of lines, marks and overrides of direction, characters without a picture, lone
# surrogates and the private tags that carry text nobody sees. The joiners U+200C and U+200D stay for the scripts that
# are written with them.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\uffff\ud800-\udfff]"
)
_LETTERS = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def shown(text: str) -> str:
    """`text` on one line, every hidden character as an escape such as `\\x1b`."""
    return _HIDDEN.sub(lambda match: _LETTERS.get(match[0]) or _escape(ord(match[0])), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
