"""Is so much of a line let go as its release says, whatever the order, and does it sum to the line?"""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.commission.billed.billing import Billing, billing_of, completed_months, months_after
from salesrepo.commission.billed.release import lacking, released_so_far
from salesrepo.commission.lack import LackError
from salesrepo.commission.ready.release import release_problems
from salesrepo.domain.kinds.deal import Deal, DealLine
from salesrepo.domain.kinds.payment import Months, Payment
from salesrepo.domain.kinds.plan_pay import Moment, Part
from salesrepo.domain.money import round_half_away
from salesrepo.errors import RefusedError

START = date(2027, 1, 31)
HALF_CASH = (Part(share="50%", at="earned"), Part(share="50%", in_proportion_to="cash"))
THIRDS = (Part(share="1/3", at="earned"), Part(share="2/3", in_proportion_to="invoiced"))
ROBERGE = (
    Part(share="50%", at=Moment(paid_month=1)),
    Part(share="25%", at=Moment(paid_month=6)),
    Part(share="25%", at=Moment(paid_month=12)),
)


def instalments(number: str, leftover: Any = "last", share: str = "100%") -> Part:
    return Part(share=share, instalments=number, every="month", leftover=leftover)


def billing(**fields: Any) -> Billing:
    held: dict[str, Any] = {
        "currency": "EUR",
        "amount": 1_000_000,
        "day": START,
        "signed": START,
        "starts": START,
        "term": 12,
    }
    return Billing(**(held | fields))


def _amounts(amount: int, release: Any, each: Any) -> list[int]:
    return [released_so_far(amount, release, one).amount for one in each]


def test_half_of_the_invoice_is_half_of_the_pay() -> None:
    """pay-01: https://help.quotapath.com/en/articles/6457485-payouts-eligibility: 5,000 of 10,000 received."""
    found = released_so_far(80_000, (Part(share="100%", in_proportion_to="cash"),), billing(received=500_000))
    assert (found.amount, found.share, found.by) == (40_000, Fraction(1, 2), "5,000.00 of 10,000.00 EUR received")


def test_half_on_the_setup_and_half_on_the_first_month() -> None:
    """pay-03: http://www.vbaexpress.com/forum/showthread.php?p=205066: 50 and 50 of 100."""
    release = (Part(share="50%", at=Moment(invoice="setup")), Part(share="50%", at=Moment(paid_month=1)))
    setup = frozenset(["setup"])
    states = [billing(), billing(invoices_paid=setup), billing(invoices_paid=setup, months_paid=frozenset([1]))]
    assert _amounts(10_000, release, states) == [0, 5_000, 10_000]
    assert released_so_far(10_000, release, states[0]).by == "nothing yet"
    assert released_so_far(10_000, release, states[2]).by == "invoice setup paid, month 1 paid"


def test_months_one_six_and_twelve_let_half_and_two_quarters_go() -> None:
    """rob-03: HubSpot's plan 3, 500 a month: 500, 250 and 250."""
    by_month = [billing(months_paid=frozenset(range(1, month + 1))) for month in range(13)]
    so_far = _amounts(100_000, ROBERGE, by_month)
    steps = {month: so_far[month] - so_far[month - 1] for month in range(1, 13) if so_far[month] != so_far[month - 1]}
    assert steps == {1: 50_000, 6: 25_000, 12: 25_000}


@pytest.mark.parametrize(
    ("known", "paid"),
    [
        ({"received": 83_333}, []),  # a cent less than a twelfth
        ({"received": 83_334}, [1]),
        ({"received": 1_000_000}, [1, 6, 12, 24]),  # a prepayment covers all there are
        ({"received": 1_000_000, "term": None}, [1, 6, 12, 24]),
        ({"received": 999_999, "term": None}, []),
        ({"months_paid": frozenset([6])}, [6]),
        ({"amount": 0}, [1, 6, 12, 24]),
        ({"amount": -5}, [1, 6, 12, 24]),
    ],
)
def test_a_month_is_paid_by_name_or_once_so_much_came_in(known: dict[str, Any], paid: list[int]) -> None:
    assert [month for month in (1, 6, 12, 24) if billing(**known).month_paid(month)] == paid


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        ("2027-01-31", "2027-02-27", 0),
        ("2027-01-31", "2027-02-28", 1),
        ("2027-01-31", "2027-03-30", 1),
        ("2027-01-31", "2027-03-31", 2),
        ("2028-01-31", "2028-02-28", 0),
        ("2028-02-29", "2029-02-27", 11),
        ("2028-02-29", "2029-02-28", 12),
        ("2028-02-29", "2032-02-28", 47),
        ("2027-01-20", "2027-05-19", 3),
        ("2027-01-20", "2027-05-20", 4),
        ("2027-01-20", "2026-12-31", 0),
    ],
)
def test_a_month_is_complete_on_the_same_day_or_the_last(since: str, day: str, months: int) -> None:
    assert completed_months(date.fromisoformat(since), date.fromisoformat(day)) == months


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_months_are_complete_on_the_day_that_they_end_and_not_before(since: date, months: int) -> None:
    end = months_after(since, months)
    assert completed_months(since, end) == months
    assert completed_months(since, end - timedelta(days=1)) == max(months - 1, 0)


@pytest.mark.parametrize(
    ("leftover", "amount", "so_far"),
    [
        ("last", 1_000, [333, 666, 1_000]),
        ("first", 1_000, [334, 667, 1_000]),
        ("last", -1_000, [-333, -666, -1_000]),
        ("first", 2, [2, 2, 2]),
        ("last", 2, [0, 0, 2]),
    ],
)
def test_odd_cents_of_instalments_lie_where_the_plan_says(leftover: str, amount: int, so_far: list[int]) -> None:
    days = [date(2027, 1, 30), START, date(2027, 2, 28), date(2027, 3, 31), date(2027, 9, 1)]
    states = [billing(day=day) for day in days]
    release = (instalments("3", leftover),)
    assert _amounts(amount, release, states) == [0, *so_far, amount]
    for state in states:
        found = released_so_far(amount, release, state)
        assert round_half_away(*(found.share * amount).as_integer_ratio()) == found.amount


def test_as_many_instalments_as_the_term_has_months_need_one() -> None:
    release = (instalments("term"),)
    assert released_so_far(120_000, release, billing(day=date(2027, 5, 1))).amount == 40_000
    assert lacking(release, billing()) is None
    assert lacking("at_once", billing(term=None)) is None
    assert "term" in (lacking(release, billing(term=None)) or "")
    with pytest.raises(LackError, match="term of the deal"):
        released_so_far(120_000, release, billing(term=None))


def test_months_after_the_start_count_while_the_deal_stands() -> None:
    release = (Part(share="100%", at=Moment(months_after=1)),)
    late = date(2027, 8, 1)
    states = [
        billing(day=date(2027, 2, 27)),
        billing(day=date(2027, 2, 28)),
        billing(day=late, cancelled=date(2027, 2, 27)),
        billing(day=late, cancelled=date(2027, 2, 28)),
    ]
    assert _amounts(500, release, states) == [0, 500, 0, 500]


def test_what_came_in_without_an_invoice_counts_as_invoiced() -> None:
    release = (Part(share="100%", in_proportion_to="invoiced"),)
    states = [billing(invoiced=250_000), billing(received=500_000, invoiced=250_000), billing(invoiced=2_000_000)]
    assert _amounts(1_000, release, states) == [250, 500, 1_000]


def test_many_parts_are_named_shortly() -> None:
    release = tuple(Part(share="1/200", at=Moment(months_after=number)) for number in range(1, 201))
    found = released_so_far(100, release, billing(day=date(2050, 1, 1)))
    assert found.amount == 100
    assert found.by.endswith(" and more") and len(found.by) <= 200


RELEASES: tuple[Any, ...] = (
    "at_once",
    HALF_CASH,
    THIRDS,
    ROBERGE,
    (instalments("7", "first"),),
    (
        Part(share="30%", in_proportion_to="cash"),
        instalments("term", "last", "1/3"),
        instalments("5", "first", "11/30"),
    ),
    (*HALF_CASH[:1], instalments("3", "last", "25%"), Part(share="25%", at=Moment(months_after=4))),
)
DONE = billing(day=date(2030, 1, 1), received=1_000_000, invoiced=1_000_000)


@given(
    st.sampled_from(RELEASES),
    st.integers(-100_003, 100_003),
    st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 500)), max_size=6).map(sorted),
)
def test_what_is_let_go_never_falls_and_sums_to_the_line(
    release: Any, amount: int, known: list[tuple[int, int]]
) -> None:
    days = sorted(day for _, day in known)
    states = [
        billing(received=received, day=START + timedelta(days=days[place])) for place, (received, _) in enumerate(known)
    ]
    found = [released_so_far(amount, release, state) for state in (*states, DONE)]
    sizes = [abs(one.amount) for one in found]
    assert sizes == sorted(sizes)
    assert (found[-1].amount, found[-1].share) == (amount, Fraction(1))
    assert all(round_half_away(*(one.share * amount).as_integer_ratio()) == one.amount for one in found)


def a_deal(**fields: Any) -> Deal:
    held: dict[str, Any] = {
        "deal": "d-acme.com-1",
        "account": "d-acme.com",
        "node": "ana",
        "stage": "won",
        "opened": date(2027, 1, 1),
        "signed": date(2027, 1, 20),
        "currency": "EUR",
        "term": 12,
        "lines": (
            DealLine(product="pro", quantity=12, price="100.00"),
            DealLine(product="start", quantity=1, price="50"),
        ),
    }
    return Deal(**(held | fields))


def a_payment(name: str, kind: Any, amount: str, day: str, **fields: Any) -> Payment:
    held: dict[str, Any] = {"payment": name, "deal": "d-acme.com-1", "currency": "EUR"}
    return Payment(kind=kind, amount=amount, day=date.fromisoformat(day), **(held | fields))


def test_billing_is_what_its_records_say_up_to_a_day() -> None:
    records = [
        a_payment("p9", "cancelled", "0.00", "2027-09-01"),
        a_payment("p1", "invoiced", "200.00", "2027-02-01", invoice="setup"),
        a_payment("p3", "paid", "150.00", "2027-03-02", invoice="setup"),
        a_payment("p2", "paid", "50.00", "2027-03-01", invoice="setup"),
        a_payment("p4", "paid", "100.00", "2027-04-01", invoice="other", months=Months(first=2, last=4)),
        a_payment("p5", "refunded", "20.00", "2027-05-01"),
        a_payment("p6", "refunded", "1.00", "2027-05-01"),
    ]
    assert billing_of(a_deal(), records, day=date(2027, 8, 1)) == Billing(
        currency="EUR",
        amount=125_000,
        day=date(2027, 8, 1),
        signed=date(2027, 1, 20),
        starts=date(2027, 1, 20),
        term=12,
        received=30_000,
        invoiced=20_000,
        refunded=2_100,
        invoices_paid=frozenset(["setup", "other"]),
        months_paid=frozenset([2, 3, 4]),
        first_paid=date(2027, 3, 1),
        refunds=(date(2027, 5, 1),),
    )
    assert billing_of(a_deal(), records, day=date(2027, 9, 1)).cancelled == date(2027, 9, 1)
    assert billing_of(a_deal(), records, day=date(2027, 3, 1)).invoices_paid == frozenset()
    assert billing_of(a_deal(starts=date(2027, 2, 1)), (), day=START).starts == date(2027, 2, 1)


def test_billing_refuses_what_it_cannot_add_up() -> None:
    with pytest.raises(RefusedError, match=r"Payment p1 is in USD, its deal d-acme\.com-1 in EUR"):
        billing_of(a_deal(), [a_payment("p1", "paid", "1.00", "2027-02-01", currency="USD")], day=date(2027, 3, 1))
    with pytest.raises(RefusedError, match="no signed date"):
        billing_of(a_deal(signed=None), (), day=START)


@pytest.mark.parametrize(
    ("release", "route", "says", "hint"),
    [
        ((Part(share="90%", at="earned"),), (), "sum to 90%", "100% in all"),
        ((), (), "sum to 0%", "100% in all"),
        ((Part(share="100%"),), (0,), "at a moment, in proportion or in instalments", "one of at"),
        ((Part(share="100%", at="earned", in_proportion_to="cash"),), (0,), "at a moment", "one of at"),
        ((Part(share="100%", at=Moment()),), (0, "at"), "A moment is one", "paid_month, invoice and months_after"),
        ((Part(share="100%", at=Moment(paid_month=1, invoice="a")),), (0, "at"), "A moment is one", "paid_month"),
        ((Part(share="100%", instalments="3", leftover="last"),), (0, "every"), "How often", "every: month"),
        ((Part(share="100%", instalments="3", every="month"),), (0, "leftover"), "odd cents", "first or last"),
        ((Part(share="100%", at="earned", every="month"),), (0, "every"), "Only instalments say every", "Leave every"),
        ((Part(share="100%", at="earned", leftover="last"),), (0, "leftover"), "Only instalments", "Leave leftover"),
        ((Part(share="0%", at="earned"), *HALF_CASH), (0, "share"), "A part of nothing", "Leave the part out"),
    ],
)
def test_a_release_that_says_too_little_or_too_much_is_refused(
    release: Any, route: tuple[Any, ...], says: str, hint: str
) -> None:
    ((at, message, helps),) = release_problems(release)
    assert at == route
    assert says in message and hint in helps


@pytest.mark.parametrize("release", RELEASES)
def test_a_sound_release_has_no_problems(release: Any) -> None:
    assert not list(release_problems(release))
