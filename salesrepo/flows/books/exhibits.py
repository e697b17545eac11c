"""How is a record of some commit shown to an auditor, with who proposed and approved it, or with why it is not here?"""

from dataclasses import dataclass
from datetime import UTC, datetime

from salesrepo.domain.evidence import Piece
from salesrepo.domain.receipt import read_receipt
from salesrepo.domain.record import TABLE_CAP, Kind
from salesrepo.domain.snapshot import V
from salesrepo.errors import SalesRepoError
from salesrepo.flows.proposals.judge import node_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.history import Commit, read_commit, touching
from salesrepo.vcs.objects import Objects

NOTHING = "Nothing is recorded there."


@dataclass(frozen=True)
class Exhibits:
    """Reads what one copy holds; what it lacks becomes a piece that says so."""

    objects: Objects

    def record(self, what: str, path: str, commit: str) -> Piece:
        """A file as it stood at a commit."""
        try:
            found = self.objects.at(commit, path)
        except SalesRepoError as lacking:
            return Piece(what=what, path=path, commit=commit, missing=lacking.message)
        if found is None:
            return Piece(what=what, path=path, commit=commit, said=(NOTHING,))
        return self.blob(what, found.oid, path=path, commit=commit)

    def input(self, what: str, path: str, commit: str) -> Piece:
        """A file as settling a commit read it: as it stood before that merge, else as the merge brought it."""
        try:
            before = self.before(commit)
        except SalesRepoError as lacking:
            return Piece(what=what, path=path, commit=commit, missing=lacking.message)
        found = self.record(what, path, before)
        return found if found.blob or found.missing else self.record(what, path, commit)

    def before(self, commit: str) -> str:
        """The commit whose rules a merge was judged and settled by: its first parent; the root's is itself.

        Raises SalesRepoError where the commit is not here.
        """
        return next(iter(read_commit(self.objects, commit).parents), commit)

    def blob(self, what: str, oid: str, *, path: str, commit: str = "") -> Piece:
        """A file by its content's id."""
        try:
            text = self.objects.read(oid, TABLE_CAP).decode("utf-8", "replace")
        except SalesRepoError as lacking:
            return Piece(what=what, path=path, commit=commit, blob=oid, missing=lacking.message)
        return Piece(what=what, path=path, commit=commit, blob=oid, text=text)

    def folder(self, what: str, folder: str, commit: str) -> tuple[Piece, ...]:
        """Every file below a folder as it stood at a commit; one piece that says so where there is none."""
        try:
            found = self.objects.files(commit, folder)
        except SalesRepoError as lacking:
            return (Piece(what=what, path=folder, commit=commit, missing=lacking.message),)
        pieces = tuple(self.blob(what, blob.oid, path=path, commit=commit) for path, blob in found)
        return pieces or (Piece(what=what, path=folder, commit=commit, said=(NOTHING,)),)

    def value(self, kind: Kind[V], commit: str, **ids: str) -> V | None:
        """A record as it stood at a commit; None where there is none, it cannot be read, or this copy lacks it."""
        try:
            return self.at(commit).get(kind, **ids)
        except SalesRepoError:
            return None

    def at(self, commit: str) -> RecordSnapshot:
        """The records of a commit."""
        return RecordSnapshot(CommitTree(self.objects, commit), commit)

    def commits(self, path: str, until: str) -> tuple[Commit, ...]:
        """The merges that changed a file up to a commit, the oldest first. Raises SalesRepoError."""
        return touching(self.objects.repo, until, path, since=0)

    def merges(self, path: str, until: str) -> tuple[Piece, ...]:
        """By which merges a file came to stand as it does at a commit, and who proposed and approved each."""
        try:
            found = self.commits(path, until)
        except SalesRepoError as lacking:
            return (Piece(what="Merges", path=path, commit=until, missing=lacking.message),)
        pieces = tuple(self.merge(one) for one in found)
        if found and self._is_cut_off(found[0]):
            why = f"The history before {found[0].oid} is not in this copy."
            pieces = (Piece(what="Earlier merges", path=path, missing=why), *pieces)
        return pieces or (Piece(what="Merges", path=path, commit=until, said=(NOTHING,)),)

    def merge_at(self, commit: str) -> Piece:
        """Who proposed and approved a commit of main."""
        try:
            return self.merge(read_commit(self.objects, commit))
        except SalesRepoError as lacking:
            return Piece(what="Merge", commit=commit, missing=lacking.message)

    def merge(self, one: Commit) -> Piece:
        """Who proposed a merge, who approved it, when, and by which verdict, as its receipt says."""
        moment = datetime.fromtimestamp(one.committed, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        title = one.message.partition("\n")[0]
        receipt = read_receipt(one.message)
        if receipt is None:
            said = (title, f"Written on {moment}, without a receipt: it was no proposal.")
            return Piece(what="Commit", commit=one.oid, said=said)
        approved = ", ".join(self._who(user, one) for user in receipt.approvals) or "nobody: it was routine"
        told = (
            title,
            f"Proposed by {self._who(receipt.actor, one)}; approved by {approved}.",
            f"Verdict {receipt.verdict}; merged at {moment}.",
            *([f"Received at {receipt.opened}."] if receipt.opened else []),
        )
        return Piece(what=f"Proposal {receipt.proposal}", commit=one.oid, said=told)

    def _who(self, user: str, one: Commit) -> str:
        """A forge's user by the node that main gave them before the merge, or gave them with it."""
        for commit in (*one.parents[:1], one.oid):
            try:
                node = node_of(self.at(commit), user)
            except SalesRepoError:
                continue
            if node is not None:
                return f"{node.name} ({node.node})"
        return f"user {user}"

    def _is_cut_off(self, first: Commit) -> bool:
        """Whether what came before the first merge that is here is not."""
        parents = first.parents[:1]
        return bool(parents) and self.objects.info_many(parents)[parents[0]] is None
