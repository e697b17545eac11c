"""What becomes of a proposal when something happens to it, and what is refused; no clock, no disk."""

import re
from collections.abc import Sequence
from dataclasses import replace

from salesrepo.domain.change import PathChange
from salesrepo.domain.finding import Verdict
from salesrepo.domain.receipt import read_receipt
from salesrepo.errors import ConflictError, RefusedError
from salesrepo.forge.base import Comment, Proposal, ProposalState, Update

TITLE = 200
COMMENT = 16_000
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SUBMISSION = re.compile(r"[A-Za-z0-9._-]{1,80}", re.ASCII)


def plain_text(text: str, *, most: int) -> str:
    """The text with control characters shown as U+FFFD, cut to `most` characters: it may quote a hostile file name."""
    shown = _UNSEEN.sub("\ufffd", text).strip()
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def check_submission(submission: str) -> None:
    """Raises RefusedError for an id that a client cannot have made."""
    if not _SUBMISSION.fullmatch(submission):
        raise RefusedError("This is not the id of a submission.", hint="Use 1 to 80 letters, digits, dots and dashes.")


def update_of(changes: Sequence[PathChange], *, seq: int, head: str, claims: Sequence[str]) -> Update:
    """The update that brings a head with these changes. Raises RefusedError for none, or for a claim not among them."""
    if not changes:
        raise RefusedError("There is nothing to propose: main holds all of this.", hint="Run sr sync.")
    foreign = set(claims) - {change.path for change in changes}
    if foreign:
        raise RefusedError(
            f"The proposal does not change {min(foreign)!r}, which it names as a claim.", hint="Send it again."
        )
    return Update(seq, head, claims=tuple(dict.fromkeys(claims)))


def with_update(proposal: Proposal, update: Update) -> Proposal:
    """The proposal with another head; approvals of the old one stay on record and count for what they were given to."""
    return replace(proposal, head=update.head, updates=(*proposal.updates, update))


def with_verdict(proposal: Proposal, *, head: str, verdict: str, summary: str, seq: int) -> Proposal:
    """The proposal with the judge's verdict for its latest update of this head.

    A current head that was refused and now is not starts anew at `seq`, for its place was lost. Raises ConflictError
    for a head that the proposal never had.
    """
    indexes = [at for at, update in enumerate(proposal.updates) if update.head == head]
    if not indexes:
        raise ConflictError(
            f"Proposal {proposal.number} never had the head {head[:64]}.", hint="Look again, then retry."
        )
    at = indexes[-1]
    before = proposal.updates[at]
    after = replace(before, verdict=verdict, summary=plain_text(summary, most=COMMENT))
    recovers = before.verdict == Verdict.REFUSED and verdict != Verdict.REFUSED
    if recovers and at == len(proposal.updates) - 1:
        return replace(proposal, updates=(*proposal.updates, replace(after, seq=seq)))
    return replace(proposal, updates=(*proposal.updates[:at], after, *proposal.updates[at + 1 :]))


def with_comment(proposal: Proposal, *, actor: str, text: str, seq: int) -> Proposal:
    """The proposal with one more comment."""
    comment = Comment(actor, plain_text(text, most=COMMENT), seq)
    return replace(proposal, comments=(*proposal.comments, comment))


def check_open(proposal: Proposal) -> Proposal:
    """The proposal itself, when it is open; else ConflictError."""
    if proposal.state is not ProposalState.OPEN:
        raise ConflictError(
            f"Proposal {proposal.number} is {proposal.state} already.", hint="Look at it again; nothing was changed."
        )
    return proposal


def check_receipt(proposal: Proposal, *, base: str, message: str) -> None:
    """Raises RefusedError when a merge's message does not end with the receipt of this very proposal."""
    receipt = read_receipt(message)
    expected = (proposal.number, proposal.actor, base, proposal.head)
    if receipt is None or (receipt.proposal, receipt.actor, receipt.base, receipt.head) != expected:
        raise RefusedError(
            f"The receipt does not say what proposal {proposal.number} is; nothing was merged.",
            hint="Check the proposal again, then merge.",
        )
