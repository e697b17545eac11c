"""Is what becomes due for a claim right on each day, once, and never early?"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.kinds.place_in_queue import PlaceInQueue
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy, Reserve
from salesrepo.domain.transitions import Around, due, granted, may_get_days_back, reviewed_days
from tests.domain.claims import DAY, held_claim

POLICY = ClaimsPolicy(
    days=30, name_key_days=14, review_days=3, meaningful=("demo",), hard_limit_days=60, customer_days=365
)
CLAIM = held_claim(until=DAY + timedelta(days=30))
PLACE = PlaceInQueue(account="d-acme.com", layer="core", node="ben", place=1, asked=DAY, territory="world/open")


def test_on_its_last_day_a_claim_is_kept_and_the_day_after_it_lapses() -> None:
    assert due(CLAIM, POLICY, CLAIM.until, Around()) is None
    after = CLAIM.until + timedelta(days=1)
    found = due(CLAIM, POLICY, after, Around())
    assert found is not None and found.steps == ("lapsed",)
    assert found.claim == replace(CLAIM, status="released", ended=CLAIM.until, ending="lapsed")
    late = due(CLAIM, POLICY, after + timedelta(days=40), Around())
    assert late is not None and late.claim == found.claim, "its last day stays, however late somebody looks"


def test_the_first_in_the_queue_gets_it_instead() -> None:
    after = CLAIM.until + timedelta(days=1)
    heir = granted(PLACE, POLICY, after)
    found = due(CLAIM, POLICY, after, Around(heir=heir))
    assert found is not None and found.steps == ("granted",) and found.claim.holder == "ben"
    assert (heir.since, heir.renewed, heir.until) == (after, after, after + timedelta(days=30))
    assert due(CLAIM, POLICY, CLAIM.until, Around(heir=heir)) is None


def test_where_claims_are_reserved_first_so_is_one_that_is_granted() -> None:
    policy = replace(POLICY, reserve=Reserve(days=3, most=5))
    heir = granted(PLACE, policy, DAY)
    assert heir.standing == "reserved" and heir.until == DAY + timedelta(days=3)


def test_days_given_back_and_a_sale_keep_a_claim_that_would_have_lapsed() -> None:
    after = CLAIM.until + timedelta(days=1)
    back = due(CLAIM, POLICY, after, Around(reviewed=2))
    assert back is not None and back.steps == ("given_back",) and back.claim.until == CLAIM.until + timedelta(days=2)
    sold = due(CLAIM, POLICY, after, Around(reviewed=2, bought=True))
    assert sold is not None and sold.steps == ("given_back", "customer") and sold.claim.standing == "customer"
    assert sold.claim.until == DAY + timedelta(days=365 + 2)


def test_a_deal_that_is_far_enough_lifts_the_hard_limit() -> None:
    renewed = replace(CLAIM, renewed=DAY + timedelta(days=50), until=DAY + timedelta(days=60))
    kept = due(renewed, POLICY, DAY + timedelta(days=55), Around(advanced=True))
    assert kept is not None and kept.steps == ("kept",) and kept.claim.until == DAY + timedelta(days=80)


def test_what_was_given_up_and_has_nobody_waiting_stays_so() -> None:
    assert due(replace(CLAIM, status="released"), POLICY, DAY, Around()) is None


def test_who_sells_there_no_longer_keeps_it_up_to_the_day_that_is_left_to_them() -> None:
    last = DAY + timedelta(days=10)
    assert due(CLAIM, POLICY, last, Around(ground=last)) is None
    found = due(CLAIM, POLICY, last + timedelta(days=1), Around(ground=last))
    assert found is not None and found.steps == ("territory",)
    assert found.claim == replace(CLAIM, status="released", ended=last + timedelta(days=1), ending="territory")
    heir = granted(PLACE, POLICY, last + timedelta(days=1))
    turn = due(CLAIM, POLICY, last + timedelta(days=1), Around(ground=last, heir=heir))
    assert turn is not None and turn.steps == ("granted",) and turn.claim == heir


def test_what_lapsed_first_has_lapsed() -> None:
    after = CLAIM.until + timedelta(days=5)
    for ground, how in ((CLAIM.until, "lapsed"), (CLAIM.until - timedelta(days=1), "territory")):
        found = due(CLAIM, POLICY, after, Around(ground=ground))
        assert found is not None and found.claim.ending == how


def test_a_customer_stays_whoever_sells_there() -> None:
    today = DAY + timedelta(days=10)
    customer = replace(CLAIM, standing="customer")
    assert due(customer, POLICY, today, Around(ground=DAY)) is None
    sold = due(CLAIM, POLICY, today, Around(ground=DAY, bought=True))
    assert sold is not None and sold.steps == ("customer",)


def test_a_review_counts_in_whole_days_however_long_it_took() -> None:
    spans = [reviewed_days(DAY, DAY + timedelta(days=days)) for days in (-1, 0, 1, 3, 9, 400)]
    assert spans == [0, 0, 1, 3, 9, 365]
    assert may_get_days_back(CLAIM, POLICY, DAY + timedelta(days=33))
    assert not may_get_days_back(CLAIM, POLICY, DAY + timedelta(days=34))
    assert not may_get_days_back(replace(CLAIM, given_back=1), POLICY, DAY)


@settings(max_examples=150)
@given(
    past=st.integers(-5, 120),
    reviewed=st.integers(0, 3),
    bought=st.booleans(),
    advanced=st.booleans(),
    waits=st.booleans(),
    left=st.none() | st.integers(-40, 130),
)
def test_what_was_written_down_is_not_due_again(
    past: int, reviewed: int, left: int | None, *, bought: bool, advanced: bool, waits: bool
) -> None:
    today = CLAIM.until + timedelta(days=past)
    heir = granted(PLACE, POLICY, today) if waits else None
    ground = None if left is None else CLAIM.until + timedelta(days=left)
    around = Around(reviewed=reviewed, bought=bought, advanced=advanced, heir=heir, ground=ground)
    found = due(CLAIM, POLICY, today, around)
    if found is None:
        assert CLAIM.until >= today
        return
    assert found.claim.status == "released" or found.claim.until >= today
    own = Around(reviewed=reviewed, bought=bought, advanced=advanced, ground=ground)
    later = own if found.claim.holder == "ana" else Around()
    assert due(found.claim, POLICY, today, later) is None
