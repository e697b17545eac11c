"""Does a deal show what was sold and said, and does whoever takes an account over hear what was promised?"""

from tests.helpers.office import Office


def test_the_receiver_of_an_account_sees_what_was_sold_and_promised(office: Office) -> None:
    words = ("--quantity", "3", "--term", "24", "--promise", "p-warranty-2y", "-m", "They start in May")
    office.run("ana", "log", "deal", "acme", "--product", "pro", *words)
    shown = office.run("ana", "show", "acme/1").out
    assert "  3 x pro at 1000.00 USD\n" in shown and "  Term 24 months\n" in shown
    assert "  Note: They start in May\n" in shown and "  Promised (p-warranty-2y): " in shown
    assert office.run("ana", "show", "acme/1", "--json").json["deal"]["promised"][0]["promise"] == "p-warranty-2y"
    office.run("ana", "submit")
    office.run("ana", "transfer", "acme", "--to", "ben")
    office.run("ben", "sync")
    told = office.run("ben", "transfer", "acme.com", "--accept").out
    assert "is yours." in told and "  Promised in acme/1 (p-warranty-2y): " in told
    assert "p-warranty-2y" in office.run("ben", "show", "acme/1").out
    office.run("ben", "win", "acme/1", "--order", "PO-7")
    assert "order PO-7" in office.run("ben", "show", "acme/1").out
