"""Lines of a closed March: every type, five currencies, a team, a contractor, and names that no file may trust."""

from datetime import date
from pathlib import Path
from typing import Any

from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import DrawPart, LineItem, LineType
from salesrepo.export.batch import batch_id, lines_digest
from salesrepo.export.job import Job
from salesrepo.export.mapping import (
    AccrualTerms,
    AdpTerms,
    Capitalise,
    Column,
    CsvTerms,
    ExportMapping,
    SelfBillingTerms,
)
from salesrepo.export.people import Person

GOLDEN = Path(__file__).parent / "golden"
MARCH = Calendar().named("2027-03")
_FIELDS: dict[str, Any] = {
    "event": "won",
    "item": 1,
    "event_on": date(2027, 3, 9),
    "booked_on": date(2027, 3, 10),
    "earning_period": "2027-03",
    "booking_period": "2027-03",
    "engine": "1",
    "deal_commit": "c" * 40,
    "because": "It was won.",
}
_CLOSED = {"event": "period-2027-03", "event_on": date(2027, 3, 31), "booked_on": date(2027, 4, 5)}


def line(
    kind: LineType, payee: str, amount: int, currency: str = "USD", *, deal: str = "", seq: int = 1, **more: Any
) -> LineItem:
    """One line; without a deal it is one of the close."""
    held = {**_FIELDS, **({} if deal else _CLOSED), "component": "commission", **more}
    key = f"{deal or 'march'} {held['event']} {payee} {kind.value} 2027-01-01 {seq}"
    return LineItem(key=key, type=kind, payee=payee, deal=deal, amount=amount, currency=currency, **held)


def payout(payee: str, amount: int, currency: str = "USD", **more: Any) -> LineItem:
    return line(LineType.PAYOUT, payee, -amount, currency, component=None, **more)


EARLIER = (
    line(LineType.EARNING, "ana", 50000, deal="d-acme.com-1", seq=7, booking_period="2027-02"),
    line(LineType.RESERVE, "ana", -20000, deal="d-acme.com-1", seq=8, booking_period="2027-02"),
)
LINES = (
    line(LineType.EARNING, "ana", 100000, deal="d-acme.com-2"),
    line(LineType.RESERVE, "ana", -40000, deal="d-acme.com-2"),
    line(LineType.RELEASE, "ana", 5000, deal="d-acme.com-1"),
    line(LineType.REVERSAL, "ana", -50000, deal="d-acme.com-1", reverses=EARLIER[0].key, seq=9),
    line(LineType.REVERSAL, "ana", 20000, deal="d-acme.com-1", reverses=EARLIER[1].key, seq=10),
    line(LineType.PENDING, "ana", 0, deal="d-acme.com-3"),
    payout("ana", 35000),
    line(LineType.EARNING, "ben-9", 250055, deal="d-beta.com-1"),
    line(LineType.CLAWBACK, "ben-9", -50055, deal="d-beta.com-2"),
    line(LineType.DRAW_RECOVERY, "ben-9", -100000, drawn=DrawPart("advance", 0, 100000, 100000, 0)),
    payout("ben-9", 100000),
    line(LineType.EARNING, "carl", 100001, "EUR", deal="d-gamma.com-1", component="new-business"),
    line(LineType.ADJUSTMENT, "carl", -1, "EUR"),
    payout("carl", 110000, "EUR"),
    line(LineType.CLAWBACK, "dee", -70000, deal="d-acme.com-4"),
    line(LineType.DRAW_ADVANCE, "dee", 90000, drawn=DrawPart("guarantee", 20000, 90000, 0, 0)),
    line(LineType.DRAW_ADVANCE, "dee", 5000, seq=2, drawn=DrawPart("advance", 0, 5000, 0, 5000)),
    payout("dee", -10000),
    payout("eve", 0),
    line(LineType.EARNING, "noor", 1234567, "KWD", deal="d-delta.com-1"),
    payout("noor", 1234567, "KWD"),
    line(LineType.EARNING, "team-x", 30000),
    line(LineType.BONUS, "team-x", -30000),
    line(LineType.BONUS, "yuki", 30000),
    line(LineType.EARNING, "yuki", 75001, "JPY", deal="d-delta.com-2"),
    payout("yuki", 30000),
    payout("yuki", 75001, "JPY", seq=2),
)


def person(node: str, first: str, last: str, pay_by: str, **more: Any) -> Person:
    ids = {name: value for name, value in more.items() if name not in ("business", "address", "tax_id")}
    rest = {name: value for name, value in more.items() if name not in ids}
    return Person(node=node, first_name=first, last_name=last, pay_by=pay_by, ids=ids, **rest)


CSV = CsvTerms(
    system="payfit",
    columns=(
        Column(column="Employee No.", from_="ids.number"),
        Column(column="Name", from_="name"),
        Column(column="Pay code", text="COMM"),
        Column(column="Amount", from_="amount"),
        Column(column="Currency", from_="currency"),
        Column(column="Pay date", from_="period_end"),
        Column(column="Batch", from_="batch"),
    ),
    separator=";",
    decimal=",",
    encoding="utf-8-sig",
)
BILLING = SelfBillingTerms(issuer="Acme Sales <GmbH>", address="Ring 1\n80331 München", tax_id="DE1", note="Net 14.")
SPREAD = Capitalise(months={"d-acme.com-2": 3, "d-gamma.com-1": 7}, otherwise="expense")


def people(pay_by: str) -> dict[str, Person]:
    """The same people, those who could be paid that way being paid so."""
    known = {
        "gusto": (
            person("ana", "Ana", "Lima", "gusto", gusto_employee_id="5G9934"),
            person("ben-9", "=HYPERLINK(1)", '-O\'Neil; "Jr"', "gusto", gusto_employee_id="000012"),
        ),
        "adp": (
            person("ana", "Ana", "Lima", "adp", adp_co_code="AB", adp_file_number="000051"),
            person("ben-9", "Ben", "Okoye", "adp", adp_co_code="AB", adp_file_number="1234"),
            person("yuki", "Yuki", "Mori", "by-hand"),
        ),
        "payfit": (
            person("ana", "Ana", "Lima", "payfit", number="007"),
            person("ben-9", "@Ben", "Ökoyé", "payfit", number="+1"),
            person("noor", "نور", "الصباح", "payfit", number="0042"),
            person("yuki", "由紀", "森", "payfit", number="12"),
        ),
        "self-billing": (
            person(
                "carl",
                "Carl",
                "<b>Berg</b>",
                "self-billing",
                business="Berg & Co",
                address="Weg 2\n10115 Berlin",
                tax_id="DE2",
            ),
        ),
    }[pay_by]
    told = {one.node: one for one in known}
    payees = ("ana", "ben-9", "carl", "noor", "yuki")
    return {node: told.get(node) or person(node, node.title(), "Elsewhere", "by-hand") for node in payees}


def job(form: str, **more: Any) -> Job:
    """March in a format, under its own batch id."""
    pay_by = CSV.system if form == "csv" else form
    held: dict[str, Any] = {
        "window": MARCH,
        "lines": LINES,
        "undone": {earlier.key: earlier for earlier in EARLIER},
        "people": people(pay_by) if pay_by in ("gusto", "adp", "payfit", "self-billing") else {},
        "mapping": ExportMapping(
            adp=AdpTerms(earnings_code="C"), csv=CSV, self_billing=BILLING, accrual=AccrualTerms(capitalise=SPREAD)
        ),
    }
    held |= more
    system = CSV.system if form == "csv" else None
    return Job(batch=batch_id("2027-03", form, system, lines_digest(held["lines"])), **held)
