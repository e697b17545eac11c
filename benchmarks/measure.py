"""How is work measured against its floor so that a busy machine disturbs both alike?

CPU time (user and system, children included), in rounds that run every work once after the other; what is told is the
median over the rounds of each round's own ratio. POSIX only.
"""

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BARE = (PYTHON, "-c", "pass")
State = Literal["met", "missed", "recorded", "not yet"]
Samples = Mapping[str, Sequence[float]]  # CPU seconds by work, one for each round


@dataclass(frozen=True)
class Effort:
    """How much is spent: rounds, and the sizes of the larger repository (files), of the whole check (accounts), of the
    territories and of the pay (lines)."""

    rounds: int = 7
    files: int = 100_000
    accounts: int = 10_000
    territories: int = 100_000
    lines: int = 100_000
    million: bool = False  # the pay of 1,000,000 deals (many minutes, and 9 GB for hledger)

    def few(self) -> int:
        """Rounds for what takes seconds each."""
        return max(1, self.rounds // 2)


@dataclass(frozen=True)
class Row:
    """One line of the table. `figures` are seconds and ratios, for `--json`; `note` says what a reader must know."""

    what: str
    budget: str
    measured: str
    state: State
    note: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


def kept(what: str, figure: float, most: float, *, unit: str = "x", note: str = "", **figures: float) -> Row:
    """A row with a budget: `figure` (a ratio, or what `unit` says) may be at most `most`."""
    state: State = "met" if figure <= most else "missed"
    found = {"measured": figure, "most": most, **figures}
    return Row(what, f"at most {most:g}{unit}", f"{figure:.3g}{unit}", state, note, found)


def faster(what: str, figure: float, least: float, *, note: str = "", **figures: float) -> Row:
    """A row with a budget the other way round: `figure` times as fast as the other, and at least `least`."""
    state: State = "met" if figure >= least else "missed"
    found = {"measured": figure, "least": least, **figures}
    return Row(what, f"at least {least:g}x faster", f"{figure:.3g}x", state, note, found)


def recorded(what: str, measured: str, *, note: str = "", **figures: float) -> Row:
    """A row without a budget, told because one will come or because a budget leaves it aside."""
    return Row(what, "", measured, "recorded", note, figures)


def not_yet(what: str, budget: str, why: str) -> Row:
    """A budget for what this version cannot do."""
    return Row(what, budget, "", "not yet", why)


def in_turns(works: Mapping[str, Callable[[], float]], rounds: int) -> Samples:
    """The CPU seconds of each work, over rounds that run all of them in turn. One round goes before, unmeasured."""
    for work in works.values():
        work()
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    return found


def ratio(samples: Samples, work: str, floor: str) -> float:
    """The median of the rounds' own ratios: what slows a whole round down drops out."""
    return statistics.median(one / other for one, other in zip(samples[work], samples[floor], strict=True))


def median(samples: Samples, work: str) -> float:
    """The median of a work, in CPU seconds."""
    return statistics.median(samples[work])


def extra(samples: Samples, work: str, floor: str) -> float:
    """The median of what a work takes beyond its floor, in CPU seconds."""
    return statistics.median(one - other for one, other in zip(samples[work], samples[floor], strict=True))


def program(*argv: str, cwd: Path | None = None, peaks: list[int] | None = None) -> Callable[[], float]:
    """A work that runs a program and takes its CPU time. Raises RuntimeError where it fails.

    `peaks` gets the most memory that it ever held, in bytes (Linux).
    """

    def run() -> float:
        with subprocess.Popen(
            argv, cwd=cwd or ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            words = process.stderr.read() if process.stderr else b""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(
                f"{' '.join(argv[:4])} ended with {process.returncode}: {words.decode(errors='replace')}"
            )
        if peaks is not None:
            peaks.append(usage.ru_maxrss * 1024)
        return usage.ru_utime + usage.ru_stime

    return run


def here(work: Callable[[], object]) -> Callable[[], float]:
    """A work in this process, and in the processes that it starts and ends."""

    def run() -> float:
        gc.collect()
        start = _spent()
        work()
        return _spent() - start

    return run


def _spent() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def environment() -> dict[str, str]:
    """What children see: this checkout, bytecode kept (a first round writes it), no variable of the caller's Git."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONSTARTUP", "PYTHONPROFILEIMPORTTIME", "PYTHONUTF8")
    kept_ = {k: v for k, v in os.environ.items() if k not in dropped and not k.startswith(("GIT_", "SALESREPO_"))}
    return {**kept_, "PYTHONPATH": str(ROOT)}
