"""Where does a record say something that is no field of it? No rule reads a comment."""

from salesrepo.store.gate import text_spans

_SCHEMA = "# yaml-language-server: $schema="


def first_comment(data: bytes) -> tuple[int, int] | None:
    """Line and column, from 1, of the first comment in bytes that passed the gate, or None.

    The line that tells editors the schema is none, where it comes first. Past the gate a # stands in a text or begins
    a comment: there are no anchors, tags or directives.
    """
    if b"#" not in data:
        return None
    text = data.decode()
    at = text.index("\n") if text.startswith(_SCHEMA) and "\n" in text and " " not in _address(text) else 0
    if "#" not in text[at:]:  # nearly always: only the schema's line has one, and nothing is parsed a second time
        return None
    for begin, end, is_block in text_spans(data):
        start = begin
        if is_block:  # its first line is the mark | or >, and what may stand behind that
            start = text.find("\n", start, end) if "\n" in text[start:end] else end
        if (found := text.find("#", at, start)) >= 0:
            return _place(text, found)
        at = max(at, end)
    found = text.find("#", at)
    return _place(text, found) if found >= 0 else None


def _address(text: str) -> str:
    return text.partition("\n")[0].removeprefix(_SCHEMA)


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
