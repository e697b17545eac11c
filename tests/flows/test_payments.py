"""Does finance's word on billing and rates reach the company's records, typed and from files as they come?"""

import csv
import io
import json
from pathlib import Path

import pytest

from salesrepo.errors import RefusedError
from salesrepo.flows.finance.deals import Deals
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes
from tests.checks.build import Nothing, company
from tests.helpers.office import Office, office_after

HEAD = "deal,kind,amount,currency,day,invoice,months,order,payment"
STRIPE_HEAD = (
    "balance_transaction_id,created_utc,created,currency,gross,fee,net,reporting_category,source_id,description,"
    "customer_facing_amount,customer_facing_currency,customer_id,charge_id,payment_intent_id,invoice_id"
)


@office_after
def billing_open(office: Office) -> None:
    """Ana and Ben each have an open deal: acme/1 over 1,000 dollars, and beta/1."""
    for who, lead in (("ana", "acme"), ("ben", "beta")):
        office.run(who, "log", "deal", lead, "--product", "pro")
        office.run(who, "submit")
    office.run("fay", "sync")


def written(office: Office, text: str | bytes, name: str = "billing.csv") -> str:
    data = text.encode() if isinstance(text, str) else text
    (office.top / "fay" / name).write_bytes(data)
    return name


def rows(*lines: str, head: str = HEAD) -> str:
    return "\n".join((head, *lines)) + "\n"


def stripe(id_: str, category: str, gross: str, *, at: str = "2026-02-28 23:30:00", invoice: str = "") -> str:
    return f"{id_},{at},2026-03-01 00:30:00,usd,{gross},0.59,19.41,{category},ch_1,Charge,,,cus_1,ch_1,pi_1,{invoice}"


def said(office: Office) -> list[tuple[str, ...]]:
    """What billing has said of acme/1."""
    found = office.run("fay", "payment", "list", "acme/1", "--json").json
    return [(one["kind"], one["amount"], one["payment"]) for one in found["payments"]]


def test_finance_records_what_is_invoiced_and_paid(billing_open: Office) -> None:
    office = billing_open
    invoice = ("payment", "add", "acme/1", "--kind", "invoiced", "--amount", "1000", "--invoice", "INV-1", "--json")
    tried = office.run("fay", *invoice, "--dry-run").json
    assert (tried["would"], tried["changed"], office.files("payments/")) == ("accepted", False, {})
    done = office.run("fay", *invoice).json
    assert (done["fate"], done["payment"]["invoice"], done["payment"]["amount"]) == ("accepted", "inv-1", "1000.00")
    assert office.run("fay", *invoice).json["changed"] is False  # the same once more is the same record
    paid = ("--day", "2026-02-27", "--months", "1-12", "--units", "40", "--invoice", "INV-1", "--id", "P/7")
    office.run("fay", "payment", "add", "d-acme.com-1", "--kind", "paid", "--amount", "400.00", *paid)
    found = office.run("fay", "payment", "list", "acme/1").out
    assert "1-12" in found
    assert "invoiced 1,000.00, paid 400.00, refunded 0.00, kept 400.00" in found
    more = office.run(
        "fay", "payment", "add", "acme/1", "--kind", "paid", "--amount", "600.01", "--invoice", "inv-1", code=3
    )
    assert "1000.01 would be paid for it" in more.said
    other = office.run("fay", "payment", "add", "acme/1", "--kind", "paid", "--amount", "1", "--id", "p-7", code=3)
    assert "recorded with other content" in other.said


def test_only_finance_says_what_was_billed(billing_open: Office) -> None:
    added = billing_open.run("ana", "payment", "add", "acme/1", "--kind", "paid", "--amount", "1000", code=3)
    assert "Ana Lima does not write billing records; that is for the role finance." in added.said
    name = written(billing_open, rows())
    imported = billing_open.run("ana", "payment", "import", f"../fay/{name}", code=3)
    assert "does not write billing records" in imported.said


WRONG = [
    (2, ("--kind", "payed", "--amount", "1"), "Choose one of: ordered, invoiced, paid, refunded, cancelled."),
    (3, ("--kind", "paid", "--amount", "1.234,56"), "Write it with a point and no commas"),
    (2, ("--kind", "paid"), "Give it with --amount."),
    (2, ("--amount", "5"), "Give it with --kind."),
    (2, ("--kind", "ordered", "--amount", "1", "--months", "1-2"), "Leave it out"),
    (2, ("--kind", "paid", "--amount", "1", "--months", "2-1"), "payment add --help"),
    (2, ("--kind", "paid", "--amount", "1", "--invoice", "=HYPERLINK(1)"), "which can be no name here"),
    (3, ("--kind", "paid", "--amount", "1", "--day", "2026-03-03"), "2026-03-03 has not come yet."),
]


def test_what_was_typed_wrong_is_named(billing_open: Office) -> None:
    for code, words, hint in WRONG:
        assert hint in billing_open.run("fay", "payment", "add", "acme/1", *words, code=code).said
    unknown = billing_open.run("fay", "payment", "add", "acme/9", "--kind", "paid", "--amount", "1", code=3)
    assert "No deal is known by 'acme/9'." in unknown.said
    assert billing_open.files("payments/") == {}


def test_a_file_of_billing_is_recorded_and_what_has_no_place_is_reported(billing_open: Office) -> None:
    office = billing_open
    good = rows(
        "d-acme.com-1,invoiced,1000.00,USD,2026-02-01,INV-1,1-12,,I1",
        "acme/1,paid,400.00,usd,2026-02-10,INV-1,,PO 7,P1",
        ",paid,600.00,USD,2026-02-20,INV-1,,,P2",
        "acme/1,refunded,100.00,USD,2026-03-01,INV-1,,,R1",
    )
    bad = good + rows(
        "acme/1,paid,,USD,2026-02-10,,,,B1",
        'acme/1,paid,"1.234,56",USD,2026-02-10,,,,B2',
        "zebra/4,paid,1.00,USD,2026-02-10,,,,B3",
        "acme/1,paid,400.00,USD,2026-02-10,INV-1,,PO 7,P1",
        "acme/1,paid,5.00,EUR,2026-02-10,,,,B4",
        "=HYPERLINK(1),paid,5.00,USD,2026-02-10,,,,=1+2",
        "acme/1,gave,5.00,USD,2026-02-10,,,,B5",
        "acme/1,paid,5.00,USD,10.02.2026,,,,B6",
        "acme/1,refunded,5000.00,USD,2026-03-01,,,,B7",
        "acme/1,paid,5.00,USD,2026-02-10,INV-9,13-1,,B8",
        "acme/1,paid,5.00",
        head="",
    ).lstrip("\n")
    name = written(office, b"\xef\xbb\xbf" + bad.replace("\n", "\r\n").encode())  # as a spreadsheet saves it
    tried = office.run("fay", "payment", "import", name, "--dry-run", code=1)
    assert "15 read = 4 placed + 11 reported" in tried.out
    assert "would be accepted by itself" in tried.out
    assert office.files("payments/") == {}
    reply = office.run("fay", "payment", "import", name, "--report", "rows.csv", "--json", code=1)
    assert [sent["fate"] for sent in reply.json["sent"]] == ["accepted"]
    assert said(office) == [
        ("invoiced", "1000.00", "i1"),
        ("paid", "400.00", "p1"),
        ("paid", "600.00", "p2"),
        ("refunded", "100.00", "r1"),
    ]
    told = [(row["line"], row["reason"]) for row in reply.json["report"]["rows"]]
    assert told == [
        (6, "missing-value"),
        (7, "bad-amount"),
        (8, "unknown-deal"),
        (9, "duplicate"),
        (10, "other-currency"),
        (11, "unknown-deal"),
        (12, "unknown-kind"),
        (13, "bad-date"),
        (14, "refused"),
        (15, "bad-number"),
        (16, "cells"),
    ]
    report = (office.top / "fay" / "rows.csv").read_text(encoding="utf-8")
    assert "'=1+2" in [cell for row in csv.reader(io.StringIO(report)) for cell in row]
    before = office.main()
    again = office.run("fay", "payment", "import", written(office, good), "--json").json
    assert (again["sent"], again["changed"], again["report"]["files"][0]["there"]) == ([], False, 4)
    assert office.main() == before
    other = rows("acme/1,paid,401.00,USD,2026-02-10,INV-1,,PO 7,P1", "beta/1,paid,1.00,USD,2026-02-10,,,,P2")
    differs = office.run("fay", "payment", "import", written(office, other), "--json", code=1).json
    assert [row["reason"] for row in differs["report"]["rows"]] == ["recorded", "recorded"]


def test_a_file_that_is_no_such_table_is_refused(billing_open: Office) -> None:
    name = written(billing_open, "Deal;Kind;Amount\nacme/1;paid;1.00\n")
    wrong = billing_open.run("fay", "payment", "import", name, code=3)
    assert "has no column kind, amount, currency, day, deal." in wrong.said
    assert (
        "Nothing here reads sap." in billing_open.run("fay", "payment", "import", name, "--format", "sap", code=2).said
    )
    assert "cannot be read" in billing_open.run("fay", "payment", "import", "gone.csv", code=3).said


def test_a_stripe_report_finds_its_deals_by_invoice_or_by_a_column_of_its_own(billing_open: Office) -> None:
    office = billing_open
    office.run("fay", "payment", "add", "acme/1", "--kind", "invoiced", "--amount", "500", "--invoice", "in_1AbC")
    report = rows(
        stripe("txn_1", "charge", "500.00", invoice="in_1AbC"),
        stripe("txn_2", "refund", "-20.00", at="2026-03-02 11:00:00", invoice="in_1AbC"),
        stripe("txn_3", "payout", "-480.00"),
        stripe("txn_4", "charge", "20.00"),
        stripe("txn_5", "charge", "20.00", invoice="in_other"),
        stripe("txn_6", "refund", "20.00", invoice="in_1AbC"),
        stripe("txn_7", "novelty", "20.00", invoice="in_1AbC"),
        head=STRIPE_HEAD,
    )
    name = written(office, report, "stripe.csv")
    reply = office.run("fay", "payment", "import", name, "--format", "stripe", "--json", code=1).json
    assert [(row["line"], row["reason"]) for row in reply["report"]["rows"]] == [
        (4, "no-billing"),
        (5, "unknown-deal"),
        (6, "unknown-deal"),
        (7, "bad-amount"),
        (8, "unknown-kind"),
    ]
    assert {("paid", "500.00", "txn-1"), ("refunded", "20.00", "txn-2")} < set(said(office))
    mapping = Path(__file__).parents[2].joinpath("templates/importers/billing-stripe.yml").read_text(encoding="utf-8")
    own = mapping.replace("columns:\n", "deals: {cus_1: beta/1}\ncolumns:\n  deal: customer_id\n")
    (office.top / "fay" / "own.yml").write_text(own, encoding="utf-8")
    few = (stripe("txn_4", "charge", "20.00"), stripe("txn_3", "payout", "-480.00"))  # the second is no trouble
    lone = written(office, rows(*few, head=STRIPE_HEAD), "stripe.csv")
    by_customer = ("payment", "import", lone, "--format", "stripe", "--mapping", "own.yml")
    assert office.run("fay", *by_customer, "--json").json["changed"] is True
    assert office.run("fay", *by_customer, "--json").json["changed"] is False
    assert json.loads(office.run("fay", "payment", "list", "beta/1", "--json").out)["kept"] == "20.00"


def test_rates_come_in_from_both_tables_and_are_corrected_with_a_reason_and_a_second_person(
    billing_open: Office,
) -> None:
    office = billing_open
    wide = "Date,USD,JPY,CYP,\n2026-02-27,1.1805,184.11,0.58,\n2026-02-26,N/A,184.00,N/A,\n"
    bank = office.run("fay", "fx", "import", written(office, wide, "eurofxref.csv"), "--currency", "USD").out
    assert "1 read = 1 placed + 0 reported" in bank
    assert "accepted" in bank
    shown = office.run("ana", "fx", "show", "eur", "usd", "2026-03-02", code=3).said
    assert "No rate between EUR and USD is recorded" in shown
    office.run("ana", "sync")
    assert "1 EUR = 1.1805 USD." in office.run("ana", "fx", "show", "eur", "usd", "2026-03-02").out
    back = office.run("ana", "fx", "show", "USD", "EUR", "2026-03-02", "--json").json
    assert (back["rate"], back["day"], back["inverse"]) == ("2000/2361", "2026-02-27", True)
    assert "No rate" in office.run("ana", "fx", "show", "USD", "EUR", "2026-03-10", code=3).said
    single = "date,from,to,rate,source\n"
    other = single + (
        "2026-02-27,EUR,USD,1.1850,European Central Bank\n"
        "2026-02-26,EUR,USD,1.18,a friend\n"
        '2026-02-25,EUR,USD,"1,18",European Central Bank\n'
        "2026-02-25,EUR,XXX,1,European Central Bank\n"
        "2026-02-25,GBP,USD,0.000000001,bank\n"
        "2026-02-25,GBP,USD,1.35,bank\n"
    )
    name = written(office, other, "rates.csv")
    told = office.run("fay", "fx", "import", name, "--json", code=1).json
    reasons = [row["reason"] for row in told["report"]["rows"]]
    assert reasons == ["other-rate", "other-source", "bad-rate", "unknown-currency", "bad-rate"]
    assert sorted(office.files("fx/")) == ["fx/eur-usd/2026-02.yml", "fx/gbp-usd/2026-02.yml"]
    right = written(office, single + "2026-02-27,EUR,USD,1.1850,European Central Bank\n", "rates.csv")
    waits = office.run("fay", "fx", "import", right, "--reason", "misread", "--json").json["sent"][0]
    assert (waits["fate"], waits["roles"]) == ("review", ["finance", "manager", "sales_ops"])
    office.run("max", "review", "approve", str(waits["number"]))
    office.run("max", "review", "merge", str(waits["number"]))
    assert "misread" in office.file("fx/eur-usd")
    assert "does not write exchange rates" in office.run("ana", "fx", "import", f"../fay/{right}", code=3).said


def test_hundreds_of_rows_travel_in_as_many_proposals_as_it_takes(billing_open: Office) -> None:
    """More than one proposal may hold, each part resting on the one before it, and real ids of the billing system."""
    office = billing_open
    ids = [f"txn_1MiN{number:03}LkdIwHu7ixNCZvFdgA" for number in range(201)]
    lines = [f"acme/1,paid,1.00,USD,2026-02-{1 + at // 10:02},in_{id_},,,{id_}" for at, id_ in enumerate(ids)]
    lines.insert(0, "acme/1,refunded,201.00,USD,2026-03-01,,,,re_1MiN3gLkdIwHu7ixNCZvFdgA")
    lines.append("acme/1,refunded,0.01,USD,2026-03-01,,,,re_2MiN3gLkdIwHu7ixNCZvFdgA")
    name = written(office, rows(*lines))
    before = office.main()
    found = office.run("fay", "payment", "import", name, "--json", code=1).json
    assert [row["line"] for row in found["report"]["rows"]] == [len(lines) + 1]
    assert [sent["title"][-8:] for sent in found["sent"]] == ["(1 of 2)", "(2 of 2)"]
    assert {sent["fate"] for sent in found["sent"]} == {"accepted"}
    assert office.main() != before
    assert len(office.files("payments/")) == 202


def test_a_deal_is_meant_by_its_id_its_handle_or_its_order_and_never_guessed() -> None:
    other = {"deal": "d-acme.de-2", "account": "d-acme.de", "node": "ben", "stage": "lost", "opened": "2026-10-01"}
    other |= {"closed": "2026-10-02", "reason": "price", "currency": "USD", "order": "po-2"}
    deals = Deals(RecordSnapshot(overlay_bytes(Nothing(), company({"deal d-acme.de d-acme.de-2": other})), "0" * 40))
    for text in ("d-acme.com-2", "acme.com/2", "D-ACME.COM-2"):
        assert deals.one(text).deal == "d-acme.com-2"
    assert deals.one("opportunity  1C1I7A6R").deal == "1c1i7a6r"
    assert deals.one("hooli/1c1i7a6r").account == "n-at-hooli"
    for text in ("acme/2", "PO-2"):  # the lost one may get its money back
        with pytest.raises(RefusedError, match=r"could be d-acme\.com-2 or d-acme\.de-2"):
            deals.one(text)
    with pytest.raises(RefusedError, match="No deal is known by 'acme/9'"):
        deals.one("acme/9")


def test_a_corrected_payment_that_waits_is_told_by_its_deal(billing_open: Office) -> None:
    office = billing_open
    office.run("fay", "payment", "add", "acme/1", "--kind", "paid", "--amount", "400.00", "--id", "p1")
    (path,) = office.files("payments/")
    copy = office.top / "fay" / path
    copy.write_text(copy.read_text().replace("400.00", "450.00"))
    office.run("fay", "submit")
    assert "acme/1" in office.run("fay", "status", "--json").out
    assert office.run("fay").code == 0
