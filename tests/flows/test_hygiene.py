"""Does a seller hear which of their deals need them, and nobody else?"""

from tests.helpers.office import Office


def codes(office: Office, deal: str = "acme/1") -> set[str]:
    found = office.run("ana", "hygiene", deal, "--json").json["deals"]
    return {advice["code"] for one in found for advice in one["advice"]}


def at_discovery(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--source", "fair", "--close", "2026-04-01")
    office.run("ana", "log", "meeting", "acme", "Met", "--next", "send the offer", "--due", "2026-03-10")
    office.run("ana", "stage", "acme/1", "connected")
    office.run("ana", "stage", "acme/1", "discovery", "--contact", "c-7h2:user")
    office.run("ana", "submit")


def test_a_fresh_deal_is_in_good_order(office: Office) -> None:
    at_discovery(office)
    assert office.run("ana", "hygiene").out == "1 open deal is in good order.\n"
    assert "To do:" not in office.run("ana", "status").out


def test_time_makes_it_need_somebody(office: Office) -> None:
    at_discovery(office)
    office.now = "2026-03-11T12:00:00Z"
    assert codes(office) == {"SR322"}  # the next step was due yesterday
    office.now = "2026-03-17T12:00:00Z"
    assert codes(office) == {"SR321", "SR322"}
    office.now = "2026-04-02T12:00:00Z"
    assert codes(office) == {"SR321", "SR322", "SR323"}
    office.now = "2026-04-17T12:00:00Z"
    assert codes(office) == {"SR321", "SR322", "SR323", "SR325"}
    office.now = "2026-06-01T12:00:00Z"
    assert "SR332" in codes(office)
    told = office.run("ana", "status").out
    assert told.count("To do: ") == 3
    assert "To do: The claim under acme/1 ended on 2026-05-31" in told  # what loses the deal comes first


def test_work_puts_it_in_order_again_before_it_is_sent(office: Office) -> None:
    at_discovery(office)
    office.now = "2026-03-20T12:00:00Z"
    assert codes(office) == {"SR321", "SR322"}
    office.run("ana", "log", "call", "acme", "They have read it", "--next", "demo", "--due", "2026-03-25")
    assert codes(office) == set()
    assert "Next step: demo, due 2026-03-25" in office.run("ana", "show", "acme/1").out


def test_an_unrelated_correction_of_an_aged_deal_is_accepted(office: Office) -> None:
    at_discovery(office)
    office.now = "2026-04-20T12:00:00Z"
    told = office.run("ana", "log", "deal", "acme/1", "--note", "Their CFO is back").out
    assert "refused" not in told and "Worth a thought:" in told and "was to close on 2026-04-01" in told
    assert office.run("ana", "submit").out == "Deal acme/1: accepted.\n"


def test_only_ones_own_deals_are_told(office: Office) -> None:
    at_discovery(office)
    office.run("ben", "sync")
    office.now = "2026-04-20T12:00:00Z"
    assert office.run("ben", "hygiene").out.startswith("You have no open deals.")
    office.run("ben", "hygiene", "acme/1", code=3)
    assert "needs you" in office.run("ana", "show", "acme").out
    assert "needs you" not in office.run("ben", "show", "acme").out


def test_an_audit_knows_the_whole_log(office: Office) -> None:
    at_discovery(office)
    office.run("dana", "sync")
    before = office.run("dana", "check", "--all", "--format", "json").json
    assert [f for f in before["findings"] if f["code"] in ("SR321", "SR322")] == []
    office.now = "2026-04-20T12:00:00Z"
    found = office.run("dana", "check", "--all", "--format", "json").json["findings"]
    assert {"SR321", "SR322", "SR323", "SR325"} <= {f["code"] for f in found if "d-acme.com-1" in str(f)}
    assert {f["severity"] for f in found if f["code"].startswith("SR32")} == {"warning"}


def test_a_next_step_of_before_is_known_when_a_deal_moves(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--source", "referral")
    office.run("ana", "stage", "acme/1", "connected")
    office.run("ana", "log", "call", "acme", "Hello", "--next", "show it", "--due", "2026-03-12")
    office.run("ana", "submit")
    office.now = "2026-03-09T12:00:00Z"
    office.run("ana", "log", "demo", "acme", "They saw it")
    told = office.run("ana", "stage", "acme/1", "discovery", "--contact", "c-7h2:champion").out
    assert "next step" not in told
    assert "Next step: show it, due 2026-03-12" in office.run("ana", "show", "acme/1").out
