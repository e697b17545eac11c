"""The embedded forge: a folder with bare repositories that runs the whole life of a sales organisation offline."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from salesrepo.domain.change import PathChange, digest_of
from salesrepo.errors import ConflictError, RefusedError
from salesrepo.forge import local_events as events
from salesrepo.forge.base import (
    BOT_ID,
    NOT_JUDGED,
    Conflict,
    Forge,
    ForgeSettings,
    HeadApproval,
    HeadMoved,
    Judged,
    MainMoved,
    Merged,
    MergeOutcome,
    Proposal,
    ProposalState,
)
from salesrepo.forge.local_session import Session, writing
from salesrepo.forge.local_setup import FINANCE, MASTER, fork_path, make_forge, make_fork
from salesrepo.forge.local_state import LEDGER, MAIN, State, read_state, submission_change, user_changes
from salesrepo.vcs.commit import Entry, write_commit
from salesrepo.vcs.failure import is_repository
from salesrepo.vcs.history import builds_on, changed_paths, read_commit
from salesrepo.vcs.merge import plan_merge, write_merge
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref
from salesrepo.vcs.transfer import fetch_objects


@dataclass(frozen=True)
class LocalForge:
    """The forge in `folder` (see base.Forge for every promise); `clock` gives seconds since 1970.

    Nobody signs in: whoever can write the folder can be anyone.
    """

    folder: Path
    clock: Callable[[], int]
    name: str = "local"
    authenticated: bool = False
    page: None = None
    whoami: None = None
    recheck: None = None

    @classmethod
    def create(cls, folder: Path, *, clock: Callable[[], int]) -> "LocalForge":
        """Make the folder, or make a half-made one whole; nodes can join before main is founded."""
        make_forge(folder, clock=clock)
        return cls(folder, clock)

    def found(self, changes: Mapping[str, Entry], *, message: str, when: int) -> str:
        """Write main's root commit, which is trusted; returns its id. Raises ConflictError where main has one."""
        with self._writing() as session:
            if session.state.main:
                raise ConflictError(f"{self.folder} holds a sales organisation already.", hint="Choose a new folder.")
            root = write_commit(
                session.repo, ref=MAIN, parent=None, changes=changes, message=message, when=when, fds=session.fds
            )
            session.landed(root)
            session.write("found")
            return root

    def source(self) -> Path:
        """master.git."""
        return self.folder / MASTER

    def repository(self, *_: str) -> Path:
        """master.git, which holds everything."""
        return self.folder / MASTER

    def fork(self, name: str) -> Path:
        """The node's bare repository, which takes pushes."""
        return fork_path(self.folder, name)

    @property
    def outer(self) -> Path | None:
        """Of finance's forge, where pay is private, the folder of everybody's around it; None of any other."""
        around = self.folder.parent
        return around if self.folder.name == FINANCE and is_repository(around / MASTER) else None

    def tip(self) -> str | None:
        """Main's tip, None before it is founded."""
        with Objects(self.repository()) as objects:
            return objects.tip(MAIN)

    def main(self) -> str:
        """Main's tip. Raises RefusedError before it is founded."""
        tip = self.tip()
        if tip is None:
            raise RefusedError(f"The forge in {self.folder} has no main yet.", hint="Run salesrepo init.")
        return tip

    def ledger(self) -> str | None:
        """The ledger's tip, or None."""
        with Objects(self.repository()) as objects:
            return objects.tip(LEDGER)

    def user(self, name: str) -> str | None:
        """The forge id of a node, or None."""
        with self._reading() as state:
            return state.user(name)

    def node(self, user: str) -> str:
        """The node behind a forge id. Raises RefusedError for an id that was never given out."""
        with self._reading() as state:
            return state.name(user)

    def get(self, number: int) -> Proposal:
        """One proposal. Raises RefusedError when there is none of this number."""
        with self._reading() as state:
            return state.get(number)

    def list(self, state: ProposalState | None = None) -> tuple[Proposal, ...]:
        """All proposals (in this state), by number."""
        with self._reading() as now:
            known = now.open() if state is ProposalState.OPEN else now.all()
            return tuple(sorted((p for p in known if state in (None, p.state)), key=lambda p: p.number))

    def join(self, name: str) -> str:
        """Give a node its forge id and its fork; asked again, the same ones. Raises RefusedError for a bad name."""
        fork_path(self.folder, name)
        with self._writing() as session:
            user = session.state.user(name)
            if user is None:
                user = self._number(name) or str(session.state.counters.users + 1)
                counted = replace(session.state.counters, users=max(int(user), session.state.counters.users))
                session.write(f"join {user}", counters=counted, changes=user_changes(name, user))
            make_fork(self.folder, name)
            return user

    def open(self, actor: str, *, head: str, title: str, submission: str, claims: Sequence[str]) -> int:
        """Propose a head of the actor's fork (see base.Forge.open)."""
        self._take_in(actor, head)
        return self._open(actor, head=head, title=title, submission=submission, claims=claims)

    def open_as_bot(self, *, head: str, title: str, submission: str) -> int:
        """Propose, as the bot that works beside this folder, a head that it wrote into the repository itself."""
        return self._open(BOT_ID, head=head, title=title, submission=submission, claims=())

    def _open(self, actor: str, *, head: str, title: str, submission: str, claims: Sequence[str]) -> int:
        title = events.plain_text(" ".join(title.split()), most=events.TITLE)
        events.check_submission(submission)
        with self._writing() as session:
            state = session.state
            known = state.submission(actor, submission)
            if known is not None:
                proposal = state.get(known)
                if proposal.state is ProposalState.OPEN:
                    _give_head(session, proposal, head, claims)
                return known
            number, seq = state.counters.proposals + 1, session.next_seq()
            update = events.update_of(_changes(session, head), seq=seq, head=head, claims=claims)
            proposal = Proposal(number, actor, title, ProposalState.OPEN, head, session.when, updates=(update,))
            counted = replace(state.counters, seq=seq, proposals=number)
            remembered = submission_change(actor, submission, number)
            session.write(f"open {number}", proposal, counters=counted, changes=remembered)
            return number

    def update(self, number: int, *, actor: str, head: str, claims: Sequence[str]) -> None:
        """Give one's own open proposal another head; harmless when it has it already."""
        self._take_in(actor, head)
        with self._writing() as session:
            proposal = events.check_open(session.state.get(number))
            if proposal.actor != actor:
                raise RefusedError(f"Proposal {number} is someone else's.", hint="Open one of your own.")
            _give_head(session, proposal, head, claims)

    def judged(self, number: int, *, head: str, verdict: str, summary: str) -> None:
        """Record the judge's verdict for one head (see base.Forge.judged)."""
        with self._writing() as session:
            before = session.state.get(number)
            after = events.with_verdict(before, head=head, verdict=verdict, summary=summary, seq=session.next_seq())
            if after != before:
                session.count(f"judge {number}", after)

    def comment(self, number: int, *, actor: str, text: str) -> None:
        """Say something on a proposal."""
        with self._writing() as session:
            _check_speaker(session, actor)
            proposal = session.state.get(number)
            said = events.with_comment(proposal, actor=actor, text=text, seq=session.next_seq())
            session.count(f"comment {number}", said)

    def approve(self, number: int, *, actor: str, head: str, digest: str = "") -> None:
        """Approve one head of an open proposal; harmless when repeated (see base.Approve)."""
        with self._writing() as session:
            session.state.name(actor)
            proposal = events.check_open(session.state.get(number))
            if proposal.head != head:
                raise ConflictError(f"Proposal {number} was changed in the meantime.", hint="Read it again first.")
            if digest and digest != digest_of(_changes(session, head)):
                raise ConflictError(f"Proposal {number} changes something else.", hint="Read it again first.")
            approval = HeadApproval(actor, head, digest)
            if approval not in proposal.approvals:
                session.count(f"approve {number}", replace(proposal, approvals=(*proposal.approvals, approval)))

    def close(self, number: int, *, actor: str, reason: str, reviews: bool = False) -> None:
        """Close a proposal without merging it (see base.Forge.close); harmless on a closed one."""
        with self._writing() as session:
            _check_speaker(session, actor)
            proposal = session.state.get(number)
            if not reviews and actor not in (proposal.actor, BOT_ID):
                raise RefusedError(f"Proposal {number} is someone else's.", hint="Ask somebody who reviews.")
            if proposal.state is ProposalState.CLOSED:
                return
            closed = replace(events.check_open(proposal), state=ProposalState.CLOSED)
            said = events.with_comment(closed, actor=actor, text=reason, seq=session.next_seq())
            session.count(f"close {number}", said)

    def merge(
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
        """Make an open proposal part of main (see base.Merge). Main's ref is the one thing that decides."""
        with self._writing() as session:
            proposal = session.state.get(number)
            if proposal.head != head:
                return HeadMoved(proposal.head)
            if proposal.merged:
                return Merged(proposal.merged)
            events.check_open(proposal)
            if session.state.main != main:
                return MainMoved(session.state.main)
            plan = plan_merge(session.state.objects, main, head)
            if plan.conflicts:
                return Conflict(plan.conflicts)
            events.check_receipt(proposal, base=plan.base, message=message)
            if plan.changes != tuple(changes):
                raise RefusedError("Other changes were judged than this head makes.", hint="Check the proposal again.")
            commit = write_merge(
                session.repo, plan.changes, main=main, head=head, message=message, when=when, fds=session.fds
            )
            move_ref(session.repo, MAIN, commit, main, fds=session.fds)
            session.landed(commit)
            session.merged(replace(proposal, state=ProposalState.MERGED, merged=commit), judged)
            return Merged(commit)

    def advance_main(self, new: str, *, old: str | None) -> None:
        """Let finance's main name `new`, which follows everybody's (flows/proposals/mirror.py).

        Raises ConflictError where it no longer names `old`, RefusedError on every other forge.
        """
        if self.outer is None:
            raise RefusedError("Only finance's records follow others.", hint="Send a proposal: sr submit")
        with self._writing() as session:
            if (session.state.main or None) != old:
                raise ConflictError("Finance's records moved meanwhile.", hint="Try again.")
            move_ref(session.repo, MAIN, new, old, fds=session.fds)
            session.landed(new)
            session.write("follow")

    def _number(self, name: str) -> str | None:
        """The number that a node has around this forge, where there is one. Raises RefusedError for who has none."""
        if self.outer is None:
            return None
        user = LocalForge(self.outer, self.clock).user(name)
        if user is None:
            raise RefusedError(f"Nobody joined the company as {name}.", hint="Join it first: sr join PLACE --as NODE")
        return user

    def advance_ledger(self, new: str, *, old: str | None) -> None:
        """Let the ledger name `new` (see base.Forge.advance_ledger)."""
        with self._writing() as session:
            if old is not None and not builds_on(session.state.objects, old, new):
                raise RefusedError("A ledger only grows; this one does not build on the old.", hint="Settle again.")
            if old is not None and any(change.before for change in changed_paths(session.repo, old, new)):
                raise RefusedError("A ledger only grows; this one changes an old line.", hint="Settle again.")
            move_ref(session.repo, LEDGER, new, old, fds=session.fds)

    @contextmanager
    def _reading(self) -> Iterator[State]:
        with Objects(self.repository()) as objects:
            yield read_state(objects)

    def _writing(self) -> AbstractContextManager[Session]:
        return writing(self.folder, self.clock)

    def _take_in(self, actor: str, head: str) -> None:
        """Fetch a head before the lock is taken: it may be large, and others can go on meanwhile."""
        with self._reading() as state:
            node = state.name(actor)
        fetch_objects(self.repository(), self.fork(node), head)


def _changes(session: Session, head: str) -> tuple[PathChange, ...]:
    if not session.state.main:
        raise RefusedError("Main is not founded yet; nothing can be proposed.", hint="Run salesrepo init.")
    if len(read_commit(session.state.objects, head).parents) != 1:
        raise RefusedError("A proposal is one commit made from main.", hint="Send it again from a fresh copy of main.")
    return plan_merge(session.state.objects, session.state.main, head).changes


def _give_head(session: Session, proposal: Proposal, head: str, claims: Sequence[str]) -> None:
    if proposal.head == head:
        return
    update = events.update_of(_changes(session, head), seq=session.next_seq(), head=head, claims=claims)
    session.count(f"update {proposal.number}", events.with_update(proposal, update))


def _check_speaker(session: Session, actor: str) -> None:
    if actor != BOT_ID:
        session.state.name(actor)


def open_local(settings: ForgeSettings) -> Forge:
    """The embedded forge in the folder `settings.place`. Raises RefusedError where there is none."""
    folder = Path(settings.place)
    if not is_repository(folder / MASTER):
        raise RefusedError(f"There is no forge in {folder}.", hint="Check the path, or make one: salesrepo init.")
    return LocalForge(folder, settings.clock)
