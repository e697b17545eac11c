"""What does pay cost when there are very many deals, beside a ledger program and beside joining and sorting alone?"""

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from benchmarks.history import credits, sales, version
from benchmarks.measure import (
    PYTHON,
    Effort,
    Row,
    Samples,
    faster,
    here,
    in_turns,
    kept,
    median,
    not_yet,
    program,
    ratio,
    recorded,
)
from salesrepo.commission.engine import pay
from salesrepo.domain.money import round_half_away
from salesrepo.domain.period import Calendar

_LONG = 20_000  # deals from which on one round is enough, and beyond which nothing else is measured
_SETTLED = 2_000
_SHORT = 500  # deals below which the start of a process would be all that is measured
_NO_BULK = "DuckDB or Arrow is not installed: pip install 'salesrepo[bulk]'"
_NO_HLEDGER = "hledger is not installed: apt-get install hledger"
_ARROW = ("duckdb", "pyarrow")


def rows(effort: Effort) -> Iterator[Row]:
    """Pay from columns and from Git; then the kernel alone, on credits in memory."""
    count = effort.lines
    if any(find_spec(name) is None for name in _ARROW):
        yield not_yet(f"{count:,} deals from columns", "", _NO_BULK)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield from _from_columns(Path(folder), count, effort)
            yield from _from_git(Path(folder), count if effort.million else min(count, _LONG), effort)
    yield _in_memory(min(count, _LONG), effort)


def _from_columns(folder: Path, count: int, effort: Effort) -> Iterator[Row]:
    from benchmarks.bulk_work import sort  # noqa: PLC0415 - needs the extra

    peaks: dict[str, list[int]] = {"pay": [], "hledger": []}
    given = _given(folder, count)
    journal = str(given / "journal")
    works = {"pay": _work("pay", given, count, peaks["pay"]), "sort": here(lambda: sort(given))}
    if shutil.which("hledger"):
        works["hledger"] = program("hledger", "-f", journal, "balance", "--depth", "1", peaks=peaks["hledger"])
    found = _turns(works, count, effort)
    yield from _beside_hledger(f"{count:,} deals from columns", found, peaks)
    note = f"sorting takes {median(found, 'sort'):.3g} s; both hand over every column"
    yield kept(f"{count:,} deals / DuckDB join and sort", ratio(found, "pay", "sort"), 22, note=note)


def _from_git(folder: Path, count: int, effort: Effort) -> Iterator[Row]:
    _work("build", folder, count)()
    works = {"pay": _work("cold", folder, count), "kept": _work("kept", folder, count)}
    if shutil.which("hledger"):
        journal = str(_given(folder, count) / "journal")
        works["hledger"] = program("hledger", "-f", journal, "balance", "--depth", "1")
    found = _turns(works, count, effort)
    yield from _beside_hledger(f"{count:,} deals read from Git", found, {})
    note = f"{ratio(found, 'pay', 'kept'):.3g}x of that where the columns have to be read from Git first"
    yield recorded(f"{count:,} deals, columns kept from before", f"{median(found, 'kept'):.3g} s", note=note)
    if count <= _SETTLED:
        return
    with tempfile.TemporaryDirectory() as other:
        _work("build", Path(other), _SETTLED)()
        each = _work("settle", Path(other), _SETTLED)() / _SETTLED * 1e3
    what = f"{_SETTLED:,} deals settled from main's root into a ledger's files"
    yield recorded(what, f"{each:.3g} ms a deal", note="once; nothing of that is done in bulk", milliseconds=each)


def _beside_hledger(what: str, found: Samples, peaks: Mapping[str, list[int]]) -> Iterator[Row]:
    seconds = median(found, "pay")
    if "hledger" not in found:
        yield recorded(what, f"{seconds:.3g} s", note=_NO_HLEDGER, seconds=seconds)
        return
    note = f"{seconds:.3g} s, and hledger {median(found, 'hledger'):.3g} s to load and balance as many"
    yield faster(f"{what} / hledger, CPU", ratio(found, "hledger", "pay"), 6, note=note, seconds=seconds)
    if all(peaks.values()) and peaks:
        held, other = (statistics.median(peaks[name]) / 1e6 for name in ("pay", "hledger"))
        note = f"{held:.0f} MB, and hledger {other:.0f} MB"
        yield kept(f"{what} / hledger, memory", held / other, round(1 / 6, 3), note=note)


def _in_memory(count: int, effort: Effort) -> Row:
    """The engine on credits in memory, against a loop that does nothing but round as often."""
    due = [credit for sale in sales(count) for credit in credits(sale)]
    plans = {(credit.payee, credit.event.signed): (version(),) for credit in due}

    def settle() -> None:
        if len(pay(due, plans, {}, calendar=Calendar()).lines) != len(due):
            raise RuntimeError("every credit should become a line")

    works = {
        "pay": here(settle),
        "round": here(lambda: [round_half_away(credit.event.amount * 5, 100) for credit in due]),
    }
    found = in_turns(works, effort.few())
    each = median(found, "pay") / max(1, len(due)) * 1e6
    note = f"{ratio(found, 'pay', 'round'):.3g}x a loop that only rounds"
    return recorded(f"pay, {len(due):,} lines in memory", f"{each:.3g} us a line", note=note, microseconds=each)


def _turns(works: Mapping[str, Callable[[], float]], count: int, effort: Effort) -> Samples:
    """Rounds of short works; of long ones a single round, which is its own warm-up."""
    if count < _LONG and effort.rounds > 1:
        return in_turns(works, effort.few())
    return {name: [work()] for name, work in works.items()}


def _given(folder: Path, count: int) -> Path:
    """A folder that holds so many deals as columns and as a journal."""
    given = folder / str(count)
    if not given.exists():
        given.mkdir()
        _work("make", given, count)()
    return given


def _work(what: str, folder: Path, count: int, peaks: list[int] | None = None) -> Callable[[], float]:
    if count >= _SHORT:
        return program(PYTHON, "-m", "benchmarks.bulk_work", what, str(folder), str(count), peaks=peaks)
    from benchmarks.bulk_work import WORKS  # noqa: PLC0415 - needs the extra

    return here(lambda: WORKS[what](folder, count))
