"""Who gets a lead that several ask for: after a refusal, after the sweep; and does everybody hear of it once?"""

from tests.helpers.office import Office


def test_a_refused_claim_passes_its_place_on_and_nobody_keeps_more_places_than_they_may_take(office: Office) -> None:
    max_sells(office, limits="limits: {default: {open: 2}}\n")
    for domain in ("one.com", "two.com"):  # called as a company that is known: somebody looks at it
        asked = office.run("ana", "claim", domain, "--company", "Beta", "--country", "US").out
        assert "under review" in asked
    for who in ("ben", "max"):
        said = office.run(who, "claim", "one.com", "--company", "One", "--country", "US").out
        assert "One (d-one.com) is under review: Ana Lima asked first" in said
    taken = office.run("max", "claim", "two.com", "--company", "Two", "--country", "US").out
    assert "Two (d-two.com) is yours until" in taken  # Ana holds one of two leads, so one place is hers
    for who in ("ana", "ben", "max"):
        office.run(who, "status")
    first = next(one for one in waiting(office) if "one.com" in one["title"])
    office.run("dana", "review", "reject", str(first["number"]), "-m", "It is another company")
    office.run("ben", "sync")
    assert "holder: ben" in office.file("claims/", "d-one.com/core.yml")
    line = "New: One (d-one.com) is yours until 2026-05-31: your claim was accepted. Next: sr log call one\n"
    assert line in office.run("ben", "status").out
    assert "New:" not in office.run("ben", "status").out
    office.run("max", "sync")
    assert "Came back: Claim d-one.com: " in office.run("max", "status").out
    office.run("ana", "sync")
    told = office.run("ana", "status").out
    assert "Came back: Claim d-one.com: It is another company. Next: sr undo d-one.com" in told


def test_the_sweep_gives_a_lead_to_the_first_in_line_and_everybody_hears_once(office: Office) -> None:
    max_sells(office)
    for who in ("ben", "max"):
        office.run(who, "sync")
        office.run(who, "claim", "acme.com", "--queue")
        office.run(who, "status")
    office.run("ana", "status")
    office.now = "2026-06-01T12:00:00Z"
    assert "passes to ben, who waited first" in office.run("", "ci", "sweep", "--forge", "forge").out
    for who in ("ana", "ben", "max"):
        office.run(who, "sync")
    won = office.run("ben", "status").out
    assert "New: Acme (d-acme.com) is yours until 2026-08-30: it was your turn in its queue." in won
    (lost, *_) = office.run("ana", "status", "--json").json["news"]
    assert (lost["what"], lost["account"], lost["how"], lost["by"]) == ("lost", "d-acme.com", "granted", "Ben Okoye")
    assert office.run("ana", "status", "--json").json["news"] == []
    behind = office.run("max", "status").out
    assert "You wait for Acme (d-acme.com), which Ben Okoye has until 2026-08-30: nobody before you." in behind
    office.run("ben", "release", "acme", "--yes")
    assert "New:" not in office.run("ben", "status").out


def max_sells(office: Office, limits: str = "") -> None:
    """A third seller of the open market, where these are the limits."""
    office.run("dana", "sync")
    terms, market = (office.top / "dana" / path for path in ("policy/claims.yml", "territories/world/open.yml"))
    terms.write_text(terms.read_text() + limits)
    market.write_text(
        market.read_text().rstrip() + '\n  - role: open_seller\n    node: max\n    starts: "2026-01-01"\n'
    )
    office.run("dana", "submit")
    office.run("max", "sync")


def waiting(office: Office) -> list[dict[str, str]]:
    """What waits for a person."""
    found: list[dict[str, str]] = office.run("dana", "review", "list", "--json").json["proposals"]
    return found
