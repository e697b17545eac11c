"""Can what was noted be taken back, whole, and nothing else with it?"""

from tests.helpers.office import Office


def test_a_noted_claim_is_taken_back_with_all_that_belongs_to_it(office: Office) -> None:
    office.run("ana", "claim", "widget.com", "--company", "Widget", "--country", "US", "--later")
    assert len(office.outbox("ana")) == 6  # account, alias, claim, and three pointers
    assert office.run("ana", "undo", "widget", "--dry-run").out == "Would take back: Claim d-widget.com.\n"
    assert len(office.outbox("ana")) == 4
    assert office.run("ana", "undo", "widget", "--json").json["changed"] is True
    assert office.outbox("ana") == {}
    assert "widget" not in office.run("ana", "status").out.lower()
    assert office.run("ana", "submit").out == "There is nothing to send.\n"
