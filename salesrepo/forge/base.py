"""What every forge can do, and the values it speaks in: proposals, their updates, and how a merge ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from salesrepo.domain.change import PathChange
from salesrepo.domain.finding import Verdict

BOT_ID = "0"  # the forge's own hand, for what a bot says or closes; no user has this number


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Update:
    """One head that a proposal had, in the order in which the forge received it (`seq` counts over all proposals).

    `claims` are the claim paths that this head changes; `verdict` and `summary` are what the judge recorded for it.
    """

    seq: int
    head: str
    claims: tuple[str, ...] = ()
    verdict: str | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What someone (forge id) said on a proposal."""

    actor: str
    text: str
    seq: int


class HeadApproval(NamedTuple):
    """Who (forge id) approved which head, and the digest of what they were shown (domain/change.py).

    It counts for every head with the same digest. Without one, as forges that know only commits keep it, it counts for
    its head alone.
    """

    actor: str
    head: str
    digest: str = ""

    def stands(self, *, head: str, digest: str) -> bool:
        """Whether this is a yes to what is proposed now."""
        return self.digest == digest if self.digest else self.head == head


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits for main, or did. `actor` is a forge id, `created` seconds since 1970 by its clock."""

    number: int
    actor: str
    title: str
    state: ProposalState
    head: str
    created: int
    updates: tuple[Update, ...]
    approvals: tuple[HeadApproval, ...] = ()
    comments: tuple[Comment, ...] = ()
    merged: str | None = None  # the commit on main


@dataclass(frozen=True, slots=True)
class Merged:
    """The proposal is part of main, by this commit (now, or by an earlier try)."""

    commit: str


@dataclass(frozen=True, slots=True)
class HeadMoved:
    """The proposal has another head than the one that was judged."""

    head: str


@dataclass(frozen=True, slots=True)
class MainMoved:
    """Main's tip is another than the one that was judged against."""

    main: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Main holds something else at these paths than the proposal was made from."""

    paths: tuple[str, ...]


MergeOutcome = Merged | HeadMoved | MainMoved | Conflict


def place(proposal: Proposal, claim: str) -> int | None:
    """A proposal's place in line for a claim path: the lower the earlier, None where it has none (DESIGN rule 7).

    It is the sequence number of the earliest update since which every head changed that path and was not refused. A
    head that was replaced before anybody judged it gives no place.
    """
    if proposal.state is not ProposalState.OPEN:
        return None
    first = None
    last = proposal.updates[-1]
    for update in reversed(proposal.updates):
        unseen = update.verdict is None and update is not last
        if claim not in update.claims or update.verdict == Verdict.REFUSED or unseen:
            break
        first = update.seq
    return first


class Member(NamedTuple):
    """Somebody whom the forge knows: the forge id and the node (or login)."""

    id: str
    name: str


class Judged(NamedTuple):
    """What the judge said of a head: the verdict (empty: nobody judged) and its reasons."""

    verdict: str = ""
    summary: str = ""


NOT_JUDGED = Judged()


class Approve(Protocol):
    """How a head is approved, where the forge can."""

    def __call__(self, number: int, *, actor: str, head: str, digest: str = "") -> None:
        """Approve this head as `actor`, having been shown the changes of this digest.

        Raises ConflictError when the proposal is not open, has another head, or changes something else.
        """
        ...


class Merge(Protocol):
    """How a proposal becomes part of main, where the forge can."""

    def __call__(
        self,
        number: int,
        *,
        head: str,
        main: str,
        changes: Sequence[PathChange],
        message: str,
        when: int,
        judged: Judged = NOT_JUDGED,
    ) -> MergeOutcome:
        """Make `changes` part of main in one commit, if proposal and main still stand at `head` and `main`.

        What was `judged` is recorded as `Forge.judged` does where the merge comes about, and only there.

        `message` ends with the receipt (domain/receipt.py); `when` is the commit's date in seconds since 1970. Sent
        twice, it merges once. Raises ConflictError for a closed proposal, RefusedError for other changes than the
        head's, another receipt, no single merge base, or a clock that is behind.
        """
        ...


class Forge(Protocol):
    """A place that holds main, the ledger, forks and proposals. Actors are forge ids (numbers as text).

    What not every forge offers is None there, and the caller decides what to do without it.
    """

    @property
    def name(self) -> str:
        """The name in the registry."""
        ...

    @property
    def authenticated(self) -> bool:
        """Whether the forge itself knows who is asking; where not, an actor is whoever they say they are."""
        ...

    @property
    def join(self) -> Callable[[str], str] | None:
        """Take in a node by name: give it a fork and a forge id, which is returned; asked again, the same one."""
        ...

    @property
    def whoami(self) -> Callable[[], Member] | None:
        """Who is asking, as the forge itself knows them. None: it does not know."""
        ...

    @property
    def recheck(self) -> Callable[[int], None] | None:
        """Let the forge's own bots judge a proposal again, and merge it if nothing and nobody is missing.

        None: whoever asks judges by themselves.
        """
        ...

    @property
    def approve(self) -> Approve | None:
        """See Approve. None: people approve on the forge's own pages."""
        ...

    @property
    def merge(self) -> Merge | None:
        """See Merge. None: merging is the forge's own."""
        ...

    @property
    def page(self) -> Callable[[int], str] | None:
        """The web address of a proposal. None: it has no pages."""
        ...

    def user(self, name: str) -> str | None:
        """The forge id of a node (or login), or None."""
        ...

    def fork(self, name: str) -> Path | str:
        """Where this node pushes its commits."""
        ...

    def source(self) -> Path | str:
        """Where copies of main and the ledger are cloned and fetched from."""
        ...

    def repository(self, *commits: str) -> Path:
        """The git directory that judge and settle read: the forge's own, or else the copy that asks.

        That one first fetches what it lacks of `commits`. Raises UnavailableError where they cannot be fetched.
        """
        ...

    def main(self) -> str:
        """Main's tip."""
        ...

    def ledger(self) -> str | None:
        """The ledger's tip, or None before anything was settled."""
        ...

    def advance_ledger(self, new: str, *, old: str | None) -> None:
        """Let the ledger name `new`, which only adds files to `old`. Raises ConflictError when it names another."""
        ...

    def open(self, actor: str, *, head: str, title: str, submission: str, claims: Sequence[str]) -> int:
        """Propose a head that lies in the actor's fork; returns the proposal's number.

        `submission` is an id that the client made up: sent again, it finds the same proposal (and gives it the head of
        the second sending, while it is open). `claims` are those claim paths that the head changes.
        """
        ...

    def update(self, number: int, *, actor: str, head: str, claims: Sequence[str]) -> None:
        """Give one's own open proposal another head. Raises RefusedError for another's, ConflictError when not open."""
        ...

    def get(self, number: int) -> Proposal:
        """One proposal. Raises RefusedError when there is none of this number."""
        ...

    def list(self, state: ProposalState | None = None) -> tuple[Proposal, ...]:
        """All proposals (in this state), by number."""
        ...

    def judged(self, number: int, *, head: str, verdict: str, summary: str) -> None:
        """Record the judge's verdict for one head. A head that failed before and passes now starts a new place."""
        ...

    def comment(self, number: int, *, actor: str, text: str) -> None:
        """Say something on a proposal."""
        ...

    def close(self, number: int, *, actor: str, reason: str, reviews: bool = False) -> None:
        """Close a proposal without merging it; harmless on a closed one. Raises ConflictError on a merged one.

        Only its sender and the bot close one; somebody else where the caller has seen in policy that they review.
        Raises RefusedError for anybody else.
        """
        ...


@dataclass(frozen=True, slots=True)
class ForgeSettings:
    """Which forge, and where: for `local` the path of its folder, for `ssh` its address.

    `clock` gives seconds since 1970; `copy` is the git directory of the copy that asks, where there is one.
    """

    name: str
    place: str
    clock: Callable[[], int]
    copy: Path | None = None
