"""Which expressions of a brand rule may run? Rules come by proposal: a linear-time engine and bounded memory."""

from collections.abc import Sequence
from typing import Any

from salesrepo.checks.rule import CannotJudge

MOST_BYTES = 1024  # of one expression as somebody writes it
_MEMORY = 8 << 20
_MEMORY_OF_ALL = 64 << 20
_ANYTHING = ("q", "7", "; ", "Zx 9?")


def expression(pattern: str, *, ignorecase: bool) -> Any:
    """A compiled RE2 expression: linear time, bounded memory. Raises CannotJudge where RE2 does not take it."""
    import re2  # noqa: PLC0415 - 8 ms that only texts need

    try:
        return _compiled(pattern, ignorecase=ignorecase)
    except re2.error as bad:
        raise CannotJudge(_told(pattern, _invalid(bad))) from None


def _compiled(pattern: str, *, ignorecase: bool) -> Any:
    import re2  # noqa: PLC0415

    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.case_sensitive = not ignorecase
    return re2.compile(pattern, options=options)


def _invalid(bad: Exception) -> str:
    why = bad.args[0] if bad.args else ""
    return f"is not valid: {why.decode('utf-8', 'replace') if isinstance(why, bytes) else why}"


def _told(pattern: str, fault: str) -> str:
    return f"the expression {pattern[:60]!r} of a brand rule {fault}"


def written(pattern: str, *, wide: bool = False) -> str:
    """`pattern` as somebody wrote it, if it may be run at all. Raises CannotJudge that says why it may not."""
    fault = flaw(pattern, wide=wide)
    if fault:
        raise CannotJudge(_told(pattern, fault))
    return pattern


def flaw(pattern: str, *, wide: bool = False) -> str:
    """Why an expression that somebody wrote may not be run, as `is not valid: ...`; empty for one that may.

    Refused is what is too long or not valid by itself (so that none can close another's bracket), what also finds
    nothing at all, and, unless `wide`, what finds anything.
    """
    import re2  # noqa: PLC0415

    if len(pattern.encode()) > MOST_BYTES:
        return f"is longer than {MOST_BYTES} bytes"
    try:
        tried = _compiled(pattern, ignorecase=False)
    except re2.error as bad:
        return _invalid(bad)
    if any((hit := tried.search(text)) and not hit.group() for text in ("", *_ANYTHING)):
        return "also finds nothing at all"
    if not wide and all(tried.fullmatch(text) for text in _ANYTHING):
        return "finds anything"
    return ""


def any_of(patterns: Sequence[str], *, bounded: bool) -> str:
    """One expression for all of them, each by itself checked; `bounded` as Vale does it: whole words only.

    RE2 counts ASCII letters alone as parts of words, so a side that ends in another letter has no bound.
    """
    parts = []
    for pattern in patterns:
        left = r"\b" if bounded and not _is_foreign(pattern[0]) else ""
        right = r"\b" if bounded and not _is_foreign(pattern[-1]) else ""
        parts.append(f"{left}(?:{written(pattern)}){right}")
    return "|".join(parts)


def _is_foreign(char: str) -> bool:
    return not char.isascii() and char.isalpha()


class Screen:
    """Which of many expressions stand in a text? All of them in one pass."""

    def __init__(self, patterns: Sequence[tuple[str, bool]], *, memory: int = _MEMORY_OF_ALL) -> None:
        """`patterns` are (expression, ignorecase). Raises CannotJudge where one is not valid or all are too much."""
        import re2  # noqa: PLC0415

        options = re2.Options()
        options.max_mem = memory
        options.log_errors = False
        self._set = re2.Set.SearchSet(options)
        self._always = self._set.Add("")  # found in every text: its absence shows that the engine gave up
        for pattern, ignorecase in patterns:
            try:
                self._set.Add(f"(?i:{pattern})" if ignorecase else f"(?:{pattern})")
            except re2.error as bad:
                raise CannotJudge(_told(pattern, _invalid(bad))) from None
        try:
            self._set.Compile()
        except re2.error:
            raise CannotJudge("the brand rules are too many and too large to be looked for") from None

    def found(self, text: str) -> frozenset[int]:
        """The positions of those that stand in `text`. Raises CannotJudge where memory did not suffice."""
        found = frozenset(self._set.Match(text) or ())
        if self._always not in found:
            raise CannotJudge("the brand rules need more memory than they may have")
        return frozenset(index - 1 for index in found if index != self._always)
