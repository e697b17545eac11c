"""Is a deal noted as it was told, refused with the fix, and mended also after it was won?"""

import pytest

from tests.helpers.office import Office

DEAL = ("log", "deal", "acme")


def test_deals_of_an_account_are_numbered(office: Office) -> None:
    assert "Noted: acme/1, 1000.00 USD" in office.run("ana", *DEAL, "--product", "pro").out
    assert (
        "Noted: acme/2, 2700.00 USD"
        in office.run("ana", *DEAL, "--product", "Pro", "--quantity", "3", "--discount", "10%").out
    )
    office.run("ana", "submit")
    assert "Noted: acme/3" in office.run("ana", *DEAL, "--product", "pro").out


def test_a_change_keeps_what_it_does_not_name(office: Office) -> None:
    office.run("ana", *DEAL, "--product", "pro", "--quantity", "2", "--note", "First", "--close", "2026-04-01")
    office.run("ana", "log", "deal", "acme/1", "--price", "950", "--stage", "proposal")
    office.run("ana", "submit")
    told = office.file("d-acme.com-1.yml")
    for part in ('quantity: "2"', 'price: "950.00"', "note: First", 'closes: "2026-04-01"', "stage: proposal"):
        assert part in told


def test_a_won_deal_that_came_back_is_mended(office: Office) -> None:
    office.run("ana", "claim", "widget.com", "--country", "US")
    office.run("ana", "log", "deal", "widget", "--product", "pro", "--price", "800")
    told = office.run("ana", "win", "widget/1", "--order", "PO-1").out
    assert "below the floor" in told and "provisional" in told
    office.run("ana", "submit", code=1)
    office.confirm("d-widget.com")
    assert "stage won" in office.run("ana", "log", "deal", "widget/1", "--price", "900").out
    assert "waits for finance" in office.run("ana", "submit").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "A deal needs a product."),
        (("--product", "nope"), 2, "nope is no product."),
        (("--product", "pro", "--price", "1,000"), 3, "is not an amount"),
        (("--product", "pro", "--price", "9", "--discount", "5%"), 2, "not both"),
        (("--product", "pro", "--currency", "XYZ"), 3, "XYZ"),
        (("--product", "pro", "--close", "soon"), 2, "is not a day"),
        (("--product", "pro", "--billing", "barter"), 2, "no way of billing"),
        (("--product", "pro", "--credit", "ana"), 2, "is no credit"),
        (("--product", "pro", "--stage", "won"), 2, "no stage of an open deal"),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_next_step(
    unchanged: Office, words: tuple[str, ...], code: int, told: str
) -> None:
    reply = unchanged.run("ana", *DEAL, *words, code=code)
    assert told in reply.err and "\n  -> " in reply.err
    assert unchanged.outbox("ana") == {}


def test_a_deal_keeps_its_currency(office: Office) -> None:
    office.run("ana", *DEAL, "--product", "pro")
    assert "acme/1 is in USD" in office.run("ana", "log", "deal", "acme/1", "--currency", "EUR", code=2).err


def test_a_deal_of_another_is_not_yours(office: Office) -> None:
    office.run("ana", *DEAL, "--product", "pro")
    office.run("ana", "submit")
    office.run("ben", "sync")
    office.run("ben", "win", "acme/1", "--order", "PO-1", code=3)
    office.run("ben", *DEAL, "--product", "pro", code=3)


def test_credits_that_do_not_add_up_are_told_at_once(office: Office) -> None:
    split = ("--credit", "ana:closer:60%", "--credit", "ben:closer:30%")
    assert "The shares of closer sum to 90%" in office.run("ana", *DEAL, "--product", "pro", *split).out
    office.run("ana", "log", "deal", "acme/1", "--credit", "ana:closer:60%", "--credit", "ben:closer:40%")
    assert office.run("ana", "submit").out == "Deal acme/1: accepted.\n"
