"""`salesrepo payment add` and `payment list`: what billing says of one deal."""

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from salesrepo.checks.billing import billed, minor, net_paid
from salesrepo.checks.handles import handle_in
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.payment import PAYMENT, Payment, PaymentKind
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.finance.deals import Deals
from salesrepo.flows.finance.parcels import refuse_strangers
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.importers.billing_cells import derived_id, months_of, name_of
from salesrepo.importers.fault import RowFault
from salesrepo.store.records import file_of

KINDS: tuple[PaymentKind, ...] = get_args(PaymentKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTold:
    """What was typed of a billing record; what was not told is empty, `units` None. `months` is `7` or `1-12`."""

    kind: str
    amount: str
    day: str = ""
    invoice: str = ""
    months: str = ""
    units: int | None = None
    order: str = ""
    id: str = ""


@dataclass(frozen=True)
class Recorded:
    """A billing record with its deal's handle, and what became of it; `sent` is None where it stood there already."""

    payment: Payment
    handle: str
    sent: Sent | None


@dataclass(frozen=True)
class Billed:
    """What billing said of a deal, by day, and the sums in its currency as records write amounts."""

    deal: str
    handle: str
    currency: str
    payments: tuple[Payment, ...]
    invoiced: str
    paid: str
    refunded: str
    kept: str


def add_payment(ws: Workspace, deal: str, told: PaymentTold, *, dry_run: bool = False) -> Recorded:
    """Record and send one thing that billing says of a deal (id, handle or order reference).

    Raises RefusedError where the sender does not write billing records, for no or several deals, and where another
    record stands under that id; UsageError for what is no kind, amount, month or name.
    """
    refuse_strangers(ws, "billing records")
    found = Deals(ws.tip).one(deal)
    payment = _payment(ws, found, told)
    stands = ws.tip.get(PAYMENT, deal=payment.deal, payment=payment.payment)
    handle = handle_in(ws.tip, found)
    if stands == payment:
        return Recorded(payment, handle, None)
    path, data = file_of(PAYMENT, payment)
    if stands is not None:
        hint = f"Give this one another --id, or correct {path} and send it: salesrepo submit"
        raise RefusedError(f"{payment.payment} of {handle} is recorded with other content.", hint=hint)
    title = f"Billing of {handle}: {payment.kind} {payment.amount} {payment.currency}"
    return Recorded(payment, handle, send_files(ws, title, {path: data}, dry_run=dry_run))


def list_payments(ws: Workspace, deal: str) -> Billed:
    """What billing said of a deal so far. Raises RefusedError for no deal and for several."""
    found = Deals(ws.tip).one(deal)
    payments = tuple(payment for _, payment in billed(ws.tip, found.deal))
    own = [one for one in payments if one.currency == found.currency]

    def total(kind: PaymentKind) -> str:
        return show_amount(sum(minor(one) or 0 for one in own if one.kind == kind), found.currency)

    return Billed(
        deal=found.deal,
        handle=handle_in(ws.tip, found),
        currency=found.currency,
        payments=payments,
        invoiced=total("invoiced"),
        paid=total("paid"),
        refunded=total("refunded"),
        kept=show_amount(net_paid(own), found.currency),
    )


def kind_told(text: str) -> PaymentKind:
    """A kind of billing record. Raises UsageError, naming them all, for another word."""
    found = next((kind for kind in KINDS if kind == text), None)
    if found is None:
        raise UsageError(f"{text!r} is no kind of billing record.", hint=f"Choose one of: {', '.join(KINDS)}.")
    return found


def _payment(ws: Workspace, deal: Deal, told: PaymentTold) -> Payment:
    try:
        payment = Payment(
            payment="x",
            deal=deal.deal,
            account=None if deal.deal.rpartition("-")[0] == deal.account else deal.account,
            kind=kind_told(told.kind),
            amount=show_amount(parse_amount(told.amount, deal.currency), deal.currency),
            currency=deal.currency,
            day=date.fromisoformat(told.day) if told.day else ws.today,
            order=" ".join(spoken(told.order, most=LINE).split()) or None,
            invoice=name_of(told.invoice, "--invoice"),
            months=months_of(told.months, "--months"),
            units=told.units,
        )
        named = name_of(told.id, "--id")
    except RowFault as fault:
        raise UsageError(fault.sentence, hint="See: salesrepo payment add --help") from None
    for _, sentence in payment.problems():
        raise UsageError(sentence, hint="Leave it out, or choose another --kind.")
    return replace(payment, payment=named or derived_id(payment))
