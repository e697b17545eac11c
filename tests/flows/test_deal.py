"""Is a deal noted as it was told, refused with the fix, and mended also after it was won?"""

import pytest

from tests.helpers.office import Office

DEAL = ("log", "deal", "acme")


def test_deals_of_an_account_are_numbered(office: Office) -> None:
    assert "Noted: acme/1, 1000.00 USD" in office.run("ana", *DEAL, "--product", "pro").out
    assert (
        "Noted: acme/2, 2700.00 USD"
        in office.run(
            "ana", *DEAL, "--product", "Pro", "--quantity", "3", "--discount", "10%", "--apart", "the second plant"
        ).out
    )
    office.run("ana", "submit")
    assert "Noted: acme/3" in office.run("ana", *DEAL, "--product", "pro").out


def test_a_change_keeps_what_it_does_not_name(office: Office) -> None:
    first = ("--quantity", "2", "--note", "First", "--close", "2026-04-01", "--source", "Trade Fair")
    office.run("ana", *DEAL, "--product", "pro", *first, "--contact", "c-7h2:user", "--kind", "expansion")
    office.run("ana", "log", "deal", "acme/1", "--price", "950", "--stage", "connected", "--contact", "c-9x:buyer")
    office.run("ana", "submit")
    told = office.file("d-acme.com-1.yml")
    for part in ('quantity: "2"', 'price: "950.00"', "note: First", 'closes: "2026-04-01"', "stage: connected"):
        assert part in told
    for part in ("source: trade-fair", "kind: expansion", "contact: c-7h2", "contact: c-9x"):
        assert part in told


def test_a_contact_is_changed_and_taken_out(office: Office) -> None:
    office.run("ana", *DEAL, "--product", "pro", "--contact", "c-7h2:user", "--contact", "c-9x:buyer")
    told = office.run("ana", "log", "deal", "acme/1", "--contact", "c-7h2:champion", "--contact", "c-9x:gone", "--json")
    assert told.json["deal"]["contacts"] == [{"contact": "c-7h2", "role": "champion"}]


def test_the_same_deal_twice_is_refused_until_somebody_says_why(office: Office) -> None:
    office.run("ana", *DEAL, "--product", "pro")
    assert "acme/2 sells the same as acme/1" in office.run("ana", *DEAL, "--product", "pro").out
    assert "Deal acme/2: not accepted" in office.run("ana", "submit", code=1).out
    office.run("ana", "log", "deal", "acme/2", "--apart", "the second plant")
    assert office.run("ana", "submit").out == "Deal acme/2: accepted.\n"


def test_the_day_of_closing_is_pushed_on_record(office: Office) -> None:
    office.run("ana", *DEAL, "--product", "pro", "--close", "2026-04-01")
    office.run("ana", "log", "deal", "acme/1", "--close", "2026-04-15")
    office.run("ana", "submit")
    assert "pushed" not in office.file("d-acme.com-1.yml")  # what nobody was told was not pushed
    for day in ("2026-05-01", "2026-06-01", "2026-06-15"):
        office.run("ana", "log", "deal", "acme/1", "--close", day)
    office.run("ana", "submit")
    assert 'pushed:\n  - "2026-04-15"\n' in office.file("d-acme.com-1.yml")
    office.run("ana", "log", "deal", "acme/1", "--close", "2026-03-01")
    assert "was to close on 2026-03-01" in office.run("ana", "submit", code=1).out


def test_a_win_says_how_it_is_invoiced(office: Office) -> None:
    office.run("ana", *DEAL, "--product", "pro", "--quantity", "2")
    terms = ("--term", "12", "--billing", "quarterly", "--start", "2026-04-01", "--currency", "usd")
    uneven = ("--invoice", "2026-04-01:1500", "--invoice", "2026-07-01:400")
    told = office.run("ana", "win", "acme/1", "--order", "PO-1", *terms, *uneven, code=2).err
    assert "The invoices come to 1900.00 USD, the deal to 2000.00." in told
    even = ("--invoice", "2026-07-01:500", "--invoice", "2026-04-01:1500")
    won = office.run("ana", "win", "acme/1", "--order", "PO-1", *terms, *even, "--json").json["deal"]
    assert (won["term"], won["billing"], won["starts"]) == (12, "quarterly", "2026-04-01")
    assert [part["day"] for part in won["schedule"]] == ["2026-04-01", "2026-07-01"]
    assert [move["stage"] for move in won["moves"]] == ["lead", "won"]
    again = office.run("ana", "win", "acme/1", "--order", "PO-2", "--json").json["deal"]
    assert [move["stage"] for move in again["moves"]] == ["lead", "won"] and again["schedule"] == won["schedule"]


def test_a_loss_is_counted_where_its_reason_is_a_code(office: Office) -> None:
    office.run("ana", *DEAL, "--product", "pro")
    lost = office.run("ana", "lose", "acme/1", "--reason", "price", "--dry-run", "--json").json["deal"]
    assert (lost["reason"], lost["reason_code"], lost["lost_to"]) == ("price", "price", None)
    lost = office.run("ana", "lose", "acme/1", "--reason", "their CFO left", "--dry-run", "--json").json["deal"]
    assert (lost["reason"], lost["reason_code"]) == ("their CFO left", None)
    lost = office.run("ana", "lose", "acme/1", "--to", "Globex", "--json").json["deal"]
    assert (lost["reason_code"], lost["lost_to"]) == ("competitor", "globex")
    assert office.run("ana", "submit").out == "Deal acme/1: accepted.\n"


def test_a_company_may_want_more_of_a_win(office: Office) -> None:
    office.run("dana", "sync")
    policy = office.top / "dana" / "policy" / "pipeline.yml"
    policy.write_text(policy.read_text().replace("win_requires: []", "win_requires: [term, billing]"))
    office.run("dana", "submit")
    office.run("ana", "sync")
    office.run("ana", *DEAL, "--product", "pro")
    told = office.run("ana", "win", "acme/1", "--order", "PO-1", "--term", "12", code=2).err
    assert "How it is invoiced?" in told and "--billing" in told
    office.run("ana", "win", "acme/1", "--order", "PO-1", "--term", "12", "--billing", "annual")


def test_a_won_deal_that_came_back_is_mended(office: Office) -> None:
    office.run("ana", "claim", "widget.com", "--country", "US")
    office.run("ana", "log", "deal", "widget", "--product", "pro", "--price", "600")
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
        (("--product", "pro", "--kind", "gift"), 2, "no kind of deal"),
        (("--product", "pro", "--contact", "Jo Smith:user"), 2, "is no contact"),
        (("--product", "pro", "--contact", "c-7h2:friend"), 2, "no role of a contact"),
        (("--product", "pro", "--source", "Ä?"), 2, "is no source"),
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


def test_a_claim_that_is_noted_as_well_is_no_fault_of_a_deal(office: Office) -> None:
    office.run("ana", "claim", "widget.com", "--company", "Widget", "--country", "US", "--later")
    assert "refused" not in office.run("ana", "log", "deal", "acme", "--product", "pro").out


def test_what_is_noted_as_won_is_not_lost_without_being_taken_back(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    told = office.run("ana", "lose", "acme/1", "--reason", "price", code=3).err
    assert "acme/1 is noted as won." in told and "sr undo acme/1" in told
    office.run("ana", "undo", "acme/1")
    assert "foo is none of the company's reasons (" in office.run("ana", "lose", "acme/1", "--reason", "foo").out
    assert "none of" not in office.run("ana", "lose", "acme/1", "--reason", "They went quiet").out
    assert "noted as lost" in office.run("ana", "win", "acme/1", "--order", "PO-1", code=3).err
