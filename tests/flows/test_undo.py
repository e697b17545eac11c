"""Can what was noted be taken back, whole, and nothing else with it?"""

from tests.helpers.office import Office


def test_a_noted_claim_is_taken_back_with_all_that_belongs_to_it(office: Office) -> None:
    office.run("ana", "claim", "widget.com", "--company", "Widget", "--country", "US", "--later")
    assert len(office.outbox("ana")) == 6  # account, alias, claim, and three pointers
    assert office.run("ana", "undo", "widget", "--dry-run").out == "Would take back: Claim d-widget.com.\n"
    assert len(office.outbox("ana")) == 6
    assert office.run("ana", "undo", "widget", "--json").json["changed"] is True
    assert office.outbox("ana") == {}
    assert "widget" not in office.run("ana", "status").out.lower()
    assert office.run("ana", "submit").out == "There is nothing to send.\n"


def test_an_edit_by_hand_that_came_back_is_taken_back_in_the_folder_too(office: Office) -> None:
    claim = next((office.top / "ben" / "claims").rglob("d-beta.com/core.yml"))
    stood = claim.read_bytes()
    claim.write_bytes(stood.replace(b"holder: ben", b"holder: ana"))
    new = office.top / "ben" / "products" / "mine.yml"
    new.write_text('sku: mine\nname: Mine\nprice: "1.00"\ncurrency: USD\n')
    assert "Only sales operations" in office.run("ben", "submit", code=1).out
    office.run("ben", "undo", "all")
    assert claim.read_bytes() == stood and not new.exists()
    assert office.run("ben", "submit").out == "There is nothing to send.\n"


def test_what_was_edited_further_stays(office: Office) -> None:
    claim = next((office.top / "ben" / "claims").rglob("d-beta.com/core.yml"))
    claim.write_bytes(claim.read_bytes().replace(b"holder: ben", b"holder: ana"))
    office.run("ben", "submit", code=1)
    claim.write_bytes(claim.read_bytes().replace(b"holder: ana", b"holder: max"))
    office.run("ben", "undo", "beta")
    assert b"holder: max" in claim.read_bytes()
