"""Is the share that a cancelled or refunded deal takes back the one that its plan names?"""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.commission.billed.taking import Share, now_taken, share_taken
from salesrepo.commission.lack import LackError
from salesrepo.commission.ready.reversal import reversal_problems
from salesrepo.domain.kinds.plan_pay import AgeStep, ByAge, ReversalRules, Taking
from salesrepo.domain.statement import TakenPart
from tests.commission.test_release import billing

BEGIN = date(2027, 1, 20)
STEPS = (
    AgeStep(at_least=0, share="100%"),
    AgeStep(at_least=6, share="50%"),
    AgeStep(at_least=12, share="0%"),
)


def rule(take: Any, quota: Any = "kept") -> Taking:
    return Taking(take=take, of="booked", quota=quota)


def by_age(by: Any, *steps: AgeStep) -> ByAge:
    return ByAge(by=by, steps=steps or STEPS)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        ("2027-01-20", 1),
        ("2027-07-19", 1),
        ("2027-07-20", Fraction(1, 2)),
        ("2028-01-19", Fraction(1, 2)),
        ("2028-01-20", 0),
        ("2030-01-01", 0),
    ],
)
def test_the_age_of_the_deal_picks_the_step(day: str, share: Fraction) -> None:
    cancelled = date.fromisoformat(day)
    known = billing(starts=BEGIN, day=date(2031, 1, 1), cancelled=cancelled)
    assert share_taken(rule(by_age("months_since_start")), known, "cancelled").share == share


@pytest.mark.parametrize(
    ("by", "months", "since"),
    [
        ("months_since_start", 7, "after its start"),
        ("months_since_signed", 8, "after it was signed"),
        ("months_since_paid", 5, "after its first payment"),
    ],
)
def test_the_age_is_counted_from_the_day_that_the_rule_names(by: Any, months: int, since: str) -> None:
    known = billing(
        starts=BEGIN, signed=date(2026, 12, 24), first_paid=date(2027, 3, 20), cancelled=date(2027, 8, 25), day=BEGIN
    )
    found = share_taken(rule(by_age(by)), known, "cancelled")
    assert (found.rule, found.why) == (f"{by} {months}", f"the deal was cancelled {months} months {since}")


def test_a_deal_that_was_never_paid_has_no_age_since_it_was() -> None:
    known = billing(cancelled=date(2030, 1, 1))
    assert share_taken(rule(by_age("months_since_paid")), known, "cancelled").share == 1


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        ("40%", Share(Fraction(2, 5), "40%", "the deal was cancelled")),
        ("unreleased", Share(None, "unreleased", "the deal was cancelled")),
        ("in_proportion", Share(Fraction(1, 4), "in_proportion", "the deal was cancelled")),
        (
            "unserved",
            Share(Fraction(5, 6), "unserved", "the deal was cancelled after 6 of 36 months of service"),
        ),
    ],
)
def test_other_rules_name_the_share_themselves(take: str, expected: Share) -> None:
    known = billing(starts=BEGIN, term=36, cancelled=date(2027, 7, 20), refunded=250_000)
    assert share_taken(rule(take), known, "cancelled") == expected


def test_nothing_is_taken_while_nothing_happened() -> None:
    for take in ("40%", "in_proportion", "unserved", "unreleased", by_age("months_since_start")):
        for kind in ("cancelled", "refunded"):
            assert share_taken(rule(take), billing(), kind).share == 0


def test_refunds_count_together_and_never_above_the_whole() -> None:
    shares = [
        share_taken(rule("in_proportion"), billing(refunded=back, refunds=(BEGIN,)), "refunded").share
        for back in (1, 500_000, 1_000_000, 3_000_000)
    ]
    assert shares == [Fraction(1, 1_000_000), Fraction(1, 2), 1, 1]
    found = share_taken(rule("in_proportion"), billing(refunded=500_000, refunds=(BEGIN,)), "refunded")
    assert found.why == "5,000.00 of 10,000.00 EUR went back to the customer"


def test_a_later_refund_takes_no_smaller_share_than_an_earlier_one() -> None:
    known = billing(starts=BEGIN, refunded=1, refunds=(date(2027, 2, 1), date(2027, 9, 1)))
    assert share_taken(rule(by_age("months_since_start")), known, "refunded").share == 1
    served = share_taken(rule("unserved"), known, "refunded")
    assert (served.share, served.why.rpartition(" after ")[2]) == (Fraction(1), "0 of 12 months of service")


def test_what_was_served_is_at_most_the_term() -> None:
    assert share_taken(rule("unserved"), billing(cancelled=date(2031, 1, 1)), "cancelled").share == 0


def test_what_was_not_served_needs_a_term() -> None:
    with pytest.raises(LackError, match="term of the deal"):
        share_taken(rule("unserved"), billing(term=None, cancelled=BEGIN), "cancelled")


@pytest.mark.parametrize(
    ("part", "taken"),
    [
        (TakenPart("50%", 1_001, (1, 2), 0, 1_001), 501),
        (TakenPart("50%", 1_001, (1, 2), 300, 701), 201),
        (TakenPart("50%", 1_001, (1, 2), 600, 401), 0),  # more was taken already
        (TakenPart("100%", 900, (1, 1), 0, 500), 500),  # no more than stands: a maximum had cut the line
        (TakenPart("50%", -1_001, (1, 2), 0, -1_001), -501),
        (TakenPart("100%", 900, (1, 1), 0, -500), 0),
        (TakenPart("100%", 900, (1, 1), 0), 900),
    ],
)
def test_so_much_is_taken_now(part: TakenPart, taken: int) -> None:
    assert now_taken(part) == taken


@given(st.integers(-99_999, 99_999), st.lists(st.integers(1, 400_000), min_size=1, max_size=8))
def test_refunds_in_parts_take_what_one_refund_takes(of: int, backs: list[int]) -> None:
    taken = refunded = 0
    share = Fraction(0)
    for back in backs:
        refunded += back
        share = (
            share_taken(rule("in_proportion"), billing(refunded=refunded, refunds=(BEGIN,)), "refunded").share or share
        )
        taken += now_taken(TakenPart("in_proportion", of, share.as_integer_ratio(), taken, of - taken))
    assert taken == now_taken(TakenPart("in_proportion", of, share.as_integer_ratio(), 0, of))
    assert refunded < 1_000_000 or taken == of


@pytest.mark.parametrize(
    ("take", "route", "says", "hint"),
    [
        ("101%", ("cancelled", "take"), "more can be taken back than the whole", "at most 100%"),
        (by_age("months_since_start", *STEPS[1:]), ("cancelled", "take", "steps", 0), "begin at 0", "at_least: 0"),
        (ByAge(by="months_since_start", steps=()), ("cancelled", "take", "steps"), "begin at 0", "at_least: 0"),
        (
            by_age("months_since_start", STEPS[0], STEPS[2], STEPS[1]),
            ("cancelled", "take", "steps", 2, "at_least"),
            "do not rise",
            "Order",
        ),
        (
            by_age("months_since_start", AgeStep(at_least=0, share="2x")),
            ("cancelled", "take", "steps", 0, "share"),
            "than the whole",
            "at most 100%",
        ),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(take: Any, route: tuple[Any, ...], says: str, hint: str) -> None:
    ((at, message, helps),) = reversal_problems(ReversalRules(cancelled=rule(take), refunded="keep"))
    assert at == route
    assert says in message and hint in helps
    ((at, *_),) = reversal_problems(ReversalRules(cancelled="keep", refunded=rule(take)))
    assert at == ("refunded", *route[1:])


@pytest.mark.parametrize("take", ["0%", "100%", "in_proportion", "unserved", "unreleased", by_age("months_since_paid")])
def test_a_sound_rule_has_no_problems(take: Any) -> None:
    assert not list(reversal_problems(ReversalRules(cancelled=rule(take), refunded=rule(take))))
    assert not list(reversal_problems("none"))
