"""Does a whole life of selling work as it is typed: from a lead to the commission, and every answer as data too?"""

from tests.helpers.office import Office, Reply

LEAD = ("claim", "brightwave.com", "--company", "Brightwave", "--country", "US")


def last_number(office: Office) -> str:
    """The number of the newest proposal that waits."""
    return str(office.run("fay", "review", "list", "--json").json["proposals"][-1]["number"])


def win(office: Office, *, price: str = "950", credit: tuple[str, ...] = ()) -> str:
    """Ana wins a deal on acme.com and sends it; returns its number."""
    shares = tuple(word for share in credit for word in ("--credit", share))
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", price, *shares)
    office.run("ana", "win", "acme/1", "--order", "PO-7741")
    sent = office.run("ana", "submit").out
    number = last_number(office)
    assert sent == f"Deal acme/1 (number {number}): sent; it waits for finance or manager or sales ops.\n"
    return number


def agree_and_merge(office: Office, number: str) -> Reply:
    office.run("fay", "review", "approve", number)
    return office.run("fay", "review", "merge", number)


def test_a_newcomer_asks_is_admitted_and_sells(founded: Office) -> None:
    asked = founded.run("", "join", ".", "--as", "zoe", "--name", "Zoë Åström")
    assert "Your request was sent." in asked.out
    assert "Zoë Åström" in founded.run("dana", "node", "requests").out
    founded.run("zoe", *LEAD, code=3)  # not admitted yet
    terms = ("--plan", "account-executive", "--territory", "world/open")
    told = founded.run("dana", "node", "admit", "zoe", *terms).out
    assert "covered by Zoë Åström as open seller from 2026-03-02" in told
    assert told.endswith("Admit Zoë Åström: accepted.\n")
    assert founded.run("zoe", "undo", "all").code == 0
    assert (
        "Brightwave (d-brightwave.com) is yours until 2026-05-31 (90 days from 2026-03-02)."
        in founded.run("zoe", *LEAD).out
    )


def test_a_lead_is_granted_once_and_the_next_hears_who_has_it_until_when(founded: Office) -> None:
    granted = founded.run("ana", *LEAD).out
    assert (
        "Brightwave (d-brightwave.com) is yours until 2026-05-31 (90 days from 2026-03-02)." in granted
        and "Provisional" in granted
    )
    refused = founded.run("ben", *LEAD, code=4).out
    assert "is taken by Ana Lima since 2026-03-02, until 2026-05-31." in refused
    assert founded.outbox("ben") == {}
    assert founded.run("ana", *LEAD, "--json").json["changed"] is False
    founded.now = "2026-06-01T09:00:00Z"  # the lease has ended, and nobody renewed it
    assert "is yours until 2026-08-30" in founded.run("ben", *LEAD).out
    assert "holds/24/d/ana" not in "\n".join(founded.files("holds"))


def test_work_renews_a_claim_once_it_is_accepted(office: Office) -> None:
    office.now = "2026-03-10T12:00:00Z"
    noted = office.run("ana", "log", "call", "acme", "They like it", "+12", "--next", "quote", "--due", "2026-03-12")
    assert "Renewed to 2026-06-08 once accepted.\nNext: quote, due 2026-03-12.\n" in noted.out
    assert "2026-05-31" in office.run("ana", "status").out
    assert office.run("ana", "submit").out == "Activities of 2026-03-10: accepted.\n"
    assert "2026-06-08" in office.run("ana", "status").out
    office.run("ben", "sync")
    assert "until 2026-06-08" in office.run("ben", "show", "acme").out
    office.now = "2026-03-20T12:00:00Z"
    missed = office.run("ana", "log", "call", "acme", "--outcome", "voicemail", "Nobody there").out
    assert (
        "Yours until 2026-06-08 (90 days after your last conversation)." in missed
    )  # nobody was spoken to, so nothing is renewed


def test_a_bad_deal_comes_back_with_the_fix_and_goes_out_mended(office: Office) -> None:
    noted = office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "600", "-m", "Success guaranteed")
    assert "It would be refused as it is:" in noted.out
    refused = office.run("ana", "submit", code=1).out
    assert "Deal acme/1: not accepted; it is back with you" in refused
    hint = "Without asking: 900.00 (--price 900.00). With a quote: down to 700.00."
    assert hint in refused and "p-warranty-2y" in refused  # the fix, not only the fault
    assert "Came back: Deal acme/1" in office.run("ana", "status").out
    mended = ("--price", "900", "-m", "Two-year guarantee", "--promise", "p-warranty-2y")
    assert "refused" not in office.run("ana", "log", "deal", "acme/1", *mended).out
    assert office.run("ana", "submit").out == "Deal acme/1: accepted.\n"
    assert office.outbox("ana") == {}
    assert 'price: "900.00"' in office.file("d-acme.com-1.yml")


def test_only_somebody_who_gains_nothing_agrees_to_a_win(office: Office) -> None:
    number = win(office, credit=("ana:closer:60%", "max:closer:40%"))
    office.run("ana", "review", "approve", number, code=3)  # her own
    assert "you are seller" in office.run("ben", "review", "approve", number, code=3).err  # no role that counts
    assert "gain by" in office.run("max", "review", "approve", number, code=3).err  # he is paid by it
    assert "It waits for finance" in office.run("fay", "review", "merge", number, code=3).out
    assert "Ready." in office.run("fay", "review", "approve", number).out
    assert office.run("fay", "review", "merge", number, "--json").json["outcome"] == "merged"
    office.run("fay", "review", "merge", number, code=3)


def test_a_win_is_settled_once_explained_and_verified(office: Office) -> None:
    agree_and_merge(office, win(office))
    settled = office.run("fay", "commission", "settle", "--json").json
    assert settled["changed"] is True and settled["lines"] == 2
    assert "not booked" not in office.run("fay", "commission", "verify").out  # her copy has it at once
    again = office.run("fay", "commission", "settle", "--json").json
    assert again["changed"] is False and again["ledger"] == settled["ledger"]
    assert "To be paid as it stands: 47.50 USD" in office.run("ana", "pay").out  # 5 % of 950.00
    why = office.run("ana", "pay", "why", "acme/1").out
    assert "950.00 x 5% = 47.50" in why
    verified = office.run("ana", "commission", "verify").out
    assert "every cent recomputed, no difference" in verified
    assert "The newest record in this copy is of 2026-03-02; sr sync brings" in verified
    assert office.run("ana", "commission", "verify", "--json").json["clean"] is True


JSON_FORMS = [
    (("status",), None),
    (("sync",), False),
    (("show", "acme"), None),
    (("show", "products"), None),
    (("claim", "acme.com"), False),
    (("claim", "widget.com", "--country", "US"), True),
    (("claim", "gadget.com", "--country", "US", "--dry-run"), False),
    (("claim", "gadget.com", "--country", "US", "--later"), True),
    (("log", "call", "acme", "Hello"), True),
    (("log", "call", "acme", "Hello", "--dry-run"), False),
    (("log", "deal", "acme", "--product", "pro"), True),
    (("log", "deal", "acme", "--product", "pro", "--dry-run"), False),
    (("undo", "all"), True),
    (("undo", "all"), False),
    (("submit",), False),
    (("submit", "--dry-run"), False),
    (("pay",), None),
    (("check",), None),
    (("check", "--all"), None),
    (("explain", "SR303"), None),
    (("review", "list"), None),
    (("commission", "settle"), False),
    (("commission", "verify"), None),
    (("ci", "merge"), False),
    (("node", "requests"), None),
    (("doctor",), None),
]


def test_every_answer_is_one_json_document_that_says_whether_anything_changed(office: Office) -> None:
    office.run("ana", "sync")
    for words, changed in JSON_FORMS:
        reply = office.run("ana", *words, "--json")
        assert reply.json.get("changed") is changed, words
        assert reply.err == ""


def test_answers_about_a_deal_as_data_change_when_it_does(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "600")
    refused = office.run("ana", "submit", "--json", code=1).json
    assert refused["changed"] is False and refused["sent"][0]["fate"] == "refused"
    assert "700.00" in refused["sent"][0]["findings"][0]["hint"]
    office.run("ana", "log", "deal", "acme/1", "--price", "950")
    won = office.run("ana", "win", "acme/1", "--order", "PO-1", "--json").json
    assert (won["deal"]["stage"], won["amount"], won["changed"]) == ("won", "950.00", True)
    sent = office.run("ana", "submit", "--json").json
    assert (sent["changed"], sent["sent"][0]["fate"]) == (True, "review")
    number = str(sent["sent"][0]["number"])
    assert office.run("fay", "review", "show", number, "--json").json["missing_roles"] == [
        "finance",
        "manager",
        "sales_ops",
    ]
    assert office.run("fay", "review", "merge", number, "--json", code=3).json["changed"] is False
    approved = office.run("fay", "review", "approve", number, "--json").json
    assert (approved["approved"][0]["verdict"], approved["changed"]) == ("auto", True)
    assert office.run("fay", "review", "merge", number, "--json").json["changed"] is True
    assert office.run("ana", "sync", "--json").json["changed"] is True
    assert office.run("fay", "ci", "settle", "--json").json["changed"] is True
    assert office.run("ana", "pay", "--json").json["statement"]["total"] == {"USD": "47.50"}
    assert office.run("ana", "pay", "why", "acme/1", "--json").json["wrong"] == []


def test_a_lost_deal_keeps_its_reason_and_is_open_no_more(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    assert "d-acme.com-1" in "\n".join(office.files("holds"))
    office.run("ana", "lose", "acme/1", "--reason", "They chose another")
    assert office.run("ana", "submit").out == "Deal acme/1: accepted.\n"
    assert "reason: They chose another" in office.file("d-acme.com-1.yml")
    assert "d-acme.com-1" not in "\n".join(office.files("holds"))
    office.run("ana", "lose", "acme/1", "--reason", "Again", code=3)
