"""What the embedded forge knows: users, counters and proposals, all in the tree of one ref, an append-only chain."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from salesrepo.domain.receipt import read_receipt
from salesrepo.errors import RefusedError
from salesrepo.forge.base import Proposal, ProposalState
from salesrepo.forge.local_codec import CAP, VERSION, damaged, dump, dump_proposal, load, load_proposal, take
from salesrepo.vcs.history import first_parents
from salesrepo.vcs.objects import Objects

STATE = "refs/forge/state"
MAIN = "refs/heads/main"
LEDGER = "refs/heads/ledger"
_COUNTERS = "counters.json"
_FILE = "100644"

Changes = dict[str, tuple[str, str | bytes] | None]


@dataclass(frozen=True, slots=True)
class Counters:
    """How far the forge has counted, main's tip when it last wrote (empty: not founded), and which proposal it touched
    last (0: none)."""

    seq: int
    proposals: int
    users: int
    main: str
    touched: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """The state at one commit of its chain, with the merges that main already holds and the chain does not yet.

    `main` is empty before the forge is founded; `landed`: proposal number -> main commit. The layout lets what
    is asked often cost what is open, not what ever was: `open/<n>.json`, `done/<n div 1000>/<n>.json`,
    `users/<name>.json`, `ids/<id>.json`, `submissions/<hash>.json`.
    """

    objects: Objects
    commit: str
    counters: Counters
    main: str
    landed: Mapping[int, str]

    def find(self, number: int) -> Proposal | None:
        """One proposal by number, or None."""
        for path in (_open_path(number), _done_path(number)):
            raw = self._read(path)
            if raw is not None:
                return self._with_landing(load_proposal(raw, path))
        return None

    def get(self, number: int) -> Proposal:
        """One proposal by number. Raises RefusedError when there is none."""
        proposal = self.find(number)
        if proposal is None:
            raise RefusedError(f"There is no proposal {number}.", hint="List them: salesrepo review list.")
        return proposal

    def all(self) -> Iterator[Proposal]:
        """Every proposal, the open ones first."""
        yield from self.open()
        for path, blob in self.objects.files(self.commit, "done"):
            yield load_proposal(self.objects.read(blob.oid, CAP), path)

    def open(self) -> Iterator[Proposal]:
        """The proposals that the chain holds as open; one that main already holds is given as merged."""
        blobs = self.objects.children(self.commit, "open")
        contents = self.objects.read_many((blob.oid for blob in blobs.values()), CAP)
        for name, blob in blobs.items():
            yield self._with_landing(load_proposal(contents[blob.oid], f"open/{name}"))

    def user(self, name: str) -> str | None:
        """The forge id of a node, or None."""
        return self._field(f"users/{name}.json", "id")

    def name(self, user: str) -> str:
        """The node behind a forge id. Raises RefusedError for an id that was never given out."""
        found = self._field(f"ids/{user}.json", "name") if user.isascii() and user.isdigit() else None
        if found is None:
            raise RefusedError(f"Nobody here has the number {user[:20]!r}.", hint="Join first: sr join.")
        return found

    def submission(self, actor: str, submission: str) -> int | None:
        """The number under which this submission was opened, or None."""
        path = _submission_path(actor, submission)
        raw = self._read(path)
        return take(load(raw, path), "number", int, path) if raw is not None else None

    def _with_landing(self, proposal: Proposal) -> Proposal:
        commit = self.landed.get(proposal.number)
        if commit is None or proposal.state is not ProposalState.OPEN:
            return proposal
        return replace(proposal, state=ProposalState.MERGED, merged=commit)

    def _field(self, path: str, key: str) -> str | None:
        raw = self._read(path)
        return take(load(raw, path), key, str, path) if raw is not None else None

    def _read(self, path: str) -> bytes | None:
        blob = self.objects.at(self.commit, path)
        return self.objects.read(blob.oid, CAP) if blob else None


def read_state(objects: Objects) -> State:
    """The state as it is now. Raises RefusedError where there is none, it is damaged, or a newer salesrepo wrote it."""
    # The chain first: main may move on after that, which `landed` then tells; never the other way round.
    commit, main = objects.tip(STATE), objects.tip(MAIN) or ""
    if commit is None:
        raise RefusedError(
            f"The forge in {objects.repo.parent} is not whole; making it was probably interrupted.",
            hint="Run salesrepo init again.",
        )
    blob = objects.at(commit, _COUNTERS)
    value = load(objects.read(blob.oid, CAP) if blob else b"", _COUNTERS)
    if take(value, "version", int, _COUNTERS) > VERSION:
        raise RefusedError("A newer salesrepo has written here.", hint="Install the newest salesrepo, then try again.")
    counts = {key: take(value, key, int, _COUNTERS) for key in ("seq", "proposals", "users", "touched")}
    if min(counts.values()) < 0:
        raise damaged(_COUNTERS)
    counters = Counters(main=take(value, "main", str, _COUNTERS), **counts)
    return State(objects, commit, counters, main, _landed(objects.repo, counters.main, main))


def counters_change(counters: Counters) -> Changes:
    """The file change that writes the counters."""
    fields = {
        "version": VERSION,
        "seq": counters.seq,
        "proposals": counters.proposals,
        "users": counters.users,
        "main": counters.main,
        "touched": counters.touched,
    }
    return {_COUNTERS: (_FILE, dump(fields))}


def proposal_changes(proposals: Iterable[Proposal]) -> Changes:
    """The file changes that write these proposals, each where its state puts it."""
    changes: Changes = {}
    for proposal in proposals:
        is_open = proposal.state is ProposalState.OPEN
        paths = (_open_path(proposal.number), _done_path(proposal.number))
        changes[paths[0 if is_open else 1]] = (_FILE, dump_proposal(proposal))
        if not is_open:
            changes[paths[0]] = None
    return changes


def user_changes(name: str, user: str) -> Changes:
    """The file changes that write a new user, both ways round."""
    return {f"users/{name}.json": (_FILE, dump({"id": user})), f"ids/{user}.json": (_FILE, dump({"name": name}))}


def submission_change(actor: str, submission: str, number: int) -> Changes:
    """The file change that remembers under which number a submission was opened."""
    return {_submission_path(actor, submission): (_FILE, dump({"number": number}))}


def _landed(repo: Path, known: str, main: str) -> dict[int, str]:
    if known == main:
        return {}
    if not main:
        raise RefusedError("Main is gone.", hint=f"Put it back: git update-ref {MAIN} {known} in {repo}.")
    receipts = ((read_receipt(commit.message), commit.oid) for commit in first_parents(repo, main, known or None))
    return {receipt.proposal: oid for receipt, oid in receipts if receipt}


def _open_path(number: int) -> str:
    return f"open/{number}.json"


def _done_path(number: int) -> str:
    return f"done/{number // 1000}/{number}.json"


def _submission_path(actor: str, submission: str) -> str:
    digest = hashlib.sha256(f"{actor}\0{submission}".encode()).hexdigest()
    return f"submissions/{digest[:2]}/{digest[2:]}.json"
