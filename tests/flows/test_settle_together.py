"""Is the ledger the same whoever settles, however often, wherever a settler was killed, and whoever else settles?"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from salesrepo.errors import ConflictError
from salesrepo.flows.books.settle import PlainLedger, settle, settle_objects
from salesrepo.vcs.history import first_parents
from salesrepo.vcs.refs import move_refs
from tests.helpers.company import LEDGER, Company, build_company, deal, flat_plan, node, product

ROOT = Path(__file__).resolve().parents[2]
SETTLER = """\
import sys
from pathlib import Path
from salesrepo.flows.books.settle import PlainLedger, settle
settle(PlainLedger(Path(sys.argv[1])))
"""
# Stands in front of git and kills whoever calls it for the n-th time: before that call does anything, or after it.
KILLER = """\
#!/bin/sh
echo call >> "$CALLS"
if [ "$(wc -l < "$CALLS")" -eq "$KILL_AT" ]; then
  [ "$KILL_WHEN" = after ] && "$REAL" "$@"
  kill -9 "$PPID"
  exit 1
fi
exec "$REAL" "$@"
"""


@pytest.fixture
def acme(tmp_path: Path) -> Company:
    people = {**node("ana"), **node("ben", plan=None, forge_id=2)}
    made = build_company(tmp_path / "master.git", {**people, **flat_plan(), **product()})
    made.merge(deal("d-acme.com-1", credits={"ana": "50%", "ben": "50%"}), on=date(2017, 3, 2))
    made.merge({**deal("d-acme.com-1", "1500"), **deal("d-acme.com-2")}, on=date(2017, 3, 3))
    made.merge(deal("d-acme.com-3", credits={"ben": "100%"}), on=date(2017, 3, 4))
    made.merge(node("ben", forge_id=2), on=date(2017, 3, 5))
    return made


def settler(repo: Path, **env: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.Popen([sys.executable, "-c", SETTLER, str(repo)], env=environment, stderr=subprocess.PIPE)


@dataclass(frozen=True)
class Run:
    """A settler on a copy: its exit code, its calls of git, the ledger that it left, and the one settled after it."""

    code: int
    calls: int
    left: str | None
    after: str | None


def run_killed(acme: Company, folder: Path, call: int, when: str = "before") -> Run:
    """Settle a copy and be killed at the n-th call of git (0: at none)."""
    folder.mkdir()
    copy = replace(acme, git_dir=folder / "master.git")
    shutil.copytree(acme.git_dir, copy.git_dir)
    shim, calls = folder / "bin" / "git", folder / "calls"
    shim.parent.mkdir()
    shim.write_text(KILLER)
    shim.chmod(0o755)
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    real = shutil.which("git") or "git"
    with settler(copy.git_dir, PATH=path, REAL=real, CALLS=str(calls), KILL_AT=str(call), KILL_WHEN=when) as child:
        child.communicate()
    return Run(child.returncode, len(calls.read_text().split()), copy.ledger, settle(PlainLedger(copy.git_dir)).ledger)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in front of git")
def test_a_settler_killed_at_any_call_of_git_leaves_nothing_or_all(tmp_path: Path) -> None:
    acme = build_company(tmp_path / "master.git", {**node("ana"), **flat_plan(), **product(), **deal("d-acme.com-1")})
    acme.merge(deal("d-acme.com-1", "1500"), on=date(2017, 3, 3))
    due = settle_objects(acme.git_dir, acme.main, None).ledger
    whole = run_killed(acme, tmp_path / "whole", 0)
    assert (whole.code, whole.left, whole.after) == (0, due, due)
    last = whole.calls  # update-ref; the one before it writes the objects
    with ThreadPoolExecutor(2) as pool:
        before = [*pool.map(lambda n: run_killed(acme, tmp_path / f"{n}", n), range(1, last + 1))]
        written, moved = pool.map(lambda n: run_killed(acme, tmp_path / f"after-{n}", n, "after"), (last - 1, last))
    assert [run.code for run in (*before, written, moved)] == [-9] * (last + 2)
    assert {run.left for run in (*before, written)} == {None}
    assert moved.left == due
    assert {run.after for run in (*before, written, moved)} == {due}


def test_settlers_at_the_same_time_make_one_ledger(acme: Company) -> None:
    due = settle_objects(acme.git_dir, acme.main, None).ledger
    children = [settler(acme.git_dir) for _ in range(3)]
    words = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0], words
    assert acme.ledger == due


@dataclass(frozen=True)
class Overtaken(PlainLedger):
    """A home in which someone else always settles between the look and the move."""

    def advance_ledger(self, new: str, *, old: str | None) -> None:
        settle(PlainLedger(self.git_dir))
        super().advance_ledger(new, old=old)


def test_who_is_overtaken_finds_the_work_done(acme: Company) -> None:
    done = settle(Overtaken(acme.git_dir))
    assert (done.changed, done.ledger) == (False, acme.ledger)
    assert acme.ledger == settle_objects(acme.git_dir, acme.main, None).ledger


@dataclass(frozen=True)
class AlwaysLate(PlainLedger):
    """A home whose ledger is always somewhere else by then."""

    def advance_ledger(self, new: str, *, old: str | None) -> None:
        raise ConflictError("The ledger moved.")


def test_who_is_always_late_says_so_in_the_end(acme: Company) -> None:
    with pytest.raises(ConflictError, match="settled elsewhere all the time"):
        settle(AlwaysLate(acme.git_dir))
    assert acme.ledger is None


def test_a_deleted_ledger_comes_back_with_the_same_ids(acme: Company) -> None:
    first = settle(PlainLedger(acme.git_dir)).ledger or ""
    before = [commit.oid for commit in first_parents(acme.git_dir, first)]
    move_refs(acme.git_dir, {LEDGER: (None, first)})
    shutil.rmtree(acme.git_dir / "logs", ignore_errors=True)
    assert settle(PlainLedger(acme.git_dir)).ledger == first
    assert [commit.oid for commit in first_parents(acme.git_dir, first)] == before
    assert len(before) == 4
