"""Can what was noted be taken back, whole, and nothing else with it?"""

from tests.helpers.office import Office


def test_a_noted_claim_is_taken_back_with_all_that_belongs_to_it(office: Office) -> None:
    office.run("ana", "claim", "widget.com", "--company", "Widget", "--country", "US", "--later")
    noted = office.outbox("ana")
    assert len(noted) >= 6  # account, alias, claim, and the pointers to them
    assert office.run("ana", "undo", "widget", "--dry-run").out == "Would take back: Claim d-widget.com.\n"
    assert office.outbox("ana") == noted
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
    kept = office.run("ben", "undo", "beta").out
    assert b"holder: max" in claim.read_bytes()
    assert "Kept, since they are nowhere but in your folder:" in kept and "    holder: max" in kept
    assert "sr undo beta --yes loses them" in kept


def test_what_was_edited_in_the_folder_is_taken_back_where_it_is_named_and_meant(office: Office) -> None:
    top = office.top / "dana"
    new, gone = top / "products" / "lite.yml", top / "products" / "pro.yml"
    policy = top / "policy" / "claims.yml"
    new.write_text('sku: lite\nname: Lite\nprice: "1.00"\ncurrency: USD\n')
    stood, pro = policy.read_bytes(), gone.read_bytes()
    policy.write_bytes(stood.replace(b"days: 90", b"days: 60", 1))
    gone.unlink()
    told = office.run("dana", "undo", "policy/claims.yml", "--dry-run").out
    assert "Would take back: your edit of policy/claims.yml." in told and "    days: 60" in told
    assert "Kept" in office.run("dana", "undo", "all").out
    assert b"days: 60" in policy.read_bytes() and new.exists() and not gone.exists()
    office.run("dana", "undo", "policy/claims.yml", "--yes")
    assert policy.read_bytes() == stood and new.exists() and not gone.exists()
    done = office.run("dana", "undo", "all", "--yes", "--json").json
    assert [(one["path"], one["how"]) for one in done["edited"]] == [
        ("products/lite.yml", "new"),
        ("products/pro.yml", "removed"),
    ]
    assert done["changed"] and not new.exists() and gone.read_bytes() == pro
    assert office.run("dana", "submit").out == "There is nothing to send.\n"
    assert "Nothing is noted for policy/claims.yml." in office.run("dana", "undo", "policy/claims.yml", code=3).err


def test_a_win_is_taken_back_and_the_deal_stays_noted(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--quantity", "3")
    (path,) = (path for path in office.outbox("ana") if path.startswith("deals/"))
    before = office.note("ana", path)
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    told = office.run("ana", "undo", "acme/1").out
    assert told == "Taken back: Deal acme/1 as won or lost.\nStill noted: Deal acme/1, open as it was.\n"
    assert office.note("ana", path) == before and "acme/1" in office.run("ana", "status").out
    assert "the whole deal" in office.run("ana", "undo", "acme/1").out
    assert office.outbox("ana") == {}
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    office.run("ana", "lose", "acme/1", "--reason", "price")
    assert office.run("ana", "undo", "acme/1").out == "Taken back: Deal acme/1.\n"
    assert office.outbox("ana") == {}


def test_what_was_sent_and_nobody_accepted_is_called_back(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    sent = office.outbox("ana")
    assert office.run("ana", "undo", "acme/1", "--dry-run").out.startswith("Would take back: Deal acme/1")
    assert office.outbox("ana") == sent
    assert ", which was sent." in office.run("ana", "undo", "acme/1").out
    assert office.run("fay", "review", "list", "--json").json["proposals"] == []
    assert {item.state for item in office.outbox("ana").values()} == {"noted"}  # open, as it was before the win
    assert "Deal acme/1: accepted." in office.run("ana", "submit").out
    assert "Nothing is noted for acme/1." in office.run("ana", "undo", "acme/1", code=3).err


def test_what_was_accepted_meanwhile_is_not_called_back(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    (waits,) = office.run("fay", "review", "list", "--json").json["proposals"]
    for word in ("approve", "merge"):
        office.run("fay", "review", word, str(waits["number"]))
    assert "It was accepted meanwhile." in office.run("ana", "undo", "acme/1", code=4).err
    office.run("ana", "sync")
    assert office.outbox("ana") == {}


def test_what_is_on_its_way_and_would_be_refused_by_now_is_told_as_such(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    assert "Sent, not accepted yet: Deal acme/1" in office.run("ana", "status").out
    pricing = office.top / "dana" / "products" / "pro.yml"
    pricing.unlink()
    office.run("dana", "submit")
    office.run("ana", "sync")
    told = office.run("ana", "status").out
    assert "not accepted yet" not in told and "Next: sr undo acme/1" in told
    assert "would be refused as things are: Deal acme/1: There is no product pro." in told
