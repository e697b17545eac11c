"""Is a claim's last day what the sentences of policy/claims.yml say, however its dates fall?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.imported import Imported
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy, Extension, Reserve
from salesrepo.domain.lease import (
    extension_window,
    has_bought,
    is_advanced,
    let_go_on,
    renewal_of,
    term_of,
)
from tests.domain.claims import DAY, held_claim

CLAIM = held_claim()
SHIPPED = ClaimsPolicy(
    days=30,
    name_key_days=14,
    review_days=3,
    meaningful=("call.connected",),
    reserve=Reserve(days=3, most=5),
    first_touch_days=7,
    protection_days=90,
    extension=Extension(days=60, most=2),
    hard_limit_days=270,
    customer_days=365,
)

some = st.none() | st.integers(1, 400)
policies = st.builds(
    ClaimsPolicy,
    days=st.integers(1, 200),
    name_key_days=st.integers(1, 60),
    review_days=st.just(3),
    meaningful=st.just(("demo",)),
    reserve=st.none() | st.builds(Reserve, days=st.integers(1, 20), most=st.just(5)),
    first_touch_days=some,
    protection_days=some,
    extension=st.none() | st.builds(Extension, days=st.integers(1, 90), most=st.integers(0, 3)),
    hard_limit_days=some,
    customer_days=some,
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    worked = draw(st.integers(0, 300))
    return replace(
        CLAIM,
        account=draw(st.sampled_from(["d-acme.com", "n-us-acme"])),
        renewed=DAY + timedelta(days=worked),
        touched=draw(st.none() | st.just(DAY)),
        standing=draw(st.sampled_from(["reserved", "registered", "customer"])),
        extensions=draw(st.integers(0, 3)),
        given_back=draw(st.integers(0, 5)),
        imported=draw(st.none() | st.just(Imported(system="crm", id="1", day=DAY))),
    )


def keeps(claim: Claim, policy: ClaimsPolicy, day: date, *, advanced: bool) -> bool:
    """Whether the claim is kept on a day: every sentence of the policy, one after the other."""
    day -= timedelta(days=claim.given_back)  # the days of a review do not count
    begun, worked = (day - claim.since).days, (day - claim.renewed).days
    brought = claim.imported is not None
    if claim.standing == "customer" and policy.customer_days is not None:
        return worked <= policy.customer_days  # a customer is kept from its last renewal
    named = claim.account.startswith("n-") and not brought
    reserved = claim.standing == "reserved" and policy.reserve is not None
    untouched = not brought and claim.touched is None and claim.renewed == claim.since
    longer = claim.extensions * (policy.extension.days if policy.extension else 0)

    def over(limit: int | None, days: int = begun) -> bool:
        return limit is not None and days > limit

    ends = (
        over(policy.name_key_days if named else policy.days, worked),  # nobody has worked on it for too long
        reserved and over(policy.reserve and policy.reserve.days),  # it was only reserved
        untouched and not reserved and over(policy.first_touch_days),  # nobody has ever worked on it
        not advanced and over(policy.protection_days and policy.protection_days + longer),  # its protection is over
        not advanced and over(policy.hard_limit_days),  # no deal came of it
    )
    return not any(ends)


@settings(max_examples=300)
@given(claims(), policies, st.booleans())
def test_the_last_day_is_the_last_on_which_every_sentence_keeps_it(
    claim: Claim, policy: ClaimsPolicy, advanced: bool
) -> None:
    until = term_of(claim, policy, advanced=advanced).until
    assert keeps(claim, policy, until, advanced=advanced)
    assert not keeps(claim, policy, until + timedelta(days=1), advanced=advanced)


@settings(max_examples=150)
@given(claims(), policies, st.integers(0, 90), st.booleans())
def test_later_work_and_extensions_never_shorten(claim: Claim, policy: ClaimsPolicy, days: int, advanced: bool) -> None:
    until = term_of(claim, policy, advanced=advanced).until
    later = replace(claim, renewed=claim.renewed + timedelta(days=days))
    longer = replace(claim, extensions=claim.extensions + 1)
    assert term_of(later, policy, advanced=advanced).until >= until
    assert term_of(longer, policy, advanced=advanced).until >= until
    assert term_of(claim, policy, advanced=True).until >= until


@settings(max_examples=150)
@given(claims(), policies)
def test_nothing_but_an_advanced_deal_or_a_customer_outlives_the_hard_limit(claim: Claim, policy: ClaimsPolicy) -> None:
    bought = claim.standing == "customer" and policy.customer_days is not None
    if policy.hard_limit_days is not None and not bought:
        assert term_of(claim, policy).until <= DAY + timedelta(days=policy.hard_limit_days + claim.given_back)


@settings(max_examples=150)
@given(claims(), policies, st.integers(0, 90), st.booleans())
def test_what_a_conversation_is_worth_is_told_before_it_is_sent(
    claim: Claim, policy: ClaimsPolicy, days: int, advanced: bool
) -> None:
    worth = renewal_of(claim, policy, advanced=advanced)
    day = claim.renewed + timedelta(days=days)
    standing = "registered" if claim.standing == "reserved" else claim.standing
    worked = replace(claim, renewed=day, touched=claim.touched or day, standing=standing)
    told = day + timedelta(days=worth.days)
    if worth.limit is not None:
        told = min(told, worth.limit.until)
    assert told == term_of(worked, policy, advanced=advanced).until


@pytest.mark.parametrize(
    ("claim", "until", "bound"),
    [
        (replace(CLAIM, standing="reserved"), "2026-03-05", "reserved"),
        (CLAIM, "2026-03-09", "first_touch"),
        (replace(CLAIM, touched=DAY), "2026-04-01", "activity"),
        (replace(CLAIM, account="n-us-acme", touched=DAY), "2026-03-16", "name"),
        (replace(CLAIM, imported=Imported(system="crm", id="1", day=DAY)), "2026-04-01", "activity"),
        (replace(CLAIM, touched=DAY, renewed=date(2026, 5, 20)), "2026-05-31", "protection"),
        (replace(CLAIM, touched=DAY, renewed=date(2026, 5, 20), given_back=2), "2026-06-02", "protection"),
        (replace(CLAIM, touched=DAY, renewed=date(2026, 5, 20), extensions=1), "2026-06-19", "activity"),
        (replace(CLAIM, touched=DAY, renewed=date(2026, 11, 20), extensions=5), "2026-11-27", "hard_limit"),
        (replace(CLAIM, standing="customer", renewed=date(2026, 11, 20)), "2027-11-20", "customer"),
    ],
)
def test_the_terms_that_ship(claim: Claim, until: str, bound: str) -> None:
    found = term_of(claim, SHIPPED)
    assert (found.until.isoformat(), found.bound) == (until, bound)


def test_an_extension_may_be_asked_for_in_the_last_days_of_the_protection() -> None:
    window = extension_window(CLAIM, SHIPPED)
    assert window is not None
    assert (window.opens.isoformat(), window.closes.isoformat()) == ("2026-05-17", "2026-05-31")
    second = extension_window(replace(CLAIM, extensions=1, given_back=3), SHIPPED)
    assert second is not None
    assert (second.opens.isoformat(), second.closes.isoformat()) == ("2026-07-19", "2026-08-02")
    none = [
        (replace(CLAIM, extensions=2), SHIPPED),  # all are used
        (replace(CLAIM, standing="reserved"), SHIPPED),
        (replace(CLAIM, standing="customer"), SHIPPED),
        (CLAIM, replace(SHIPPED, extension=None)),
        (CLAIM, replace(SHIPPED, protection_days=None)),
        (CLAIM, replace(SHIPPED, hard_limit_days=90)),  # it would move nothing
    ]
    assert [extension_window(claim, policy) for claim, policy in none] == [None] * len(none)


@pytest.mark.parametrize(
    ("claim", "ended"),
    [
        (replace(CLAIM, until=date(2026, 3, 9)), None),
        (replace(CLAIM, until=date(2026, 3, 8)), "2026-03-08"),
        (replace(CLAIM, status="released", ended=date(2026, 3, 4)), "2026-03-04"),
        (replace(CLAIM, status="released", until=date(2026, 5, 31)), "2026-03-02"),  # of a time before `ended`
    ],
)
def test_when_a_claim_was_let_go(claim: Claim, ended: str | None) -> None:
    found = let_go_on(claim, date(2026, 3, 9))
    assert (found and found.isoformat()) == ended


def test_whose_deals_count() -> None:
    deal = Deal(deal="d-acme.com-1", account="d-acme.com", node="ana", stage="proposal", opened=DAY, currency="USD")
    won = replace(deal, stage="won", signed=DAY)
    assert is_advanced(CLAIM, [won, deal]) and has_bought(CLAIM, [deal, won], SHIPPED, DAY)
    for other in (replace(deal, stage="demo"), replace(deal, node="ben"), replace(deal, layer="cloud")):
        assert not is_advanced(CLAIM, [other, won])
    assert not has_bought(CLAIM, [deal, replace(won, node="ben"), replace(won, layer="cloud")], SHIPPED, DAY)
    policy = replace(SHIPPED, customer_days=365)
    for days, counts in ((0, True), (365, True), (366, False)):
        sale = replace(won, signed=DAY - timedelta(days=days))
        assert has_bought(CLAIM, [sale], policy, DAY) is counts
        assert has_bought(replace(CLAIM, standing="customer"), [sale], policy, DAY), "who is one stays one"
