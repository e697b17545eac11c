"""What holds of pay whatever the plan, the deals and their order?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salesrepo.commission.booked.line import book, read_line
from salesrepo.commission.booked_lines import lines_that_hold
from salesrepo.commission.explain.line import check_line
from salesrepo.commission.values import Booked, Credit
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.ledger_batch import LEDGER_BATCH, LedgerBatch
from salesrepo.domain.kinds.plan import (
    Choice,
    Component,
    Factor,
    Limit,
    Plan,
    Point,
    Quota,
    Rated,
    RateRule,
    Step,
    Table,
    Target,
)
from salesrepo.domain.kinds.plan_when import Range
from salesrepo.domain.money import round_half_away
from salesrepo.domain.statement import LineItem
from salesrepo.store.model import validate
from salesrepo.store.plain import to_plain
from tests.commission.samples import (
    COMMIT,
    component,
    corrected,
    credits,
    event,
    plan,
    sales,
    settle,
    version,
)

ROWS = ({"at_least": "0", "rate": "5%"}, {"at_least": "500.00", "rate": "7.25%"}, {"above": "2000.00", "rate": "10%"})
SHARES = ({"at_least": "0%", "target_rate": "0.5x"}, {"at_least": "80%", "target_rate": "1x"})
CURVE = ({"at": "0%", "rate": "2%"}, {"at": "70%", "rate": "3.3%"}, {"at": "150%", "rate": "9%"})
BONUS = ({"at": "0%", "target": "0%"}, {"at": "70%", "target": "0%"}, {"at": "150%", "target": "200%"})
PRIZES = (
    {"at_least": "0", "flat": "0"},
    {"above": "400.00", "flat": "33.33"},
    {"at_least": "1500.00", "flat": "99.99"},
)
SPEED = ({"at_least": "0%", "times": "0.5x"}, {"at_least": "100%", "times": "1.1x"})
QUOTAS = {"goal": Quota(measure="sales", over="month", amount="1700.00")}
TARGET = Target(amount="333.33", per="month")

amounts = st.lists(st.integers(-300_000, 500_000), min_size=1, max_size=7)
won = st.lists(st.integers(1, 500_000), min_size=1, max_size=7)


def steps(mode: str, rows: Iterable[dict[str, str]], by: str = "base", **more: Any) -> RateRule:
    return RateRule(table=Table(by=by, mode=mode, steps=tuple(Step(**row) for row in rows), **more))


def points(mode: str, rows: Iterable[dict[str, str]], by: str = "attainment.goal", **more: Any) -> RateRule:
    held = tuple(Point(**row) for row in rows)
    return RateRule(table=Table(by=by, mode=mode, points=held, beyond="hold", **more))


def a_plan(*components: Component, **fields: Any) -> Plan:
    return plan(*components, **({"quotas": QUOTAS, "target": TARGET} | fields))


def of(rate: Any, **fields: Any) -> PlanVersion:
    return version(a_plan(component(rate, **({"over": "month"} | fields))))


MIXED = (
    {"at_least": "0", "rate": "6%"},
    {"at_least": "900.00", "rate": "8%", "mode": "all"},
    {"above": "2000.00", "rate": "11%"},
)
QUALITY = Factor(name="speed", table=steps("all", SPEED, "attainment.goal").table)
ONCE = Factor(name="large", times="1.5x", when={"amount": Range(at_least="1000.00")})
FIRST = RateRule(
    first=(
        Choice(name="large", when={"amount": Range(above="1000.00")}, pays="7%"),
        Choice(name="refunds", when={"amount": Range(below="0")}, pays="1/3"),
        Choice(name="others", otherwise=Rated(table=steps("all", ROWS).table)),
    )
)

MARGINAL = {
    "slices": of(steps("slice", ROWS)),
    "slices of quota": of(steps("slice", SHARES, "attainment.goal"), quota="goal"),
    "a curve": of(points("slice", CURVE)),
    "a flat rate": of("7.255%"),
}
ALL = {
    "rows for all": of(steps("all", ROWS)),
    "shares for all": of(steps("all", SHARES, "attainment.goal"), quota="goal"),
    "a curve for all": of(points("all", CURVE)),
    "a factor for all": of("7.255%", factors=(QUALITY,)),
}
REACHED = {
    "prizes": of(steps("all", PRIZES)),
    "a bonus on a curve": of(points("all", BONUS)),
    "a bonus with a factor": of(points("all", BONUS), factors=(QUALITY,)),
}
OTHERS = {
    "at the row before": of(steps("event", ROWS, at="before")),
    "at the row after": of(steps("event", ROWS, at="after")),
    "slices and a row for all": of(steps("slice", MIXED)),
    "the first that fits": of(FIRST, factors=(ONCE,)),
    "held by the month": of(steps("all", ROWS), limits=(Limit(per="month", max="100.00", excess="lost"),)),
    "everything held": of(
        steps("all", ROWS),
        factors=(ONCE,),
        limits=(
            Limit(per="event", max="120.00", excess="lost"),
            Limit(per="event", min="1.50"),
            Limit(per="month", max="150.00", excess="carried"),
            Limit(per="year", times=4),
        ),
    ),
}
PLANS = {**MARGINAL, **ALL, **REACHED, **OTHERS}


def settled(by: PlanVersion, *given_: int, **fields: Any) -> Booked:
    return settle(sales(*given_, **fields), by)


def exact(lines: Iterable[LineItem]) -> Fraction:
    return sum((Fraction(*line.exact) for line in lines if line.exact is not None), Fraction())


def paid(lines: Iterable[LineItem]) -> int:
    return sum(line.amount for line in lines)


def by_deal(lines: Iterable[LineItem]) -> dict[str, int]:
    """What each deal is paid; those that are paid nothing left out."""
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.deal] += line.amount
    return {deal: amount for deal, amount in sums.items() if amount}


def _by_event(lines: Iterable[LineItem]) -> list[list[LineItem]]:
    """The lines of each event, the last of which says what it is worth."""
    found: dict[str, list[LineItem]] = {}
    for line in lines:
        found.setdefault(line.stem, []).append(line)
    return list(found.values())


def without(deal: str, by: PlanVersion, booked: Booked, *, again: Sequence[Credit] = ()) -> tuple[LineItem, ...]:
    """All lines once a deal is taken back, and booked `again` if credits are given."""
    made, _ = corrected(by, booked, deal, *again)
    return (*booked.lines, *made)


@pytest.mark.parametrize("name", PLANS)
@given(given_=amounts)
@settings(max_examples=20)
def test_every_line_holds_by_its_own_numbers_and_as_text(name: str, given_: list[int]) -> None:
    booked = settled(PLANS[name], *given_)
    back = without("deal-001", PLANS[name], booked)
    assert [check_line(line) for line in back] == [None] * len(back)
    assert [read_line(book(line)) for line in back] == list(back)
    assert len({line.key for line in back}) == len(back)


@pytest.mark.parametrize("name", PLANS)
def test_the_ledger_s_vocabulary_has_a_word_for_every_part(name: str) -> None:
    booked = settled(PLANS[name], 90_001, 150_000, -20_000, 70_000)
    batch = LedgerBatch(
        node="ana", period="2026-03", seq=1, commit=COMMIT, engine="1", lines=tuple(map(book, booked.lines))
    )
    assert validate(LEDGER_BATCH, to_plain(batch), path="batch.yml") == batch


@pytest.mark.parametrize("name", MARGINAL)
@given(parts=won, more=st.integers(1, 300_000))
@settings(max_examples=25)
def test_a_split_deal_pays_the_same_but_for_odd_cents(name: str, parts: list[int], more: int) -> None:
    whole, cut = settled(MARGINAL[name], sum(parts), more).lines, settled(MARGINAL[name], *parts, more).lines
    assert exact(whole) == exact(cut)
    assert abs(paid(whole) - paid(cut)) <= len(parts)


@pytest.mark.parametrize("name", [*MARGINAL, *ALL, *REACHED])
@given(orders=amounts.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
@settings(max_examples=25)
def test_a_window_s_total_does_not_depend_on_its_order(name: str, orders: tuple[list[int], list[int]]) -> None:
    one, other = (settled(PLANS[name], *given_).lines for given_ in orders)
    assert abs(paid(one) - paid(other)) <= (1 if name in REACHED else len(orders[0]))


@given(given_=amounts)
@example(given_=[60_000, -20_000])
def test_all_pays_the_window_s_rate_for_the_window_s_total(given_: list[int]) -> None:
    total = sum(given_)
    rates = {"rows for all": Fraction(5 if total < 50_000 else 7.25 if total <= 200_000 else 10) / 100}
    share = Fraction(total, 170_000)
    rates["a factor for all"] = Fraction("7.255") / 100 * (Fraction("1.1") if share >= 1 else Fraction("0.5"))
    rates["shares for all"] = Fraction(33_333, 170_000) * (1 if share >= Fraction(4, 5) else Fraction(1, 2))
    for name, rate in rates.items():
        lines = settled(ALL[name], *given_).lines
        assert abs(paid(lines) - rate * total) <= Fraction(len(given_), 2), name
        for deal, amount in by_deal(lines).items():
            assert amount == round_half_away(*(rate * given_[int(deal[-3:]) - 1]).as_integer_ratio())


@given(given_=won)
def test_a_sum_that_is_reached_is_paid_once(given_: list[int]) -> None:
    total = sum(given_)
    worth = 9_999 if total >= 150_000 else 3_333 if total > 40_000 else 0
    assert paid(settled(REACHED["prizes"], *given_).lines) == worth


@pytest.mark.parametrize("name", [*ALL, *REACHED])
@given(given_=st.lists(st.integers(-300_000, 500_000), min_size=2, max_size=6), data=st.data())
@settings(max_examples=25)
def test_a_window_without_a_deal_is_paid_as_if_it_had_not_been(
    name: str, given_: list[int], data: st.DataObject
) -> None:
    by = PLANS[name]
    gone = data.draw(st.integers(1, len(given_)))
    deal = f"deal-{gone:03}"
    left = without(deal, by, settled(by, *given_))
    never = settle([credit for credit in sales(*given_) if credit.event.deal != deal], by).lines
    assert deal not in by_deal(left)
    if name in ALL:
        assert by_deal(left) == by_deal(never)
    assert paid(left) == paid(never)


@pytest.mark.parametrize(
    "name", [name for name in PLANS if name != "everything held"]
)  # whose count of lines counts true-ups, too
@given(given_=won, data=st.data())
@settings(max_examples=20)
def test_a_deal_that_is_booked_again_unchanged_changes_nothing(
    name: str, given_: list[int], data: st.DataObject
) -> None:
    by = PLANS[name]
    deal = f"deal-{data.draw(st.integers(1, len(given_))):03}"
    booked = settled(by, *given_)
    again = [credit for credit in sales(*given_) if credit.event.deal == deal]
    anew = without(deal, by, booked, again=again)
    assert paid(anew) == paid(booked.lines)
    if name not in REACHED:
        assert by_deal(anew) == by_deal(booked.lines)


@pytest.mark.parametrize("mode", ["slice", "all"])
@given(given_=amounts, times=st.integers(2, 9))
@settings(max_examples=25)
def test_pay_scales_with_amounts_and_bounds(mode: str, given_: list[int], times: int) -> None:
    def pays(by: int) -> Fraction:
        rows = [
            {"at_least": str(bound * by), "rate": rate} for bound, rate in ((0, "5%"), (500, "7.25%"), (2000, "10%"))
        ]
        events = [earlier[-1] for earlier in _by_event(settled(of(steps(mode, rows)), *(a * by for a in given_)).lines)]
        return exact(events)

    assert pays(1) * times == pays(times)


@pytest.mark.parametrize("name", PLANS)
@given(given_=won)
@settings(max_examples=15)
def test_payees_have_nothing_to_do_with_each_other(name: str, given_: list[int]) -> None:
    def lines(names: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        due = [
            credit
            for number, amount in enumerate(given_)
            for credit in credits(event(amount, deal=f"deal-{number:03}", place=number), **{names[number % 2]: "100%"})
        ]
        found: dict[str, list[tuple[str, int]]] = {}
        for line in settle(due, PLANS[name]).lines:
            found.setdefault(line.payee, []).append((line.deal, line.amount))
        return found

    one, other = lines(("ana", "ben")), lines(("ben", "ana"))
    assert one.get("ana") == other.get("ben")
    assert one.get("ben") == other.get("ana")


@pytest.mark.parametrize("mode", ["slice", "all"])
@pytest.mark.parametrize("excess", ["lost", "carried"])
@given(given_=amounts, again=st.booleans())
@settings(max_examples=25)
def test_a_maximum_holds_in_its_window(mode: str, excess: str, given_: list[int], again: bool) -> None:
    held = Limit(per="month", max="100.00", excess=excess)
    by = of(steps(mode, ROWS), limits=(held,))
    booked = settled(by, *given_)
    lines = without("deal-001", by, booked, again=sales(*given_)[:1] if again else ())
    assert sum(line.amount for line in booked.lines if line.amount > 0) <= 10_000
    assert sum(line.amount for line in lines_that_hold(lines) if line.amount > 0) <= 10_000


@pytest.mark.parametrize("mode", ["slice", "all"])
@given(given_=amounts)
@settings(max_examples=25)
def test_limits_of_an_event_count_all_that_it_is_paid(mode: str, given_: list[int]) -> None:
    limits = (Limit(per="event", max="90.00", excess="lost"), Limit(per="event", min="2.00"))
    for amount in by_deal(settled(of(steps(mode, ROWS), limits=limits), *given_).lines).values():
        assert 200 <= amount <= 9_000 or -9_000 <= amount < 0


@given(given_=won)
def test_no_more_lines_pay_than_a_limit_counts(given_: list[int]) -> None:
    by = of(RateRule(flat="80.00"), limits=(Limit(per="month", times=3),))
    assert [line.amount for line in settled(by, *given_).lines] == [8_000] * min(3, len(given_)) + [0] * (
        len(given_) - 3
    )
