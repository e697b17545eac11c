"""Is every merge on main the one that its receipt tells of, and did the rules of its day allow it?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol

from salesrepo.domain.change import PathChange
from salesrepo.domain.finding import Verdict
from salesrepo.domain.kinds.main_pin import MAIN_PIN
from salesrepo.domain.kinds.settings import zone_of
from salesrepo.domain.period import day_in
from salesrepo.domain.private_pay import is_of_pay, mirrored
from salesrepo.domain.receipt import Receipt, read_receipt
from salesrepo.domain.verification import Difference, Fault
from salesrepo.errors import SalesRepoError
from salesrepo.flows.proposals.mirror import brought_over, pinned
from salesrepo.forge.base import BOT_ID
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.history import Commit, changed_paths, first_parents, merge_bases, read_commit
from salesrepo.vcs.merge import CLOCK_LEEWAY
from salesrepo.vcs.objects import OID, Objects

_USER = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_ALLOWED = (Verdict.AUTO, Verdict.REVIEW)


class Judge(Protocol):
    """Replays authority: were these changes allowed by the rules that `parent` holds?"""

    def __call__(
        self,
        parent: RecordSnapshot,
        changes: tuple[PathChange, ...],
        *,
        after: RecordSnapshot,
        receipt: Receipt,
        day: date,
    ) -> str | None:
        """Why not, as a sentence without its commit; None where they were. `day` is the company's day of the merge."""


@dataclass
class MergeCheck:
    """One walk over main's first parents, after `since` (None: from the root); `merges` counts them on the way.

    On finance's main, where pay is private, `pin` ends at the commit of everybody's that it has followed to, and
    `brought` counts those that it has brought over since its root.
    """

    objects: Objects
    main: str
    judge: Judge | None
    now: int
    merges: int = 0
    since: str | None = None
    pin: str | None = None
    brought: int = 0
    _seen: set[str] = field(default_factory=set)
    _numbers: set[int] = field(default_factory=set)
    _records: dict[tuple[str, str], Any] = field(default_factory=dict)

    def differences(self) -> Iterator[Difference]:
        """All that is wrong, oldest first. The root is trusted: it founded the company."""
        before = read_commit(self.objects, self.since) if self.since else None
        if self.since:
            self.pin, self.brought = pinned(self.objects, self.since), 1
        for commit in first_parents(self.objects.repo, self.main, self.since):
            source = mirrored(commit.message)
            if before is None:
                self.pin = source
            elif self.pin and source:
                yield from self._mirror(commit, before, source)
                self.pin, self.brought = source, self.brought + 1
            else:
                self.merges += 1
                yield from self._merge(commit, before)
            self._seen.add(commit.oid)
            before = commit

    def _mirror(self, commit: Commit, before: Commit, source: str) -> Iterator[Difference]:
        """Whether a commit of finance's is what bringing the next one of everybody's over gives."""
        root = self.pin if self.pin and not self.brought else None
        try:
            apart = changed_paths(self.objects.repo, root, before.oid) if root else ()
            told = read_commit(self.objects, source)
            due = brought_over(self.objects.repo, told, before)
        except SalesRepoError as error:
            sentence = f"Finance's commit {commit.oid[:12]} brings over what cannot be read: {error.message}"
            yield Difference(Fault.UNKNOWN, sentence, commit.oid)
            return
        if any(change.path != MAIN_PIN.path.text and not is_of_pay(change.path) for change in apart):
            sentence = f"Finance's commit {before.oid[:12]} holds other records than everybody's {root}."
            yield Difference(Fault.RECEIPT, sentence, before.oid)
        if due != commit.oid or told.parents[:1] != (self.pin,):
            sentence = f"Finance's commit {commit.oid[:12]} is not what bringing {source[:12]} over gives."
            yield Difference(Fault.RECEIPT, sentence, commit.oid)

    def _merge(self, commit: Commit, before: Commit) -> Iterator[Difference]:
        if commit.committed < before.committed:
            sentence = f"Main's commit {commit.oid[:12]} is dated before the one that it builds on, {before.oid[:12]}."
            yield Difference(Fault.CLOCK, sentence, commit.oid)
        if commit.committed > self.now + CLOCK_LEEWAY:
            sentence = f"Main's commit {commit.oid[:12]} is dated in the future."
            yield Difference(Fault.CLOCK, sentence, commit.oid)
        receipt = read_receipt(commit.message)
        changes = changed_paths(self.objects.repo, before.oid, commit.oid)
        try:
            wrong = self._misfit(commit, before, receipt, changes)
        except SalesRepoError as error:
            wrong = f"names objects that cannot be read: {error.message}"
        if wrong or receipt is None:
            yield Difference(Fault.RECEIPT, f"Main's commit {commit.oid[:12]} {wrong}", commit.oid)
        else:
            yield from self._authority(commit, before, receipt, changes)

    def _misfit(  # noqa: PLR0911 - one sentence for each way to be wrong
        self, commit: Commit, before: Commit, receipt: Receipt | None, changes: tuple[PathChange, ...]
    ) -> str | None:
        """What does not fit between a merge and its receipt; the end of a sentence."""
        if receipt is None:
            return "carries no receipt: nobody can say who proposed it and who agreed."
        if malformed := _malformed(receipt):
            return malformed
        if receipt.proposal in self._numbers:
            return f"is the second merge of proposal {receipt.proposal}."
        self._numbers.add(receipt.proposal)
        if commit.parents != (before.oid, receipt.head):
            return f"is not a merge of the head {receipt.head[:12]} that its receipt names."
        if not self._is_base(receipt, before):
            return f"was not proposed from {receipt.base[:12]}, as its receipt says."
        if not self._same(commit, before, receipt, changes):
            return "holds other files than the proposal that its receipt names."
        return None

    def _is_base(self, receipt: Receipt, before: Commit) -> bool:
        head = read_commit(self.objects, receipt.head)
        if head.parents == (receipt.base,) and receipt.base in self._seen:
            return True  # one commit on top of main as it was: by far the usual proposal, and no question to Git
        return merge_bases(self.objects.repo, before.oid, receipt.head) == (receipt.base,)

    def _same(self, commit: Commit, before: Commit, receipt: Receipt, changes: tuple[PathChange, ...]) -> bool:
        if receipt.base == before.oid and read_commit(self.objects, receipt.head).tree == commit.tree:
            return True
        return changed_paths(self.objects.repo, receipt.base, receipt.head) == changes

    def _authority(
        self, commit: Commit, before: Commit, receipt: Receipt, changes: tuple[PathChange, ...]
    ) -> Iterator[Difference]:
        if self.judge is None:
            return
        parent, after = self._snapshot(before.oid), self._snapshot(commit.oid)
        try:
            day = day_in(zone_of(parent), datetime.fromtimestamp(commit.committed, UTC))
            why = self.judge(parent, changes, after=after, receipt=receipt, day=day)
        except SalesRepoError as error:
            sentence = f"Whether main's commit {commit.oid[:12]} was allowed cannot be replayed: {error.message}"
            yield Difference(Fault.UNKNOWN, sentence, commit.oid)
            return
        if why is not None:
            sentence = f"Main's commit {commit.oid[:12]} (proposal {receipt.proposal}) was not allowed: {why}"
            yield Difference(Fault.AUTHORITY, sentence, commit.oid)

    def _snapshot(self, commit: str) -> RecordSnapshot:
        return RecordSnapshot(CommitTree(self.objects, commit), commit, cache=self._records)


def _malformed(receipt: Receipt) -> str | None:
    """What is wrong with a receipt by itself; the end of a sentence."""
    if not (OID.fullmatch(receipt.base) and OID.fullmatch(receipt.head)):
        return "has a receipt without whole commit ids."
    sender = () if receipt.actor == BOT_ID else (receipt.actor,)  # what is due by itself is sent by nobody
    if not all(_USER.fullmatch(user) for user in (*sender, *receipt.approvals)):
        return "has a receipt whose people are no forge users."
    if receipt.verdict not in _ALLOWED:
        return f"has a receipt with the verdict {receipt.verdict[:40]!r}, with which nothing is merged."
    return None
