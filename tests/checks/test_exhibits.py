"""Does much evidence of one day cost one look at that day's log?"""

from dataclasses import replace
from typing import Any

from salesrepo.checks.engine import run_checks
from salesrepo.checks.rules.sr237_dispute import SR237
from salesrepo.store.snapshot import RecordSnapshot
from tests.checks.build import propose, show

LOGGED = "01kahvx0000000000000000001"


class Counting(RecordSnapshot):
    """A snapshot that counts how often a folder of a log is listed."""

    listed = 0

    def paths(self, folder: str) -> tuple[str, ...]:
        self.listed += "/log/" in folder
        return super().paths(folder)


def statement(exhibits: int) -> dict[str, Any]:
    shown = {"ground": "activity", "text": "A call.", "activity": LOGGED, "day": "2026-11-19"}
    said = {"dispute": "mia-2026-11-20", "account": "d-globex.com", "layer": "core", "node": "mia", "against": "ben"}
    return {**said, "day": "2026-11-20", "exhibits": [shown] * exhibits}


def test_the_log_of_a_day_is_read_once_for_all_that_names_it() -> None:
    call = {"id": LOGGED, "at": "2026-11-19T09:00:00Z", "day": "2026-11-19", "type": "call", "account": "d-globex.com"}
    ctx = propose(
        {"statement d-globex.com mia-2026-11-20 mia": statement(40)},
        actor="mia",
        given={"activity mia 2026 11 19 01kahvx0000000000000000000": [call]},
    ).ctx
    assert isinstance(ctx.result, RecordSnapshot)
    result = Counting(ctx.result.tree, ctx.result.commit)
    report = run_checks(replace(ctx, result=result), [SR237])
    assert not report.findings and not report.skipped, show(report)
    assert result.listed == 1
