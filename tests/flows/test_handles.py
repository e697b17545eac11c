"""Is a deal always called by a name that means no other of its seller's, and is a name of several refused?"""

import pytest

from tests.helpers.office import Office, office_after

BOTH = "foo/1 could be foo.com/1 or foo.de/1."


@office_after
def twins(office: Office) -> None:
    """Ana holds two accounts that shorten alike, with an open deal on each; the second is only noted."""
    for domain, country, apart in (("foo.com", "US", ()), ("foo.de", "DE", ("--not-same", "foo.com"))):
        office.run("ana", "claim", domain, "--company", f"Foo {country}", "--country", country, *apart)
        for waits in office.run("dana", "review", "list", "--json").json["proposals"]:  # are they two companies?
            office.run("dana", "review", "approve", str(waits["number"]))
            office.run("dana", "review", "merge", str(waits["number"]))
        office.run("ana", "sync")
        office.run("ana", "log", "deal", domain, "--product", "pro")
        if country == "US":
            office.run("ana", "submit")


def test_two_accounts_that_shorten_alike_are_called_in_full(twins: Office) -> None:
    told = twins.run("ana", "status", "-v").out
    assert "foo.com/1" in told and "foo.de/1" in told and " foo/1" not in told
    assert "Noted: foo.de/1" in twins.run("ana", "log", "deal", "foo.de/1", "--quantity", "2").out
    assert "foo.com/1" in twins.run("ana", "show", "foo.com").out
    twins.now = "2026-03-03T12:00:00Z"
    twins.run("ana", "log", "deal", "foo.de/1", "--stage", "discovery")
    assert "sr log note foo.de TEXT" in twins.run("ana", "hygiene").out


@pytest.mark.parametrize(
    "words",
    [
        ("log", "deal", "foo/1", "--quantity", "2"),
        ("win", "foo/1", "--order", "PO-1"),
        ("lose", "foo/1", "--reason", "price"),
        ("stage", "foo/1", "connected"),
        ("qualify", "foo/1", "goal", "Less waste"),
        ("quote", "foo/1", "--discount", "5%"),
        ("undo", "foo/1"),
        ("show", "foo/1"),
    ],
)
def test_a_name_of_several_deals_is_refused_and_nothing_happens(twins: Office, words: tuple[str, ...]) -> None:
    before = twins.outbox("ana")
    assert BOTH in twins.run("ana", *words, code=3).err
    assert twins.outbox("ana") == before


def test_one_of_them_is_taken_back_and_not_the_other(twins: Office) -> None:
    twins.run("ana", "log", "deal", "foo.com/1", "--quantity", "3")
    told = twins.run("ana", "undo", "foo.de/1", "--dry-run").out
    assert told == "Would take back: Deal foo.de/1 (the whole deal: it was never accepted).\n"
    assert twins.run("ana", "undo", "foo.com/1").out == "Taken back: Deal foo.com/1.\n"
    assert "d-foo.de-1" in " ".join(twins.outbox("ana"))
    assert "foo.com/1" in twins.run("ana", "status").out
    assert twins.run("ana", "undo", "d-foo.de-1").out.startswith("Taken back: Deal foo.de/1")
    assert twins.outbox("ana") == {}


@pytest.mark.parametrize("name", ["acme.com/1", "d-acme.com/1", "d-acme.com-1", "acme/1"])
def test_long_forms_mean_the_same_deal_everywhere(office: Office, name: str) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    assert "Noted: acme/1" in office.run("ana", "log", "deal", name, "--quantity", "2").out
    assert "acme/1" in office.run("ana", "show", name).out
    assert "Deal acme/1" in office.run("ana", "undo", name, "--dry-run").out
    office.run("ana", "win", name, "--order", "PO-1")
    _paid(office)
    assert "2,000.00" in office.run("ana", "pay", "why", name).out


def test_pay_why_refuses_a_name_of_several(twins: Office) -> None:
    for domain in ("foo.com", "foo.de"):
        twins.run("ana", "win", f"{domain}/1", "--order", "PO-1")
    for key in ("d-foo.com", "d-foo.de"):
        twins.confirm(key)
    _paid(twins)
    assert BOTH in twins.run("ana", "pay", "why", "foo/1", code=3).err
    assert "make 50.00 USD" in twins.run("ana", "pay", "why", "foo.de/1").out


def _paid(office: Office) -> None:
    office.run("ana", "submit")
    for waits in office.run("fay", "review", "list", "--json").json["proposals"]:
        office.run("fay", "review", "approve", str(waits["number"]))
        office.run("fay", "review", "merge", str(waits["number"]))
    office.run("fay", "commission", "settle")
