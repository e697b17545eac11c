"""Is a deal as billing has it the same in whatever order its records come in?"""

from datetime import date
from random import Random

from salesrepo.commission.billed.billing import billing_of, running_billing
from salesrepo.domain.kinds.deal import Deal, DealLine
from salesrepo.domain.kinds.payment import Months, Payment, PaymentKind

DEAL = Deal(
    deal="d-acme.com-1",
    account="d-acme.com",
    node="ana",
    stage="won",
    opened=date(2017, 1, 1),
    signed=date(2017, 1, 2),
    currency="USD",
    lines=(DealLine(product="pro", quantity=1, price="1000"),),
)


def record(number: int, kind: PaymentKind, *, invoice: str | None = None, months: Months | None = None) -> Payment:
    return Payment(
        payment=f"p{number}",
        deal=DEAL.deal,
        kind=kind,
        amount=f"{number}.00",
        currency="USD",
        day=date(2017, 2, number),
        invoice=invoice,
        months=months,
    )


RECORDS = (
    record(1, "ordered"),
    record(20, "invoiced", invoice="a"),
    record(9, "paid", invoice="a", months=Months(first=1, last=3)),
    record(12, "paid", invoice="a", months=Months(first=3, last=4)),
    record(4, "paid", invoice="b"),
    record(15, "invoiced", invoice="b"),
    record(6, "refunded"),
    record(3, "refunded"),
    record(18, "cancelled"),
    record(17, "cancelled"),
)


def test_the_order_in_which_records_come_does_not_matter() -> None:
    found = billing_of(DEAL, RECORDS, day=date(2017, 2, 28))
    assert (found.received, found.invoiced, found.refunded) == (2500, 3500, 900)
    assert (found.invoices_paid, found.months_paid) == ({"a"}, {1, 2, 3, 4})
    assert (found.first_paid, found.cancelled) == (date(2017, 2, 4), date(2017, 2, 17))
    assert found.refunds == (date(2017, 2, 3), date(2017, 2, 6))
    shuffled = list(RECORDS)
    for seed in range(50):
        Random(seed).shuffle(shuffled)
        assert running_billing(DEAL, shuffled).as_of(date(2017, 2, 28)) == found


def test_the_day_is_never_before_the_latest_record() -> None:
    assert running_billing(DEAL, RECORDS).as_of(date.min).day == date(2017, 2, 20)
    assert billing_of(DEAL, RECORDS, day=date(2017, 2, 5)).received == 400
