"""`python -m benchmarks [NAME ...]`: measure the budgets and print them as a table or as JSON."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from benchmarks.measure import Effort, Row
from benchmarks.registry import ROWS

_MARKS = {"met": "ok", "missed": "MISSED", "recorded": "", "not yet": "not yet"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 1 where a budget is missed and `--strict` asks for it, else 0."""
    told = _parser().parse_args(arguments)
    effort = _effort(told)
    rows: list[Row] = []
    for name in told.names or ROWS:
        if sys.stderr.isatty():
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += ROWS[name](effort)
    print(json.dumps([asdict(row) for row in rows], indent=2) if told.json else table(rows))
    return 1 if told.strict and any(row.state == "missed" for row in rows) else 0


def table(rows: Iterable[Row]) -> str:
    """The rows as aligned text."""
    cells = [("", "budget", "measured", "", "")]
    cells += [(row.what, row.budget, row.measured, _MARKS[row.state], row.note) for row in rows]
    widths = [max(len(line[at]) for line in cells) for at in range(len(cells[0]))]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in padded)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*ROWS, []], help=", ".join(ROWS))
    parser.add_argument("--json", action="store_true", help="print figures instead of a table")
    parser.add_argument("--strict", action="store_true", help="exit 1 where a budget is missed")
    parser.add_argument("--full", action="store_true", help="the larger repository has 1,000,000 files (minutes)")
    parser.add_argument("--million", action="store_true", help="pay for 1,000,000 deals (many minutes; hledger: 9 GB)")
    parser.add_argument("--rounds", type=int, help="rounds of each measurement")
    parser.add_argument("--size", type=int, help="no repository, set of territories or run of pay is larger than this")
    return parser


def _effort(told: argparse.Namespace) -> Effort:
    effort = replace(Effort(), files=1_000_000) if told.full else Effort()
    effort = replace(effort, lines=1_000_000, million=True) if told.million else effort
    if told.rounds:
        effort = replace(effort, rounds=told.rounds)
    if told.size:
        names = ("files", "accounts", "territories", "lines")
        effort = replace(effort, **{name: min(told.size, getattr(effort, name)) for name in names})
    return effort


if __name__ == "__main__":
    sys.exit(main())
