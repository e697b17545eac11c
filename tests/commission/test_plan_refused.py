"""Is each way to write a plan that cannot be paid by refused, with its place, a sentence and the choices?"""

import copy
from typing import Any

import pytest

from salesrepo.commission.ready.plan import problems, ready
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.statement import PlanRef
from salesrepo.errors import RefusedError
from salesrepo.store import model
from salesrepo.store.gate import read_documents
from salesrepo.store.plain import to_plain

TEXT = b"""\
plan: rep
effective: "2026-01-01"
title: Rep
summary: A plan that uses every word there is.
currency: EUR
paid: month
version_by: signed
fx: refuse
pay_in: plan
running_totals: continue
salary: {amount: "3000.00", per: month}
target: {amount: "1000.00", per: month, prorate: {unit: days, start_day: counted, of: actual}}
measures:
  sales: {event: won, credit: {role: closer, of: own}, value: amount, when: {kind: [new, upsell]}}
  pieces: {event: won, credit: {role: [closer, scout], of: own}, value: units}
quotas:
  goal: {measure: sales, over: month, amount: "10000.00", prorate: {unit: months}}
  ramp: {measure: sales, over: month, amount: {ramp: [{month: "1", amount: "100"}, {month: "3", amount: "200"}]}}
  year: {measure: pieces, over: quarter, amount: {annual: "40", weights: [10%, 20%, 30%, 40%]}}
components:
  - name: rows
    says: Rows.
    measure: sales
    over: month
    quota: goal
    rate:
      table:
        by: attainment.goal
        mode: slice
        steps:
          - {at_least: 0%, target_rate: 1x}
          - {above: 100%, rate: 7%, mode: all}
    factors:
      - {name: always, times: 1.5x, when: {discount: {up_to: 10%}}}
      - {name: speed, table: {by: base, mode: all, steps: [{at_least: "0", times: 1x}, {at_least: "500", times: 2x}]}}
    limits:
      - {max: "500.00", per: month, excess: carried}
      - {min: "1.00", per: event}
      - {times: "9", per: year}
    lines: event
    release: at_once
    reversal: none
  - name: curve
    says: A curve.
    measure: sales
    over: month
    rate:
      table: {by: attainment.ramp, mode: all, points: [{at: 0%, target: 0%}, {at: 100%, target: 100%}], beyond: refuse}
    lines: event
    release: at_once
    reversal: none
  - name: choice
    says: The first that fits.
    measure: pieces
    when: [{units: {at_least: "2"}}, {attainment_before.goal: {above: 50%}, signed: {below: "2027-01-01"}}]
    rate:
      first:
        - {name: large, when: {units: {above: "9"}}, pays: {flat: "20.00"}}
        - {name: early, when: {payee.tenure_month: {up_to: "3"}}, pays: {each: "2.00"}}
        - name: others
          otherwise: {table: {by: units, mode: event, at: after, steps: [{at_least: "0", each: "1.00"}]}}
    over: each
    lines: event
    release: at_once
    reversal: none
pay:
  draws:
    - name: first-months
      when: {payee.tenure_month: {up_to: "3"}}
      kind: guarantee
      against: released
      amount: "500.00"
      recover: {out_of: same_period, leave: draw}
    - {name: ahead, kind: advance, against: released, amount: "100.00", recover: never}
  negative: {carry: next_period, limit: "5400.00", written_off_by: finance}
  leaving: {unreleased: {otherwise: pay}, residuals: stop, owed: written_off}
"""
(PLAIN,) = read_documents(TEXT, path="plan.yml", cap=PLAN.cap)
REF = PlanRef("plans/rep/2026-01-01.yml", "b" * 40)
GONE = object()
TABLE = ("components", 0, "rate", "table")
CURVE = ("components", 1, "rate", "table")
FIRST = ("components", 2, "rate", "first")
LIMIT = ("components", 0, "limits", 0, "excess")


def changed(*changes: tuple[tuple[Any, ...], Any]) -> dict[str, Any]:
    plain: dict[str, Any] = copy.deepcopy(PLAIN)
    for route, value in changes:
        place: Any = plain
        for step in route[:-1]:
            place = place[step]
        if value is GONE:
            del place[route[-1]]
        else:
            place[route[-1]] = value
    return plain


def test_every_word_at_once_is_a_sound_plan() -> None:
    read = model.validate(PLAN, PLAIN, path="plan.yml")
    assert problems(read) == ()
    assert [rule.name for rule in ready(read, REF).components[2].rules] == ["large", "early", "others"]
    assert model.validate(PLAN, to_plain(read), path="plan.yml") == read


REFUSED: dict[str, tuple[tuple[Any, ...], Any, tuple[Any, ...], str, str]] = {
    # what is changed: its route, its value, the route of the problem, words of its sentence and of its hint
    "no money": (("currency",), "XXX", ("currency",), "no ISO 4217 currency", "EUR or USD"),
    "finer than a cent": (("target", "amount"), "1.005", ("target", "amount"), "EUR has 2", "at most 2 decimals"),
    "target below zero": (("target", "amount"), "-1", ("target", "amount"), "below zero", "without a sign"),
    "salary below zero": (("salary", "amount"), "-1", ("salary", "amount"), "below zero", "without a sign"),
    "days not counted": (
        ("target", "prorate", "start_day"),
        GONE,
        ("target", "prorate", "start_day"),
        "how they are counted",
        "counted or not_counted",
    ),
    "days of what": (("target", "prorate", "of"), GONE, ("target", "prorate", "of"), "counted", '"365" or actual'),
    "months of days": (
        ("quotas", "goal", "prorate", "of"),
        "365",
        ("quotas", "goal", "prorate", "of"),
        "whole months do not",
        "Leave of out",
    ),
    "nobody's target": (("target",), GONE, ("target",), "the plan has none", "Write target"),
    "quota of nothing": (("quotas", "goal", "measure"), "profit", (), "called profit", "sales, pieces"),
    "quota finer than a cent": (("quotas", "goal", "amount"), "1.005", (), "EUR has 2", "at most 2 decimals"),
    "part of a piece": (("quotas", "year", "amount", "annual"), "0.5", (), "no whole number", "whole number"),
    "ramp and year": (("quotas", "ramp", "amount", "annual"), "9", ("quotas", "ramp", "amount"), "a ramp, or", "one"),
    "neither": (("quotas", "ramp", "amount"), {}, ("quotas", "ramp", "amount"), "a ramp, or annual", "Keep one"),
    "ramp falls": (("quotas", "ramp", "amount", "ramp", 1, "month"), "1", (), "rise from 1", "Order them"),
    "ramp begins late": (("quotas", "ramp", "amount", "ramp", 0, "month"), "2", (), "rise from 1", "Order them"),
    "three weights": (
        ("quotas", "year", "amount", "weights"),
        ["20%", "30%", "50%"],
        ("quotas", "year", "amount", "weights"),
        "4 such windows",
        "4 that sum to 100%",
    ),
    "weights of 90 %": (("quotas", "year", "amount", "weights", 0), "0%", (), "4 such windows", "sum to 100%"),
    "two of a name": (("components", 1, "name"), "rows", ("components", 0, "name"), "Two components", "of its own"),
    "no such measure": (("components", 1, "measure"), "profit", (), "called profit", "sales, pieces"),
    "no window": (("components", 0, "over"), GONE, (), "how long its total runs", "each, month, quarter, half-year"),
    "another window": (("components", 0, "over"), "year", (), "over year, the quota goal over a month", "over: month"),
    "no such quota": (("components", 0, "quota"), "plan", (), "called plan", "goal, ramp, year"),
    "quota of another window": (("components", 0, "quota"), "year", (), "per month, the quota over a quarter", "same"),
    "which quota": (("components", 0, "quota"), GONE, ("components", 0, "rate"), "target by a quota", "quota:"),
    "cell and table": (("components", 0, "rate", "rate"), "5%", ("components", 0, "rate"), "a cell or a table", "one"),
    "first and cell": (("components", 2, "rate", "flat"), "5", ("components", 2, "rate"), "or the first of", "one"),
    "no cell": (("components", 0, "rate"), {}, ("components", 0, "rate"), "says nothing", "rate, each, target_rate"),
    "two cells": (
        ("components", 1, "rate"),
        {"rate": "5%", "flat": "5.00"},
        ("components", 1, "rate"),
        "both rate and flat",
        "rate, each, target_rate, flat, target",
    ),
    "times for a rate": (("components", 1, "rate"), {"times": "2x"}, (), "times has no place", "rate, each"),
    "a share of things": (("components", 2, "rate"), "5%", (), "no money", "each:"),
    "money by the piece": (("components", 1, "rate"), {"each": "5"}, (), "by the piece", "rate: 6%"),
    "cell finer than a cent": ((*FIRST, 0, "pays", "flat"), "1.005", (), "EUR has 2", "at most 2 decimals"),
    "no end": (
        (*FIRST, 2),
        {"name": "others", "when": {"kind": "new"}, "pays": {"flat": "1"}},
        (*FIRST, 2),
        "none fits",
        "otherwise: 0%",
    ),
    "no condition": ((*FIRST, 0, "when"), GONE, (*FIRST, 0), "when it fits and what it pays", "when: and pays:"),
    "no pay": ((*FIRST, 0, "pays"), GONE, (*FIRST, 0), "when it fits and what it pays", "when: and pays:"),
    "otherwise too soon": ((*FIRST, 0, "otherwise"), "5%", (*FIRST, 0), "when it fits", "when: and pays:"),
    "no rows": ((*TABLE, "steps"), [], TABLE, "no rows", "steps, points"),
    "both": ((*TABLE, "points"), [{"at": "0%", "rate": "1%"}], TABLE, "both steps and points", "steps, points"),
    "no bound": ((*TABLE, "steps", 1, "above"), GONE, (*TABLE, "steps", 1), "one of at_least and above", "one of the"),
    "two bounds": ((*TABLE, "steps", 1, "at_least"), "9%", (*TABLE, "steps", 1), "one of at_least and above", "one of"),
    "not from the bottom": ((*TABLE, "steps", 0, "at_least"), "1%", (*TABLE, "steps", 0), "at the bottom", "0%"),
    "rows fall": ((*TABLE, "steps", 1, "above"), "0%", (*TABLE, "steps", 1), "do not rise", "Order the rows"),
    "no share": ((*TABLE, "steps", 1, "above"), "100", (*TABLE, "steps", 1), "no bound of attainment.goal", "100%"),
    "no number": (
        ("components", 0, "factors", 1, "table", "steps", 1, "at_least"),
        "50%",
        (),
        "no bound of base",
        '"40000"',
    ),
    "a row's mode": ((*TABLE, "mode"), "all", (*TABLE, "steps", 1, "mode"), "table of slices", "Leave mode out"),
    "beyond steps": ((*TABLE, "beyond"), "hold", (*TABLE, "beyond"), "nothing lies beyond", "Leave beyond out"),
    "unknown attainment": ((*TABLE, "by"), "attainment.plan", (*TABLE, "by"), "called plan", "goal, ramp, year"),
    "prices and sums": (
        (*CURVE, "points", 0),
        {"at": "0%", "rate": "5%"},
        (*CURVE, "points"),
        "different sorts",
        "not",
    ),
    "at which figure": ((*FIRST, 2, "otherwise", "table", "at"), GONE, (), "at which figure", "before or after"),
    "at without event": ((*CURVE, "at"), "after", (*CURVE, "at"), "Mode event, and only it", "before or after"),
    "slices of what stands": ((*FIRST, 2, "otherwise", "table", "mode"), "slice", (), "does not run", "mode: all"),
    "slices of a sum": ((*CURVE, "mode"), "slice", (*CURVE, "mode"), "reached, not cut", "mode: all"),
    "one point": ((*CURVE, "points"), [{"at": "0%", "target": "1%"}], (*CURVE, "points"), "two points", "Add a point"),
    "what lies beyond": ((*CURVE, "beyond"), GONE, (*CURVE, "beyond"), "after the last point", "hold or refuse"),
    "points fall": ((*CURVE, "points", 1, "at"), "0%", (*CURVE, "points", 1), "do not rise", "Order them"),
    "a point of no share": ((*CURVE, "points", 1, "at"), "9", (*CURVE, "points", 1, "at"), "no bound of", "100%"),
    "a factor of nothing": (("components", 0, "factors", 0, "times"), GONE, (), "times or has a table", "one of the"),
    "a factor in percent of money": (
        ("components", 0, "factors", 1, "table", "steps", 0),
        {"at_least": "0", "rate": "5%"},
        (),
        "rate has no place",
        "times",
    ),
    "no limit": (("components", 0, "limits", 0, "max"), GONE, (), "one of max, min and times", "one of the three"),
    "two limits": (("components", 0, "limits", 0, "min"), "1", (), "one of max, min and times", "one of the three"),
    "no excess": (("components", 0, "limits", 0, "excess"), GONE, (), "a maximum cuts off", "lost or carried"),
    "excess of a minimum": (("components", 0, "limits", 1, "excess"), "lost", (), "Only a maximum", "Leave excess out"),
    "minimum of a window": (("components", 0, "limits", 1, "per"), "month", (), "per event", "per: event"),
    "times an event": (("components", 0, "limits", 2, "per"), "event", (), "counted in a window", "month, quarter"),
    "nowhere to carry it": (("components", 0, "limits", 0, "per"), "always", LIMIT, "no later window", "excess: lost"),
    "limit below zero": (("components", 0, "limits", 0, "max"), "-1", (), "below zero", "without a sign"),
    "limit finer than a cent": (("components", 0, "limits", 1, "min"), "0.001", (), "EUR has 2", "2 decimals"),
    "a limit's name": (
        ("measures", "rows.1"),
        {"event": "won", "credit": {"role": "closer", "of": "own"}, "value": "count"},
        ("components", 0, "limits", 0),
        "the name of this limit, rows.1",
        "another name",
    ),
    "two draws of a name": (("pay", "draws", 1, "name"), "first-months", (), "Two draws", "a name of its own"),
    "a draw finer than a cent": (("pay", "draws", 0, "amount"), "0.001", (), "EUR has 2", "2 decimals"),
    "a draw's leave": (("pay", "draws", 0, "recover", "leave"), "zero", (), "guarantee nothing", "leave: draw"),
    "an advance by what is earned": (("pay", "draws", 1, "against"), "earned", (), "with nothing", "against: released"),
    "a draw by a deal": (("pay", "draws", 0, "when"), {"kind": "new"}, (), "have no kind", "payee.tenure_month"),
    "any other reason": (
        ("pay", "leaving", "unreleased"),
        {"dismissed": "forfeit"},
        ("pay", "leaving", "unreleased"),
        "for a reason that is not named",
        "otherwise: pay or forfeit",
    ),
    "a release of less than the line": (
        ("components", 0, "release"),
        [{"share": "90%", "at": "earned"}],
        ("components", 0, "release"),
        "sum to 90%",
        "100% in all",
    ),
    "more taken back than was earned": (
        ("components", 0, "reversal"),
        {"cancelled": {"take": "101%", "of": "booked", "quota": "kept"}, "refunded": "keep"},
        ("components", 0, "reversal", "cancelled", "take"),
        "than the whole",
        "at most 100%",
    ),
    "balance finer than a cent": (("pay", "negative", "limit"), "0.001", (), "EUR has 2", "2 decimals"),
}
WHEN = ("measures", "sales", "when")
ASKED: dict[str, tuple[Any, str, str]] = {
    "nothing": ({}, "asks for nothing", "Leave `when` out"),
    "one of several asks nothing": ([{"kind": "new"}, {}], "asks for nothing", "Leave `when` out"),
    "no field": ({"colour": "red"}, "ask for colour", "account.country, account.employees"),
    "which attainment": ({"attainment.goal": {"above": "1%"}}, "ask for attainment.goal", "amount"),
    "a quota's own figure": ({"attainment_after.goal": {"above": "1%"}}, "ask for attainment_after.goal", "amount"),
    "a bound on words": ({"kind": {"at_least": "new"}}, "a word, which has no at_least", "none_of"),
    "words of numbers": ({"units": {"none_of": ["5"]}}, "of which none_of says nothing", "at_least, above, up_to"),
    "a list of numbers": ({"units": ["5", "6"]}, "which this list does not say", "at_least, above, up_to or below"),
    "an empty list": ({"kind": []}, "which this list does not say", "words that fit"),
    "a test of nothing": ({"units": {}}, "says nothing", "values or bounds"),
    "two lower bounds": ({"units": {"at_least": "1", "above": "1"}}, "two bounds on one side", "Keep one"),
    "two upper bounds": ({"units": {"up_to": "1", "below": "1"}}, "two bounds on one side", "Keep one"),
    "no number": ({"units": "many"}, "many is no value of units", '"36"'),
    "a number without end": ({"units": "1e999999999"}, "no value of units", '"36"'),
    "a share without a sign": ({"discount": {"up_to": "15"}}, "15 is no value of discount", "15%"),
    "no amount": ({"amount": {"above": "1.005"}}, "no value of amount", '"10000.00"'),
    "no day": ({"signed": {"above": "2026-02-30"}}, "no value of signed", '"2027-03-01"'),
}


def _judged(plain: dict[str, Any]) -> list[tuple[tuple[Any, ...], str, str]]:
    return [(p.route, p.message, p.hint) for p in problems(model.validate(PLAN, plain, path="plan.yml"))]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_paid_by_is_refused_with_the_choices(name: str) -> None:
    where, value, route, says, hint = REFUSED[name]
    found = _judged(changed((where, value)))
    assert found
    place = route or where
    told = [(said, helps) for at, said, helps in found if at[: len(place)] == place[: len(at)]]
    assert any(says in said and hint in helps for said, helps in told), found
    assert all(helps for _, _, helps in found)
    with pytest.raises(RefusedError, match=r"plans/rep/2026-01-01\.yml: "):
        ready(model.validate(PLAN, changed((where, value)), path="plan.yml"), REF)


PLACES = (WHEN, ("components", 1, "when"), ("components", 0, "factors", 0, "when"), (*FIRST, 0, "when"))
OF_MEASURES = "a quota's own figure"  # what a quota counts cannot ask how much of it is reached; all else can


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name in ASKED for place in PLACES if name != OF_MEASURES or place == WHEN]
)
def test_a_condition_that_says_nothing_is_refused_wherever_it_stands(name: str, place: tuple[Any, ...]) -> None:
    asked, says, hint = ASKED[name]
    found = _judged(changed((place, asked)))
    assert found
    for route, said, helps in found:
        assert route[: len(place)] == place
        assert says in said and hint in helps


@pytest.mark.parametrize(
    "cell", [{"target": "80%"}, {"target_rate": "1x"}, {"first": [{"name": "all", "otherwise": {"target": "80%"}}]}]
)
def test_a_cell_by_the_target_needs_one_wherever_it_stands(cell: dict[str, Any]) -> None:
    plain = changed((("target",), GONE), (("components", 0, "rate"), cell), (("components", 1), PLAIN["components"][2]))
    plain["components"] = plain["components"][:1]
    assert ("target",) in [route for route, _, _ in _judged(plain)]


MANDATORY = [
    *((name,) for name in ("plan", "effective", "title", "summary", "currency", "paid", "version_by", "fx", "pay_in")),
    *((name,) for name in ("running_totals", "measures", "components", "pay")),
    *(("measures", "sales", name) for name in ("event", "credit", "value")),
    *(("measures", "sales", "credit", name) for name in ("role", "of")),
    *(("quotas", "goal", name) for name in ("measure", "over", "amount")),
    ("quotas", "goal", "prorate", "unit"),
    *(("quotas", "ramp", "amount", "ramp", 0, name) for name in ("month", "amount")),
    *(("target", name) for name in ("amount", "per")),
    *(("components", 0, name) for name in ("name", "says", "measure", "rate", "lines", "release", "reversal")),
    *((*TABLE, name) for name in ("by", "mode")),
    (*CURVE, "points", 0, "at"),
    (*FIRST, 0, "name"),
    ("components", 0, "factors", 0, "name"),
    ("components", 0, "limits", 0, "per"),
    *(("pay", name) for name in ("draws", "negative", "leaving")),
    *(("pay", "draws", 0, name) for name in ("name", "kind", "against", "amount", "recover")),
    *(("pay", "draws", 0, "recover", name) for name in ("out_of", "leave")),
    *(("pay", "leaving", name) for name in ("unreleased", "residuals", "owed")),
    *(("pay", "negative", name) for name in ("carry", "limit", "written_off_by")),
]


@pytest.mark.parametrize("route", MANDATORY, ids=lambda route: ".".join(map(str, route)))
def test_each_field_that_must_be_written_is_missed_by_name(route: tuple[Any, ...]) -> None:
    assert [at for at, _ in model.problems(PLAN, changed((route, GONE)))] == [route]


CHOICES = {
    ("paid",): "month, quarter or year",
    ("version_by",): "signed",
    ("measures", "sales", "event"): "won",
    ("measures", "sales", "value"): "amount, arr, mrr, acv, tcv, units or count",
    ("components", 0, "lines"): "event",
    ("components", 0, "release"): "at_once",
    ("components", 0, "reversal"): "none",
    (*TABLE, "mode"): "slice, event or all",
    (*CURVE, "beyond"): "hold or refuse",
    ("components", 0, "limits", 0, "excess"): "lost or carried",
}


@pytest.mark.parametrize("route", CHOICES, ids=lambda route: ".".join(map(str, route)))
def test_a_word_that_is_none_of_the_choices_is_refused_with_them(route: tuple[Any, ...]) -> None:
    ((at, said),) = model.problems(PLAN, changed((route, "perhaps")))
    assert at == route
    assert all(word in said for word in CHOICES[route].replace(" or ", ", ").split(", ")), said
