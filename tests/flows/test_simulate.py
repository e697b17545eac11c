"""Does a simulation say what another plan would have paid, to the cent, for the history that there is?"""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from salesrepo.commission.shown.compare import shifts_of, spread_of
from salesrepo.commission.shown.simulated import page_of
from salesrepo.domain.simulation import Outcome, Paid, Simulation
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.books.foreseen import Place
from salesrepo.flows.books.settle import PlainLedger, settle
from salesrepo.flows.books.simulate import Asked, read_candidate, simulate
from salesrepo.report.pages import lay_out
from tests.helpers.company import Company, build_company, deal, flat_plan, node, product, tier_plan


@pytest.fixture
def acme(tmp_path: Path) -> Company:
    """March: Ana sells 1,000 and Ben 500 (amended from 800). April: Ana sells 2,000. Eve is on another plan."""
    people = {**node("ana"), **node("ben", forge_id=2), **node("eve", plan="other", forge_id=3)}
    found = build_company(
        tmp_path / "master.git", {**people, **flat_plan("10%"), **flat_plan("50%", plan="other"), **product()}
    )
    found.merge(deal("d-acme.com-1"), on=date(2017, 3, 2))
    found.merge(deal("d-acme.com-2", "800", credits={"ben": "100%"}), on=date(2017, 3, 3))
    found.merge(deal("d-acme.com-3", "9000", credits={"eve": "100%"}), on=date(2017, 3, 4))
    found.merge(deal("d-acme.com-2", "500", credits={"ben": "100%"}), on=date(2017, 4, 3))
    found.merge(deal("d-acme.com-4", "2000", signed="2017-04-05"), on=date(2017, 4, 6))
    return found


def candidate(tmp_path: Path, plan: dict[str, str], name: str = "new.yml") -> Path:
    ((_, text),) = plan.items()
    (tmp_path / name).write_text(text)
    return tmp_path / name


def run(of: Company, *paths: Path, asked: Asked = Asked()) -> Simulation:  # noqa: B008 - it is frozen
    found = [read_candidate(path) for path in paths]
    return simulate(Place(of.git_dir, of.main, of.ledger), found, asked)


def earned(outcome: Outcome) -> dict[str, int]:
    return {paid.payee: paid.earned for paid in outcome.payees}


def test_two_plans_beside_what_was_paid_by_hand(acme: Company, tmp_path: Path) -> None:
    tiers = candidate(tmp_path, tier_plan(("0", "5%"), ("1500", "20%")))
    flat = candidate(tmp_path, flat_plan("12%"), "flat.yml")
    found = run(acme, tiers, flat)
    # Ana: 1,000 and 2,000; Ben: 500. By tiers 50, 75 + 100 and 25; at 12 % 120, 240 and 60.
    assert earned(found.now) == {"ana": 30000, "ben": 5000}
    assert [earned(other) for other in found.others] == [{"ana": 22500, "ben": 2500}, {"ana": 36000, "ben": 6000}]
    assert [other.totals for other in (found.now, *found.others)] == [{"USD": 35000}, {"USD": 25000}, {"USD": 42000}]
    assert found.others[0].months == {("2017-03", "USD"): 7500, ("2017-04", "USD"): 17500}
    assert (found.deals, found.instead_of, found.until) == (3, "rep", date(2017, 4, 6))
    (shift,) = shifts_of(found, found.others[0])
    assert (shift.gain, shift.lose, shift.lost, shift.same) == (0, 2, -10000, 0)


def test_what_is_in_force_is_what_the_ledger_says(acme: Company, tmp_path: Path) -> None:
    settled = settle(PlainLedger(acme.git_dir)).totals
    found = run(acme, candidate(tmp_path, flat_plan("1%")))
    assert {(paid.payee, paid.currency): paid.earned for paid in found.now.payees} == {
        key: total for key, total in settled.items() if key[0] != "eve"
    }


def test_only_deals_since_a_day_are_paid_otherwise(acme: Company, tmp_path: Path) -> None:
    found = run(acme, candidate(tmp_path, flat_plan("20%")), asked=Asked(since=date(2017, 4, 1)))
    assert (earned(found.now), earned(found.others[0]), found.deals) == ({"ana": 20000}, {"ana": 40000}, 1)


def test_a_plan_of_another_name_replaces_the_one_that_is_told(acme: Company, tmp_path: Path) -> None:
    new = candidate(tmp_path, flat_plan("20%", plan="fresh"))
    with pytest.raises(RefusedError, match="Plan fresh pays nobody") as refused:
        run(acme, new)
    assert "--for PLAN" in refused.value.hint
    assert earned(run(acme, new, asked=Asked(plan="rep")).others[0]) == {"ana": 60000, "ben": 10000}
    assert earned(run(acme, new, asked=Asked(nodes=("eve", "ben"))).others[0]) == {"ben": 10000, "eve": 180000}
    assert earned(run(acme, new, asked=Asked(plan="rep", nodes=("eve", "ben"))).others[0]) == {
        "ben": 10000,
        "eve": 450000,
    }


def test_quotas_are_told_where_a_plan_has_them(acme: Company, tmp_path: Path) -> None:
    quota = 'quotas:\n  sales: {measure: sales, over: month, amount: "4000.00"}\ncomponents:\n'
    plan = {path: text.replace("components:\n", quota) for path, text in flat_plan("10%").items()}
    found = run(acme, candidate(tmp_path, plan))
    ana = found.others[0].of("ana", "USD")
    assert [(one.window, one.reached, one.share) for one in ana.attained] == [
        ("2017-03", 100000, Fraction(1, 4)),
        ("2017-04", 200000, Fraction(1, 2)),
    ]
    page = lay_out("html", page_of(found, names={"ana": "Ana <b>"}))
    assert "50.00%" in page and "Ana &lt;b&gt;" in page and "<b>" not in page


def test_everything_wrong_with_a_plan_is_told(tmp_path: Path) -> None:
    bad = {
        path: text.replace("rate: 10%", "rate: {table: {by: base, mode: slice}}") for path, text in flat_plan().items()
    }
    faults = read_candidate(candidate(tmp_path, bad)).faults
    assert len(faults) >= 2 and all(fault.where.startswith("components.0") for fault in faults)
    words = {path: text.replace("currency: USD", "currency: dollars") for path, text in flat_plan().items()}
    assert [fault.where for fault in read_candidate(candidate(tmp_path, words)).faults] == ["currency"]
    with pytest.raises(UsageError, match="cannot be read"):
        read_candidate(tmp_path / "nowhere.yml")


def test_quartiles_lie_on_the_line_between_two_payees() -> None:
    sums = (100, 200, 300, 401)
    outcome = Outcome(
        name="now", payees=tuple(Paid(payee=str(at), currency="USD", earned=sum_) for at, sum_ in enumerate(sums))
    )
    spread = spread_of(outcome, "USD")
    assert spread is not None
    assert (spread.least, spread.first, spread.median, spread.third, spread.most) == (100, 175, 250, 325, 401)
    assert spread_of(outcome, "EUR") is None


def test_months_that_nobody_closed_are_closed_as_if_they_ended_now(acme: Company, tmp_path: Path) -> None:
    """Paid by the month: 1,000 and 2,000 of Ana's are 50 and 75 + 40, Ben's 500 are 25."""
    plan = tier_plan(("0", "5%"), ("1500", "8%"))
    windows = {path: text.replace("lines: event", "lines: window") for path, text in plan.items()}
    found = run(acme, candidate(tmp_path, windows))
    assert earned(found.now) == {"ana": 30000, "ben": 5000}
    assert earned(found.others[0]) == {"ana": 16500, "ben": 2500}
    assert found.others[0].months == {("2017-03", "USD"): 7500, ("2017-04", "USD"): 11500}
