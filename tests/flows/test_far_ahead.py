"""Does one machine whose date is far ahead leave the company alone, unless somebody says that the date is right?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from salesrepo.errors import RefusedError
from salesrepo.flows.here.place import CLOCK, check_not_far_ahead, find_desk
from salesrepo.flows.here.workspace import open_workspace
from salesrepo.flows.proposals.land import land
from salesrepo.flows.proposals.sweep import sweep
from salesrepo.flows.sending.deliver import check_clock
from salesrepo.forge.base import ProposalState
from salesrepo.forge.local import LocalForge
from tests.helpers.hand import by_hand, noted
from tests.helpers.office import Office

LAST = int(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp())
AHEAD = datetime(2027, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CLOCK, raising=False)


@pytest.mark.parametrize(("day", "fits"), [("2026-08-31", True), ("2026-09-01", False), ("2027-03-02", False)])
def test_half_a_year_of_silence_is_believed(day: str, fits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    if fits:
        check_not_far_ahead(now, LAST)
        return
    with pytest.raises(RefusedError, match="the company's last record is of 2026-03-02: is the date right") as refused:
        check_not_far_ahead(now, LAST)
    assert refused.value.hint.endswith(f"{CLOCK}={day}T12:00:00Z")
    monkeypatch.setenv(CLOCK, f"{day}T12:00:00Z")
    check_not_far_ahead(now, LAST)


def test_it_neither_sends_nor_judges_nor_sweeps(office: Office) -> None:
    office.run("ana", "log", "call", "acme", "--outcome", "connected", "They call back")
    number, _ = by_hand(office, "ana", noted(office, "ana"), judged=False)
    main, forge = office.main(), LocalForge(office.forge, lambda: int(AHEAD.timestamp()))
    ws = open_workspace(replace(find_desk(office.top / "ana"), now=AHEAD))
    try:
        for act in (
            lambda: check_clock(ws),
            lambda: land(forge, number, now=AHEAD),
            lambda: sweep(forge, now=AHEAD),
        ):
            with pytest.raises(RefusedError, match="is the date right"):
                act()
    finally:
        ws.close()
    assert office.main() == main
    assert [one.number for one in forge.list(ProposalState.OPEN)] == [number]
