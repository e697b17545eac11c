"""Does a copy come up to date, and the outbox with it, and is no edit lost on the way?"""

import pytest

from salesrepo.vcs.refs import move_ref, resolve
from tests.helpers.office import Office
from tests.helpers.refs import refs


def won(office: Office) -> str:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    return str(office.run("fay", "review", "list", "--json").json["proposals"][0]["number"])


def test_the_first_sync_after_a_merge_brings_it_and_empties_the_outbox(office: Office) -> None:
    number = won(office)
    assert office.run("ana", "sync").out.endswith("Still waiting: 1.\n")
    office.run("fay", "review", "approve", number)
    office.run("fay", "review", "merge", number)
    told = office.run("ana", "sync").out
    assert told == "Brought up to date.\nAccepted since: 1 record of yours.\n"
    assert office.outbox("ana") == {}
    assert "stage: won" in next((office.top / "ana" / "deals").rglob("*.yml")).read_text()
    assert office.run("ana", "sync").out == "Up to date.\n"


def test_what_was_accepted_and_changed_by_others_since_is_accepted(office: Office) -> None:
    office.run("ana", "claim", "acme.org", "--company", "Acme", "--country", "US")
    number = str(office.run("dana", "review", "list", "--json").json["proposals"][0]["number"])
    office.run("dana", "review", "approve", number)
    office.run("dana", "review", "merge", number)
    office.confirm("d-acme.org")  # main holds something else now than Ana sent
    assert "Accepted since: " in office.run("ana", "sync").out
    assert office.outbox("ana") == {}


def test_what_was_rejected_comes_back_once_as_news(office: Office) -> None:
    office.run("fay", "review", "reject", won(office), "-m", "Which Pro?")
    assert office.run("ana", "sync", "--json").json["changed"] is True
    again = office.run("ana", "sync", "--json").json
    assert again["changed"] is False and len(again["sync"]["returned"]) == 1


def test_an_edit_in_the_way_stops_the_folder_and_not_the_outbox(office: Office) -> None:
    number = won(office)
    mine = office.top / "ana" / "products" / "pro.yml"
    mine.write_text(mine.read_text().replace("Pro", "Mine"))
    theirs = office.top / "dana" / "products" / "pro.yml"
    theirs.write_text(theirs.read_text().replace("Pro", "Theirs"))
    office.run("dana", "submit")
    office.run("fay", "review", "approve", number)
    office.run("fay", "review", "merge", number)
    refused = office.run("ana", "sync", code=4)
    assert "Your edits are in the way of what others changed: products/pro.yml." in refused.err
    assert "Mine" in mine.read_text() and office.outbox("ana") == {}
    mine.write_text(mine.read_text().replace("Mine", "Pro"))
    assert office.run("ana", "sync").code == 0
    assert "Theirs" in mine.read_text()


def test_an_edit_of_another_file_stays(office: Office) -> None:
    office.run("ben", "log", "call", "beta", "Hello")
    office.run("ben", "submit")
    mine = office.top / "ana" / "products" / "pro.yml"
    mine.write_text(mine.read_text() + "unit: seat\n")
    assert office.run("ana", "sync").code == 0
    assert "unit: seat" in mine.read_text()


def test_a_colleagues_claim_arrives(office: Office) -> None:
    office.run("ben", "sync")
    assert "Held by Ana Lima" in office.run("ben", "show", "acme").out


@pytest.mark.parametrize("branch", ["main", "ledger"])
def test_what_lost_something_that_was_seen_is_not_taken_over(office: Office, branch: str) -> None:
    ref, repo = f"refs/heads/{branch}", office.top / "ana" / ".git"
    tip, earlier = office.main(), resolve(office.master, "refs/heads/main~1")
    if branch == "ledger":
        move_ref(office.master, ref, tip, None)
    office.run("ana", "sync")
    before = refs(repo, "refs/")
    move_ref(office.master, ref, earlier or "", tip)
    assert "no longer hold what this copy has seen" in office.run("ana", "sync", code=3).err
    assert refs(repo, "refs/") == before
