"""Is a plan that pay cannot be calculated by refused, with the place and the next step?"""

from pathlib import Path
from typing import Any

import pytest

from salesrepo.commission import rates
from salesrepo.commission.ready.asks import COUNTED, unrecorded
from salesrepo.commission.ready.plan import problems, ready
from salesrepo.commission.registry import TABLES, shapes_in
from salesrepo.domain.kinds.plan import PLAN, RateRule, Step, Table
from salesrepo.domain.kinds.plan_pay import Negative, Pay
from salesrepo.domain.statement import PlanRef
from salesrepo.errors import RefusedError
from salesrepo.store import model
from salesrepo.store.plain import to_plain
from tests.commission.samples import PAY, component, plan, table

SOUND = plan(component("5%"), component(table(("0", "5%"), (">100", "7%")), over="month", name="tiers"))
STEPS = ("components", 0, "rate", "table", "steps")


def test_a_sound_plan_has_no_problems() -> None:
    assert problems(SOUND) == ()


@pytest.mark.parametrize(
    ("steps", "route", "says"),
    [
        ((), STEPS[:-1], "no rows"),
        ((("100", "5%"),), (*STEPS, 0), "at the bottom"),
        (((">0", "5%"),), (*STEPS, 0), "at the bottom"),
        ((("0", "5%"), ("200", "6%"), ("100", "7%")), (*STEPS, 2), "do not rise"),
        ((("0", "5%"), ("200", "6%"), (">200", "7%")), (*STEPS, 2), "do not rise"),
        ((("0", "5%"), ("10.005", "6%")), (*STEPS, 1), "EUR has 2"),
    ],
)
def test_rows_rise_from_the_bottom(steps: tuple[tuple[str, str], ...], route: tuple[Any, ...], says: str) -> None:
    (problem,) = problems(plan(component(table(*steps), over="month")))
    assert problem.route == route
    assert says in problem.message
    assert problem.hint


@pytest.mark.parametrize("bounds", [{}, {"at_least": "0", "above": "0"}])
def test_a_row_names_one_bound(bounds: dict[str, str]) -> None:
    rate = RateRule(table=Table(by="base", mode="slice", steps=(Step(rate="5%", **bounds),)))
    (problem,) = problems(plan(component(rate, over="month")))
    assert "one of at_least and above" in problem.message


def test_a_table_says_how_long_its_total_runs() -> None:
    (problem,) = problems(plan(component(table(("0", "5%")))))
    assert problem.route == ("components", 0, "over")
    assert "each, month, quarter, half-year, year, always" in problem.hint


def test_names_must_be_defined_and_differ() -> None:
    found = problems(plan(component("5%", measure="margin"), component("6%")))
    assert [(p.route[-1], p.message) for p in found] == [
        ("name", "Two components are called commission."),
        ("measure", "No measure of this plan is called margin."),
        ("name", "Two components are called commission."),
    ]
    assert found[1].hint == "Use one of sales."


def test_what_this_version_cannot_pay_is_refused() -> None:
    assert "no ISO 4217" in problems(plan(currency="XXX"))[0].message
    limit = Negative(carry="next_period", limit="10.005", written_off_by="finance")
    assert problems(plan(pay=Pay(draws=(), negative=limit, leaving=PAY.leaving)))[0].route == (
        "pay",
        "negative",
        "limit",
    )


def test_a_plan_with_problems_is_not_paid_by() -> None:
    with pytest.raises(RefusedError, match=r"plans/rep/2026-01-01\.yml: components\.0\.measure: No measure"):
        ready(plan(component("5%", measure="margin")), PlanRef("plans/rep/2026-01-01.yml", "b" * 40))


def test_every_way_to_write_a_table_is_registered_once() -> None:
    files = {path.stem for path in Path(rates.__file__).parent.glob("*.py")} - {"__init__", "cell"}
    assert sorted(type(shape).__module__.rpartition(".")[2] for shape in TABLES) == sorted(files)


def test_a_table_is_written_in_the_way_that_its_key_says() -> None:
    rate = table(("0", "5%"))
    assert rate.table is not None
    assert [shape.name for shape in shapes_in(rate.table)] == ["steps"]


def test_a_plan_is_written_and_read_back() -> None:
    assert model.validate(PLAN, to_plain(SOUND), path="plan.yml") == SOUND
    assert PLAN.path_of(SOUND) == "plans/rep/2026-01-01.yml"


@pytest.mark.parametrize("field", [name for name in to_plain(SOUND)])
def test_nothing_of_the_header_may_be_left_out(field: str) -> None:
    plain = {key: value for key, value in to_plain(SOUND).items() if key != field}
    assert [route for route, _ in model.problems(PLAN, plain)] == [(field,)]


@pytest.mark.parametrize("field", ["name", "says", "measure", "rate", "lines", "release", "reversal"])
def test_nothing_of_a_component_may_be_left_out(field: str) -> None:
    plain = to_plain(SOUND)
    del plain["components"][0][field]
    assert [route for route, _ in model.problems(PLAN, plain)] == [("components", 0, field)]


@pytest.mark.parametrize(
    ("route", "value"),
    [
        (("fx",), {"deal": "signed", "pay": "paid"}),
        (("components", 0, "release"), [{"share": "100%", "with": "cash"}]),
        (("components", 0, "reversal"), {"cancelled": "keep"}),
        (("components", 1, "rate", "table", "by"), "weather"),
        (("measures", "sales", "event"), "promised"),
        (("measures", "sales", "for"), {"months": "12"}),
        (("measures", "sales", "lasts"), {"months": "12"}),
        (("pay", "draws"), [{"kind": "guarantee"}]),
        (("pay", "leaving"), {}),
    ],
)
def test_a_word_that_the_language_does_not_have_is_refused_by_name(route: tuple[Any, ...], value: Any) -> None:
    found = model.problems(PLAN, changed(route, value))
    assert found
    assert all(told[: len(route)] == route for told, _ in found if told[-1] != "table")


SALES = ("measures", "sales")
TAKES = {"take": "100%", "of": "booked", "quota": "kept"}


@pytest.mark.parametrize(
    ("measure", "route", "says", "hint"),
    [
        ({"credit": {"role": "closer", "of": "reports"}}, ("credit", "level"), "how many steps", "or all"),
        ({"credit": {"role": "closer", "of": "own", "level": "1"}}, ("credit", "level"), "by steps", "level out"),
        ({"value": "margin"}, ("below_zero",), "below cost", "zero or keep"),
        ({"below_zero": "keep"}, ("below_zero",), "Only a margin", "below_zero out"),
        ({"event": "earned", "value": "earned"}, ("component",), "Whose lines", "component: NAME"),
        ({"component": "commission"}, ("component",), "Only what is earned", "component out"),
        ({"event": "earned", "value": "earned", "component": "commission"}, ("component",), "others' lines", "event"),
        (
            {"event": "period_end", "value": "count", "credit": {"role": "closer", "of": "members"}},
            ("credit", "of"),
            "each payee alone",
            "of: own",
        ),
        (
            {"lasts": {"months": "12", "after": "colleague_start"}},
            ("lasts", "after"),
            "no colleague",
            "start or signed",
        ),
    ],
)
def test_a_measure_says_all_that_its_event_asks_for(
    measure: dict[str, Any], route: tuple[str, ...], says: str, hint: str
) -> None:
    plain = changed(SALES, to_plain(SOUND)["measures"]["sales"] | measure)
    (problem, *_) = problems(model.validate(PLAN, plain, path="plan.yml"))
    assert problem.route == (*SALES, *route)
    assert says in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("release", [{"share": "100%", "in_proportion_to": "cash"}]),
        ("reversal", {"cancelled": TAKES, "refunded": "keep"}),
    ],
)
def test_what_is_paid_for_a_period_rests_on_no_deal(key: str, value: Any) -> None:
    plain = changed(SALES, to_plain(SOUND)["measures"]["sales"] | {"event": "period_end", "value": "count"})
    plain["components"] = [{**plain["components"][0], "rate": {"flat": "50.00"}, key: value}]
    (problem,) = problems(model.validate(PLAN, plain, path="plan.yml"))
    assert (problem.route, "No deal" in problem.message) == (("components", 0, key), True)


@pytest.mark.parametrize(
    ("event", "value"),
    [
        (event, value)
        for event in COUNTED
        for value in ("arr", "cash", "pipeline", "earned")
        if value not in COUNTED[event]
    ],
)
def test_an_event_is_asked_for_what_it_has(event: str, value: str) -> None:
    measure = to_plain(SOUND)["measures"]["sales"] | {"event": event, "value": value}
    (problem, *_) = unrecorded(model.validate(PLAN, changed(SALES, measure), path="plan.yml"))
    assert (problem.route, problem.message) == ((*SALES, "value"), f"Nothing that is {event} has {value}.")


def test_a_pay_period_has_no_deal_to_ask_for() -> None:
    measure = to_plain(SOUND)["measures"]["sales"] | {"event": "period_end", "value": "count", "when": {"kind": "new"}}
    plain = changed(SALES, measure)
    plain["components"] = [{**plain["components"][0], "rate": {"flat": "50.00"}, "when": {"payee.tenure_month": "1"}}]
    (problem,) = unrecorded(model.validate(PLAN, plain, path="plan.yml"))
    assert (problem.route, problem.message) == ((*SALES, "when", "kind"), "A pay period has no kind.")


def changed(route: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The sound plan with one place changed."""
    plain = to_plain(SOUND)
    place: Any = plain
    for step in route[:-1]:
        place = place[step]
    place[route[-1]] = value
    return plain
