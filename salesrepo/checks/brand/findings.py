"""How is what the brand's rules found told, and where does it stand?"""

from collections.abc import Iterator
from typing import Any

from salesrepo.checks.brand.book import Book, Phrase
from salesrepo.checks.brand.promised import Said
from salesrepo.checks.rule import CheckContext
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.brand_text import Audience
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.outbound import OUTBOUND
from salesrepo.domain.kinds.playbook import PLAYBOOK
from salesrepo.domain.kinds.story import STORY

SPOKEN: dict[str, Audience] = {"deal": "deal", "claim": "claim", "profile": "profile"}
"""The records whose words go to customers or stand for the company, with the audience that brand rules know."""

TEXTS: dict[str, Audience] = {PLAYBOOK.name: "playbooks", STORY.name: "stories", OUTBOUND.name: "outbound"}
"""The kinds of texts in Markdown."""


def place_in(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    offset = min(offset, len(text))
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def severity_of(phrase: Phrase) -> Severity:
    """A waived phrase is told and passes; else the duty of its rule decides."""
    if phrase.waived:
        return Severity.NOTE
    return Severity.ERROR if phrase.refuses else Severity.WARNING


def finding_of(code: str, phrase: Phrase, at: Location) -> Finding:
    """What a phrase is in a report."""
    message, hint = phrase.message, f"{phrase.hint} The brand's rule is {phrase.rule}."
    if phrase.waived:
        waiver = phrase.waived
        message = f"{phrase.said!r} passes under a waiver until {waiver.until}: {waiver.reason.rstrip('.')}."
        hint = f"After that day it has to go; {waiver.by} gave the waiver. The brand's rule is {phrase.rule}."
    return Finding(code, severity_of(phrase), message, at, hint=hint)


def said_in(ctx: CheckContext, change: RecordChange[Any], text: str) -> Said:
    """A text of a changed record, with what the record says of whom it was said to, and of what."""
    record = change.after
    if isinstance(record, Deal):
        return Said(
            text=text,
            audience="deal",
            path=change.path,
            country=_country(ctx, record.account),
            products=tuple(dict.fromkeys(line.product for line in record.lines)),
            cited=record.promises,
            day=record.signed if record.stage == "won" and record.signed else ctx.today,
        )
    if isinstance(record, Claim):
        country = _country(ctx, record.account)
        return Said(text=text, audience="claim", path=change.path, country=country, day=ctx.today)
    audience = SPOKEN.get(change.kind) or TEXTS[change.kind]
    return Said(text=text, audience=audience, path=change.path, markdown=change.kind in TEXTS, day=ctx.today)


def _country(ctx: CheckContext, account: str) -> str:
    found = ctx.result.get(ACCOUNT, account=account)
    return found.country or "" if found else ""


def told_of(code: str, book: Book, said: Said) -> Iterator[Finding]:
    """What the brand's rules find in a text of its own file, with line and column."""
    for phrase in book.found_in(said):
        yield finding_of(code, phrase, Location(said.path, (), *place_in(said.text, phrase.start)))
