"""Does a close say what the ledger has, is it noticed where it does not, and what is kept out of pay?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.kinds.close import CLOSE, Close
from salesrepo.domain.period import Calendar
from salesrepo.domain.verification import Fault, VerifyReport
from salesrepo.flows.books.closed import booked_figures
from salesrepo.flows.books.foreseen import Place, foresee_figures
from salesrepo.flows.books.settle import PlainLedger, Settlement, settle
from salesrepo.flows.books.settled import remarks
from salesrepo.flows.books.verify import verify
from salesrepo.store.ledger import Ledger
from salesrepo.store.records import file_of
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import commit
from salesrepo.vcs.objects import Objects
from tests.helpers.company import Company, build_company, deal, flat_plan, node, noon, product

DUE, AGREED = date(2017, 4, 7), date(2017, 4, 10)


@pytest.fixture
def acme(tmp_path: Path) -> Company:
    """Ana has 100.00 of March and 30.00 of April, Ben 50.00 of March; all of it is booked."""
    people = {**node("ana"), **node("ben", forge_id=2)}
    made = build_company(tmp_path / "master.git", {**people, **flat_plan(), **product()})
    made.merge(deal("d-acme.com-1"), on=date(2017, 3, 2))
    made.merge(deal("d-acme.com-2", "500", credits={"ben": "100%"}), on=date(2017, 3, 3))
    made.merge(deal("d-acme.com-3", "300", signed="2017-04-03"), on=date(2017, 4, 3))
    booked(made)
    return made


def booked(of: Company) -> Settlement:
    return settle(PlainLedger(of.git_dir))


def prepared(of: Company, month: str = "2017-03") -> Close:
    """The record as finance prepares it now."""
    _, figures = foresee_figures(Place(of.git_dir, of.main, of.ledger), month, when=noon(DUE))
    return Close(
        period=month,
        prepared_by="ana",
        through=of.main,
        digest=figures.digest,
        paid=figures.paid,
        closing=figures.closing,
    )


def agree(of: Company, record: Close) -> None:
    path, data = file_of(CLOSE, record)
    of.merge({path: data.decode()}, on=AGREED, title="Close", approvals=("2",))


def report(of: Company) -> VerifyReport:
    return verify(of.git_dir, of.main, of.ledger, judge=None, now=noon(date(2017, 6, 1)))


def said(of: Company, before: str | None, done: Settlement) -> tuple[str, ...]:
    return tuple(remarks(of.git_dir, before, done, now=datetime(2017, 6, 1, tzinfo=UTC)))


def test_a_close_prepared_once_and_agreed_to_later_has_the_same_figures_and_digest(acme: Company) -> None:
    record, before = prepared(acme), acme.ledger
    assert record.paid == {"ana": {"USD": "100.00"}, "ben": {"USD": "50.00"}}
    acme.merge(deal("d-acme.com-4", "700", signed="2017-04-04"), on=date(2017, 4, 8))  # of April: no matter
    agree(acme, record)
    done = booked(acme)
    assert "2017-03 is closed as was agreed." in said(acme, before, done)
    found = report(acme)
    assert (found.differences, found.remarks) == ((), ())
    with Objects(acme.git_dir) as objects:
        figures = booked_figures(Ledger(objects, done.ledger), Calendar(), "2017-03")
    assert (figures.digest, figures.closing) == (record.digest, {})


def test_what_is_merged_between_preparing_and_agreeing_is_told_and_is_no_fault(acme: Company) -> None:
    record, before = prepared(acme), acme.ledger
    acme.merge(deal("d-acme.com-4", "700"), on=date(2017, 4, 8))
    agree(acme, record)
    sentences = said(acme, before, booked(acme))
    assert "2017-03 is closed, and not as was agreed: ana: 170.00 USD paid, and the record says 100.00." in sentences
    found = report(acme)
    assert found.clean
    assert found.remarks == (
        "2017-03 was closed after more had been merged than it was agreed with. "
        "ana: 170.00 USD paid, and the record says 100.00.",
    )


LIES: Mapping[str, dict[str, object]] = {
    "a cent more": {"paid": {"ana": {"USD": "100.01"}, "ben": {"USD": "50.00"}}},
    "somebody left out": {"paid": {"ana": {"USD": "100.00"}}},
    "somebody owes": {"closing": {"ben": {"USD": "-5.00"}}},
    "other lines": {"digest": "0" * 64},
    "a main that never was": {"through": "1" * 40, "digest": "0" * 64},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_close_that_never_was_the_ledger_s_is_named(acme: Company, lie: str) -> None:
    agree(acme, replace(prepared(acme), **LIES[lie]))  # type: ignore[arg-type]
    booked(acme)
    (found,) = report(acme).differences
    assert (found.fault, found.path) == (Fault.CLOSE, "closes/2017-03.yml")
    assert "never were the ledger's figures" in found.sentence


def test_debts_and_longer_periods_are_settled_with_the_month_that_ends_them(tmp_path: Path) -> None:
    made = build_company(tmp_path / "q.git", {**node("ana"), **flat_plan(paid="quarter"), **product()})
    for month in ("01", "02", "03"):
        made.merge(deal(f"d-acme.com-{month}", signed=f"2017-{month}-10"), on=date(2017, int(month), 10))
    booked(made)
    assert prepared(made, "2017-01").paid == {}
    for month in ("2017-01", "2017-02"):
        agree(made, prepared(made, month))
    assert prepared(made, "2017-03").paid == {"ana": {"USD": "300.00"}}


def test_one_order_is_paid_once_whatever_the_deals_are_called(acme: Company) -> None:
    ((path, text),) = deal("d-acme.com-9").items()
    acme.merge({path: text.replace("PO-d-acme.com-9", "po-D-acme.com-1")}, on=date(2017, 4, 20))
    (kept,) = booked(acme).unrated
    assert kept.because == (
        "d-acme.com-9 pays nothing: its order 'po-D-acme.com-1' is that of d-acme.com-1, which is won as well."
    )
    found = report(acme)
    assert found.clean and [one.deal for one in found.unpaid] == ["d-acme.com-9"]
    acme.merge(deal("d-acme.com-9"), on=date(2017, 4, 21))  # another order after all
    assert booked(acme).totals == {("ana", "USD"): 10000}
    assert report(acme).unpaid == ()


def test_an_order_that_is_taken_over_later_is_named(acme: Company) -> None:
    acme.merge(deal("d-acme.com-9"), on=date(2017, 4, 20))
    booked(acme)
    ((path, text),) = deal("d-acme.com-9").items()
    acme.merge({path: text.replace("PO-d-acme.com-9", "PO-d-acme.com-1")}, on=date(2017, 4, 21))
    booked(acme)
    (found,) = report(acme).differences
    assert (found.fault, found.path) == (Fault.REPLAYED, path)
    assert "d-acme.com-9 and d-acme.com-1 are both paid" in found.sentence


def test_a_second_sale_on_one_order_says_why_and_is_paid(acme: Company) -> None:
    ((path, text),) = deal("d-acme.com-9").items()
    apart = text.replace("PO-d-acme.com-9", "PO-d-acme.com-1") + "apart: A second site\n"
    acme.merge({path: apart}, on=date(2017, 4, 20))
    assert booked(acme).totals == {("ana", "USD"): 10000}
    assert report(acme).clean


@pytest.mark.parametrize(("text", "did"), [("20%", "was edited"), (None, "was removed")])
def test_a_plan_that_changes_after_it_paid_is_named(acme: Company, text: str | None, did: str) -> None:
    ((path, _),) = flat_plan().items()
    acme.merge({path: None} if text is None else flat_plan(text), on=date(2017, 4, 20))
    booked(acme)
    (found,) = report(acme).differences
    assert (found.fault, found.path) == (Fault.PLAN, path)
    assert f"{did} after it had rated 3 lines; the text they were rated by is blob" in found.sentence


def test_a_policy_that_returns_to_an_earlier_text_is_told(acme: Company) -> None:
    for day, days in ((20, "5"), (21, "9"), (22, "5")):
        acme.merge({"policy/pay.yml": f"close_after_days: {days}\n"}, on=date(2017, 4, day))
    (told,) = report(acme).remarks
    assert told.startswith("Main's commit") and told.endswith("puts policy/pay.yml back to an earlier text.")


def test_a_line_that_is_booked_into_a_closed_month_is_named(acme: Company) -> None:
    agree(acme, prepared(acme))
    acme.merge(deal("d-acme.com-4", "700", signed="2017-04-11"), on=date(2017, 4, 11))
    booked(acme)
    tip = commit(acme.git_dir, acme.ledger or "")
    with Objects(acme.git_dir) as objects:
        files = {path: objects.read(blob.oid, 1 << 20) for path, blob in objects.files(tip.oid)}
    ((path, data),) = ((p, d) for p, d in files.items() if "/ana/2017-04/" in p and b"d-acme.com-4" in d)
    moved = {path.replace("2017-04", "2017-03"): (FILE_MODE, data.replace(b'period: "2017-04"', b'period: "2017-03"'))}
    (forged,) = write_commits(acme.git_dir, [Draft(moved, tip.message, tip.committed)], parent=tip.parents[0])
    found = verify(acme.git_dir, acme.main, forged, judge=None, now=noon(date(2017, 6, 1))).differences
    late = [one for one in found if one.fault is Fault.CLOSE]
    assert [one.key for one in late] == ["d-acme.com-4 won ana commission 2017-01-01 1"]
    assert "was booked into 2017-03 after that was closed" in late[0].sentence
    assert {Fault.FORGED, Fault.MISSING} <= {one.fault for one in found}
