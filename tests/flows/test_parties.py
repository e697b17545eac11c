"""Do claims pass between people as both agreed: given back, queued for, transferred, referred?"""

from datetime import date, timedelta

from tests.helpers.office import Office
from tests.helpers.words import git_words


def on(office: Office, days: int) -> Office:
    """The same company so many days after it was built."""
    office.now = f"{date(2026, 3, 2) + timedelta(days=days)}T12:00:00Z"
    return office


def told(office: Office, who: str, *words: str, code: int = 0) -> str:
    """What a seller reads; it never speaks of Git."""
    said = office.run(who, *words, code=code).said
    assert git_words(said) == [], said
    return said


# --- giving back -----------------------------------------------------------------------------------------------------


def test_an_account_is_given_back_and_free_for_the_next(office: Office) -> None:
    assert "is given back." in told(office, "ana", "release", "acme", "-m", "No budget this year")
    claim = office.file("d-acme.com/core.yml")
    assert "status: released" in claim and "ending: given_up" in claim and 'ended: "2026-03-02"' in claim
    assert "No budget this year" in claim
    assert not [path for path in office.files("holds/") if "/ana/" in path]
    assert "You hold no accounts yet" in told(office, "ana", "status")
    assert "is yours until" in told(office, "ben", "claim", "acme.com")


def test_what_has_an_open_deal_is_not_given_back(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    said = told(office, "ana", "release", "acme", code=3)
    assert "Acme has open deals: acme/1." in said and "sr lose" in said
    office.run("ana", "lose", "acme/1", "--reason", "No budget")
    office.run("ana", "submit")


def test_offline_it_is_noted_and_goes_out_later(office: Office) -> None:
    office.forge.rename(office.top / "away")
    assert "is noted as given back, not sent yet" in told(office, "ana", "release", "acme")
    (office.top / "away").rename(office.forge)
    assert "accepted" in office.run("ana", "submit").out
    assert "status: released" in office.file("d-acme.com/core.yml")


def test_what_is_not_ones_own_is_not_given_back(office: Office) -> None:
    assert "You do not hold Acme." in told(office, "ben", "release", "acme.com", code=3)
    office.run("ana", "release", "acme", "--dry-run")
    assert "status: held" in office.file("d-acme.com/core.yml")


# --- waiting ---------------------------------------------------------------------------------------------------------


def test_who_waits_first_gets_a_lead_that_was_given_back(office: Office) -> None:
    said = told(office, "ben", "claim", "acme.com", code=4)
    assert "Next: wait for it (sr claim d-acme.com --queue)" in said
    assert "nobody before you" in told(office, "ben", "claim", "acme.com", "--queue")
    assert "Acme (d-acme.com)" in told(office, "ben", "status")
    assert "Ben Okoye waits for it first." in told(office, "ana", "release", "acme")
    refused = told(office, "ana", "claim", "acme.com", code=3)
    assert "It is Ben Okoye's turn" in refused
    assert "is yours until" in told(office, "ben", "claim", "acme.com")
    assert not [path for path in office.files() if ".queue/" in path or path.startswith("waits/")]


def test_a_place_is_left_and_the_sweep_gives_the_lead_to_the_next(office: Office) -> None:
    office.run("ben", "claim", "acme.com", "--queue")
    assert "do not wait for Acme (d-acme.com) any more" in told(office, "ben", "release", "acme.com")
    office.run("ben", "claim", "acme.com", "--queue")
    on(office, 91)
    assert "passes to ben, who waited first" in office.run("", "ci", "sweep", "--forge", "forge", "--dry-run").out
    done = office.run("", "ci", "sweep", "--forge", "forge").out
    assert "d-acme.com (core) passes to ben, who waited first: written down." in done
    claim = office.file("d-acme.com/core.yml")
    assert "holder: ben" in claim and 'since: "2026-06-01"' in claim
    main = office.main()
    assert office.run("", "ci", "sweep", "--forge", "forge").out == "Nothing is due.\n" and office.main() == main


# --- the sweep -------------------------------------------------------------------------------------------------------


def test_the_sweep_releases_what_lapsed_and_nothing_a_day_early(office: Office) -> None:
    on(office, 90)
    early = office.run("", "ci", "sweep", "--forge", "forge").out
    assert "ends on 2026-05-31" in early and "lapsed" not in early
    on(office, 91)
    done = office.run("", "ci", "sweep", "--forge", "forge", "--json").json
    assert sorted(one["account"] for one in done["due"]) == ["d-acme.com", "d-beta.com"]
    assert done["changed"] and len(done["landings"]) == 1
    assert "ending: lapsed" in office.file("d-acme.com/core.yml")
    assert office.run("dana", "commission", "verify").out


# --- transfers -------------------------------------------------------------------------------------------------------


def test_a_transfer_waits_for_the_receiver_and_takes_the_deals_along(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    said = told(office, "ana", "transfer", "acme", "--to", "ben", "--share", "20%", "--until", "2026-12-31")
    assert "is offered to Ben Okoye with 1 open deal." in said
    assert "acme/1" in told(office, "ana", "status")
    office.run("ben", "sync")
    assert "sr transfer d-acme.com --accept" in told(office, "ben", "status")
    assert "keeping 20% until 2026-12-31" in told(office, "ben", "transfer")
    assert "is yours." in told(office, "ben", "transfer", "acme.com", "--accept")
    claim, deal = office.file("claims", "d-acme.com/core.yml"), office.file("deals", "d-acme.com-1")
    assert "holder: ben" in claim and 'since: "2026-03-02"' in claim and "ending: transferred" in claim
    assert "node: ben" in deal and "node: ana" not in deal
    assert "acme/1" in told(office, "ben", "status")


def test_who_declines_leaves_it_where_it_is(office: Office) -> None:
    office.run("ana", "transfer", "acme", "--to", "ben")
    assert "Acme stays with Ana Lima." in told(office, "ben", "transfer", "acme.com", "--decline", "-m", "Too far away")
    assert "holder: ana" in office.file("claims", "d-acme.com/core.yml")
    assert "Nothing waits." in told(office, "ben", "transfer")
    office.run("ana", "sync")
    assert "Ben Okoye did not take over Acme (d-acme.com): Too far away" in told(office, "ana", "status")
    on(office, 8).run("ana", "sync")
    assert "did not take over" not in told(office, "ana", "status")
    assert "Nobody offers you Acme." in told(office, "ben", "transfer", "acme.com", "--accept", code=3)


# --- referrals -------------------------------------------------------------------------------------------------------


def test_a_referral_is_remembered_in_the_claim(office: Office) -> None:
    said = told(office, "ana", "refer", "widget.com", "--to", "ben", "--country", "US", "-m", "Ask for Pat")
    assert "is referred to Ben Okoye. It counts once they accept." in said
    assert "Policy promises nothing for it." in said
    assert not office.files("referrals/")
    office.run("ben", "sync")
    assert "(d-widget.com). Next: sr refer d-widget.com --accept" in told(office, "ben", "status")
    assert "Nothing waits." in told(office, "ben", "transfer")
    assert "Nobody refers Acme to you." in told(office, "ben", "refer", "acme.com", "--accept", code=3)
    assert "would be referred to you by Ana Lima." in told(
        office, "ben", "refer", "widget.com", "--accept", "--dry-run"
    )
    assert "is referred to you by Ana Lima." in told(office, "ben", "refer", "widget.com", "--accept")
    assert "sr refer" not in told(office, "ben", "status")
    assert "is yours until" in told(office, "ben", "claim", "widget.com")
    assert "referred_by: ana" in office.file("claims", "d-widget.com/core.yml")
    assert "has claimed the lead on this referral" in told(office, "ana", "refer", "widget.com", "--withdraw", code=3)


def test_what_policy_promises_for_a_referral_is_said_before_and_after(shipped: Office) -> None:
    promised = "In each deal that they win on it by 2027-03-02 you are credited with 10% as referrer."
    words = ("ana", "refer", "widget.com", "--to", "ben", "--country", "US")
    assert f"would be referred to Ben Okoye. {promised}" in told(shipped, *words, "--dry-run")
    plain = shipped.run(*words, "--dry-run", "--json").json
    assert (plain["share"], plain["role"], plain["until"]) == ("10%", "referrer", "2027-03-02")
    assert promised in told(shipped, *words)


def test_an_unused_referral_is_withdrawn(office: Office) -> None:
    office.run("ana", "refer", "widget.com", "--to", "ben", "--country", "US")
    assert "is not referred to Ben Okoye any more." in told(office, "ana", "refer", "widget.com", "--withdraw")
    assert "is not known here" in told(office, "ben", "refer", "widget.com", "--accept", code=3)
    office.run("ana", "refer", "widget.com", "--to", "ben", "--country", "US")
    office.run("ben", "refer", "widget.com", "--accept")
    office.run("ana", "sync")
    assert "is not referred to Ben Okoye any more." in told(office, "ana", "refer", "widget.com", "--withdraw")
    assert not office.files("referrals/")
    assert "Nobody refers a lead to themselves" in told(office, "ana", "refer", "widget.com", "--to", "ana", code=3)


def test_a_referral_binds_nobody_who_says_no_and_hits_no_claim_that_waits(office: Office) -> None:
    office.run("ben", "claim", "acme.org", "--company", "Acme", "--country", "US", "--not-same", "acme.com")
    office.run("ana", "refer", "acme.org", "--to", "ben", "--company", "Acme", "--country", "US", "--json")
    office.run("ana", "refer", "widget.com", "--to", "ben", "--country", "US")
    for who in ("dana", "max"):
        (number, *_) = [one["number"] for one in waiting(office, who) if "widget" in str(one)]
        office.run(who, "review", "approve", str(number), code=3)
    assert "is not referred to you by Ana Lima." in told(
        office, "ben", "refer", "widget.com", "--decline", "-m", "I know them"
    )
    assert "Ben Okoye did not take over widget.com (d-widget.com): I know them" in told(office, "ana", "sync") + told(
        office, "ana", "status"
    )
    assert "is yours until" in told(office, "ben", "claim", "widget.com", "--country", "US")
    (number,) = [one["number"] for one in waiting(office, "dana") if one["title"] == "Claim d-acme.org"]
    office.run("dana", "review", "approve", str(number))
    assert office.run("dana", "review", "merge", str(number)).code == 0


def waiting(office: Office, who: str) -> list[dict[str, object]]:
    """What waits for somebody's word."""
    found: list[dict[str, object]] = office.run(who, "review", "list", "--json").json["proposals"]
    return found


# --- disputes --------------------------------------------------------------------------------------------------------


def test_a_dispute_is_stated_answered_and_decided(office: Office) -> None:
    said = told(
        office, "ben", "dispute", "acme.com", "--ground", "customer_preference", "-m", "They wrote that they want me"
    )
    assert "what you say is on record. It is decided by 2026-03-05." in said
    office.run("ana", "sync")
    assert "It is disputed by Ben Okoye (core), to be decided by 2026-03-05." in told(office, "ana", "show", "acme.com")
    assert "Ben Okoye disputes your claim on d-acme.com." in told(office, "ana", "status")
    office.run("ana", "log", "call", "acme", "The third this week")
    shows = ("dispute", "acme.com", "--ground", "activity", "-m", "Three calls in a week", "--activity", "last")
    assert "not accepted yet" in told(office, "ana", *shows, code=3)
    office.run("ana", "submit")
    office.run("ana", *shows)
    office.run("dana", "sync")
    assert "ben-2026-03-02" in office.run("dana", "dispute", "list").out
    assert "Three calls in a week (2026-03-02)" in office.run("dana", "dispute", "show", "acme.com").out
    on(office, 4)
    warned = office.run("", "ci", "sweep", "--forge", "forge", "--dry-run", "--json").json["warnings"]
    assert [(one["what"], one["account"], one["day"]) for one in warned] == [
        ("dispute_overdue", "d-acme.com", "2026-03-05")
    ]
    words = ("--for", "ben", "--ground", "customer_preference", "--why", "The customer chose.")
    done = office.run("dana", "dispute", "decide", "acme.com", *words, "--share", "ben:60%", "--share", "ana:40%")
    assert "is Ben Okoye's." in done.out
    claim = office.file("claims", "d-acme.com/core.yml")
    assert "holder: ben" in claim and "ending: decided" in claim
    assert "Nothing is disputed." in office.run("dana", "dispute", "list").out


# --- why -------------------------------------------------------------------------------------------------------------


def test_why_somebody_has_a_lead_is_told_in_words(office: Office) -> None:
    office.run("ana", "sync")
    said = told(office, "ben", "why", "acme.com")
    assert (
        "Ana Lima has it since 2026-03-02." in said and "Ana Lima was the first to ask, accepted on 2026-03-02." in said
    )
    assert "It lies in Open market, which has what no other territory has" in said
    assert (
        "confirmed by Dana Reyes on 2026-03-02" in said
        and "It ends on 2026-05-31, if nobody talks to them again" in said
    )
    plain = office.run("ben", "why", "acme.com", "--json").json
    assert plain["steps"][0]["proposal"] > 0 and plain["bound"] == "activity" and plain["ground"]["commit"]
    assert plain["steps"][0]["commit"] in office.run("ben", "why", "acme.com", "--verbose").out


def test_why_tells_of_a_transfer(office: Office) -> None:
    office.run("ana", "transfer", "acme", "--to", "ben")
    office.run("ben", "transfer", "acme.com", "--accept")
    assert "It was handed to Ben Okoye on 2026-03-02 by Ana Lima, agreed by Ben Okoye." in told(
        office, "ben", "why", "acme.com"
    )


# --- what is owed, and what is given back ----------------------------------------------------------------------------


def policy(office: Office, text: str) -> None:
    """Sales operations add to the terms of claims."""
    office.run("dana", "sync")
    path = office.top / "dana" / "policy" / "claims.yml"
    path.write_text(path.read_text() + text)
    office.run("dana", "submit")


def test_a_won_deal_credits_who_brought_the_lead_and_who_handed_it_over(office: Office) -> None:
    policy(office, "referral:\n  role: referrer\n  share: 10%\n  days: 365\n")
    office.run("ana", "refer", "widget.com", "--to", "ben", "--country", "US")
    office.run("ben", "refer", "widget.com", "--accept")
    office.run("ben", "claim", "widget.com")
    office.confirm("d-widget.com")
    office.run("ben", "sync")
    office.run("ben", "log", "deal", "widget", "--product", "pro")
    office.run("ben", "win", "widget/1", "--order", "PO-1")
    office.run("ben", "submit")
    endless = office.run("ana", "transfer", "acme", "--to", "ben", "--share", "20%", code=2)
    assert "--until 2027-03-02 at the latest" in endless.said
    office.run("ana", "transfer", "acme", "--to", "ben", "--share", "20%", "--until", "2027-03-02")
    office.run("ben", "transfer", "acme.com", "--accept")
    office.run("ben", "log", "deal", "acme", "--product", "pro")
    assert "Credited as well: Ana Lima, 20% as closer." in told(office, "ben", "win", "acme/1", "--order", "PO-2")
    deals = "".join(
        (office.note("ben", path) or b"").decode() for path in office.outbox("ben") if path.startswith("deals/")
    )
    assert 'node: ana\n    role: referrer\n    share: "10%"' in deals
    for node, share in (("ben", "80%"), ("ana", "20%")):
        assert f'node: {node}\n    role: closer\n    share: "{share}"' in deals


def test_a_colleague_in_between_ends_no_cooldown(office: Office) -> None:
    policy(office, "cooldown_days: 30\n")
    told(office, "ana", "release", "acme")
    told(office, "ben", "claim", "acme.com")
    on(office, 2)
    said = told(office, "ben", "transfer", "acme", "--to", "ana", code=3)
    assert "Ana Lima had d-acme.com until 2026-03-02 and may take it again from 2026-04-02 on." in said
    told(office, "ben", "release", "acme")
    assert "may take it again from 2026-04-02 on." in told(office, "ana", "claim", "acme.com", code=3)


def test_the_days_of_a_review_are_given_back_and_no_more(office: Office) -> None:
    twin = ("acme.org", "--company", "Acme", "--country", "US", "--not-same", "acme.com")
    office.run("ana", "claim", *twin)
    on(office, 5)
    number = str(office.run("dana", "review", "list", "--json").json["proposals"][0]["number"])
    office.run("dana", "review", "approve", number)
    office.run("dana", "review", "merge", number)
    assert 'given_back: "0"' in office.file("claims", "d-acme.org/core.yml")
    done = office.run("", "ci", "sweep", "--forge", "forge", "--json").json
    assert [(one["account"], one["steps"]) for one in done["due"]] == [("d-acme.org", ["given_back"])]
    claim = office.file("claims", "d-acme.org/core.yml")
    assert 'given_back: "5"' in claim and 'until: "2026-06-05"' in claim
    assert office.run("", "ci", "sweep", "--forge", "forge").out == "Nothing is due.\n"
    office.run("dana", "sync")
    assert office.run("dana", "commission", "verify").code == 0


# --- what nobody can force -------------------------------------------------------------------------------------------


def test_nobody_but_the_receiver_makes_a_transfer_real(office: Office) -> None:
    office.run("ana", "transfer", "acme", "--to", "ben")
    number = str(office.run("dana", "review", "list", "--json").json["proposals"][0]["number"])
    for who in ("dana", "max"):
        office.run(who, "review", "approve", number, code=3)
    office.run("dana", "review", "merge", number, code=3)
    assert "holder: ana" in office.file("claims", "d-acme.com/core.yml")


def test_a_lapse_one_day_early_is_refused_whoever_sends_it(office: Office) -> None:
    on(office, 90)
    office.run("dana", "sync")
    (claim,) = (office.top / "dana" / "claims").rglob("d-acme.com/core.yml")
    claim.write_text(
        claim.read_text().replace("status: held", "status: released") + 'ended: "2026-05-31"\nending: lapsed\n'
    )
    (hold,) = (office.top / "dana" / "holds").rglob("d-acme.com.core")
    hold.unlink()
    assert "is taken by Ana Lima" in office.run("dana", "submit", code=1).said
    assert "status: held" in office.file("claims", "d-acme.com/core.yml")


def test_a_place_is_given_out_in_the_order_in_which_people_ask(office: Office) -> None:
    office.run("dana", "sync")
    (residual,) = (office.top / "dana" / "territories").rglob("open.yml")
    residual.write_text(residual.read_text() + '  - {role: open_seller, node: max, starts: "2026-03-02"}\n')
    office.run("dana", "submit")
    for who, before in (("max", "nobody before you"), ("ben", "1 before you")):
        assert before in told(office, who, "claim", "acme.com", "--queue")
    assert told(office, "ana", "sync") and "Waiting for it (core): Max Weber, Ben Okoye." in told(
        office, "ana", "show", "acme"
    )
    on(office, 91)
    office.run("", "ci", "sweep", "--forge", "forge")
    assert "holder: max" in office.file("claims", "d-acme.com/core.yml")
    office.run("ben", "sync")
    assert "You wait for Acme (d-acme.com), which Max Weber has until" in told(office, "ben", "status")


def test_what_may_not_be_taken_back_at_once_is_said_before(office: Office) -> None:
    policy = office.top / "dana" / "policy" / "claims.yml"
    policy.write_text(policy.read_text() + "cooldown_days: 30\n")
    office.run("dana", "submit")
    told = office.run("ana", "release", "acme", "--dry-run").out
    assert "You may not take it back before 2026-04-02." in told and "would be given back" in told
    told = office.run("ana", "release", "acme").out
    assert told.index("You may not take it back before 2026-04-02.") < told.index("is given back.")
    office.now = "2026-04-01T12:00:00Z"
    assert "may take it again from 2026-04-02 on" in office.run("ana", "claim", "acme.com", code=3).said
    office.now = "2026-04-02T12:00:00Z"
    assert "is yours until" in office.run("ana", "claim", "acme.com").out


def test_a_second_offer_and_a_second_referral_are_told_apart_from_the_first(office: Office) -> None:
    office.run("ana", "transfer", "acme", "--to", "ben")
    told = office.run("ana", "transfer", "acme", "--to", "ben", code=3).said
    assert "You have offered d-acme.com to Ben Okoye already." in told
    office.run("ana", "refer", "widget.com", "--to", "ben", "--country", "US")
    kept = office.outbox("ana")
    said = office.run("ana", "refer", "widget.com", "--to", "ben").out
    assert "You brought it to Ben Okoye already: widget.com (d-widget.com)." in said and office.outbox("ana") == kept


def test_an_offer_is_seen_and_withdrawn_and_there_is_one_at_a_time(office: Office) -> None:
    office.run("ana", "transfer", "acme", "--to", "ben")
    keep = "sr transfer d-acme.com --withdraw"
    assert f"You offer Acme (d-acme.com) to Ben Okoye, who has not answered. To keep it: {keep}" in told(
        office, "ana", "status"
    )
    assert f"Ana Lima offers it to Ben Okoye (core), who has not answered. To keep it: {keep}" in told(
        office, "ana", "show", "acme"
    )
    second = told(office, "ana", "transfer", "acme", "--to", "max", code=3)
    assert "You have offered d-acme.com to Ben Okoye already." in second and keep in second
    assert "would not be offered" in told(office, "ana", "transfer", "acme", "--withdraw", "--dry-run")
    office.run("ben", "sync")
    assert "(core), who has not answered." in told(office, "ben", "show", "acme.com")
    assert "is not offered to Ben Okoye any more" in told(office, "ana", "transfer", "acme", "--withdraw")
    assert "You offer" not in told(office, "ana", "status") and "did not take" not in told(office, "ana", "status")
    assert "Nobody offers you Acme." in told(office, "ben", "transfer", "acme.com", "--accept", code=3)
    assert "You offer Acme to nobody." in told(office, "ana", "transfer", "acme", "--withdraw", code=3)
    assert "is offered to Ben Okoye" in told(office, "ana", "transfer", "acme", "--to", "ben")


def test_why_and_show_tell_since_when_the_holder_has_it(office: Office) -> None:
    office.run("ana", "transfer", "acme", "--to", "ben")
    on(office, 2).run("ben", "transfer", "acme.com", "--accept")
    assert "Ben Okoye has it since 2026-03-04." in told(office, "ben", "why", "acme.com")
    assert "Held by Ben Okoye since 2026-03-04" in told(office, "ben", "show", "acme.com")
