"""Does `doctor` find what is wrong, say how to mend it, and is it mended then?"""

import pytest

from tests.helpers.office import Office


def ill(office: Office, who: str = "ana") -> dict[str, str]:
    """What is bad, with the next step."""
    reply = office.run(who, "doctor", "--json", code=1)
    return {one["what"]: f"{one['sentence']} {one['hint']}" for one in reply.json["examined"] if one["health"] == "bad"}


def test_all_is_well_in_a_fresh_copy(office: Office) -> None:
    office.run("ana", "sync")
    told = office.run("ana", "doctor").out
    assert "BAD" not in told and "identity: Ana Lima (ana): seller." in told
    assert "nobody proves who they are" in told  # a shared folder


def test_a_damaged_index_is_made_anew(office: Office) -> None:
    (office.folder("ana") / "index.json").write_text("{")
    assert "sr sync" in ill(office)["index"]
    assert "sr sync" in office.run("ana", "log", "call", "acme", "Hello", code=3).err
    office.run("ana", "sync")
    office.run("ana", "log", "call", "acme", "Hello")


def test_a_damaged_note_is_named_and_can_be_removed(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    note = next((office.folder("ana") / "notes").rglob("*-1.yml.json"))
    note.write_text("{")
    assert str(note) in ill(office)["outbox"] and "Remove that file" in ill(office)["outbox"]
    for words in (("submit",), ("status",), ("sync",)):
        assert "doctor" in office.run("ana", *words, code=3).err
    note.unlink()
    assert office.run("ana", "submit").out == "Deal acme/1: accepted.\n"


def test_a_damaged_identity_is_named(office: Office) -> None:
    for text in ("{", "[]", '{"node": "ana"}'):
        (office.folder("ana") / "config.json").write_text(text)
        assert "Join again in a new folder" in ill(office)["identity"]


def test_a_company_out_of_reach_is_named_with_its_place(office: Office) -> None:
    office.forge.rename(office.top / "away")
    assert str(office.forge) in ill(office)["forge"]


def test_a_clock_that_is_behind_is_bad(office: Office) -> None:
    office.now = "2026-02-01T12:00:00Z"
    assert "Set this machine's clock" in ill(office)["clock"]


@pytest.mark.parametrize("who", ["", "forge/master.git"])
def test_outside_of_a_copy_there_is_a_next_step(office: Office, who: str) -> None:
    assert "sr join" in ill(office, who)["folder"]


def test_somebody_who_is_not_admitted_yet_is_told_so(founded: Office) -> None:
    founded.run("", "join", ".", "--as", "zoe")
    assert "Wait until sales operations admit you" in founded.run("zoe", "doctor").out
