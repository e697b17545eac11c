"""Does the demonstration run, on its own, to the cent, and does the front page show what it really prints?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.office import ROOT, Office

LIMIT = 900  # seconds, on a machine that does much else
FIGURES = (
    "sales_pipeline.csv: 8,800 read = 6,736 placed + 2,064 reported",
    "  1,425 name no account",
    "Waived on 2018-01-02: 6 x the rule on price",
    "Booked 12,714 lines for 36 payees.",
    "Together 705,976.82 USD.",
    "Together 260.33 USD.",
    "Together -260.33 USD.",
    "  amount: 151.8615 rounded = 151.86",
    "Together 707,476.82 USD are paid and 0.00 USD are carried on.",
    "2018-01 is closed as was agreed.",
    "A line of anna-snelling in tampered says -15309.77 now; it was -15309.76.",
)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration's folder, and what it printed, with that folder called `demo`.

    `.ci/run` has played it already, and tells where that was written down (SALESREPO_PLAYED).
    """
    if printed := os.environ.get("SALESREPO_PLAYED"):
        return ROOT / "demo", Path(printed).read_text(encoding="utf-8").replace(str(ROOT / "demo"), "demo")
    top = tmp_path_factory.mktemp("stage") / "demo"
    done = subprocess.run(
        [sys.executable, "-m", "salesrepo", "demo", str(top)],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return top, done.stdout.replace(str(top), "demo")


def test_its_figures_are_those_of_the_history(played: tuple[Path, str]) -> None:
    lines = played[1].splitlines()
    assert [figure for figure in FIGURES if figure not in lines] == []


def test_what_is_wrong_is_proved_refused_and_caught(played: tuple[Path, str]) -> None:
    told = played[1]
    for part in (
        "is taken by Anna Snelling since 2018-01-02, until 2018-01-05.",
        "not accepted; it is back with you: 3000.00 for GTX Pro is below the floor",
        "every cent recomputed, no difference.",
        "pays -15309.77 USD; recomputed it is -15309.76 USD.",
        "NOT verified: 1 difference",
        "both cover: NL, NAICS 331, on 2018-01-02.",
        "gtk-500 does not fit Codehow",
        "The claim on d-polder.nl is provisional",
        "d-brightwave.com is taken by Anna Snelling since 2018-01-02",
        "Only finance may change this file.",
        "d-driftwood.com (core) passes to anna-snelling, who waited first",
    ):
        assert part in told


def test_its_folder_can_be_explored(played: tuple[Path, str]) -> None:
    stage = Office(played[0], now="2018-02-08T10:00:00Z")
    assert "Brightwave" in stage.run("anna-snelling", "status").out
    assert "15,309.76" in stage.run("anna-snelling", "pay").out
    assert "codehow/1" in stage.run("anna-snelling", "show", "codehow").out


def test_the_front_page_shows_what_it_prints(played: tuple[Path, str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    mark, fence = "<!-- transcript -->", "```console\n"
    assert mark in readme, f"README.md has no {mark}"
    shown = readme.partition(mark)[2].partition(fence)[2].partition("\n```")[0].splitlines()
    assert shown, f"README.md has no {fence.strip()} block after {mark}"
    rest = iter(played[1].splitlines())
    for line in shown:
        found = line == "..." or any(line == printed for printed in rest)
        assert found, f"README.md's transcript has drifted: the demo prints no such line there:\n{line}"
