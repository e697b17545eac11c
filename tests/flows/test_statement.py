"""Does a statement hold exactly what was booked in its period, and is a line found by what people call it?"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from salesrepo.commission.explain.line import check_line, explain
from salesrepo.commission.payday.balance import Balance
from salesrepo.domain.period import Calendar
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle import PlainLedger, settle
from salesrepo.flows.books.statement import Statement, booked_after, find_lines, periods
from salesrepo.flows.books.statement import statement as statement_of
from salesrepo.store.ledger import Ledger
from salesrepo.vcs.objects import Objects
from tests.helpers.company import build_company, deal, flat_plan, node, product

CALENDAR = Calendar()


def statement(ledger: Ledger, node: str, period: str | None = None) -> Statement:
    return statement_of(ledger, node, period, calendar=CALENDAR)


def close(month: str) -> dict[str, str]:
    zeros = "0" * 64
    return {f"closes/{month}.yml": f"period: {month}\nprepared_by: fin\nthrough: {zeros[:40]}\ndigest: '{zeros}'\n"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """March: two deals of Ana's, one shared with Ben, who has no plan. It closes after an April deal was booked; then
    Ana's first deal grows."""
    people = {**node("ana"), **node("ben", plan=None, forge_id=2)}
    acme = build_company(tmp_path / "master.git", {**people, **flat_plan(), **product()})
    acme.merge(deal("d-acme.com-1"), on=date(2017, 3, 2))
    acme.merge(deal("d-acme.com-3", "300", signed="2017-04-01"), on=date(2017, 4, 1))
    acme.merge(deal("d-acme.com-2", "2000", credits={"ana": "50%", "ben": "50%"}), on=date(2017, 4, 2))
    acme.merge(close("2017-03"), on=date(2017, 4, 3))
    acme.merge(deal("d-acme.com-1", "1500"), on=date(2017, 4, 4))
    done = settle(PlainLedger(acme.git_dir))
    with Objects(acme.git_dir) as objects:
        yield Ledger(objects, done.ledger)


def test_periods_stand_in_the_order_of_the_calendar(ledger: Ledger) -> None:
    assert periods(ledger, "ana", CALENDAR) == ("2017-03", "2017-04")
    assert periods(ledger, "nobody", CALENDAR) == ()


def test_a_closed_period_keeps_what_was_booked_in_it(ledger: Ledger) -> None:
    march = statement(ledger, "ana", "2017-03")
    assert [(line.deal, line.amount) for line in march.lines] == [
        ("d-acme.com-1", 10000),
        ("d-acme.com-2", 10000),
        ("", -20000),
    ]
    assert march.balances == {"USD": Balance(earned=20000, paid=20000)}
    assert (march.opening, march.total, march.closing) == ({}, {"USD": 0}, {"USD": 0})


def test_what_comes_late_is_booked_into_the_open_period_and_named(ledger: Ledger) -> None:
    april = statement(ledger, "ana")
    assert april.period == "2017-04"
    late = [(line.type.value, line.amount, line.earning_period) for line in april.late]
    assert late == [("reversal", -10000, "2017-03"), ("earning", 15000, "2017-03")]
    assert april.balances == {"USD": Balance(earned=8000, closing=8000)}
    assert april.before == ("2017-03", {"USD": Balance(earned=20000, paid=20000)})


def test_an_opening_does_not_rest_on_the_order_of_booking(tmp_path: Path) -> None:
    """April's deal is booked first, then one of March, then one of May: March is still open."""
    acme = build_company(tmp_path / "master.git", {**node("ana"), **flat_plan(), **product()})
    for number, (month, amount) in enumerate((("04", "100"), ("03", "200"), ("05", "400"), ("03", "800")), 1):
        acme.merge(deal(f"d-acme.com-{number}", amount, signed=f"2017-{month}-01"), on=date(2017, 5, number))
    done = settle(PlainLedger(acme.git_dir))
    with Objects(acme.git_dir) as objects:
        ledger = Ledger(objects, done.ledger)
        found = [statement(ledger, "ana", f"2017-{month}").balances["USD"] for month in ("03", "04", "05")]
    assert [(of.opening, of.earned, of.closing) for of in found] == [
        (0, 10000, 10000),
        (10000, 1000, 11000),
        (11000, 4000, 15000),
    ]


def test_news_is_what_was_booked_after_a_file_or_since_a_day(ledger: Ledger) -> None:
    last = ledger.closing("ana")[0]
    assert booked_after(ledger, "ana", seq=last) == ()
    assert [line.amount for line in booked_after(ledger, "ana", seq=last - 1)] == [-10000, 15000]
    since = booked_after(ledger, "ana", since=date(2017, 4, 2))
    assert [line.amount for line in since] == [10000, -20000, -10000, 15000]


def test_what_waits_is_shown(ledger: Ledger) -> None:
    (line,) = statement(ledger, "ben").waiting
    assert (line.deal, line.amount, line.needs) == ("d-acme.com-2", 0, "A plan for ben that holds on that day.")


def test_an_empty_statement_says_what_there_is(ledger: Ledger) -> None:
    with pytest.raises(RefusedError, match="Nothing has been booked for eve yet"):
        statement(ledger, "eve")
    with pytest.raises(RefusedError) as caught:
        statement(ledger, "ana", "2016-01")
    assert caught.value.hint == "There are statements of 2017-03, 2017-04."


@pytest.mark.parametrize("text", ["d-acme.com-1", "acme/1"])
def test_a_deal_s_lines_are_found_by_id_and_by_handle(ledger: Ledger, text: str) -> None:
    assert [line.amount for line in find_lines(ledger, text, node="ana")] == [10000, -10000, 15000]


def test_a_line_is_found_by_its_key_and_explains_itself(ledger: Ledger) -> None:
    (line,) = find_lines(ledger, " d-acme.com-1 won ana commission 2017-01-01 3 ")
    assert (line.amount, check_line(line)) == (15000, None)
    assert "1,500.00 x 10% = 150.00" in explain(line)


def test_whose_lines_are_asked_for_is_kept_to(ledger: Ledger) -> None:
    assert {line.payee for line in find_lines(ledger, "d-acme.com-2")} == {"ana", "ben"}
    assert {line.payee for line in find_lines(ledger, "d-acme.com-2", node="ben")} == {"ben"}


@pytest.mark.parametrize("text", ["", "acme/9", "../x", "d-acme.com-1 won ana commission 2017-01-01 9", "d-none.com-1"])
def test_what_is_not_there_is_refused(ledger: Ledger, text: str) -> None:
    with pytest.raises(RefusedError, match="Nothing is booked"):
        find_lines(ledger, text, node="ana")


def test_what_is_held_back_says_until_what(tmp_path: Path) -> None:
    held = "release: [{share: 100%, in_proportion_to: cash}]"
    plan = {path: text.replace("release: at_once", held) for path, text in flat_plan().items()}
    acme = build_company(tmp_path / "master.git", {**node("ana"), **plan, **product()})
    acme.merge(deal("d-acme.com-1"), on=date(2017, 3, 2))
    done = settle(PlainLedger(acme.git_dir))
    with Objects(acme.git_dir) as objects:
        found = statement(Ledger(objects, done.ledger), "ana")
    assert found.balances == {"USD": Balance(earned=10000, held_back=10000)}
    (line,) = found.held
    assert (line.amount, "100.00" in line.because) == (-10000, True)
