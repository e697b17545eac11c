"""Do the measurements run on a tiny company, and are ratios what they are called? No time is judged here."""

import json
from collections.abc import Iterator

import pytest

from benchmarks import measure, territories
from benchmarks.__main__ import main
from benchmarks.measure import Effort, Row, in_turns, kept, not_yet, ratio
from benchmarks.registry import ROWS


def test_works_take_turns_and_one_round_goes_unmeasured() -> None:
    order: list[str] = []

    def work(name: str) -> Iterator[float]:
        for seconds in (99.0, 1.0, 2.0, 3.0):
            order.append(name)
            yield seconds * (2 if name == "work" else 1)

    works = {name: work(name).__next__ for name in ("work", "floor")}
    found = in_turns(works, 3)
    assert order == ["work", "floor"] * 4
    assert found == {"work": [2.0, 4.0, 6.0], "floor": [1.0, 2.0, 3.0]}
    assert ratio(found, "work", "floor") == 2.0


def test_a_slow_round_does_not_tip_the_ratio() -> None:
    assert ratio({"work": [2.0, 200.0, 2.0], "floor": [1.0, 100.0, 1.0]}, "work", "floor") == 2.0
    assert ratio({"work": [2.0, 90.0, 2.0], "floor": [1.0, 1.0, 1.0]}, "work", "floor") == 2.0


def test_a_budget_is_met_up_to_its_figure() -> None:
    assert (kept("x", 3.0, 3).state, kept("x", 3.01, 3).state) == ("met", "missed")


def test_a_program_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="ended with 7"):
        measure.program(measure.PYTHON, "-c", "raise SystemExit(7)")()


def test_the_territories_made_for_it_do_not_overlap_and_a_changed_one_is_seen() -> None:
    made = territories.territories(300)
    assert len({territory.territory for territory in made}) == 300
    known = territories.atlas(territories.areas([*made, made[7].__class__(**{**vars(made[7]), "territory": "us/x"})]))
    with pytest.raises(RuntimeError, match="overlap"):
        territories._none(known, "us/x")


@pytest.mark.parametrize("name", ROWS)
def test_every_measurement_runs_on_a_tiny_size(name: str) -> None:
    effort = Effort(rounds=1, files=120, accounts=20, territories=60, lines=50)
    rows = list(ROWS[name](effort))
    assert rows
    for row in rows:
        assert row.state in ("met", "missed", "recorded", "not yet")
        assert row.what
        assert bool(row.measured) == (row.state != "not yet")
        assert all(figure >= 0 for figure in row.figures.values())


def test_strict_fails_where_a_budget_is_missed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missed: list[Row] = [kept("slow", 9.0, 3), not_yet("later", "at most 2x", "not written")]
    monkeypatch.setattr("benchmarks.__main__.ROWS", {"sizes": lambda _: missed})
    assert main([]) == 0
    assert "MISSED" in capsys.readouterr().out
    assert main(["--strict", "--json"]) == 1
    assert [row["state"] for row in json.loads(capsys.readouterr().out)] == ["missed", "not yet"]
