"""Does a deal come to a stage only by what its customer did, and is what is known of it asked for?"""

import re

import pytest

from salesrepo.store.outbox import Outbox
from tests.helpers.office import Office

KNOWN = ("--say", "goal=20% less waste", "--say", "challenges=old tools")
OFFER = ("--say", "plan=a pilot", "--say", "timeline=before May", "--close", "2026-04-20")


def begun(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--source", "referral")
    office.run("ana", "stage", "acme/1", "connected")


def test_a_deal_goes_through_its_stages(office: Office) -> None:
    begun(office)
    office.run("ana", "log", "call", "acme", "Hello")
    told = office.run("ana", "stage", "acme/1", "discovery", "--contact", "c-7h2:champion").out
    assert told.startswith("Noted: acme/1 at discovery.\nShown by what you logged on 2026-03-02.\n")
    assert office.run("ana", "submit").out == "Deal acme/1 and 1 more: accepted.\n"
    office.now = "2026-03-09T12:00:00Z"
    office.run("ana", "log", "demo", "acme", "They saw it", "--next", "send the offer", "--due", "2026-03-12")
    office.run("ana", "stage", "acme/1", "demo", *KNOWN)
    told = office.run("ana", "stage", "acme/1", "proposal", *OFFER, code=2).err
    assert "Who at the customer may decide (an id, such as c-7h2)?" in told and "--contact c-1a:authority" in told
    office.run("ana", "stage", "acme/1", "proposal", *OFFER, "--contact", "c-9x:authority")
    assert office.run("ana", "submit").out == "Deal acme/1 and 1 more: accepted.\n"
    record = office.file("d-acme.com-1.yml")
    assert "stage: proposal" in record and record.count("evidence:") == 3
    assert record.count("\n        node: ana") == 3  # whose log it is in, also after a transfer
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    assert "waits for" in office.run("ana", "submit").out


def test_without_evidence_nothing_moves_and_the_command_is_named(office: Office) -> None:
    begun(office)
    office.run("ana", "log", "call", "acme", "Nobody there", "--outcome", "voicemail")
    told = office.run("ana", "stage", "acme/1", "discovery", "--contact", "c-7h2:user", code=3).err
    assert "your log shows a call (connected) or an email (replied)" in told
    assert "  -> Log it first: sr log call acme TEXT" in told
    office.run("ana", "log", "deal", "acme/1", "--stage", "discovery", "--contact", "c-7h2:user")
    assert "Deal acme/1: not accepted" in office.run("ana", "submit", code=1).out


def test_the_named_activity_is_taken_and_another_companys_is_not(office: Office) -> None:
    begun(office)
    office.run("ana", "claim", "beacon.com", "--country", "US")
    office.run("ana", "log", "call", "beacon", "Somebody else")
    assert (
        "Your log holds no such activity"
        in office.run(
            "ana", "stage", "acme/1", "discovery", "--contact", "c-7h2:user", "--evidence", "2026-03-02", code=3
        ).err
    )
    office.run("ana", "log", "call", "acme", "Hello")
    moved = ("stage", "acme/1", "discovery", "--contact", "c-7h2:user", "--dry-run", "--json")
    (by_day, last) = (office.run("ana", *moved, "--evidence", text).json for text in ("2026-03-02", "last"))
    assert by_day["deal"]["moves"] == last["deal"]["moves"] and by_day["deal"]["moves"][-1]["evidence"]
    assert office.run("ana", *moved, "--evidence", "yesterday!", code=2).err.startswith("error: 'yesterday!' is no")


def test_an_activity_that_is_taken_back_takes_the_move_with_it(office: Office) -> None:
    begun(office)
    office.run("ana", "submit")
    office.run("ana", "log", "call", "acme", "Hello")
    office.run("ana", "stage", "acme/1", "discovery", "--contact", "c-7h2:user")
    for path in [path for path in office.outbox("ana") if "/log/" in path]:
        Outbox(office.folder("ana")).drop(path)
    told = office.run("ana", "submit", code=1).out
    assert "was logged on 2026-03-02 by Ana Lima" in told


def test_the_first_missing_field_names_its_option(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    told = office.run("ana", "stage", "acme/1", "connected", code=2).err
    assert "Where it came from (a word, such as referral)?" in told and "--source WORD" in told
    office.run("ana", "stage", "acme/1", "connected", "--source", "fair")
    office.run("ana", "log", "meeting", "acme", "Met")
    told = office.run("ana", "stage", "acme/1", "demo", "--contact", "c-7h2:user", code=2).err
    assert "customer's goal?" in told and "--say goal=TEXT" in told


def test_a_stage_that_is_skipped_is_remarked(office: Office) -> None:
    begun(office)
    office.run("ana", "log", "meeting", "acme", "Met")
    told = office.run("ana", "stage", "acme/1", "demo", "--contact", "c-7h2:user", *KNOWN).out
    assert "skipped" not in told  # the meeting shows both
    office.run("ana", "log", "demo", "acme", "Shown")
    back = office.run("ana", "stage", "acme/1", "connected").out
    assert "acme/1 fell back from demo to connected." in back
    assert "accepted" in office.run("ana", "submit").out


def test_an_own_call_is_one_step_away_and_says_why(office: Office) -> None:
    begun(office)
    told = office.run("ana", "stage", "acme/1", "--call", "pipeline", "--why", "they asked for a demo")
    assert "refused" not in told.out
    assert "too far from commit" in office.run("ana", "stage", "acme/1", "--call", "commit", "--why", "hope").out
    assert "gives no reason" in office.run("ana", "stage", "acme/1", "--call", "pipeline").out


def test_a_next_step_is_logged_with_the_move(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--source", "fair")
    office.run("ana", "stage", "acme/1", "connected", "--next", "call back", "--due", "2026-03-05")
    assert "call back" in office.run("ana", "show", "acme/1").out
    assert "by 2026-03-05" in office.run("ana", "status").out


def test_an_answer_counts_with_its_evidence(office: Office) -> None:
    begun(office)
    assert "only with evidence" in office.run("ana", "qualify", "acme/1", "goal", "less", "--score", "2", code=2).err
    assert "Qualified: 0 of 16 points." in office.run("ana", "qualify", "acme/1", "goal", "less waste").out
    office.run("ana", "log", "meeting", "acme", "They named the figure")
    told = office.run("ana", "qualify", "acme/1", "budget", "5,000", "--score", "2", "--evidence", "last").out
    assert "Qualified: 2 of 16 points." in told
    shown = office.run("ana", "show", "acme/1").out
    assert "goal (0): less waste" in shown and "budget (2): 5,000" in shown
    assert "acme/1 is qualified with 2 of 16 points." in office.run("ana", "show", "acme").out
    assert "accepted" in office.run("ana", "submit").out
    medd = office.run("ana", "qualify", "acme/1", "champion", "the plant's head", "--framework", "meddpicc", "--json")
    assert list(medd.json["deal"]["qualification"]["fields"]) == ["champion"]


def test_an_activity_is_meant_by_a_word_or_by_the_id_that_is_shown(office: Office) -> None:
    begun(office)
    office.run("ana", "log", "email", "acme", "They wrote back", "--outcome", "replied")
    office.run("ana", "log", "meeting", "acme", "They named the figure")
    shown = office.run("ana", "show", "acme").out
    listed = {one["activity"]["type"]: one for one in office.run("ana", "log", "list", "acme", "--json").json["log"]}
    for kind, note in (("email", "They wrote back"), ("meeting", "They named the figure")):
        assert re.search(rf"^{listed[kind]['id']} +2026-03-02 +{kind}, \w+ +{note}$", shown, re.MULTILINE)
    by_id = (listed["email"]["id"], listed["email"]["activity"]["id"][:-1])
    for said in ("email", *by_id):
        words = ("acme/1", "budget", "5,000", "--score", "2", "--evidence", said)
        answers = office.run("ana", "qualify", *words, "--json").json["deal"]["qualification"]["fields"]
        assert answers["budget"]["evidence"]["id"] == listed["email"]["activity"]["id"]
    several = office.run("ana", "qualify", "acme/1", "goal", "x", "--score", "1", "--evidence", "01KJ", code=3).err
    assert "01KJ could be several: " in several and "meeting of 2026-03-02" in several and "sr log list LEAD" in several
    none = office.run("ana", "qualify", "acme/1", "goal", "x", "--score", "1", "--evidence", "demo", code=3).err
    assert "no such activity" in none
    assert office.run("ana", "log", "list").out.splitlines()[0].split() == ["id", "day", "what", "account", "note"]
    assert office.run("ben", "log", "list", "beta").out == (
        "You logged nothing within a year. Next: sr log call LEAD TEXT\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("stage", "acme/1", "nowhere"), "is no stage of an open deal"),
        (("stage", "acme/1"), "To which stage?"),
        (("stage", "acme/1", "connected", "--say", "goal"), "answers nothing"),
        (("stage", "acme/1", "--call", "sure"), "no forecast category"),
        (("qualify", "acme/1", "zodiac", "Leo"), "does not ask for 'zodiac'"),
        (("qualify", "acme/1", "goal", "x", "--framework", "swot"), "no way of qualifying"),
        (("win", "acme/1", "--order", "PO-1", "--invoice", "soon:5"), "is no invoice"),
        (("win", "acme/1", "--order", "PO-1", "--currency", "EUR"), "keeps its currency"),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_next_step(office: Office, words: tuple[str, ...], told: str) -> None:
    begun(office)
    before = office.outbox("ana")
    reply = office.run("ana", *words, code=2)
    assert told in reply.err and "\n  -> " in reply.err
    assert office.outbox("ana") == before
