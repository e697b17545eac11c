"""What does it cost to be told which commands there are?"""

from collections.abc import Iterator

from benchmarks.measure import BARE, PYTHON, Effort, Row, in_turns, kept, median, program, ratio

COMMAND = (PYTHON, "-c", "from salesrepo.cli.app import main; main()")  # what the installed `salesrepo` runs


def rows(effort: Effort) -> Iterator[Row]:
    """`salesrepo --help` against `python -c pass`."""
    works = {
        "help": program(*COMMAND, "--help"),
        "typer": program(PYTHON, "-c", "import typer"),
        "bare": program(*BARE),
    }
    found = in_turns(works, effort.rounds)
    yield kept(
        "salesrepo --help / python -c pass",
        ratio(found, "help", "bare"),
        7,
        note=f"`import typer` alone: {ratio(found, 'typer', 'bare'):.3g}x",
        seconds=median(found, "help"),
    )
