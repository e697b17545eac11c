"""How one writer at a time changes the embedded forge: under a lock, after tidying up what a killed one left."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from salesrepo.files import only_one
from salesrepo.forge.base import Judged, Proposal, ProposalState
from salesrepo.forge.local_events import with_verdict
from salesrepo.forge.local_setup import LOCK, MASTER, disk_trouble
from salesrepo.forge.local_state import STATE, Changes, Counters, State, counters_change, proposal_changes, read_state
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_refs

Moves = dict[str, tuple[str | None, str | None]]


@dataclass
class Session:
    """The state as this writer sees it, alone; each `write` appends one commit to the chain."""

    repo: Path
    state: State
    fds: tuple[int, ...]
    when: int

    def next_seq(self) -> int:
        """The sequence number that the event being written gets."""
        return self.state.counters.seq + 1

    def count(self, message: str, proposal: Proposal) -> None:
        """As `write`, for an event that takes the next sequence number."""
        self.write(message, proposal, counters=replace(self.state.counters, seq=self.next_seq()))

    def write(
        self, message: str, *proposals: Proposal, counters: Counters | None = None, changes: Changes | None = None
    ) -> None:
        """Append to the chain: these proposals, counters and files, with the heads as parents so that none is lost."""
        touched = proposals[-1].number if proposals else self.state.counters.touched
        counted = replace(counters or self.state.counters, main=self.state.main, touched=touched)
        heads = dict.fromkeys(p.head for p in proposals if p.state is ProposalState.OPEN)
        files = (changes or {}) | proposal_changes(proposals) | counters_change(counted)
        draft = Draft(files, f"{message}\n", self.when, also_parents=tuple(heads))
        (commit,) = write_commits(self.repo, [draft], parent=self.state.commit, fds=self.fds)
        # The chain moves first: a writer killed after it leaves what the next one derives anew.
        moves: Moves = {STATE: (commit, self.state.commit)}
        for proposal in proposals:
            moves |= self._derived(proposal)
        move_refs(self.repo, moves, fds=self.fds)
        self.state = replace(self.state, commit=commit, counters=counted, landed={})

    def merged(self, proposal: Proposal, judged: Judged) -> None:
        """As `write`, for a proposal that main holds now; what was judged of its head is recorded with it."""
        message = f"merge {proposal.number}"
        if not judged.verdict:
            self.write(message, proposal)
            return
        seq, (verdict, summary) = self.next_seq(), judged
        self.count(message, with_verdict(proposal, head=proposal.head, verdict=verdict, summary=summary, seq=seq))

    def landed(self, main: str) -> None:
        """Take note that main moved to this commit."""
        self.state = replace(self.state, main=main)

    def derive_ref(self, proposal: Proposal) -> None:
        """Let refs/pull/<n>/head say what the state says: the head of an open proposal, else nothing."""
        if moves := self._derived(proposal):
            move_refs(self.repo, moves, fds=self.fds)

    def _derived(self, proposal: Proposal) -> Moves:
        ref = f"refs/pull/{proposal.number}/head"
        (self.repo / f"{ref}.lock").unlink(missing_ok=True)
        now = self.state.objects.tip(ref)
        wanted = proposal.head if proposal.state is ProposalState.OPEN else None
        return {} if now == wanted else {ref: (wanted, now)}


@contextmanager
def writing(folder: Path, clock: Callable[[], int]) -> Iterator[Session]:
    """Be the only writer. The lock is inherited by every Git child, so an orphaned one keeps the next writer waiting.

    Raises UnavailableError when another writer takes longer than 30 seconds, RefusedError when the disk refuses.
    """
    repo = folder / MASTER
    with disk_trouble(folder), only_one(folder / LOCK) as fd, Objects(repo) as objects:
        for left in _left_locks(repo):
            left.unlink(missing_ok=True)
        session = Session(repo, read_state(objects), (fd,), clock())
        _repair(session)
        yield session


def _left_locks(repo: Path) -> Iterable[Path]:
    """Lock files of refs and settings. Whoever holds the forge's lock knows that no living process owns them."""
    for pattern in ("*.lock", "refs/*/*.lock"):
        yield from repo.glob(pattern)


def _repair(session: Session) -> None:
    """Finish what a killed writer left half done: merges that main holds, and the derived ref it touched last."""
    state = session.state
    landed = [proposal for number in state.landed if (proposal := state.find(number)) is not None]
    if landed:
        session.write(f"found merged: {', '.join(str(p.number) for p in landed)}", *landed)
    elif state.counters.touched and (last := state.find(state.counters.touched)) is not None:
        session.derive_ref(last)
