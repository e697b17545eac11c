"""Does a seller hear at once whether a lead is theirs: by domain, by name, offline, and while somebody else asks?"""

import pytest

from tests.helpers.office import Office


def claim(office: Office, who: str, *words: str, code: int = 0) -> str:
    return office.run(who, "claim", *words, code=code).said


@pytest.mark.parametrize(
    "text", ["acme.com", "https://www.acme.com/about", "info@acme.com", "d-acme.com", "Acme", "acme"]
)
def test_one_company_is_known_by_all_its_names(unchanged: Office, text: str) -> None:
    assert "Acme (d-acme.com) is yours until 2026-05-31." in claim(unchanged, "ana", text)
    assert "Acme (d-acme.com) is taken by Ana Lima" in claim(unchanged, "ben", text, code=4)


def test_a_name_needs_its_country_until_somebody_wrote_it_down(office: Office) -> None:
    assert "a name needs its country" in claim(office, "ana", "Nordwind Logistik", code=3)
    assert "n-de-nordwind-logistik) is yours until 2026-03-16" in claim(
        office, "ana", "Nordwind Logistik", "--country", "DE"
    )
    assert "is taken by Ana Lima" in claim(office, "ben", "nordwind logistik", code=4)


def test_several_companies_of_one_name_are_listed(office: Office) -> None:
    for country in ("DE", "US"):
        claim(office, "ana", "Nordwind", "--country", country)
    told = claim(office, "ben", "Nordwind", code=3)
    assert "n-de-nordwind (DE)" in told and "n-us-nordwind (US)" in told and "Type the one you mean." in told
    assert "is taken by Ana Lima" in claim(office, "ben", "n-us-nordwind", code=4)


@pytest.mark.parametrize("text", ["../..", "!!!", "a" * 300 + ".com", "株式会社"])
def test_what_names_no_company_is_answered_with_the_next_step(unchanged: Office, text: str) -> None:
    told = claim(unchanged, "ana", text, code=3)
    assert told.startswith("error: ") and "\n  -> " in told
    assert unchanged.outbox("ana") == {}


def test_an_empty_lead_means_nobody(unchanged: Office) -> None:
    for text in ("", "  "):
        assert "Which lead?" in claim(unchanged, "ana", text, code=2)


def test_offline_a_claim_is_noted_and_not_yours_yet(office: Office) -> None:
    office.forge.rename(office.top / "away")
    told = claim(office, "ana", "widget.com", "--country", "US")
    assert "is noted, not yours yet (The company cannot be reached from here)." in told
    assert "not yours yet" in office.run("ana", "status").out
    office.run("ana", "log", "call", "widget", "Hello")
    office.run("ana", "submit", code=5)
    assert "Noted, not sent: Claim d-widget.com" in office.run("ana", "status").out
    (office.top / "away").rename(office.forge)
    assert office.run("ana", "submit").out == "Claim d-widget.com: accepted.\nActivities of 2026-03-02: accepted.\n"
    assert "holder: ana" in office.file("d-widget.com/core.yml") and office.outbox("ana") == {}


def test_the_first_to_ask_is_first_also_while_a_person_looks(office: Office) -> None:
    twin = ("acme.org", "--company", "Acme", "--country", "US")  # a second Acme: a person decides
    assert "under review" in claim(office, "ana", *twin)
    assert "under review: Your own claim is being looked at." in claim(office, "ana", *twin)
    assert "under review: Ana Lima asked first" in claim(office, "ben", *twin)
    number = str(office.run("dana", "review", "list", "--json").json["proposals"][0]["number"])
    office.run("dana", "review", "reject", number, "-m", "The same company")
    office.run("ana", "sync")
    assert "Came back: Claim d-acme.org: The same company" in office.run("ana", "status").out


def test_a_dry_run_notes_nothing(unchanged: Office) -> None:
    assert "is free. Nothing was noted." in claim(unchanged, "ana", "widget.com", "--country", "US", "--dry-run")
    assert unchanged.outbox("ana") == {}


def test_a_layer_that_is_none_is_refused_before_anything_is_noted(unchanged: Office) -> None:
    told = claim(unchanged, "ana", "widget.com", "--country", "US", "--layer", "services", code=2)
    assert "There is no layer services." in told and unchanged.outbox("ana") == {}


def test_who_sells_nowhere_claims_nothing(office: Office) -> None:
    told = claim(office, "fay", "widget.com", "--country", "US", code=3)
    assert "was not accepted" in told and "Next: " in told
