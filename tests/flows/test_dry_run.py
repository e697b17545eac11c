"""Does a dry run say what would happen: accepted by itself, waiting for whom, or refused and why?"""

import pytest

from salesrepo.cli.outcomes import tell_sent
from salesrepo.flows.sending.deliver import Sent
from tests.helpers.office import Office

DEAL = ("log", "deal", "acme", "--product", "pro")


def test_what_would_be_accepted_and_refused_is_told_apart_and_nothing_is_sent(office: Office) -> None:
    office.run("ana", *DEAL)
    office.run("ana", *DEAL, "--price", "600", "--apart", "a pilot")
    before = office.outbox("ana")
    told = office.run("ana", "submit", "--dry-run", code=1).out
    assert "Deal acme/1: would be accepted by itself.\n" in told
    assert "Deal acme/2: would be refused: 600.00 for Pro is below the floor" in told
    assert "back with you" not in told and office.outbox("ana") == before
    sent = office.run("ana", "submit", "--dry-run", "--json", code=1).json["sent"]
    assert {one["title"]: one["would"] for one in sent} == {"Deal acme/1": "accepted", "Deal acme/2": "refused"}
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    told = office.run("ana", "submit", "--dry-run", code=1).out
    assert "Deal acme/1: would be sent, and would wait for finance" in told


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        ("auto", "would be accepted by itself."),
        ("review", "would be sent, and would wait for somebody to look at it."),
        ("waiting", "would wait until whoever asked first is answered."),
    ],
)
def test_what_a_rule_that_could_not_be_asked_makes_of_it_is_said_too(
    verdict: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_sent(Sent("Deal acme/1", "would_send", (), verdict={"verdict": verdict}).tried, verbose=False)
    assert told in capsys.readouterr().out


def test_a_claim_that_needs_a_person_says_so_when_it_is_tried_out(office: Office) -> None:
    lead = ("claim", "acmee.com", "--company", "Acmee", "--country", "US", "--not-same", "acme")
    assert "agreed. Nothing was noted." in office.run("ben", *lead, "--dry-run").out
    assert office.outbox("ben") == {}


def test_a_release_and_a_referral_are_judged_when_they_are_tried_out(office: Office) -> None:
    assert "would be given back" in office.run("ana", "release", "acme", "--dry-run").out
    tried = office.run("ana", "release", "acme", "--dry-run", "--json").json
    assert tried["sent"]["would"] == "accepted" and tried["changed"] is False
    lead = ("refer", "new-lead.com", "--company", "New Lead", "--country", "US", "--to")
    assert "would be referred to Ben Okoye" in office.run("ana", *lead, "ben", "--dry-run").out
    assert office.run("ana", *lead, "ana", "--dry-run", code=3).out.count("would be refused") == 1
    assert office.outbox("ana") == {}
