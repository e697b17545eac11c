"""Is what was noted sent whole, once, and never over somebody else's work? (DESIGN 4, the outbox)"""

from tests.helpers.office import Office

CALL = ("log", "call", "acme")


def product(office: Office, who: str, price: str) -> None:
    """Edit the price list by hand, as a maintainer does."""
    path = office.top / who / "products" / "pro.yml"
    path.write_text(path.read_text().replace(path.read_text().split('price: "')[1].split('"')[0], price))


def proposals(office: Office) -> list[dict[str, object]]:
    found: list[dict[str, object]] = office.run("fay", "review", "list", "--json").json["proposals"]
    return found


def won(office: Office, deal: str = "acme/1") -> str:
    """A won deal of Ana's that waits for a reviewer; its number."""
    office.run("ana", "log", "deal", deal.partition("/")[0], "--product", "pro")
    office.run("ana", "win", deal, "--order", "PO-1")
    office.run("ana", "submit")
    return str(proposals(office)[-1]["number"])


def test_what_is_different_travels_apart(office: Office) -> None:
    for lead in ("one.com", "two.com"):
        office.run("ana", "claim", lead, "--company", lead[:3].title(), "--country", "US", "--later")
    office.run("ana", *CALL, "Hello")
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/2", "--order", "PO-1")
    office.run("ana", "log", "deal", "one", "--product", "pro")
    before = office.main()
    told = office.run("ana", "submit", "--dry-run").out.splitlines()
    assert told[:2] == [f"Claim d-{name}.com: would be accepted by itself." for name in ("one", "two")]
    assert office.main() == before and all(item.state == "noted" for item in office.outbox("ana").values())
    sent = office.run("ana", "submit").out.splitlines()
    assert sent[:2] == ["Claim d-one.com: accepted.", "Claim d-two.com: accepted."]
    assert sent[2] == "Deal acme/1 and 2 more: accepted."  # with the activities, and the deal on the claim of just now
    assert sent[3].startswith("Deal acme/2 (number ") and len(sent) == 4


def test_a_deal_waits_for_the_claim_that_it_rests_on(office: Office) -> None:
    # A second company of the same name: whether it is one is for a person to say, so the claim waits.
    lead = ("claim", "acme.org", "--company", "Acme", "--country", "US")
    assert "is under review" in office.run("ana", *lead).out
    office.run("ana", "log", "deal", "acme.org", "--product", "pro")
    told = office.run("ana", "submit").out
    assert "not sent yet: It goes out once your claim is accepted." in told
    (claim,) = proposals(office)
    office.run("dana", "review", "approve", str(claim["number"]))
    office.run("dana", "review", "merge", str(claim["number"]))
    assert "accepted" in office.run("ana", "submit").out
    assert "d-acme.org" in office.file("d-acme.org-1.yml") and office.outbox("ana") == {}


def test_the_same_under_review_again_is_no_second_proposal(office: Office) -> None:
    number = won(office)
    assert office.run("ana", "submit").out == "There is nothing to send.\n"
    office.run("ana", "log", "deal", "acme/1", "--note", "With the annex")
    assert f"(number {number})" in office.run("ana", "submit").out
    assert [str(p["number"]) for p in proposals(office)] == [number]


def test_an_approval_counts_for_what_was_seen(office: Office) -> None:
    number = won(office)
    office.run("fay", "review", "approve", number)
    office.run("ana", "log", "deal", "acme/1", "--price", "990")
    office.run("ana", "submit")
    office.run("fay", "review", "merge", number, code=3)
    office.run("fay", "review", "approve", number)
    office.run("fay", "review", "merge", number)
    assert 'price: "990.00"' in office.file("d-acme.com-1.yml")


def test_what_a_person_refused_is_not_sent_again_until_it_is_changed(office: Office) -> None:
    number = won(office)
    office.run("fay", "review", "reject", number, "-m", "Which Pro?")
    assert "back with you: Which Pro?" in office.run("ana", "submit", code=1).out
    assert proposals(office) == []
    office.run("ana", "log", "deal", "acme/1", "--note", "Pro with annex")
    assert "(number " in office.run("ana", "submit").out
    assert len(proposals(office)) == 1


def test_what_was_changed_while_its_older_form_was_accepted_is_an_edit_of_that(office: Office) -> None:
    number = won(office)
    office.run("ana", "log", "deal", "acme/1", "--note", "Later thought")
    office.run("fay", "review", "approve", number)
    office.run("fay", "review", "merge", number)
    assert "accepted" in office.run("ana", "submit").out
    assert "note: Later thought" in office.file("d-acme.com-1.yml") and office.outbox("ana") == {}


def test_an_edit_of_something_that_changed_meanwhile_overwrites_nothing(office: Office) -> None:
    office.run("ana", "sync")
    office.run("dana", "sync")
    account = next((office.top / "ana" / "accounts").rglob("d-acme.com.yml"))
    account.write_text(account.read_text().replace("name: Acme", "name: Acme Anvils"))
    theirs = next((office.top / "dana" / "accounts").rglob("d-acme.com.yml"))
    theirs.write_text(theirs.read_text() + 'founded: "1949"\n')
    office.run("dana", "submit")
    told = office.run("ana", "submit", code=4).out
    assert "Somebody else changed the same records meanwhile." in told
    kept = office.file("accounts/", "d-acme.com.yml")
    assert 'founded: "1949"' in kept and "Anvils" not in kept
    assert "Anvils" in account.read_text()  # nor is mine lost
    office.run("ana", "submit", code=4)


def test_a_claim_that_somebody_else_got_first_comes_back(office: Office) -> None:
    lead = ("claim", "rival.com", "--country", "US")
    office.run("ana", *lead, "--later")
    office.run("ana", *CALL, "Hello")
    office.run("ben", *lead)
    told = office.run("ana", "submit", code=4).out
    assert "is taken by Ben Okoye since 2026-03-02 until 2026-05-31" in told
    assert "Activities of 2026-03-02: accepted." in told  # the rest goes on
    assert "holder: ben" in office.file("d-rival.com/core.yml")
    office.run("ana", "undo", "rival")
    assert office.outbox("ana") == {}


def test_each_deal_comes_back_with_its_own_reason(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "600")
    office.run("ana", "log", "deal", "acme", "--product", "pro", "-m", "guaranteed", "--apart", "a pilot")
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--apart", "the second plant")
    told = office.run("ana", "submit", code=1).out
    assert "Deal acme/3: accepted." in told
    status = office.run("ana", "status").out
    assert "Came back: Deal acme/1: 600.00 for Pro is below" in status
    assert "Came back: Deal acme/2: 'guaranteed' promises" in status


def test_a_maintainers_edit_is_based_on_what_the_folder_was_made_from(office: Office) -> None:
    product(office, "dana", "1100.00")
    assert office.run("dana", "submit", "--dry-run").out == "Change products/pro.yml: would be accepted by itself.\n"
    assert office.outbox("dana") == {}
    assert office.run("dana", "submit").out == "Change products/pro.yml: accepted.\n"
    assert 'price: "1100.00"' in office.file("products/pro.yml")
    assert office.run("dana", "submit").out == "There is nothing to send.\n"
    product(office, "max", "900.00")  # of a copy that has not seen it
    office.run("max", "submit", code=4)
    assert 'price: "1100.00"' in office.file("products/pro.yml")


def test_an_edit_that_is_put_back_is_not_sent(office: Office) -> None:
    product(office, "dana", "dear")
    office.run("dana", "submit", code=1)
    product(office, "dana", "1000.00")
    assert office.run("dana", "submit").out == "There is nothing to send.\n"
    assert office.outbox("dana") == {}


def test_a_file_that_is_removed_by_hand_is_removed_for_all(office: Office) -> None:
    path = office.top / "dana" / "products" / "old.yml"
    path.write_text('sku: old\nname: Old\nprice: "1.00"\ncurrency: USD\n')
    office.run("dana", "submit")
    path.unlink()
    assert office.run("dana", "submit").out == "Change products/old.yml: accepted.\n"
    assert list(office.files("products")) == ["products/pro.yml"] and not path.exists()


def test_what_needs_a_person_keeps_no_routine_back(office: Office) -> None:
    office.run("ana", "sync")
    account = next((office.top / "ana" / "accounts").rglob("d-acme.com.yml"))
    lines = [line for line in account.read_text().splitlines() if not line.startswith("confirmed")]
    account.write_text("\n".join([*lines, 'employees: "500"']) + "\n")
    office.run("ana", *CALL, "Hello")
    told = office.run("ana", "submit").out.splitlines()
    assert told[0] == "Activities of 2026-03-02: accepted."
    assert told[1].startswith("Account d-acme.com (number ") and "waits for sales ops" in told[1]


def test_trouble_on_the_way_hides_nothing_that_was_sent(office: Office) -> None:
    product(office, "dana", "1100.00")
    office.run("dana", "submit")
    theirs = office.top / "dana" / "products" / "pro.yml"
    mine = office.top / "ana" / "products" / "pro.yml"
    mine.write_text(theirs.read_text().replace("Pro", "Mine"))  # in the way of the sync after sending
    office.run("ana", *CALL, "Hello")
    told = office.run("ana", "submit", code=4)
    assert "Activities of 2026-03-02: accepted." in told.out
    assert "Your edits are in the way" in told.err
    assert "Mine" in mine.read_text()
