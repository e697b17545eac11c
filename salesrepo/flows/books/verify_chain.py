"""Where does the ledger differ from the one that main gives: which commit, file and line, and by how much?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from salesrepo.commission.lines import ENGINE
from salesrepo.domain.change import FILE_MODE, Blob, PathChange
from salesrepo.domain.kinds.ledger_batch import BY_DEAL, LEDGER_BATCH
from salesrepo.domain.money import parse_sum
from salesrepo.domain.record import Kind
from salesrepo.domain.verification import Difference, Fault
from salesrepo.errors import SalesRepoError
from salesrepo.store.ledger import settled_through
from salesrepo.store.snapshot import parse
from salesrepo.vcs.history import Commit, changed_paths, read_commit
from salesrepo.vcs.objects import Objects


@dataclass(frozen=True)
class Chains:
    """The ledger as it is (`booked`, oldest first) and as main gives it (`expected`: main commit, ledger commit)."""

    objects: Objects
    booked: Sequence[Commit]
    expected: Sequence[tuple[str, str]]

    @property
    def to_settle(self) -> int:
        """How many commits the ledger has still to get: those after the last one that it settles."""
        places = {main: place for place, (main, _) in enumerate(self.expected, 1)}
        reached = (places.get(settled_through(commit.message) or "", 0) for commit in self.booked)
        return len(self.expected) - max(reached, default=0)

    def differences(self) -> Iterator[Difference]:
        """Nothing where the ledger is the beginning of what main gives, id by id; else every difference by name."""
        ids = [commit.oid for commit in self.booked]
        if ids == [oid for _, oid in self.expected[: len(ids)]]:
            return
        found = [*self._named()]
        yield from found
        if not found:
            odd = next(oid for oid, (_, due) in zip(ids, self.expected, strict=False) if oid != due)
            sentence = f"Ledger commit {odd[:12]} has another author, date or ancestry than settle gives it."
            yield Difference(Fault.FORGED, sentence, odd)

    def _named(self) -> Iterator[Difference]:
        places = {main: place for place, (main, _) in enumerate(self.expected)}
        met: set[int] = set()
        for commit in self.booked:
            main = settled_through(commit.message) or ""
            place = places.get(main)
            if place is None or place in met or place < max(met, default=-1):
                yield self._forged(commit, main, again=place is not None)
                yield from _rewritten(self._changes(commit), commit)
                continue
            met.add(place)
            yield from self._pair(commit, read_commit(self.objects, self.expected[place][1]))
        for place in sorted(set(range(max(met, default=-1))) - met):
            main = self.expected[place][0]
            sentence = f"The ledger has no commit for main's {main[:12]}, though it goes on after it."
            yield Difference(Fault.MISSING, sentence, self.expected[place][1])

    def _forged(self, commit: Commit, main: str, *, again: bool) -> Difference:
        what = f"settles main's {main[:12]} again" if again else "settles nothing that this main books"
        return Difference(Fault.FORGED, f"Ledger commit {commit.oid[:12]} {what}: settle did not write it.", commit.oid)

    def _pair(self, commit: Commit, due: Commit) -> Iterator[Difference]:
        """The ledger's commit against the one that settle gives for the same main commit."""
        if (commit.message, commit.committed) != (due.message, due.committed):
            sentence = f"Ledger commit {commit.oid[:12]} has another message or date than settle gives it."
            yield Difference(Fault.FORGED, sentence, commit.oid)
        if len(commit.parents) > 1:
            yield Difference(Fault.FORGED, f"Ledger commit {commit.oid[:12]} is a merge.", commit.oid)
        changes = self._changes(commit)
        yield from _rewritten(changes, commit)
        there = {change.path: change.after for change in changes if change.before is None}
        wanted = {change.path: change.after for change in self._changes(due)}
        rewritten = {change.path for change in changes if change.before is not None}
        for path in sorted((there.keys() | wanted.keys()) - rewritten):
            yield from self._file(commit, path, there.get(path), wanted.get(path))

    def _changes(self, commit: Commit) -> tuple[PathChange, ...]:
        return changed_paths(self.objects.repo, commit.parents[0] if commit.parents else None, commit.oid)

    def _file(self, commit: Commit, path: str, there: Blob | None, wanted: Blob | None) -> Iterator[Difference]:
        where = f"Ledger commit {commit.oid[:12]}, {path}"
        if there == wanted:
            return
        if there is None:
            yield Difference(Fault.MISSING, f"{where}: this file is missing.", commit.oid, path)
        elif wanted is None:
            yield Difference(Fault.FORGED, f"{where}: this file is forged, nothing on main gives it.", commit.oid, path)
        elif there.mode != FILE_MODE:
            yield Difference(Fault.LINE, f"{where}: this is no plain file.", commit.oid, path)
        else:
            yield from self._content(commit, path, there, wanted)

    def _content(self, commit: Commit, path: str, there: Blob, wanted: Blob) -> Iterator[Difference]:
        where = f"Ledger commit {commit.oid[:12]}, {path}"
        kind: Kind[Any] = BY_DEAL if BY_DEAL.path.match(path) else LEDGER_BATCH
        try:
            (has,) = parse(kind, self.objects.read(there.oid, kind.cap), path=path)
        except SalesRepoError as error:
            sentence = f"{where}: this version cannot read it, so it is not verified ({error.message})."
            yield Difference(Fault.UNKNOWN, sentence, commit.oid, path)
            return
        (due,) = parse(kind, self.objects.read(wanted.oid, kind.cap), path=path)
        engine = getattr(has, "engine", ENGINE)
        if engine != ENGINE:
            sentence = f"{where}: calculated by engine {engine}, which this version does not know: not verified."
            yield Difference(Fault.UNKNOWN, sentence, commit.oid, path)
            return
        found = [*_lines(where, commit.oid, path, _by_key(has.lines), _by_key(due.lines))]
        found += _fields(where, commit.oid, path, has, due)
        if not found:
            sentence = f"{where}: says the same in other bytes, or in another order."
            found.append(Difference(Fault.LINE, sentence, commit.oid, path))
        yield from found


def _rewritten(changes: Sequence[PathChange], commit: Commit) -> Iterator[Difference]:
    for change in changes:
        if change.before is not None:
            did = "changes" if change.after else "deletes"
            sentence = f"Ledger commit {commit.oid[:12]} {did} {change.path}, which an earlier one wrote."
            yield Difference(Fault.REWRITTEN, sentence, commit.oid, change.path)


def _by_key(lines: Sequence[Any]) -> dict[str, Any]:
    return {line.key: line for line in lines}


def _lines(where: str, commit: str, path: str, has: Mapping[str, Any], due: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys((*due, *has)):
        line, wanted = has.get(key), due.get(key)
        if line == wanted:
            continue
        if line is None:
            yield Difference(Fault.MISSING, f"{where}: the line {key!r} is missing.", commit, path, key)
        elif wanted is None:
            yield Difference(Fault.FORGED, f"{where}: the line {key!r} is forged.", commit, path, key)
        elif (line.amount, line.currency) != (wanted.amount, wanted.currency):
            yield _amount(where, commit, path, line, wanted)
        else:
            named = ", ".join(_unlike(line, wanted))
            sentence = f"{where}: the line {key!r} says something else in: {named}."
            yield Difference(Fault.LINE, sentence, commit, path, key)


def _amount(where: str, commit: str, path: str, line: Any, wanted: Any) -> Difference:
    sentence = (
        f"{where}: the line {line.key!r} pays {line.amount} {line.currency}; "
        f"recomputed it is {wanted.amount} {wanted.currency}."
    )
    try:
        booked = parse_sum(line.amount, line.currency)
    except SalesRepoError:
        booked = None
    expected = parse_sum(wanted.amount, wanted.currency)
    return Difference(
        Fault.AMOUNT, sentence, commit, path, line.key, currency=wanted.currency, booked=booked, expected=expected
    )


def _fields(where: str, commit: str, path: str, has: Any, due: Any) -> Iterator[Difference]:
    named = [name for name in _unlike(has, due) if name != "lines"]
    if named:
        yield Difference(Fault.LINE, f"{where}: says something else in: {', '.join(named)}.", commit, path)


def _unlike(has: Any, due: Any) -> list[str]:
    return [part.name for part in fields(has) if getattr(has, part.name) != getattr(due, part.name)]
