"""Does a submit that is killed at any moment lose nothing and send nothing twice, and do two at once both arrive?"""

import os
import signal
import subprocess
import sys
import time

import pytest
import yaml

from salesrepo.forge.base import ProposalState
from salesrepo.forge.local import LocalForge
from tests.helpers.office import Office

KILLS = 15


def noted(office: Office) -> list[str]:
    """Every text that Ana logged: what is in her outbox, else on main."""
    mine = {path: office.note("ana", path) or b"" for path in office.outbox("ana") if "/log/" in path}
    streams = {**office.files("nodes/24/d/ana/log"), **mine}
    return [document["note"] for data in streams.values() for document in yaml.safe_load_all(data) if document]


def kill(child: "subprocess.Popen[str]", *, group: bool) -> None:
    """End a command at once: with its Git children in the middle of their writes, or leaving them to go on."""
    if group:
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signals")
def test_a_submit_that_is_killed_at_any_moment_loses_nothing_and_sends_nothing_twice(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "log", "call", "acme", "0")
    begun = time.monotonic()
    assert office.process("ana", "submit").code == 0
    whole = time.monotonic() - begun
    said, struck = ["0"], 0
    for turn in range(1, KILLS + 1):
        said.append(str(turn))
        office.run("ana", "log", "call", "acme", said[-1])
        if turn % 3 == 0:
            office.run("ana", "log", "deal", "acme/1", "--note", f"Turn {turn}")
        if turn % 4 == 0:
            office.run("ana", "claim", f"lead{turn}.com", "--country", "US", "--later")
        child = office.start("ana", "submit", start_new_session=True)
        time.sleep(whole * (0.3 + 0.07 * (turn * 7 % 10)))  # the interpreter starts in the first third
        if child.poll() is None:
            kill(child, group=turn % 2 == 0)
            struck += 1
        else:
            child.communicate()
            whole *= 0.8  # it ended before: the machine has less else to do than it had
        assert sorted(noted(office), key=int) == said
    assert struck > KILLS // 3
    assert office.run("ana", "submit").code == 0
    assert office.outbox("ana") == {}
    assert sorted(noted(office), key=int) == said
    assert f"note: Turn {KILLS}" in office.file("d-acme.com-1.yml")
    assert all("holder: ana" in office.file(f"d-lead{turn}.com/core.yml") for turn in range(4, KILLS + 1, 4))
    proposals = LocalForge(office.forge, lambda: 0).list()
    assert {proposal.state for proposal in proposals} == {ProposalState.MERGED}
    assert office.run("fay", "commission", "verify", "--forge", str(office.forge)).code == 0


def test_two_sellers_submit_at_the_same_time(office: Office) -> None:
    sellers = {"ana": "acme", "ben": "beta"}
    for who, lead in sellers.items():
        office.run(who, "log", "call", lead, "Hello")
        office.run(who, "log", "deal", lead, "--product", "pro")
        office.run(who, "claim", f"{who}-lead.com", "--country", "US", "--later")
    children = [office.start(who, "submit") for who in sellers]
    told = [child.communicate(timeout=60)[0] for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert all(text.count("accepted.") == 2 for text in told)
    for who, lead in sellers.items():
        assert f"holder: {who}" in office.file(f"d-{who}-lead.com/core.yml")
        assert "stage: lead" in office.file(f"d-{lead}.com-1.yml")
        office.run(who, "sync")
        assert office.outbox(who) == {}


def test_of_two_who_claim_one_lead_at_the_same_time_one_gets_it(office: Office) -> None:
    sellers = {"ana": "Ana Lima", "ben": "Ben Okoye"}
    lead = ("claim", "rival.com", "--company", "Rival", "--country", "US")
    children = {who: office.start(who, *lead) for who in sellers}
    told = {who: child.communicate(timeout=60)[0] for who, child in children.items()}
    winner = next(who for who in sellers if f"holder: {who}" in office.file("d-rival.com/core.yml"))
    (loser,) = set(sellers) - {winner}
    assert children[winner].returncode == 0
    assert "Rival (d-rival.com) is yours until 2026-05-31 (90 days from 2026-03-02)." in told[winner]
    if children[loser].returncode == 0:  # it came while the first was being judged
        assert f"{sellers[winner]} asked first" in told[loser]
        office.run(loser, "sync")
        assert "Came back: Claim d-rival.com" in office.run(loser, "status").out
        office.run(loser, "undo", "rival")
    else:
        assert children[loser].returncode == 4
        assert f"is taken by {sellers[winner]} since 2026-03-02, until 2026-05-31." in told[loser]
    assert office.outbox(loser) == {}


def test_what_is_logged_while_a_submit_runs_goes_out_with_the_next(office: Office) -> None:
    office.run("ana", "log", "call", "acme", "0")
    said = ["0"]
    child = office.start("ana", "submit")
    while child.poll() is None:
        said.append(str(len(said)))
        office.run("ana", "log", "call", "acme", said[-1])
        time.sleep(0.02)
    child.communicate()
    assert child.returncode == 0
    assert sorted(noted(office), key=int) == said
    office.run("ana", "submit")
    assert office.outbox("ana") == {} and sorted(noted(office), key=int) == said
