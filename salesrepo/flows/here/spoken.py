"""Can what a person typed be kept as it is? Asked when it is typed, not when it is sent."""

import re

from salesrepo.domain.blanks import ordinary_blanks
from salesrepo.errors import UsageError

PROSE, LINE = 4000, 200
_MANY_DIGITS = re.compile(r"\d(?:\D{0,3}\d){6}")
_LIKE_A_KEY = re.compile(r"[\w-]{20}|PRIVATE KEY")


def spoken(text: str, *, most: int = PROSE) -> str:
    """The text with line ends, blanks and accents in the one form in which records keep them; no more is changed.

    Raises UsageError for more than `most` characters, for line breaks where there is but one line, and for characters
    that no record may hold, for how to reach a person, and for keys and tokens.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > most:
        raise UsageError(f"That text has {len(text):,} characters; {most:,} are the most.", hint="Shorten it.")
    if most == LINE and "\n" in text:
        raise UsageError("That text must stay on one line.", hint="Leave the line breaks out.")
    if not (text.isascii() and text.isprintable()):
        from unicodedata import normalize  # noqa: PLC0415 - plain text, the usual case, needs neither

        from salesrepo.store.characters import flaw_in  # noqa: PLC0415

        text = ordinary_blanks(normalize("NFC", text))
        flaw = flaw_in(text)
        if flaw:
            raise UsageError(flaw.sentence, hint=flaw.hint)
    if "@" in text or _MANY_DIGITS.search(text):
        _refuse_personal(text)
    if _LIKE_A_KEY.search(text):
        _refuse_secrets(text)
    return text


def line_told(text: str) -> str:
    """One line of text as records keep it. Raises UsageError for what no record may hold."""
    return spoken(text, most=LINE)


def _refuse_personal(text: str) -> None:
    from salesrepo.checks.personal import HINT, held  # noqa: PLC0415 - few texts come near it

    if what := held(text):
        raise UsageError(f"This text holds {what}.", hint=HINT)


def _refuse_secrets(text: str) -> None:
    from salesrepo.checks.secrets import HINT, secrets_in  # noqa: PLC0415 - few texts come near it

    for what, _ in secrets_in(text):
        raise UsageError(f"This text holds {what}.", hint=HINT)
