"""Is each way to look up, rank or share what cannot be paid refused, with its place, a sentence and the choices?"""

import copy
from typing import Any

import pytest

from salesrepo.commission.ready.asks import unrecorded
from salesrepo.commission.ready.plan import problems, ready
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.period import Span
from salesrepo.domain.statement import PlanRef
from salesrepo.store import model
from salesrepo.store.gate import read_documents

TEXT = b"""\
plan: rep
effective: "2027-01-01"
title: Rep
summary: A plan that looks up whatever there is to be looked up.
currency: EUR
paid: month
version_by: signed
fx: refuse
pay_in: plan
running_totals: continue
measures:
  sales: {event: won, credit: {role: closer, of: own}, value: amount, when: {metric.churn: {up_to: 5%}}}
  pieces: {event: won, credit: {role: closer, of: own}, value: units}
  brought: {event: won, credit: {role: closer, of: members}, value: amount}
quotas:
  goal: {measure: sales, over: quarter, amount: records}
  month: {measure: sales, over: month, amount: records}
metrics:
  churn: {over: quarter, lag: "1", missing: 20%}
  mark: {over: month, lag: "0", missing: "0.5"}
rankings:
  place: {metric: churn, over: quarter, lag: "1", among: team, best: lowest, groups: "4", ties: better, missing: worst}
  race: {measure: pieces, over: month, lag: "0", among: plan, best: highest, groups: places, ties: split, missing: "0"}
components:
  - name: each
    says: Each.
    measure: sales
    over: each
    when: {account.country: DE, payee.team: south, metric.mark: {at_least: "0.25"}}
    rate:
      first:
        - {name: best, when: {rank.place: "1"}, pays: 9%}
        - name: others
          otherwise:
            table: {by: rank.place, mode: all, steps: [{at_least: "1", rate: 8%}, {at_least: "3", rate: 6%}]}
    factors:
      - name: quality
        table: {by: metric.mark, mode: all, steps: [{at_least: "0", times: 1x}, {above: "0.8", times: 2x}]}
      - name: loyal
        table: {by: metric.churn, mode: all, steps: [{at_least: 0%, times: 1x}, {above: 2.5%, times: 0.5x}]}
    lines: event
    release: at_once
    reversal: none
  - name: prizes
    says: Prizes.
    measure: pieces
    over: month
    rate:
      table: {by: rank.race, mode: all, steps: [{at_least: "1", flat: "90.00"}, {at_least: "2", flat: "0"}]}
    lines: window
    release: at_once
    reversal: none
  - name: pool
    says: A pool.
    measure: brought
    over: quarter
    when: {attainment_after.goal: {above: 10%}, payee.grade: senior, rank.place: "1"}
    rate:
      table: {by: attainment.goal, mode: slice, steps: [{at_least: 0%, rate: 1%}, {at_least: 100%, rate: 2%}]}
    share_out: {by: brought, leftover: first, when: {attainment_final.own: {at_least: 50%}, payee.tenure_month: "3"}}
    lines: window
    release: at_once
    reversal: none
pay:
  draws: []
  negative: {carry: next_period, limit: none, written_off_by: finance}
  leaving: {unreleased: {otherwise: pay}, residuals: stop, owed: written_off}
"""
(PLAIN,) = read_documents(TEXT, path="plan.yml", cap=PLAN.cap)
REF = PlanRef("plans/rep/2027-01-01.yml", "b" * 40)
GONE = object()
EACH, PRIZES, POOL = (("components", place) for place in range(3))
PLACE, RACE = ("rankings", "place"), ("rankings", "race")
OTHERS = (*EACH, "rate", "first", 1, "otherwise", "table")


def _judged(route: tuple[Any, ...], value: Any) -> list[tuple[tuple[Any, ...], str, str]]:
    plain: dict[str, Any] = copy.deepcopy(PLAIN)
    place: Any = plain
    for step in route[:-1]:
        place = place[step]
    if value is GONE:
        del place[route[-1]]
    else:
        place[route[-1]] = value
    return [(p.route, p.message, p.hint) for p in problems(model.validate(PLAN, plain, path="plan.yml"))]


def test_a_plan_that_looks_up_everything_is_sound() -> None:
    read = model.validate(PLAN, PLAIN, path="plan.yml")
    assert problems(read) == ()
    assert list(unrecorded(read)) == []
    by = ready(read, REF)
    assert by.quotas["goal"].amount.recorded
    assert {("pieces", Span.MONTH), ("brought", Span.QUARTER)} <= set(by.windows)


REFUSED: dict[str, tuple[tuple[Any, ...], Any, tuple[Any, ...], str, str]] = {
    # what is changed: its route, its value, the route of the problem, words of its sentence and of its hint
    "no such metric": ((*EACH, "factors", 0, "table", "by"), "metric.nps", (), "called metric.nps", "metric.churn"),
    "no such ranking": ((*OTHERS, "by"), "rank.sprint", (), "called rank.sprint", "rank.place, rank.race"),
    "a condition on no metric": ((*EACH, "when"), {"metric.nps": "1"}, (), "ask for metric.nps", "metric.churn"),
    "a condition on no ranking": ((*EACH, "when"), {"rank.sprint": "1"}, (), "ask for rank.sprint", "rank.place"),
    "a figure that is none": ((*EACH, "when"), {"metric.mark": "high"}, (), "no value of metric.mark", '"0.8"'),
    "a place that is a share": ((*EACH, "when"), {"rank.place": "5%"}, (), "no value of rank.place", '"36"'),
    "a place that is none": ((*OTHERS, "steps", 1, "at_least"), "1.5", (), "no whole number", "whole number"),
    "places from nothing": ((*OTHERS, "steps", 0, "at_least"), "2", (), "at the bottom", '"1"'),
    "a share as a number": (
        (*EACH, "factors", 1, "table", "steps", 1, "above"),
        "0.025",
        (),
        "no bound of metric.churn",
        "100%",
    ),
    "a number as a share": (
        (*EACH, "factors", 0, "table", "steps", 0, "at_least"),
        "0%",
        (),
        "no bound of metric.mark",
        '"40000"',
    ),
    "slices of places": ((*OTHERS, "mode"), "slice", (*OTHERS, "mode"), "rank.place does not run", "mode: all"),
    "by neither": ((*PLACE, "metric"), GONE, PLACE, "by a metric or by a measure", "one of metric and measure"),
    "by both": ((*PLACE, "measure"), "sales", PLACE, "by a metric or by a measure", "one of metric and measure"),
    "no such measure": ((*RACE, "measure"), "profit", (*RACE, "measure"), "called profit", "sales, pieces, brought"),
    "a race of last month": ((*RACE, "lag"), "1", (*RACE, "lag"), "known when its window ends", 'lag: "0"'),
    "a missing share of things": ((*RACE, "missing"), "5%", (*RACE, "missing"), "nothing that pieces counts", "best"),
    "a metric of other windows": ((*PLACE, "over"), "month", (*PLACE, "over"), "of each quarter", "over: quarter"),
    "a race not over": ((*PRIZES, "lines"), "event", (*PRIZES, "rate"), "known when its window ends", "lines: window"),
    "asked while it runs": ((*EACH, "when"), {"rank.race": "1"}, (), "known when its window ends", "lines: window"),
    "asked by a measure": (("measures", "sales", "when"), {"rank.race": "1"}, (), "ask for rank.race", "metric.churn"),
    "a race of another window": ((*RACE, "over"), "year", (*PRIZES, "over"), "the ranking over a year", "over: year"),
    "a pool of prices": ((*PLACE, "ties"), "split", (*EACH, "rate"), "Only prizes", "ties: better"),
    "a pool of targets": (
        (*PRIZES, "rate", "table", "steps"),
        [{"at_least": "1", "target": "90%"}],
        (*PRIZES, "rate"),
        "Only prizes",
        "Pay by flat",
    ),
    "a window without end": ((*POOL, "over"), "always", (*POOL, "over"), "a window that ends", "month, quarter"),
    "no window at all": ((*PRIZES, "over"), GONE, (*PRIZES, "over"), "a window that ends", "month, quarter"),
    "a window by deals": ((*PRIZES, "rate", "table", "by"), "term", (*PRIZES, "rate"), "has no term", "lines: event"),
    "a window's product": ((*POOL, "when"), {"product": "pro"}, (*POOL, "when"), "no product", "measure's `when`"),
    "a quota of another window": (
        (*POOL, "rate", "table", "by"),
        "attainment.month",
        (*POOL, "over"),
        "over quarter, the quota month over a month",
        "over: month",
    ),
    "shared by nothing": ((*POOL, "share_out", "by"), "luck", (), "shared by luck", "equal, weight, sales"),
    "not what members bring": ((*POOL, "share_out", "by"), "sales", (), "what each member brings", "of: members"),
    "who reached what": (
        (*POOL, "share_out", "when"),
        {"attainment_after.goal": {"above": "1%"}},
        (),
        "ask for attainment_after.goal",
        "account.country",
    ),
    "no fact of a member": ((*POOL, "share_out", "when"), {"product": "pro"}, (), "no fact of a member", "payee.grade"),
    "a window released by cash": (
        (*POOL, "release"),
        [{"share": "100%", "in_proportion_to": "cash"}],
        (*POOL, "release"),
        "No deal releases",
        "release: at_once",
    ),
    "a window taken back": (
        (*POOL, "reversal"),
        {"cancelled": "keep", "refunded": "keep"},
        (*POOL, "reversal"),
        "No deal takes back",
        "reversal: none",
    ),
    "a window in many currencies": (("pay_in",), "deal", (*POOL, "lines"), "one currency", "pay_in: plan or payee"),
    "shared in many currencies": (("pay_in",), "payee", (*POOL, "share_out"), "one currency", "pay_in: plan"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_looked_up_is_refused_with_the_choices(name: str) -> None:
    where, value, route, says, hint = REFUSED[name]
    found = _judged(where, value)
    place = route or where
    told = [(said, helps) for at, said, helps in found if at[: len(place)] == place[: len(at)]]
    assert any(says in said and hint in helps for said, helps in told), found
    assert all(helps for _, _, helps in found)


def test_a_pool_by_a_measure_says_in_which_window() -> None:
    plain = copy.deepcopy(PLAIN)
    pool = plain["components"][2]
    del pool["over"], pool["when"]
    pool |= {"lines": "event", "rate": "1%"}
    found = problems(model.validate(PLAN, plain, path="plan.yml"))
    assert [(p.route, p.message) for p in found] == [
        ((*POOL, "over"), "In which window does each member's brought count?")
    ]
