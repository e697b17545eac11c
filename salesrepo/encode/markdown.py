"""How does a stranger's text stand in Markdown that a forge shows, without becoming a link, a picture or a mention?"""

import re
from collections.abc import Callable, Iterable

from salesrepo.encode.hidden import shown

MOST = 60_000
"""Bytes of a comment: forges take 65,536 characters, and a reserve is left for what they add."""

_MARKS = re.compile(r"([\\`*_\[\]<>{}|~&#@!$^])")
_BEGINS = re.compile(r"( *[0-9]{0,9})([-+=.)])")  # a list, a rule or a heading, at the beginning of a line
_RUNS = re.compile("`+")
# What a forge turns into a link or a deed although it is no Markdown: @name, #12, GH-12, addresses. A character that
# shows nothing between its parts is what breaks it; a backslash or an entity is gone before the forge looks.
_JOINT = "\u2060"
_AUTOLINKS = re.compile(r"(?<=[@#])(?=\w)|(?<=[Gg][Hh]-)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=[Jj]ira)(?=-)", re.ASCII)


def words(text: str) -> str:
    """`text` as words in a line of Markdown: no mark, mention, reference, address or line break in it works."""
    escaped = _MARKS.sub(r"\\\1", _AUTOLINKS.sub(_JOINT, shown(text)))
    begun = _BEGINS.sub(r"\1\\\2", escaped, count=1) if _BEGINS.match(escaped) else escaped
    return f"&nbsp;{begun[1:]}" if begun.startswith(" ") else begun  # four blanks at its beginning make a block of code


def code(text: str) -> str:
    """`text` in a code span, fenced with more back-ticks than it holds in a row; an empty one shows as a blank."""
    plain = shown(text)
    fence = "`" * (max(map(len, _RUNS.findall(plain)), default=0) + 1)
    pad = " " if not plain.strip() or plain[0] in "` " or plain[-1] in "` " else ""
    return f"{fence}{pad}{plain or ' '}{pad}{fence}"


def block(text: str) -> str:
    """`text` in a fenced block with its line breaks, ending with one."""
    plain = "\n".join(map(shown, text.split("\n")))
    fence = "`" * max(3, max(map(len, _RUNS.findall(plain)), default=0) + 1)
    return f"{fence}text\n{plain}\n{fence}\n"


def cut(blocks: Iterable[str], rest: Callable[[int], str], *, most: int = MOST) -> str:
    """The blocks that fit into `most` bytes of UTF-8, whole ones only; `rest` says how many were left out."""
    whole = list(blocks)
    sizes = [len(one.encode()) for one in whole]
    if sum(sizes) <= most:
        return "".join(whole)
    room = most - len(rest(len(whole)).encode())
    kept = 0
    while kept < len(whole) and sizes[kept] <= room:
        room -= sizes[kept]
        kept += 1
    return "".join(whole[:kept]) + rest(len(whole) - kept)
