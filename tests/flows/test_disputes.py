"""Has each dispute a name of its own, is it answered once, decided by who may, and settled before anybody leaves?"""

from tests.helpers.office import Office, office_after

GROUND = ("--ground", "source", "-m", "They came to my stand.")
LEADS = ("gamma.com", "delta.com")


@office_after
def disputed(office: Office) -> None:
    """Ana holds two leads more, and Ben disputes both on one day."""
    for lead in LEADS:
        office.run("ana", "claim", lead, "--company", lead.partition(".")[0].title(), "--country", "US")
    for lead in LEADS:
        office.run("ben", "dispute", lead, *GROUND)
    for who in ("ana", "dana"):
        office.run(who, "sync")


def test_two_disputes_of_one_day_have_names_of_their_own(disputed: Office) -> None:
    listed = disputed.run("dana", "dispute", "list", "--json").json["disputes"]
    assert {one["account"]: one["id"] for one in listed} == {
        "d-gamma.com": "ben-2026-03-02",
        "d-delta.com": "ben-2026-03-02-2",
    }
    assert "Delta (d-delta.com)" in disputed.run("dana", "dispute", "show", "ben-2026-03-02-2").out


def test_disputes_that_share_a_name_are_told_apart_by_their_lead(disputed: Office) -> None:
    """As earlier versions wrote them."""
    ((path, data),) = [one for one in disputed.files("disputes/").items() if "d-delta.com" in one[0]]
    ben = disputed.top / "ben"
    disputed.run("ben", "sync")
    (ben / path).unlink()
    disputed.run("ben", "submit")
    same = ben / path.replace("ben-2026-03-02-2", "ben-2026-03-02")
    same.parent.mkdir(parents=True, exist_ok=True)
    same.write_bytes(data.replace(b"ben-2026-03-02-2", b"ben-2026-03-02"))
    disputed.run("ben", "submit")
    disputed.run("dana", "sync")
    ids = [one["id"] for one in disputed.run("dana", "dispute", "list", "--json").json["disputes"]]
    assert ids == ["d-delta.com/ben-2026-03-02", "d-gamma.com/ben-2026-03-02"]
    refused = disputed.run("dana", "dispute", "show", "ben-2026-03-02", code=3).said
    assert ids[0] in refused and ids[1] in refused
    words = ("--for", "ana", "--ground", "earlier_claim", "--why", "She was first.")
    assert "Gamma (d-gamma.com) is Ana Lima's." in disputed.run("dana", "dispute", "decide", ids[1], *words).out
    assert "Delta (d-delta.com)" in disputed.run("dana", "dispute", "show", "ben-2026-03-02").out  # the one still open


def test_who_has_answered_is_not_asked_again_and_shows_nothing_twice(disputed: Office) -> None:
    answer = ("dispute", "gamma.com", "--ground", "source", "-m", "I met them before.")
    assert "Next: sr dispute d-gamma.com" in disputed.run("ana", "status").out
    disputed.run("ana", *answer)
    disputed.run("ana", "sync")
    told = disputed.run("ana", "status").out
    assert "Ben Okoye disputes your claim on d-gamma.com. You have answered; to be decided by 2026-03-05." in told
    assert "Next: sr dispute d-gamma.com" not in told and "Next: sr dispute d-delta.com" in told
    assert "You have shown that already." in disputed.run("ana", *answer, code=3).said


def test_a_decision_is_for_a_party_and_names_both_shares(disputed: Office) -> None:
    decide = ("dispute", "decide", "gamma.com", "--ground", "source", "--why", "Fair")
    assert "Give it with --for." in disputed.run("dana", "dispute", "decide", "gamma.com", "--why", "x", code=2).said
    stranger = disputed.run("dana", *decide, "--for", "fay", code=3).said
    assert "fay is no party to it." in stranger and "Ben Okoye (ben) or Ana Lima (ana)" in stranger
    half = disputed.run("dana", *decide, "--for", "ben", "--share", "ana:30%", code=3).said
    assert "--share ana:30% --share ben:SHARE" in half
    silent = disputed.run("dana", *decide, "--for", "ana", code=3).said
    assert "Choose what they have shown: earlier_claim." in silent


def test_what_is_disputed_stays_until_it_is_decided_when_its_holder_leaves(disputed: Office) -> None:
    told = disputed.run("dana", "node", "offboard", "ana", "--to", "max", "--dry-run").said
    assert "d-gamma.com stays as it is until it is decided whether it is Ben Okoye's" in told
    assert "salesrepo dispute decide ben-2026-03-02-2." in told
    assert "(ana)" not in told
    later = disputed.run("dana", "node", "offboard", "ana", "--from", "2026-03-10", "--dry-run").said
    assert "Ben Okoye disputes d-gamma.com, to be decided first" in later
    assert "Ben Okoye disputes d-gamma.com" in disputed.run("dana", "node", "offboard", "ben", "--dry-run").said


def test_a_dispute_ends_when_the_lead_passes_to_who_disputes_it(disputed: Office) -> None:
    disputed.run("dana", "node", "offboard", "ana", "--to", "ben")
    for waits in disputed.run("max", "review", "list", "--json").json["proposals"]:
        disputed.run("max", "review", "approve", str(waits["number"]))
        disputed.run("max", "review", "merge", str(waits["number"]))
    disputed.run("ben", "sync")
    assert "disputes your claim" not in disputed.run("ben", "status").out
    disputed.run("dana", "sync")
    assert "Nothing is disputed." in disputed.run("dana", "dispute", "list").out
