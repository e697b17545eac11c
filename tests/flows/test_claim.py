"""Does a seller hear at once whether a lead is theirs: by domain, by name, offline, and while somebody else asks?"""

import pytest

from salesrepo.domain.identity.blocks import label_block, skeleton_block
from salesrepo.domain.kinds.alias import ALIAS
from tests.helpers.office import Office


def claim(office: Office, who: str, *words: str, code: int = 0) -> str:
    return office.run(who, "claim", *words, code=code).said


@pytest.mark.parametrize(
    "text", ["acme.com", "https://www.acme.com/about", "info@acme.com", "d-acme.com", "Acme", "acme"]
)
def test_one_company_is_known_by_all_its_names(unchanged: Office, text: str) -> None:
    assert "Acme (d-acme.com) is yours until 2026-05-31 (90 days from 2026-03-02)." in claim(unchanged, "ana", text)
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


@pytest.mark.parametrize("text", ["../..", "!!!", "a" * 300 + ".com", "株式会社", "acme.cmo", "DUNS 1234", "123456789"])
def test_what_names_no_company_is_answered_with_the_next_step(unchanged: Office, text: str) -> None:
    told = claim(unchanged, "ana", text, code=3)
    assert told.startswith("error: ") and "\n  -> " in told
    assert unchanged.outbox("ana") == {}


def test_a_d_u_n_s_number_is_a_lead_that_is_known_by_it(office: Office) -> None:
    told = claim(office, "ana", "DUNS 12-345-6789", "--company", "Foo Corp", "--country", "DE")
    assert "Foo Corp (duns-123456789) is yours until" in told
    assert "is taken by Ana Lima" in claim(office, "ben", "duns:123456789", code=4)
    assert "Foo Corp" in office.run("ana", "show", "DUNS 12-345-6789").said


@pytest.mark.parametrize("text", ["jo.doe@acme-nowhere.com", "+49 89 123456"])
def test_who_a_person_is_is_not_repeated(unchanged: Office, text: str) -> None:
    told = unchanged.run("ana", "show", text, code=3).said
    assert told.startswith("error: This address or number is not known here.") and text not in told


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


def test_a_lead_that_looks_like_a_known_company_is_asked_about_before_anything_is_noted(office: Office) -> None:
    told = claim(office, "ana", "acrne.com", "--company", "Widgets", "--country", "US", code=3)
    assert "acrne.com looks like acme.com of Acme (d-acme.com), which is known here." in told
    claim(office, "ana", "Nordwind Logistik", "--country", "DE")
    told = claim(office, "ben", "nordwind.com", "--company", "Nordwind Logistic", "--country", "DE", code=3)
    assert "Nordwind Logistic may be Nordwind Logistik (n-de-nordwind-logistik), which is known here." in told
    assert "sr claim n-de-nordwind-logistik" in told and "add: --not-same n-de-nordwind-logistik" in told
    assert office.outbox("ana") == {} == office.outbox("ben")
    told = claim(office, "ana", "acmes.com", "--company", "Acmes", "--country", "US")
    assert "is yours until" in told and "Its name is much like that of Acme (d-acme.com)." in told


def test_the_answer_that_two_companies_are_two_is_kept(office: Office) -> None:
    twin = ("acrne.com", "--company", "Widgets", "--country", "US", "--not-same", "acme.com")
    told = claim(office, "ana", *twin)
    assert "is under review" in told
    number = str(office.run("dana", "review", "list", "--json").json["proposals"][0]["number"])
    office.run("dana", "review", "approve", number)
    office.run("dana", "review", "merge", number)
    assert "not_same_as:\n  - d-acme.com\n" in office.file("accounts/", "d-acrne.com.yml")
    assert "is yours until" in claim(office, "ana", "acrne.com", "--not-same", "acme.com")
    assert "is taken by Ben Okoye" in claim(office, "ana", "beta.com", "--not-same", "acme.com", code=4)


def test_a_name_is_changed_by_hand_and_its_pointers_follow(office: Office) -> None:
    path = next((office.top / "dana" / "accounts").rglob("d-acme.com.yml"))
    text = path.read_text()
    path.write_text(
        text.replace("name: Acme", "name: Umbrella").replace("- n-us-acme", "- n-us-acme\n  - n-us-umbrella")
    )
    lock = office.top / "dana" / ALIAS.path.fill(alias="n-us-umbrella")
    lock.parent.mkdir(parents=True)
    lock.write_text("alias: n-us-umbrella\naccount: d-acme.com\n")
    office.run("dana", "submit")
    near = [path for path in office.files("accounts/near") if path.endswith("/d-acme.com")]
    assert sorted(path.split("/")[4] for path in near) == sorted(
        ("n-us-umbr", label_block("acme.com"), skeleton_block("acme.com"))
    )


WELCOME = {
    "O'Brien & Sons": "IE",
    "株式会社日立製作所": "JP",
    "شركة أرامكو السعودية": "SA",
    "בנק לאומי": "IL",
    "می‌خواهم": "IR",
    "No": "NO",
    "null": "US",
    "=SUM Ltd": "GB",
    "<b>Bold</b>": "US",
}


def test_companies_of_every_script_and_spelling_are_claimed_as_they_are_called(office: Office) -> None:
    for name, country in WELCOME.items():
        told = claim(office, "ana", name, "--country", country)
        assert f"{name} (n-{country.lower()}-" in told and "is yours until" in told
        assert "is taken by Ana Lima" in claim(office, "ben", name, "--country", country, code=4)
    assert set(WELCOME) <= {row["name"] for row in office.run("ana", "status", "--json").json["claims"]}


def test_a_dry_run_notes_nothing(unchanged: Office) -> None:
    assert "is free: it would be yours until 2026-05-31" in claim(
        unchanged, "ana", "widget.com", "--country", "US", "--dry-run"
    )
    assert unchanged.outbox("ana") == {}


def test_a_layer_that_is_none_is_refused_before_anything_is_noted(unchanged: Office) -> None:
    told = claim(unchanged, "ana", "widget.com", "--country", "US", "--layer", "services", code=2)
    assert "There is no layer services." in told and unchanged.outbox("ana") == {}


def test_who_sells_nowhere_claims_nothing(office: Office) -> None:
    told = claim(office, "fay", "widget.com", "--country", "US", code=3)
    assert "was not accepted" in told and "Next: " in told


def test_a_claim_that_is_asked_for_again_says_what_is_told_now(office: Office) -> None:
    told = claim(office, "ana", "nowhere.com", code=3)
    assert "Without a country nobody can tell whether nowhere.com is known already." in told
    shown = office.run("ana", "show", "nowhere.com").out
    assert "Your claim came back: Without a country" in shown and "yours until" not in shown
    assert "Your claim came back: " in office.run("ana", "why", "nowhere.com", code=3).said
    told = office.run("ana", "log", "call", "nowhere.com", "Hello", code=3).said
    assert "nowhere.com (d-nowhere.com) is not yours. Your claim came back: " in told
    told = claim(office, "ana", "nowhere.com", "--country", "DE", "--company", "Nowhere")
    assert "Nowhere (d-nowhere.com) is yours until" in told and "not used" not in told
    assert "country: DE" in office.file("accounts/", "d-nowhere.com.yml") and office.outbox("ana") == {}


def test_a_claim_that_is_noted_takes_what_is_told_later(office: Office) -> None:
    claim(office, "ana", "widget.com", "--country", "US", "--company", "Wigdet", "--later")
    assert "Noted, not yours yet." in office.run("ana", "show", "widget.com").out
    assert "Noted, not yours yet." in office.run("ana", "why", "widget.com", code=3).said
    told = office.run("ana", "log", "call", "widget", "Hello").out
    assert "Wigdet is not yours yet: your claim is not accepted." in told and "Renewed" not in told
    claim(office, "ana", "widget.com", "--company", "Widget", "-m", "Fair")
    assert "n-us-widget" in office.file("accounts/", "d-widget.com.yml") and not office.files("accounts/aliases/wigdet")
    assert "note: Fair" in office.file("d-widget.com/core.yml")
    assert not [path for path in office.outbox("ana") if "wigdet" in path]


def test_what_is_told_and_not_used_is_said(office: Office) -> None:
    told = claim(office, "ana", "acme.com", "--country", "DE", "--company", "Acme")
    assert "is yours until" in told and "You have it already; --country was not used." in told
    assert "not used" not in claim(office, "ana", "acme.com", "--country", "US")


def test_a_domain_alone_is_asked_about_where_a_company_is_called_so(office: Office) -> None:
    claim(office, "ben", "Bar", "--country", "US")
    told = claim(office, "ana", "bar.com", "--country", "US", code=3)
    assert "bar.com may be Bar (n-us-bar), which is known here." in told and "--not-same n-us-bar" in told
    assert "is yours until" in claim(office, "ana", "bar.com", "--country", "DE")
    told = office.run("ana", "release", "bar", "--dry-run").out  # one's own goes before what is called so elsewhere
    assert "bar.com (d-bar.com) would be given back." in told
    assert "You do not hold Bar." in office.run("ana", "release", "n-us-bar", "--dry-run", code=3).said


def test_what_somebody_else_has_is_said_to_whoever_logs_it(office: Office) -> None:
    office.run("ana", "sync")
    told = office.run("ana", "log", "call", "beta", "Hello", code=3).said
    assert "Beta (d-beta.com) is Ben Okoye's until 2026-05-31." in told


def test_who_waits_already_keeps_the_place(office: Office) -> None:
    assert "nobody before you" in claim(office, "ana", "beta.com", "--queue")
    before = office.main()
    assert "You wait for it already: nobody before you." in claim(office, "ana", "beta.com", "--queue")
    assert office.main() == before and office.outbox("ana") == {}


def test_who_is_not_admitted_yet_or_left_hears_so(office: Office) -> None:
    office.run("", "join", ".", "--as", "zoe", "--name", "Zoe")
    why = "You asked to join on 2026-03-02; sales operations have not admitted you yet."
    assert why in claim(office, "zoe", "widget.com", "--country", "US", code=3)
    assert f"{why} Next: sr sync" in office.run("zoe", "status").out
    office.run("dana", "node", "admit", "zoe", "--plan", "account-executive", "--territory", "world/open")
    assert "is yours until" in claim(office, "zoe", "widget.com", "--country", "US")


def test_a_pending_deal_does_not_keep_back_an_extension(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--source", "fair")
    told = office.run("ana", "extend", "acme", "--next", "Demo", "--due", "2026-03-20", code=3).said
    assert "is not accepted yet" not in told


def test_of_two_activities_of_a_day_the_one_that_came_back_is_named(office: Office) -> None:
    claim(office, "ana", "widget.com", "--country", "US")
    office.run("ana", "log", "call", "acme", "Good")
    office.run("ana", "log", "call", "widget", "Bad")
    (stream,) = (path for path in office.outbox("ana") if "/log/" in path)
    file = office.folder("ana") / "outbox" / stream
    file.write_bytes(file.read_bytes().replace(b"note: Bad", b"note: Write to bob@widget.com"))
    told = office.run("ana", "submit", code=1).out
    assert "Call with widget.com on 2026-03-02: not accepted" in told and "Activities of 2026-03-02: accepted." in told
    assert "Came back: Call with widget.com on 2026-03-02: " in office.run("ana", "status").out


def test_a_company_that_is_known_by_its_name_alone_is_no_riddle(office: Office) -> None:
    office.run("ana", "claim", "Codehow", "--country", "US")
    told = office.run("ben", "claim", "codehow.com", "--company", "Codehow", "--country", "US", "--dry-run").out
    assert "leave the alias out" not in told and "agreed. Nothing was noted." in told
    assert office.outbox("ben") == {}


def test_of_two_that_are_alike_the_one_of_the_very_name_is_asked_about(office: Office) -> None:
    office.run("ana", "claim", "driftwood.com", "--company", "Driftwood", "--country", "US")
    twin = ("--company", "Driftwod", "--country", "CA", "--not-same", "driftwood.com")
    office.run("ana", "claim", "driftw00d.org", *twin)
    (number,) = [one["number"] for one in office.run("dana", "review", "list", "--json").json["proposals"]]
    office.run("dana", "review", "approve", str(number))
    office.run("dana", "review", "merge", str(number))
    office.run("ben", "sync")
    told = office.run("ben", "claim", "driftwo0d.org", "--company", "Driftwood Inc.", "--country", "US", code=3).err
    assert "Driftwood (d-driftwood.com), which is known here." in told


def test_a_country_that_is_none_is_a_slip_of_the_hand(unchanged: Office) -> None:
    for country in ("Germany", "ZZ"):
        told = unchanged.run("ana", "claim", "lonely.com", "--company", "Lonely", "--country", country, code=2).err
        assert "Mend the account" not in told and "\n  -> " in told
