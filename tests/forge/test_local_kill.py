"""Does the embedded forge survive a kill at any moment, and rivals at the same moment?"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from salesrepo.domain.receipt import read_receipt
from salesrepo.forge.base import Merged, ProposalState
from salesrepo.vcs.history import first_parents
from tests.helpers.refs import refs

WORKER = Path(__file__).with_name("forge_worker.py")
ROOT = WORKER.parent.parent.parent
DELAYS = [0.004 + 0.019 * step for step in range(14)]  # seconds after the worker is ready: all phases of a round

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signals")


def start(local: Any, node: str, base: str, first: int, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(WORKER), str(local.place), node, base, str(first), str(count)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def told(lines: list[str], word: str) -> set[int]:
    return {int(line.split()[1]) for line in lines if line.startswith(word)}


def check_whole(local: Any, opened: set[int], merged: set[int]) -> None:
    """Main, the chain and the derived refs agree, and all that was answered is there."""
    repo, proposals = local.forge.repository(), local.forge.list()
    receipts = [read_receipt(commit.message) for commit in first_parents(repo, local.forge.main())]
    landed = Counter(receipt.proposal for receipt in receipts if receipt)
    assert set(landed.values()) <= {1}
    assert {p.number for p in proposals if p.state is ProposalState.MERGED} == set(landed)
    assert opened <= {p.number for p in proposals} and merged <= set(landed)
    assert [p.number for p in proposals] == list(range(1, len(proposals) + 1))
    assert len({u.seq for p in proposals for u in p.updates}) == sum(len(p.updates) for p in proposals)


def test_a_kill_at_any_moment_loses_nothing_and_stops_nobody(local: Any) -> None:
    opened: set[int] = set()
    merged: set[int] = set()
    for turn, delay in enumerate(DELAYS):
        with start(local, "ana", local.forge.main(), 100 * turn, 100) as worker:
            assert worker.stdout is not None and worker.stdout.readline() == "ready\n"
            time.sleep(delay)
            if turn % 2:
                os.killpg(worker.pid, signal.SIGKILL)  # its Git children too, in the middle of their writes
            else:
                worker.kill()  # its Git children go on for a moment, and keep the lock meanwhile
            lines = worker.stdout.read().splitlines()
        opened |= told(lines, "opened")
        merged |= told(lines, "merged")
        begun = time.monotonic()
        number = local.open("bob", {f"after/{turn}.yml": "next\n"})
        assert time.monotonic() - begun < 20
        opened.add(number)
        check_whole(local, opened, merged)
    for proposal in local.forge.list(ProposalState.OPEN):
        assert isinstance(local.merge(proposal.number), Merged)
        merged.add(proposal.number)
    check_whole(local, opened, merged)
    repo = local.forge.repository()
    assert refs(repo, "refs/pull/") == {}
    assert [path.name for path in repo.rglob("*.lock")] == []
    subprocess.run(
        ["git", "--git-dir", str(repo), "fsck", "--strict", "--connectivity-only"], check=True, capture_output=True
    )


def test_of_rivals_for_one_key_exactly_one_gets_it(local: Any) -> None:
    keys = 6
    root = local.forge.main()
    workers = [start(local, node, root, 0, keys) for node in ("ana", "bob", "cyd")]
    lines = []
    for worker in workers:
        out, _ = worker.communicate(timeout=120)
        assert worker.returncode == 0
        lines += out.splitlines()
    assert len(told(lines, "opened")) == 3 * keys  # three numbers for each key, none given twice
    won, lost = told(lines, "merged"), told(lines, "lost")
    assert (len(won), len(lost)) == (keys, 2 * keys)
    check_whole(local, won | lost, won)
    assert len([path for path in local.texts() if path.startswith("claims/")]) == keys
