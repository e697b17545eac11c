"""Is all that a team earned handed on to its members, to the last odd cent, and to those only who take part?"""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salesrepo.commission.booked.line import book, read_line
from salesrepo.commission.explain.line import check_line, steps
from salesrepo.commission.lines import Desk
from salesrepo.commission.pool import share_lines
from salesrepo.commission.reverse import reverse
from salesrepo.commission.share_out import Sharer, counted_by, shares
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.plan_counts import CreditRule, Measure
from salesrepo.domain.kinds.plan_pay import ShareOut
from salesrepo.domain.kinds.plan_when import Range
from salesrepo.domain.period import Span
from salesrepo.domain.statement import CreditPart, LineItem, LineType, MovedPart
from tests.commission.samples import CALENDAR, COMMIT, component, plan, version

ONE = Fraction(1)
MEMBERS = Measure(event="won", credit=CreditRule(role="closer", of="members"), value="amount")


@pytest.mark.parametrize(
    ("amount", "leftover", "parts"),
    [
        (800_001, "first", [266_667, 266_667, 266_667]),
        (800_000, "first", [266_667, 266_667, 266_666]),
        (800_000, "cumulative", [266_667, 266_666, 266_667]),
        (-800_000, "first", [-266_667, -266_667, -266_666]),
        (2, "first", [1, 1, 0]),
        (0, "first", [0, 0, 0]),
    ],
)
def test_three_equal_parts(amount: int, leftover: str, parts: list[int]) -> None:
    assert shares(amount, [("c", ONE), ("a", ONE), ("b", ONE)], leftover) == dict(zip("abc", parts, strict=True))


def test_nobody_and_nothing_have_no_part() -> None:
    assert shares(100, [], "first") == shares(100, [("a", Fraction(0)), ("b", Fraction(-1))], "cumulative") == {}


weights = st.dictionaries(st.sampled_from("abcdefg"), st.fractions(0, 9, max_denominator=12), min_size=1)


@settings(max_examples=80)
@example(-1, {"a": ONE, "b": Fraction(1, 3)}, "first")
@given(st.integers(-(10**9), 10**9), weights, st.sampled_from(["first", "cumulative"]))
def test_parts_sum_to_the_whole_and_are_near_their_weight(amount: int, by: dict[str, Fraction], leftover: str) -> None:
    parts, whole = shares(amount, list(by.items()), leftover), sum(by.values())
    assert sum(parts.values()) == (amount if whole else 0)
    assert list(parts) == sorted(node for node, weight in by.items() if weight)
    assert all(abs(part - amount * by[node] / whole) <= 1 for node, part in parts.items())
    assert shares(-amount, list(by.items()), leftover) == {node: -part for node, part in parts.items()}
    assert shares(amount, list(reversed(by.items())), leftover) == parts


def _version(**terms: Any) -> PlanVersion:
    held: dict[str, Any] = {"by": "equal", "leftover": "first"} | terms
    shared = component("2%", over="quarter", lines="window", share_out=ShareOut(**held))
    return version(plan(shared, paid="quarter", measures={"sales": MEMBERS}))


def _pool(amount: int, by: PlanVersion) -> LineItem:
    return LineItem(
        key="- period-2027-q1 south commission 2026-01-01 1",
        type=LineType.EARNING,
        payee="south",
        deal="",
        event="period-2027-q1",
        item=1,
        event_on=date(2027, 3, 31),
        booked_on=date(2027, 4, 2),
        earning_period="2027-q1",
        booking_period="2027-q1",
        currency="EUR",
        amount=amount,
        engine="1",
        deal_commit=COMMIT,
        because="Pool.",
        component="commission",
        plan=by.ref,
    )


def _shared(amount: int, by: PlanVersion, *members: Sharer) -> tuple[LineItem, ...]:
    pool = _pool(amount, by)
    return share_lines(pool, by.components[0], members, desk=Desk(CALENDAR, {pool.stem: 1}))


def test_the_team_hands_on_all_and_the_parts_say_what_they_are() -> None:
    by = _version(when={"attainment_final.new": Range(at_least="50%")})
    reached = [Fraction("0.5"), Fraction("0.8"), Fraction(2), Fraction("0.4999")]
    members = [Sharer(node, facts={"attainment_final.new": share}) for node, share in zip("abcd", reached, strict=True)]
    lines = _shared(800_000, by, *members, Sharer("e"))
    assert [(line.payee, line.amount) for line in lines] == [
        ("south", -800_000),
        ("a", 266_667),
        ("b", 266_667),
        ("c", 266_666),
    ]
    assert {line.type for line in lines} == {LineType.BONUS} and {line.about for line in lines} == {_pool(0, by).key}
    assert [line.key for line in lines][:2] == [
        "- period-2027-q1 south commission 2026-01-01 2",
        "- period-2027-q1 a commission 2026-01-01 1",
    ]
    assert [line.earning_period for line in lines][:2] == ["2027-q1", "2027-03"]
    assert lines[0].because == (
        "8,000.00 EUR is shared among a, b and c. "
        "Without a part: d (by attainment_final.new); e (by attainment_final.new)."
    )
    assert lines[1].because == "1/3 of the 8,000.00 EUR that south earned for commission is 2,666.67 EUR."
    assert [check_line(line) for line in lines] == [None] * 4
    assert [step.what for line in lines for step in steps(line)] == ["amount"] * 4
    assert [read_line(book(line)) for line in lines] == list(lines)


def test_a_part_that_is_not_its_share_is_told() -> None:
    lines = _shared(800_000, _version(), Sharer("a"), Sharer("b"))
    assert "amount should be 4,000.00" in (check_line(lines[1]._replace(amount=400_002)) or "")
    assert "amount should be -8,000.00" in (check_line(lines[0]._replace(amount=-1)) or "")


def test_parts_by_weight_and_by_what_each_brought() -> None:
    weighed = _shared(100, _version(by="weight", leftover="cumulative"), Sharer("a", Fraction(3)), Sharer("b"))
    assert [line.amount for line in weighed] == [-100, 75, 25]
    brought = _shared(100, _version(by="sales"), Sharer("a", counted=Fraction(7)), Sharer("b", counted=Fraction(-2)))
    assert [line.amount for line in brought] == [-100, 100]
    assert brought[0].because.endswith("shared among a. Without a part: b (brought nothing).")


def test_nobody_to_share_with_leaves_the_team_nothing() -> None:
    lines = _shared(100, _version())
    assert [(line.payee, line.amount) for line in lines] == [("south", -100)]
    assert lines[0].because == "1.00 EUR is shared among nobody."
    assert _shared(0, _version(), Sharer("a")) == ()


def test_what_is_taken_back_still_holds() -> None:
    lines = _shared(-501, _version(), Sharer("a", paid=Span.MONTH), Sharer("b"))
    assert sum(line.amount for line in lines) == 0
    seqs = {line.stem: 2 for line in lines}
    back = reverse(
        lines, {}, calendar=CALENDAR, booked_on=date(2027, 4, 9), commit=COMMIT, why="it was amended", seqs=seqs
    )
    assert [line.amount for line in back.lines] == [-line.amount for line in lines]
    assert [check_line(line) for line in back.lines] == [None] * 3


def test_what_each_member_brought_is_read_off_the_teams_lines() -> None:
    by = _version()

    def counted(node: str, base: int, window: str = "2027-q1") -> LineItem:
        credit = CreditPart("closer", "EUR", base, (0, 1), (1, 1), base, "members", node)
        return _pool(0, by)._replace(credit=credit, moved=(MovedPart("sales", window, "EUR", 0, base),))

    lines = [counted("a", 70), counted("b", 30), counted("a", -20), counted("a", 9, "2027-q2"), _pool(0, by)]
    assert counted_by(lines, "sales", "2027-q1") == {"a": 50, "b": 30}
