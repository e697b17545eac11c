"""Who asks what about their pay, who answers by when, and what was the answer?

The question is the asker's file, the answer that of whoever answers: neither writes in the other's (DESIGN rule 2).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import AccountKey, DealId, LineKey, NodeId, Pattern, Prose, Slug, WindowId
from salesrepo.domain.record import Kind, Owner, PathPattern

PayVerdict = Literal["right_as_it_is", "corrected", "adjusted"]
PayDisputeId = Annotated[
    str,
    Pattern(
        r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?-[0-9]{8}(?:-[2-9]|-[1-9][0-9])?", "a question's id such as ana-48213377"
    ),
]
_NUMBERS = 10**8


@dataclass(frozen=True, kw_only=True)
class PayQuestion:
    """What `by` asks about the pay of `payee`: a line (its key), or a won deal that paid nothing or too little.

    `answerer` answers by `due`. `period` is that of the line, or of the deal's signature; `late`: it was asked after
    the days that policy/pay.yml gives from the close of that period. `account` tells where the deal lies. Asked again
    about the same thing, the id ends with -2, -3 and so on.
    """

    dispute: PayDisputeId
    by: NodeId
    payee: NodeId
    line: LineKey | None = None
    deal: DealId | None = None
    account: AccountKey | None = None
    period: WindowId
    day: date
    question: Prose
    answerer: NodeId
    due: date
    late: bool = False

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """It is about one thing: a line, or a deal with its account."""
        if (self.line is None) == (self.deal is None):
            yield ("line",), "A question about pay is about a line or about a deal: one of the two."
        if (self.deal is None) != (self.account is None):
            yield ("account",), "account tells where the deal lies, and stands beside deal alone."

    @property
    def about(self) -> str:
        """The line's key, or the deal's id."""
        return self.line or self.deal or ""

    @property
    def about_deal(self) -> str:
        """The deal that it is about; empty where the line is about none."""
        deal = self.deal or (self.line or "").partition(" ")[0]
        return "" if deal == "-" else deal


@dataclass(frozen=True, kw_only=True)
class PayAnswer:
    """What was found, by whom, and what put it right: an adjustment (`adjusted`), or a deal amended (`corrected`)."""

    dispute: PayDisputeId
    by: NodeId
    day: date
    verdict: PayVerdict
    text: Prose
    adjustment: Slug | None = None
    deal: DealId | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What put it right fits the verdict."""
        if (self.verdict == "adjusted") != (self.adjustment is not None):
            yield ("adjustment",), "The verdict adjusted names the adjustment, and no other verdict does."
        if self.deal is not None and self.verdict != "corrected":
            yield ("deal",), "Only the verdict corrected names a deal that was amended."


def dispute_id(payee: str, about: str, *, number: int = 1) -> str:
    """The id of a payee's question about a line or deal: the same for the same, so that two at a time collide.

    Digits alone, so that it can be read out on the telephone.
    """
    digest = int.from_bytes(hashlib.sha256(about.encode()).digest()[:8], "big") % _NUMBERS
    return f"{payee}-{digest:08}" + (f"-{number}" if number > 1 else "")


PAY_QUESTION = Kind(
    "pay-question", PayQuestion, PathPattern("disputes/pay/<s:dispute>/<dispute>/question.yml"), Owner.SELLER
)
PAY_ANSWER = Kind("pay-answer", PayAnswer, PathPattern("disputes/pay/<s:dispute>/<dispute>/answer.yml"), Owner.FINANCE)
