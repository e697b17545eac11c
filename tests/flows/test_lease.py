"""Do a claim's terms, as the template has them, work out as a seller types through the weeks?"""

import pytest

from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.exclusion import EXCLUSION
from tests.helpers.office import Office

LEAD = ("claim", "widget.com", "--company", "Widget", "--country", "US")
EVIDENCE = ("--evidence", "customer_referral", "-m", "Their buyer sent me")
CALL = ("log", "call", "widget", "They like it")
AGAIN = ("--next", "Sign", "--due", "2026-08-01")
STEP = ("--next", "Send the contract", "--due", "2026-07-01")

STAGES = """\
pipelines:
  new: [{stage: lead, category: omitted}, {stage: proposal, category: best_case}]
"""


@pytest.fixture
def office(shipped: Office) -> Office:
    """A company on the terms that ship."""
    return shipped


def change_terms(office: Office, old: str, new: str) -> None:
    terms = office.top / "dana" / "policy" / "claims.yml"
    assert old in terms.read_text()
    terms.write_text(terms.read_text().replace(old, new))
    office.run("dana", "submit")


def on(office: Office, day: str) -> Office:
    office.now = f"{day}T12:00:00Z"
    return office


def held(office: Office, key: str = "d-widget.com") -> str:
    return office.files()[CLAIM.path.fill(account=key, layer="core")].decode()


def conversation(office: Office, day: str, *more: str) -> str:
    """Ana talks to them on a day, and sends it."""
    on(office, day).run("ana", *CALL, *more)
    return office.run("ana", "submit").out


def test_a_lead_without_evidence_is_reserved_and_a_conversation_makes_it_ones_own(office: Office) -> None:
    told = office.run("ana", *LEAD).out
    assert "is reserved for you until 2026-03-05: log a conversation and it is yours for 30 days." in told
    assert "reserved: log a conversation" in office.run("ana", "status").out
    assert "It is reserved for you until 2026-03-05" in office.run("ana", "show", "widget").out
    assert "is taken by Ana Lima since 2026-03-02, until 2026-03-05" in office.run("ben", *LEAD, code=4).out
    told = office.run("ana", "why", "widget").out
    assert "because it is only reserved: nobody has talked to them yet." in told and "last on" not in told
    assert "Renewed to 2026-04-02 once accepted." in on(office, "2026-03-03").run("ana", *CALL).out
    office.run("ana", "submit")
    claim = held(office)
    assert "standing: reserved" not in claim and "evidence: two_way_contact" in claim
    assert 'touched: "2026-03-03"' in claim and 'until: "2026-04-02"' in claim
    assert "yours until 2026-04-02 (30 days after your last conversation)" in office.run("ana", "show", "widget").out


def test_a_call_on_the_day_of_the_claim_counts(office: Office) -> None:
    office.run("ana", *LEAD)
    office.run("ana", *CALL)
    office.run("ana", "submit")
    assert 'touched: "2026-03-02"' in held(office) and 'until: "2026-04-01"' in held(office)


def test_a_lead_noted_offline_with_a_call_is_registered_when_both_are_sent(office: Office) -> None:
    office.run("ana", *LEAD, "--later")
    office.run("ana", *CALL)
    assert office.run("ana", "submit").out == "Claim d-widget.com: accepted.\nActivities of 2026-03-02: accepted.\n"
    assert "evidence: two_way_contact" in held(office)


def test_nobody_spoken_to_leaves_it_reserved(office: Office) -> None:
    office.run("ana", *LEAD)
    told = office.run("ana", *CALL, "--outcome", "voicemail").out
    assert "Reserved for you until 2026-03-05: log a conversation and it is yours for 30 days." in told
    office.run("ana", "submit")
    assert "standing: reserved" in held(office)
    assert "is reserved for you until 2026-03-09" in on(office, "2026-03-06").run("ben", *LEAD).out


def test_evidence_registers_at_once_and_must_say_what_it_is(office: Office) -> None:
    assert "Give it with -m." in office.run("ana", *LEAD, "--evidence", "event_met", code=2).err
    assert "rumour is no evidence" in office.run("ana", *LEAD, "--evidence", "rumour", "-m", "x", code=2).err
    assert office.outbox("ana") == {}
    told = office.run("ana", *LEAD, *EVIDENCE).out
    assert "is yours until 2026-03-09: log a conversation by then and it is yours for 30 days." in told
    assert "evidence: customer_referral\n" in held(office) and "note: Their buyer sent me" in held(office)


def test_evidence_may_come_while_it_is_reserved(office: Office) -> None:
    office.run("ana", *LEAD)
    assert office.run("ana", *LEAD, "--json").json["changed"] is False
    told = office.run("ana", *LEAD, *EVIDENCE, "--json").json
    assert (told["answer"], told["until"], told["lease"]["bound"]) == ("yours", "2026-03-09", "first_touch")
    assert office.run("ana", *LEAD, *EVIDENCE, "--json").json["changed"] is False


def test_work_goes_as_far_as_the_protection_and_an_extension_further(office: Office) -> None:
    office.run("ana", *LEAD, *EVIDENCE)
    for day in ("2026-03-05", "2026-04-01", "2026-04-28"):
        conversation(office, day)
    told = on(office, "2026-05-10").run("ana", *CALL).out
    assert "Renewed to 2026-05-31 once accepted." in told
    office.run("ana", "submit")
    shown = office.run("ana", "show", "widget").out
    assert (
        "yours until 2026-05-31, whatever you log: its protection ends; longer: sr extend widget from 2026-05-17"
        in shown
    )
    early = office.run("ana", "extend", "widget", *STEP, code=3).err
    assert "It can be extended from 2026-05-17 to 2026-05-31." in early
    told = on(office, "2026-05-20").run("ana", "extend", "widget", *STEP).out
    assert told.splitlines() == [
        "Extend d-widget.com: accepted.",
        "Widget (d-widget.com) is yours until 2026-06-09 (30 days after your last conversation).",
    ]
    assert 'extensions: "1"' in held(office)
    assert "Yours until 2026-06-09" in office.run("ana", *CALL, "--outcome", "voicemail").out


def test_a_conversation_with_a_dated_next_step_extends_by_itself_once(office: Office) -> None:
    office.run("ana", *LEAD, *EVIDENCE)
    for day in ("2026-03-05", "2026-04-01", "2026-04-28"):
        conversation(office, day)
    told = on(office, "2026-05-20").run("ana", *CALL, "--next", "Send the contract", "--due", "2026-06-01").out
    assert "Renewed to 2026-06-19 once accepted." in told
    office.run("ana", "submit")
    assert 'extensions: "1"' in held(office) and 'until: "2026-06-19"' in held(office)
    for day in ("2026-06-15", "2026-07-10"):
        conversation(office, day)
    told = on(office, "2026-07-20").run("ana", *CALL, "--next", "Send the contract", "--due", "2026-08-01").out
    assert "once accepted" not in told and "whatever you log: its protection ends; longer: sr extend widget." in told
    office.run("ana", "submit")
    assert 'extensions: "1"' in held(office)
    waits = office.run("ana", "extend", "widget", *AGAIN).out
    assert "waits for manager or sales ops" in waits
    assert "Sent, not accepted yet: Extend d-widget.com" in office.run("ana", "status").out
    assert "2026-07-30" in office.run("ana", "status").out  # not longer before somebody agreed
    assert (
        "A change of your claim of d-widget.com is not accepted yet"
        in office.run("ana", "extend", "widget", *AGAIN, code=3).err
    )
    conversation(office, "2026-07-20")  # it gains nothing before that, and is not in the way
    number = str(office.run("max", "review", "list", "--json").json["proposals"][0]["number"])
    office.run("max", "review", "approve", number)
    office.run("max", "review", "merge", number)
    assert 'extensions: "2"' in held(office) and 'until: "2026-08-19"' in held(office)
    office.run("ana", "sync")
    assert office.outbox("ana") == {} and "2026-08-19" in office.run("ana", "status").out


def test_an_extension_needs_a_dated_step(office: Office) -> None:
    office.run("ana", *LEAD, *EVIDENCE)
    assert "Give it with --next." in office.run("ana", "extend", "widget", code=2).err
    assert "Give it with --due." in office.run("ana", "extend", "widget", "--next", "Call", code=2).err
    assert "You do not hold" in office.run("ben", "extend", "widget", *STEP, code=3).err


def test_a_deal_at_proposal_lifts_the_limits(office: Office) -> None:
    change_terms(office, "protection_days: 90", "protection_days: 20")
    office.run("ana", *LEAD, *EVIDENCE)
    conversation(office, "2026-03-08")
    assert 'until: "2026-03-22"' in held(office)
    office.run("ana", "log", "deal", "widget", "--product", "pro")
    office.run("ana", "submit")
    assert 'until: "2026-03-22"' in held(office)
    (office.top / "dana" / "policy" / "pipeline.yml").write_text(STAGES)  # what a stage takes is another matter
    office.run("dana", "submit")
    office.run("ana", "sync")
    office.run("ana", "stage", "widget/1", "proposal")
    office.run("ana", "submit")
    assert 'until: "2026-04-07"' in held(office)
    assert "(30 days after your last conversation)" in office.run("ana", "show", "widget").out
    told = office.run("ana", "extend", "widget", *STEP, code=3).err
    assert "It needs no extension: a deal at proposal or later keeps it." in told


def test_who_bought_is_a_customer_from_the_next_conversation_on(office: Office) -> None:
    office.run("ana", *LEAD, *EVIDENCE)
    office.confirm("d-widget.com")
    (office.top / "dana" / "policy" / "pipeline.yml").write_text(STAGES)
    office.run("dana", "submit")
    office.run("ana", "sync")
    office.run("ana", "log", "deal", "widget", "--product", "pro")
    office.run("ana", "win", "widget/1", "--order", "PO-1")
    office.run("ana", "submit")
    number = str(office.run("fay", "review", "list", "--json").json["proposals"][-1]["number"])
    office.run("fay", "review", "approve", number)
    office.run("fay", "review", "merge", number)
    office.run("ana", "sync")
    conversation(office, "2026-03-05")
    told = office.run("ana", "show", "widget").out
    assert "yours until 2027-03-05 (your customer: 365 days after your last conversation)." in told
    assert "your customer" in office.run("ana", "status").out
    assert "it is your customer." in office.run("ana", "extend", "widget", *STEP, code=3).err
    assert "Give it with --yes." in office.run("ana", "release", "widget", code=2).said
    assert "Give it with --yes." in office.run("ana", "release", "widget", "--json", code=2).said
    assert "would be given back" in office.run("ana", "release", "widget", "--dry-run").out
    assert "is given back." in office.run("ana", "release", "widget", "--yes").out


def test_who_gave_a_lead_up_waits_and_a_colleague_may_have_it(office: Office) -> None:
    office.run("ana", *LEAD, *EVIDENCE)
    office.run("ana", "release", "widget")
    told = office.run("ana", *LEAD, code=3).out
    assert "was not accepted: Ana Lima had d-widget.com until 2026-03-02 and may take it again from 2026-04-02" in told
    office.run("ana", "undo", "widget")
    assert "is reserved for you" in office.run("ben", *LEAD).out


def test_without_a_cooldown_what_was_given_back_goes_on_as_it_was(office: Office) -> None:
    change_terms(office, "cooldown_days: 30\n", "")
    office.run("ana", *LEAD, *EVIDENCE)
    conversation(office, "2026-03-05")
    office.run("ana", "release", "widget")
    told = on(office, "2026-03-20").run("ana", *LEAD).out
    assert "is yours until 2026-04-04 (30 days after your last conversation)." in told
    assert 'since: "2026-03-02"' in held(office) and "ended" not in held(office)


def test_a_sixth_reserved_lead_is_one_too_many(office: Office) -> None:
    change_terms(office, "most: 5", "most: 2")
    for name in ("one", "two"):
        office.run("ana", "claim", f"{name}.com", "--country", "US")
    told = office.run("ana", *LEAD, code=3).out
    assert "was not accepted: Ana Lima would have 3 reserved claims; 2 are the most." in told
    assert "Next: Log a conversation with one of them, or claim with --evidence." in told


def test_who_is_over_the_limit_takes_no_more_and_keeps_what_they_have(office: Office) -> None:
    change_terms(office, "  default:\n    open: 25\n", "  default:\n    open: 1\n")
    office.run("ana", *LEAD, *EVIDENCE)
    told = office.run("ana", "claim", "gadget.com", "--country", "US", *EVIDENCE, code=3).out
    assert "Ana Lima would hold 2 open claims; 1 are the most without a certificate." in told
    office.run("ana", "undo", "gadget")
    assert "accepted" in conversation(office, "2026-03-03")


def test_a_lead_that_the_company_keeps_out_is_refused_with_its_reason(office: Office) -> None:
    lock = office.top / "dana" / EXCLUSION.path.fill(account="d-widget.de")
    lock.parent.mkdir(parents=True)
    lock.write_text("account: d-widget.de\nalso: [n-us-widget]\nreason: competitor\nwhy: They build the same\n")
    office.run("dana", "submit")
    told = office.run("ana", *LEAD, code=3).out
    says = "d-widget.com, known as d-widget.de, is a competitor (They build the same), so nobody claims it."
    assert f"was not accepted: {says}" in told


@pytest.mark.parametrize("word", [("call", "--outcome", "voicemail"), ("email", "--outcome", "sent"), ("note",)])
def test_what_renews_nothing_does_not_say_that_it_did(office: Office, word: tuple[str, ...]) -> None:
    office.run("ana", *LEAD, *EVIDENCE)
    told = office.run("ana", "log", word[0], "widget", "Hello", *word[1:], "--next", "Call", "--due", "2026-03-20").out
    assert "Renewed" not in told and "Yours until 2026-03-09" in told
    office.run("ana", "submit")
    assert 'until: "2026-03-09"' in held(office)


def test_what_was_noted_before_is_not_forgotten(office: Office) -> None:
    office.run("ana", *LEAD)
    on(office, "2026-03-03").run("ana", "log", "meeting", "widget", "We met", "--on", "2026-03-02")
    told = office.run("ana", "log", "call", "widget", "Again", "--outcome", "voicemail").out
    assert "until 2026-04-01 once what you noted is accepted." in told
    office.run("ana", "submit")
    assert 'until: "2026-04-01"' in held(office)


def test_what_ends_soon_is_told_soonest_first(office: Office) -> None:
    office.run("ana", *LEAD, *EVIDENCE)
    office.run("ana", "claim", "apt.com", "--company", "Apt", "--country", "US")
    told = office.run("ana", "status").out
    assert "Ends soon: Apt on 2026-03-05, Widget on 2026-03-09" in told


def test_a_name_alone_says_why_it_is_kept_for_a_shorter_time(office: Office) -> None:
    office.run("ana", "claim", "Nordwind", "--country", "US", *EVIDENCE)
    on(office, "2026-03-04").run("ana", "log", "call", "nordwind", "Hello")
    office.run("ana", "submit")
    told = office.run("ana", "show", "nordwind").out
    assert "until 2026-03-18 (14 days after your last conversation, because only its name is known)." in told


def test_logging_knows_the_terms_without_asking_anybody(office: Office) -> None:
    office.run("ana", *LEAD)
    office.forge.rename(office.top / "away")
    nothing = office.top / "empty"
    nothing.mkdir()
    reply = office.process("ana", *CALL, env={"PATH": str(nothing)})
    assert (reply.code, reply.err) == (0, "") and "Renewed to 2026-04-01 once accepted." in reply.out


def test_an_index_of_another_version_is_written_anew(office: Office) -> None:
    office.run("ana", *LEAD)
    index = office.folder("ana") / "index.json"
    index.write_text(index.read_text().replace('"version": 2', '"version": 1'))
    assert "another version" in office.run("ana", *CALL, code=3).err
    office.run("ana", "sync")
    office.run("ana", *CALL)
