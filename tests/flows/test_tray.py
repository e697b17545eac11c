"""Does `sr` alone say what waits for whoever decides, each with the next command, and nothing of it to a seller?"""

from tests.helpers.office import Office


def test_who_decides_is_told_what_waits_for_how_long_and_what_comes_next(office: Office) -> None:
    assert "Nothing waits for your word." in office.run("max").out
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    office.run("", "join", ".", "--as", "zoe", "--name", "Zoe")
    office.now = "2026-03-05T12:00:00Z"
    office.run("dana", "sync")
    (number,) = office.run("max", "status", "--json").json["tray"]["yours"]
    waits = f"Waits for your word: 1 proposal, the oldest for 3 days. Next: salesrepo review show {number}\n"
    assert waits in office.run("max").out and waits in office.run("dana").out
    assert "Asks to join: zoe. Next: salesrepo node admit zoe\n" in office.run("dana").out
    assert "Asks to join" not in office.run("max").out
    assert office.run("ana", "status", "--json").json["tray"] is None
    assert office.run("zoe", "status", "--json").json["tray"] is None
    office.run("max", "review", "approve", str(number))
    assert f"Ready to be merged: 1 proposal. Next: salesrepo review merge {number}\n" in office.run("max").out


def test_disputes_and_what_is_due_are_told_to_who_acts_on_them(office: Office) -> None:
    words = ("dispute", "acme.com", "--ground", "source", "-m", "They came to my stand.")
    office.run("ben", *words)
    office.run("dana", "sync")
    told = office.run("dana").out
    assert "To decide: 1 dispute. Next: salesrepo dispute show d-acme.com\n" in told and "Due" not in told
    office.run("dana", "dispute", "show", "d-acme.com")
    office.now = "2026-06-02T12:00:00Z"
    told = office.run("dana").out
    assert "To decide: 1 dispute, 1 overdue." in told
    assert "Due for the next sweep: 2 claims. Next: salesrepo ci sweep --dry-run\n" in told
    assert "To decide" not in office.run("max").out


def test_what_cannot_be_asked_keeps_back_nothing_else(office: Office) -> None:
    office.run("", "join", ".", "--as", "zoe", "--name", "Zoe")
    office.run("dana", "sync")
    office.forge.rename(office.top / "gone")
    told = office.run("dana").out
    assert "What waits for your word is not known now" in told and "Asks to join: zoe." in told
