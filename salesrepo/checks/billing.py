"""Which deal does a billing record mean, what has billing said of it so far, and what is paid of it?"""

from collections.abc import Iterable
from typing import get_args

from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.payment import PAYMENT, Payment, PaymentKind
from salesrepo.domain.money import parse_amount
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RefusedError

_KINDS: tuple[PaymentKind, ...] = get_args(PaymentKind)


def deal_of(records: Snapshot, payment: Payment) -> Deal | None:
    """The deal of a billing record: one look-up, by the account that it tells or that the deal's id begins with."""
    return records.get(DEAL, account=payment.holder, deal=payment.deal)


def billed(records: Snapshot, deal: str) -> tuple[tuple[str, Payment], ...]:
    """Every billing record of a deal with its path, by day; on one day what is asked for comes first, then money, then
    what goes back."""
    folder = PAYMENT.path.fill(deal=deal, payment="x").rpartition("/")[0]
    return in_order(records.all(PAYMENT, folder))


def in_order(found: Iterable[tuple[str, Payment]]) -> tuple[tuple[str, Payment], ...]:
    """Billing records of a deal with their paths, ordered as `billed` gives them."""
    return tuple(sorted(found, key=_order))


def _order(item: tuple[str, Payment]) -> tuple[object, ...]:
    return item[1].day, _KINDS.index(item[1].kind), item[1].payment


def minor(payment: Payment) -> int | None:
    """The amount in minor units; None where it is none in its currency, which is SR303's finding."""
    try:
        return parse_amount(payment.amount, payment.currency)
    except RefusedError:
        return None


def net_paid(payments: Iterable[Payment]) -> int:
    """What was paid and not given back, in minor units; the records are of one currency."""
    return sum((minor(one) or 0) * {"paid": 1, "refunded": -1}.get(one.kind, 0) for one in payments)
