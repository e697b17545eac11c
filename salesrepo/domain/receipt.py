"""What a merge leaves behind: trailers on main's first-parent commit (DESIGN rule 7)."""

import re
from dataclasses import dataclass

from salesrepo.domain.private_pay import mirrored

_TRAILER = re.compile(r"^(Proposal|Actor|Base|Head|Approvals|Verdict|Opened): (.*)$", re.M)
_MOMENT = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who proposed what, from which base, with whose approval, and how it was judged.

    `actor` and the approvals are forge ids (numbers); `approvals` keeps the order in which they were given. `opened`
    is when the forge received the proposal, such as 2026-11-21T10:05:00Z; older receipts do not say it.
    """

    proposal: int
    actor: str
    base: str
    head: str
    verdict: str
    approvals: tuple[str, ...] = ()
    opened: str = ""

    def message(self, title: str) -> str:
        """The commit message: a title, and the receipt as its trailers."""
        lines = [
            f"Proposal: {self.proposal}",
            f"Actor: {self.actor}",
            f"Base: {self.base}",
            f"Head: {self.head}",
            f"Approvals: {', '.join(self.approvals) or 'none'}",
            f"Verdict: {self.verdict}",
            *([f"Opened: {self.opened}"] if self.opened else []),
        ]
        # A title comes from a seller: no line of it may be taken for a trailer.
        return " ".join(title.split())[:72] + "\n\n" + "\n".join(lines) + "\n"


def read_receipt(message: str) -> Receipt | None:
    """The receipt in the last paragraph of a commit message, or None where there is none or it is not whole.

    None as well of a commit that brings over another repository's: its proposal has no such number here.
    """
    if mirrored(message) is not None:
        return None
    last = message.rstrip("\n").rsplit("\n\n", 1)
    found = dict(_TRAILER.findall(last[-1])) if len(last) == 2 else {}
    opened = found.pop("Opened", "")
    if (
        len(found) != 6
        or (opened and not _MOMENT.fullmatch(opened))
        or not re.fullmatch(r"[1-9][0-9]{0,9}", found["Proposal"], re.ASCII)
    ):
        return None
    approvals = () if found["Approvals"] == "none" else tuple(found["Approvals"].split(", "))
    return Receipt(
        proposal=int(found["Proposal"]),
        actor=found["Actor"],
        base=found["Base"],
        head=found["Head"],
        verdict=found["Verdict"],
        approvals=approvals,
        opened=opened,
    )
