"""Is each row of a billing report a record, or reported with its reason, whatever the file looks like?"""

from collections.abc import Sequence
from datetime import date

import pytest

from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.payment import Months, Payment
from salesrepo.errors import RecordError
from salesrepo.importers.billing import BillingRead, KnownBilling, read_billing
from salesrepo.importers.billing_mapping import BILLING_MAPPING, BillingMapping
from salesrepo.importers.registry import BILLING
from salesrepo.resources import resource
from salesrepo.store.snapshot import parse

TODAY = date(2026, 3, 2)
HEAD = "deal,kind,amount,currency,day,invoice,months,order,payment"
DEALS = {
    text: Deal(deal=deal, account=account, node="ana", stage="won", opened=TODAY, currency=currency)
    for text, deal, account, currency in (
        ("acme/1", "d-acme.com-1", "d-acme.com", "USD"),
        ("yuki/1", "d-yuki.jp-1", "d-yuki.jp", "JPY"),
        ("1C1I7A6R", "1c1i7a6r", "n-at-hooli", "USD"),
    )
}


def mapping(form: str) -> BillingMapping:
    path = resource("templates") / "importers" / BILLING[form]
    return parse(BILLING_MAPPING, path.read_bytes(), path=path.name)[0]


def read(
    *lines: str, head: str = HEAD, form: str = "csv", zone: str = "UTC", stands: Sequence[Payment] = ()
) -> BillingRead:
    def deals(text: str) -> tuple[Deal, ...]:
        return tuple(DEALS.values())[:2] if text == "PO-1" else tuple(d for name, d in DEALS.items() if name == text)

    known = KnownBilling(
        deals=deals,
        invoiced=lambda invoice: tuple(d for d in DEALS.values() if any(_bills(p, d, invoice) for p in stands)),
        recorded=lambda payment: [one.deal for one in stands if one.payment == payment],
        record=lambda deal, payment: next((p for p in stands if (p.deal, p.payment) == (deal, payment)), None),
        unfit=lambda text: "" if text.isprintable() else "It cannot be shown.",
        today=TODAY,
        zone=zone,
    )
    return read_billing("billing.csv", "\n".join((head, *lines, "")).encode(), mapping(form), known)


def _bills(payment: Payment, deal: Deal, invoice: str) -> bool:
    return (payment.deal, payment.invoice) == (deal.deal, invoice)


def reasons(found: BillingRead) -> list[str]:
    report = found.tally.finish()  # raises where the count of rows does not add up
    return [row.reason for row in report.rows]


def test_a_row_says_all_that_a_record_holds() -> None:
    found = read("1C1I7A6R,paid,950,usd,2026-03-01,INV/7,1-12,PO 7,Pay_1")
    assert reasons(found) == []
    assert found.placed[0].payment == Payment(
        payment="pay-1",
        deal="1c1i7a6r",
        account="n-at-hooli",
        kind="paid",
        amount="950.00",
        currency="USD",
        day=date(2026, 3, 1),
        order="PO 7",
        invoice="inv-7",
        months=Months(first=1, last=12),
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("acme/1,paid,,USD,2026-03-01,,,,", "missing-value"),
        ("acme/1,paid,1.00,,2026-03-01,,,,", "missing-value"),
        ("acme/1,paid,1.00,USD,,,,,", "missing-value"),
        ("acme/1,,1.00,USD,2026-03-01,,,,", "missing-value"),
        ('acme/1,paid,"1.234,56",USD,2026-03-01,,,,', "bad-amount"),
        ('acme/1,paid,"1,234.56",USD,2026-03-01,,,,', "bad-amount"),
        ("acme/1,paid,$5,USD,2026-03-01,,,,", "bad-amount"),
        ("acme/1,paid,1e3,USD,2026-03-01,,,,", "bad-amount"),
        ("acme/1,paid,0.00,USD,2026-03-01,,,,", "bad-amount"),
        ("acme/1,refunded,-5.00,USD,2026-03-01,,,,", "bad-amount"),
        ("acme/1,paid,1.005,USD,2026-03-01,,,,", "bad-amount"),
        ("yuki/1,paid,1.5,JPY,2026-03-01,,,,", "bad-amount"),
        ("acme/1,paid,1.00,XXX,2026-03-01,,,,", "unknown-currency"),
        ("acme/1,paid,1.00,EUR,2026-03-01,,,,", "other-currency"),
        ("acme/1,paid,1.00,USD,01.03.2026,,,,", "bad-date"),
        ("acme/1,paid,1.00,USD,2026-02-30,,,,", "bad-date"),
        ("acme/1,paid,1.00,USD,2026-03-03,,,,", "future"),
        ("nobody/1,paid,1.00,USD,2026-03-01,,,,", "unknown-deal"),
        (",paid,1.00,USD,2026-03-01,,,,", "unknown-deal"),
        (",paid,1.00,USD,2026-03-01,INV-1,,,", "unknown-deal"),
        ("PO-1,paid,1.00,USD,2026-03-01,,,,", "several-deals"),
        ("acme/1,gave,1.00,USD,2026-03-01,,,,", "unknown-kind"),
        ("acme/1,ordered,1.00,USD,2026-03-01,,1-12,,", "refused"),
        ("acme/1,paid,1.00,USD,2026-03-01,,0-3,,", "bad-number"),
        ("acme/1,paid,1.00,USD,2026-03-01,,1-241,,", "bad-number"),
        ("acme/1,paid,1.00,USD,2026-03-01,=HYPERLINK(1),,,", "bad-id"),
        ("acme/1,paid,1.00,USD,2026-03-01,,,,con", "bad-id"),
        ("acme/1,paid,1.00,USD,2026-03-01,Rechnung-Ä,,,", "bad-id"),
        ("acme/1,paid,1.00,USD,2026-03-01,,,PO\u200b1,", "bad-text"),
        ("acme/1,paid,1.00,USD", "cells"),
        ('acme/1,paid,1.00,USD,2026-03-01,,,"PO" 1,', "unreadable"),
    ],
)
def test_a_row_that_is_no_record_is_reported_with_its_line(line: str, reason: str) -> None:
    found = read("acme/1,paid,1.00,USD,2026-03-01,,,,p1", line)
    assert reasons(found) == [reason]
    assert [row.line for row in found.tally.rows] == [3]
    assert len(found.placed) == 1


def test_a_row_without_an_id_gets_one_that_its_content_gives() -> None:
    line = "acme/1,paid,1.00,USD,2026-03-01,INV-1,,,"
    first, second = read(line), read(line, "acme/1,paid,1.00,USD,2026-03-01,INV-2,,,", line)
    assert first.placed[0].payment == second.placed[0].payment
    assert first.placed[0].payment.payment.startswith("paid-2026-03-01-")
    assert len({one.payment.payment for one in second.placed}) == 2
    assert reasons(second) == ["duplicate"]


def test_what_is_recorded_changes_nothing_and_what_differs_is_reported() -> None:
    line = "acme/1,paid,1.00,USD,2026-03-01,INV-1,,,p1"
    (stands,) = (one.payment for one in read(line).placed)
    added = Payment(**{**vars(stands), "amount": "1", "units": 4})  # a person wrote it, and more
    assert (read(line, stands=[added]).placed, reasons(read(line, stands=[added]))) == ((), [])
    assert reasons(read(line.replace("1.00", "2.00"), stands=[stands])) == ["recorded"]
    assert reasons(read(line.replace("acme/1", "1C1I7A6R"), stands=[stands])) == ["recorded"]


def test_a_row_without_a_deal_belongs_to_the_one_that_has_its_invoice() -> None:
    line = ",paid,1.00,USD,2026-03-01,INV-1,,,p2"
    asked = "acme/1,invoiced,1.00,USD,2026-03-01,inv-1,,,p1"
    assert [one.payment.deal for one in read(asked, line).placed] == ["d-acme.com-1"] * 2
    (stands,) = (one.payment for one in read(asked).placed)
    assert [one.payment.deal for one in read(line, stands=[stands]).placed] == ["d-acme.com-1"]


STRIPE = "balance_transaction_id,created_utc,currency,gross,reporting_category,invoice_id,order"


@pytest.mark.parametrize(("zone", "day"), [("UTC", date(2026, 2, 28)), ("Europe/Berlin", date(2026, 3, 1))])
def test_a_time_in_utc_is_a_day_of_the_company(zone: str, day: date) -> None:
    asked = Payment(
        payment="i", deal="d-acme.com-1", kind="invoiced", amount="9.00", currency="USD", day=TODAY, invoice="in-1"
    )
    found = read(
        "txn_1,2026-02-28 23:30:00,usd,9.00,charge,in_1,", head=STRIPE, form="stripe", zone=zone, stands=[asked]
    )
    assert [(one.payment.day, one.payment.payment, one.payment.deal) for one in found.placed] == [
        (day, "txn-1", "d-acme.com-1")
    ]


def test_a_mapping_that_finds_no_deal_or_says_two_things_of_a_word_is_refused() -> None:
    for text, says in (
        (b"  invoice: invoice_id\n", "no row would find its deal"),
        (b"ignored:\n", "is a kind of billing and none"),
    ):
        data = (resource("templates") / "importers" / BILLING["stripe"]).read_bytes()
        wrong = data.replace(text, b"" if text.startswith(b" ") else b"ignored:\n  charge: no\n")
        with pytest.raises(RecordError, match=says):
            parse(BILLING_MAPPING, wrong, path="billing.yml")
