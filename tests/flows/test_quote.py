"""Does a discount get asked for before the customer sees it, and hold for exactly what was agreed to?"""

import pytest

from tests.helpers.office import Office, office_after

POLICY = 'floor: "60%"\nauthority: {seller: "10%", manager: "25%"}\nstacking: forbid\nquote_days: "20"\n'


@office_after
def shop(office: Office) -> None:
    """Sellers may give 10 % off, a manager 25 %, and nobody goes under 60 % of the list."""
    path = office.top / "dana" / "policy" / "pricing.yml"
    path.write_text(path.read_text().splitlines(keepends=True)[0] + POLICY)
    office.run("dana", "submit")  # it says what Dana's own role may give, so Max agrees
    _agreed(office)
    office.run("ana", "sync")
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--quantity", "4")


def test_a_discount_beyond_ones_own_is_refused_until_somebody_agrees(shop: Office) -> None:
    told = shop.run("ana", "log", "deal", "acme/1", "--discount", "20%").out
    assert "20% off the list is more than the 10% that Ana Lima may give" in told
    assert "sr quote acme/1" in told
    asked = shop.run("ana", "quote", "acme/1", "--discount", "20%", "--why", "They take four").out
    assert "Noted: acme/1 at 3200.00 USD, good until 2026-03-22 once agreed." in asked
    assert "Somebody who may give 20% off the list must agree" in asked
    assert "waits for manager" in shop.run("ana", "submit").out
    shop.run("ana", "status")
    _agreed(shop)
    shop.run("ana", "sync")
    assert "New: Deal acme/1: accepted. Next: sr show acme/1\n" in shop.run("ana", "status").out
    told = shop.file("d-acme.com-1.yml")
    assert 'price: "800.00"' in told and "name: agreed" in told and "why: They take four" in told


def test_what_was_agreed_to_is_won_and_anything_else_is_not(shop: Office) -> None:
    shop.run("ana", "quote", "acme/1", "--discount", "20%")
    shop.run("ana", "submit")
    _agreed(shop)
    shop.run("ana", "sync")
    other = shop.run("ana", "log", "deal", "acme/1", "--quantity", "3", "--dry-run").out
    assert "not the one that was quoted any more" in other
    won = shop.run("ana", "win", "acme/1", "--order", "PO-1").out
    assert "refused" not in won


def test_what_one_may_give_oneself_is_not_asked_for(shop: Office) -> None:
    before = {path: shop.note("ana", path) for path in shop.outbox("ana")}
    told = shop.run("ana", "quote", "acme/1", "--discount", "5%").out
    assert told == "You may give 5% yourself: nothing to ask.\nNext: sr log deal acme/1 --discount 5%\n"
    assert shop.run("ana", "quote", "acme/1", "--json").json["asked"] is False
    assert {path: shop.note("ana", path) for path in shop.outbox("ana")} == before


def test_the_lowest_price_is_the_one_that_passes(shop: Office) -> None:
    told = shop.run("ana", "log", "deal", "acme/1", "--price", "500").out
    assert "Without asking: 900.00 (--price 900.00). With a quote: down to 600.00." in told
    assert "sr win" not in told
    assert "refused" not in shop.run("ana", "log", "deal", "acme/1", "--price", "900.00").out


def test_a_win_on_other_terms_than_those_agreed_to_is_refused_before_it_is_noted(shop: Office) -> None:
    shop.run("ana", "quote", "acme/1", "--discount", "20%")
    shop.run("ana", "submit")
    _agreed(shop)
    shop.run("ana", "sync")
    terms = ("--term", "12", "--billing", "annual")
    refused = shop.run("ana", "win", "acme/1", "--order", "PO-1", *terms, code=3).err
    assert "--term and --billing were not in the quote that was agreed to." in refused
    assert "sr quote acme/1 --term 12 --billing annual" in refused
    assert shop.outbox("ana") == {}
    shop.run("ana", "quote", "acme/1", *terms)
    assert "refused" not in shop.run("ana", "win", "acme/1", "--order", "PO-1", *terms).out
    assert "sr undo acme/1" in shop.run("ana", "quote", "acme/1", code=3).err


def test_a_deal_is_lost_on_the_terms_that_were_accepted(shop: Office) -> None:
    shop.run("ana", "submit")
    shop.run("ana", "quote", "acme/1", "--discount", "20%")
    told = shop.run("ana", "lose", "acme/1", "--reason", "price").out
    assert "keeps" not in told
    assert "accepted" in shop.run("ana", "submit").out
    lost = shop.file("d-acme.com-1.yml")
    assert "stage: lost" in lost and 'price: "1000.00"' in lost and "quote:" not in lost


def test_a_quote_that_has_ended_is_asked_for_again(shop: Office) -> None:
    shop.run("ana", "quote", "acme/1", "--discount", "20%")
    shop.run("ana", "submit")
    _agreed(shop)
    shop.now = "2026-03-23T09:00:00Z"
    shop.run("ana", "sync")
    assert "held until 2026-03-22" in shop.run("ana", "win", "acme/1", "--order", "PO-1").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("acme/9",), 3, "acme/9"),
        (("acme/1", "--discount", "20%", "--price", "800"), 2, "not both"),
        (("acme/1", "--discount", "200%"), 2, "between 0% and 100%"),
        (("acme/1", "--price", "-5"), 2, "never negative"),
        (("acme/1", "--discount", "a lot"), 3, "is not a percentage"),
        (("acme/1", "--price", "1,000"), 3, "is not an amount"),
        (("acme/1", "--product", "lite", "--price", "1"), 2, "does not sell lite"),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_next_step(
    shop: Office, words: tuple[str, ...], code: int, told: str
) -> None:
    before = shop.outbox("ana")
    reply = shop.run("ana", "quote", *words, code=code)
    assert told in reply.err and "\n  -> " in reply.err
    assert shop.outbox("ana") == before


def _agreed(shop: Office) -> None:
    """Max agrees to the one thing that waits."""
    (waits,) = shop.run("max", "review", "list", "--json").json["proposals"]
    for word in ("approve", "merge"):
        shop.run("max", "review", word, str(waits["number"]))
