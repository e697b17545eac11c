"""Are contests, pools and recorded quotas settled when a month closes, from what main holds?"""

from datetime import date
from pathlib import Path

from salesrepo.commission.booked.line import read_line
from salesrepo.commission.explain.line import check_line
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.statement import LineItem
from salesrepo.flows.books.settle import PlainLedger, settle
from salesrepo.store.ledger import Ledger
from salesrepo.vcs.objects import Objects
from tests.helpers.company import Company, build_company, deal, flat_plan, node, product

MARCH = date(2017, 3, 20)
PRIZES = """\
            - {at_least: "1", flat: "1000.00"}
            - {at_least: "2", flat: "500.00"}
            - {at_least: "3", flat: "0.00"}
"""


def _turned(plan: dict[str, str], *changes: tuple[str, str]) -> dict[str, str]:
    ((path, text),) = plan.items()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


RACE = (
    'rankings:\n  race: {measure: sales, over: month, lag: "0", among: plan, best: highest, groups: places, '
    "ties: split, missing: worst}\ncomponents:\n"
)
CONTEST = _turned(
    flat_plan(),
    ("components:\n", RACE),
    ("lines: event", "over: month\n    lines: window"),
    ("    rate: 10%\n", f"    rate:\n      table:\n        by: rank.race\n        mode: all\n        steps:\n{PRIZES}"),
)
POOL = _turned(
    flat_plan("1%", plan="pool"),
    ("of: own", "of: members"),
    ("lines: event", "over: month\n    lines: window\n    share_out: {by: sales, leftover: first}"),
)


def _close(of: Company, month: str, on: date) -> None:
    digest = "0" * 64
    text = f'period: {month}\nprepared_by: ana\nthrough: {of.main}\ndigest: "{digest}"\n'
    of.merge({f"closes/{month}.yml": text}, on=on)


def _lines(of: Company, *, component: str = "commission") -> list[LineItem]:
    with Objects(of.git_dir) as objects:
        ledger = Ledger(objects, of.ledger)
        batches = (ledger.batch(file) for who in ledger.nodes() for file in ledger.batches(who))
        found = [read_line(line) for batch in batches for line in batch.lines]
    return [line for line in found if line.component == component]


def _in_team(name: str, weight: str) -> dict[str, str]:
    ((path, text),) = node(name).items()
    return {path: text + f'teams:\n  - {{team: south, starts: "2017-01-01", weight: "{weight}"}}\n'}


SOUTH = 'node: south\nname: South\nkind: team\nplans:\n  - {plan: pool, starts: "2017-01-01"}\n'


def test_a_month_that_closes_pays_its_contest_and_shares_its_pool(tmp_path: Path) -> None:
    people = _in_team("ana", "1") | _in_team("ben", "2") | node("cem") | {NODE.path.fill(node="south"): SOUTH}
    acme = build_company(tmp_path / "master.git", people | CONTEST | POOL | product())
    acme.merge(deal("d-a.com-1", "300.05", account="d-a.com", credits={"ana": "100%"}), on=MARCH)
    acme.merge(deal("d-b.com-1", "300.05", account="d-b.com", credits={"ben": "100%"}), on=MARCH)
    assert settle(PlainLedger(acme.git_dir)).totals == {}.fromkeys(
        [("ana", "USD"), ("ben", "USD"), ("south", "USD")], 0
    )
    _close(acme, "2017-03", date(2017, 4, 3))
    settle(PlainLedger(acme.git_dir))
    found = [(line.type.value, line.payee, line.event, line.amount) for line in _lines(acme) if not line.deal]
    assert sorted(found) == [
        ("bonus", "ana", "period-2017-03", 300),
        ("bonus", "ben", "period-2017-03", 300),
        ("bonus", "south", "period-2017-03", -600),
        ("earning", "ana", "period-2017-03", 75_000),
        ("earning", "ben", "period-2017-03", 75_000),
        ("earning", "cem", "period-2017-03", 0),
        ("earning", "south", "period-2017-03", 600),
    ]
    assert [check_line(line) for line in _lines(acme)] == [None] * len(_lines(acme))
    assert not settle(PlainLedger(acme.git_dir)).changed


def test_a_quota_that_is_recorded_later_pays_what_waited_for_it(tmp_path: Path) -> None:
    steps = "[{at_least: 0%, rate: 10%}, {at_least: 100%, rate: 20%}]"
    table = f"by: attainment.goal\n        mode: slice\n        steps: {steps}"
    by_quota = _turned(
        flat_plan(),
        ("components:\n", "quotas:\n  goal: {measure: sales, over: month, amount: records}\ncomponents:\n"),
        ("    rate: 10%\n", f"    over: month\n    rate:\n      table:\n        {table}\n"),
    )
    acme = build_company(tmp_path / "master.git", node("ana") | node("ben") | by_quota | product())
    quota = 'quota: goal\nwindow: 2017-03\ncurrency: USD\namounts: {ben: "9.00"AND}\n'
    acme.merge({"quotas/goal/2017-03.yml": quota.replace("AND", "")} | deal("d-acme.com-1"), on=MARCH)
    (waits,) = settle(PlainLedger(acme.git_dir)).pending
    assert waits.needs == "A quota goal of ana for 2017-03."
    acme.merge({"quotas/goal/2017-03.yml": quota.replace("AND", ', ana: "400.00"')}, on=MARCH)
    assert settle(PlainLedger(acme.git_dir)).totals == {("ana", "USD"): 16_000}


def test_what_was_paid_beside_a_line_that_waited_is_paid_once(tmp_path: Path) -> None:
    steps = "[{at_least: 0%, rate: 10%}, {at_least: 100%, rate: 20%}]"
    second = "name: second\n    says: More.\n    measure: sales\n    lines: event\n    release: at_once\n"
    table = f"over: month\n    rate: {{table: {{by: attainment.goal, mode: slice, steps: {steps}}}}}\n"
    two = _turned(
        flat_plan(),
        ("components:\n", "quotas:\n  goal: {measure: sales, over: month, amount: records}\ncomponents:\n"),
        ("pay:\n", f"  - {second}    reversal: none\n    {table}pay:\n"),
    )
    acme = build_company(tmp_path / "master.git", node("ana") | two | product())
    acme.merge(deal("d-acme.com-1"), on=MARCH)
    assert settle(PlainLedger(acme.git_dir)).totals == {("ana", "USD"): 10_000}
    quota = 'quota: goal\nwindow: 2017-03\ncurrency: USD\namounts: {ana: "400.00"}\n'
    acme.merge({"quotas/goal/2017-03.yml": quota}, on=MARCH)
    assert settle(PlainLedger(acme.git_dir)).totals == {("ana", "USD"): 16_000}
    acme.merge(deal("d-acme.com-1", "100"), on=MARCH)
    assert settle(PlainLedger(acme.git_dir)).totals == {("ana", "USD"): 2_000 - 26_000}


def test_a_window_that_waited_is_paid_with_the_next_close(tmp_path: Path) -> None:
    table = "table: {by: attainment.goal, mode: slice, steps: [{at_least: 0%, rate: 10%}]}"
    by_quota = _turned(
        flat_plan(),
        ("components:\n", "quotas:\n  goal: {measure: sales, over: month, amount: records}\ncomponents:\n"),
        ("lines: event", "lines: window"),
        ("    rate: 10%\n", f"    over: month\n    rate: {{{table}}}\n"),
    )
    acme = build_company(tmp_path / "master.git", node("ana") | by_quota | product())
    acme.merge(deal("d-acme.com-1"), on=MARCH)
    _close(acme, "2017-03", date(2017, 4, 3))
    assert [line.needs for line in settle(PlainLedger(acme.git_dir)).pending] == ["A quota goal of ana for 2017-03."]
    for month in ("2017-03", "2017-04"):
        quota = f'quota: goal\nwindow: {month}\ncurrency: USD\namounts: {{ana: "400.00"}}\n'
        acme.merge({f"quotas/goal/{month}.yml": quota}, on=date(2017, 4, 5))
    _close(acme, "2017-04", date(2017, 5, 3))
    settle(PlainLedger(acme.git_dir))
    paid = [(line.event, line.type.value, line.amount, line.booking_period) for line in _lines(acme)]
    assert paid == [
        ("period-2017-03", "pending", 0, "2017-03"),
        ("period-2017-04", "earning", 0, "2017-04"),
        ("period-2017-03", "reversal", 0, "2017-04"),
        ("period-2017-03", "earning", 10_000, "2017-04"),
    ]
