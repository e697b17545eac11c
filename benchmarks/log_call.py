"""What does it cost to note a call, and does it ask nobody: no network, no other process?"""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.company import NOW
from benchmarks.measure import BARE, PYTHON, Effort, Row, environment, in_turns, kept, median, program, ratio
from benchmarks.startup import COMMAND
from salesrepo.domain.holding import Holding, Holdings, Lease
from salesrepo.domain.kinds.activity import log_folder
from salesrepo.flows.init import Wanted, found
from salesrepo.store.index import write_index

_WORDS = ("log", "call", "acme-7", "They", "want", "a", "second", "demo", "+12")
_NODE = "olga"
_CLAIMS = 40
# Runs the same in a process that is told of everything it does (PEP 578), and fails where it asks somebody.
_WATCHED = """
import sys
asked = []
doors = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "socket.")
sys.addaudithook(lambda event, _: asked.append(event) if event.startswith(doors) else None)
from salesrepo.cli.app import run
code = run(sys.argv[1:])
sys.exit(f"it asked: {asked}" if asked else code)
"""


def rows(effort: Effort) -> Iterator[Row]:
    """`sr log call` in a prepared copy against `python -c pass`."""
    with tempfile.TemporaryDirectory() as folder:
        copy = prepared(Path(folder) / "company")
        watched = subprocess.run(
            (PYTHON, "-c", _WATCHED, *_WORDS), cwd=copy, env=environment(), capture_output=True, text=True, check=False
        )
        if watched.returncode:
            yield Row("sr log call asks nobody", "no process, no network", watched.stderr.strip(), "missed")
            return
        works = {"log": program(*COMMAND, *_WORDS, cwd=copy), "bare": program(*BARE)}
        start = time.perf_counter()
        measured = in_turns(works, effort.rounds)
        wall = (time.perf_counter() - start) / (effort.rounds + 1)
        yield kept(
            "sr log call / python -c pass",
            ratio(measured, "log", "bare"),
            8,
            note=f"no process, no network; both together take {wall:.2g} s",
            seconds=median(measured, "log"),
        )


def prepared(folder: Path) -> Path:
    """A maintainer's copy of a new company in which some accounts are held."""
    wanted = Wanted(company="Bench Inc.", currency="EUR", time_zone="Europe/Berlin", node=_NODE, name="Olga Ops")
    copy = found(folder, wanted, now=NOW).joined.folder
    claims = tuple(
        Holding(
            account=f"d-acme-{number}.example",
            name=f"Acme {number} Works",
            layer="core",
            since="2026-03-01",
            renewed="2026-03-01",
            until="2026-05-30",
            provisional=False,
            state="held",
            days=90,
            lease=Lease("2026-05-30", days=90, renewed="2026-03-01", limit="2026-05-30", limited="protection"),
        )
        for number in range(_CLAIMS)
    )
    held = Holdings(
        node=_NODE,
        name="Olga Ops",
        log=log_folder(_NODE),
        time_zone="Europe/Berlin",
        meaningful=("call.connected",),
        claims=claims,
    )
    write_index(copy / ".git" / "salesrepo", held)
    return copy
