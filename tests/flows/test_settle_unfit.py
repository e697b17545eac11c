"""Does settlement go on, whatever one deal, payment or adjustment says, and never write what nobody can read back?"""

from datetime import date
from pathlib import Path

import pytest

from salesrepo.domain.kinds.adjustment import ADJUSTMENT
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.statement import LineItem
from salesrepo.flows.books.settle import PlainLedger, Settlement, settle
from salesrepo.flows.books.verify import verify
from salesrepo.store.ledger import Ledger, written
from salesrepo.vcs.objects import Objects
from tests.helpers.company import Company, build_company, deal, flat_plan, node, product, tier_plan

DAY = date(2017, 3, 2)


def company(tmp_path: Path, *more: dict[str, str]) -> Company:
    files = {**node("ana", forge_id=1), **node("ben", forge_id=2), **flat_plan("10%"), **product()}
    for part in more:
        files |= part
    return build_company(tmp_path / "master.git", files)


def settled(of: Company) -> Settlement:
    return settle(PlainLedger(of.git_dir))


def lines(of: Company, name: str) -> tuple[LineItem, ...]:
    with Objects(of.git_dir) as objects:
        return Ledger(objects, of.ledger).of_deal(name).lines


def is_verified(of: Company) -> bool:
    return not verify(of.git_dir, of.main, of.ledger, judge=None, now=2_000_000_000).differences


def payment(name: str, *, currency: str = "USD") -> dict[str, str]:
    text = (
        f'payment: {name}\ndeal: d-acme.com-1\nkind: paid\namount: "10.00"\ncurrency: {currency}\nday: "2017-03-05"\n'
    )
    return {PAYMENT.path.fill(deal="d-acme.com-1", payment=name): text}


def adjustment(name: str, *, amount: str = "10.00", reason: str = "why") -> dict[str, str]:
    text = f'adjustment: {name}\npayee: ana\namount: "{amount}"\ncurrency: USD\nday: "2017-03-02"\nreason: {reason}\n'
    return {ADJUSTMENT.path.fill(adjustment=name): text}


def test_one_deal_that_does_not_fit_leaves_the_rest_paid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salesrepo.store.ledger._MOST_PARTS", 1)
    acme = company(tmp_path, tier_plan(("0", "1%"), ("1000", "2%")))
    wide = deal("d-acme.com-1", "5000")
    acme.merge({**wide, **deal("d-other.com-1", "10", credits={"ben": "100%"}), **adjustment("a")}, on=DAY)
    done = settled(acme)
    assert [one.deal for one in done.unrated] == ["d-acme.com-1"]
    assert "could not be read back" in done.unrated[0].because
    assert (lines(acme, "d-acme.com-1"), len(lines(acme, "d-other.com-1")), done.lines) == ((), 1, 2)
    assert is_verified(acme)
    assert not settled(acme).changed


def test_what_does_not_fit_is_told_by_its_key(tmp_path: Path) -> None:
    acme = company(tmp_path)
    acme.merge(deal("d-acme.com-1"), on=DAY)
    settled(acme)
    (line,) = lines(acme, "d-acme.com-1")
    long = line._replace(key=f"{'x' * 600} won ana closer commission 1")
    assert list(written([line, long])[1]) == [long.key]
    huge = line._replace(amount=10**60)
    assert list(written([huge])[1]) == [line.key]


def test_sums_and_reasons_at_their_bounds_are_read_again(tmp_path: Path) -> None:
    acme = company(tmp_path)
    many = (adjustment(f"{n:060}", amount="999999999999.99", reason="x" * 4000) for n in range(12))
    acme.merge({path: text for each in many for path, text in each.items()}, on=DAY)
    settled(acme)
    acme.merge(deal("d-acme.com-1"), on=DAY)
    assert settled(acme).lines == 1
    with Objects(acme.git_dir) as objects:
        assert Ledger(objects, acme.ledger).closing("ana")[1].amounts == {"USD": "12000000000099.88"}


def test_long_names_make_lines_that_can_be_amended(tmp_path: Path) -> None:
    account = f"d-{'a' * 63}.{'b' * 28}.com"
    acme = company(tmp_path, node("n" * 50, forge_id=3))
    sale = f"{account}-1"
    for price in ("1000", "1500", "2000"):
        acme.merge(deal(sale, price, account=account, credits={"n" * 50: "100%"}), on=DAY)
        settled(acme)
    assert [line.amount for line in lines(acme, sale)] == [10000, -10000, 15000, -15000, 20000]


def test_a_payment_that_cannot_be_counted_stops_nothing(tmp_path: Path) -> None:
    acme = company(tmp_path)
    acme.merge(deal("d-acme.com-1"), on=DAY)
    acme.merge({**payment("p1", currency="EUR"), **deal("d-other.com-1")}, on=DAY)
    done = settled(acme)
    assert "EUR" in done.unrated[0].because
    assert len(lines(acme, "d-other.com-1")) == 1


def test_a_payment_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    acme = company(tmp_path)
    acme.merge(deal("d-acme.com-1"), on=DAY)
    acme.merge({**payment("p" * 61), **deal("d-other.com-1")}, on=DAY)
    assert "cannot read it" in settled(acme).unrated[0].because
    assert len(lines(acme, "d-other.com-1")) == 1
    assert is_verified(acme)


def test_pipeline_that_waited_for_a_plan_is_paid_once_the_plan_comes(tmp_path: Path) -> None:
    pays = {
        path: text.replace("event: won", "event: qualified").replace("value: amount", "value: pipeline")
        for path, text in flat_plan("10%").items()
    }
    policy = {"policy/pipeline.yml": "qualified: discovery\n"}
    acme = company(tmp_path, pays, policy, node("ana", plan=None))
    moved = 'moves:\n  - {stage: discovery, day: "2017-03-02"}\n'
    acme.merge({path: text + moved for path, text in deal("d-acme.com-1", stage="discovery").items()}, on=DAY)
    assert len(settled(acme).pending) == 1
    acme.merge(node("ana"), on=DAY)
    assert (settled(acme).totals, is_verified(acme)) == ({("ana", "USD"): 10000}, True)
