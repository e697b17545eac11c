"""`salesrepo commission adjust`: one sum by hand, for a reason, once somebody else agrees."""

import hashlib
from dataclasses import dataclass
from datetime import date

from salesrepo.domain.kinds.adjustment import ADJUSTMENT, Adjustment
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.errors import RefusedError
from salesrepo.flows.finance.deals import Deals
from salesrepo.flows.finance.parcels import refuse_strangers
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.store.records import file_of

_SHORT = 8  # hex digits


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be paid (below zero: charged). What is empty: the payee's currency, no deal, no line."""

    payee: str
    amount: str
    day: date
    reason: str
    currency: str = ""
    deal: str = ""
    line: str = ""
    write_off: bool = False


@dataclass(frozen=True)
class Adjusted:
    """The record, and what became of it; `sent` is None where the same was recorded before."""

    adjustment: Adjustment
    name: str
    sent: Sent | None


def adjust(ws: Workspace, wanted: Wanted, *, dry_run: bool = False) -> Adjusted:
    """Send an adjustment; the same one twice is one.

    Raises RefusedError for an unknown payee, deal or currency, an amount that is none, or where the sender does not
    write adjustments.
    """
    refuse_strangers(ws, "adjustments")
    payee = ws.node(wanted.payee)
    if payee is None:
        raise RefusedError(f"There is no node {wanted.payee}.", hint="See who there is: salesrepo node list")
    currency = wanted.currency.upper() or payee.currency or ws.settings.currency
    amount = show_amount(parse_amount(wanted.amount, currency), currency)
    deal = Deals(ws.tip).one(wanted.deal).deal if wanted.deal else None
    record = Adjustment(
        adjustment=_id(wanted, (amount, currency, deal)),
        payee=payee.node,
        amount=amount,
        currency=currency,
        day=wanted.day,
        reason=wanted.reason,
        kind="write-off" if wanted.write_off else "adjustment",
        deal=deal,
        line=wanted.line or None,
    )
    path, data = file_of(ADJUSTMENT, record)
    if ws.tip.blob(path) is not None:
        return Adjusted(record, payee.name, None)
    title = f"{'Write-off' if wanted.write_off else 'Adjustment'} of {amount} {currency} for {payee.name}"
    return Adjusted(record, payee.name, send_files(ws, title, {path: data}, dry_run=dry_run))


def _id(wanted: Wanted, about: tuple[str | None, ...]) -> str:
    """The same for the same content, so that nothing is paid twice because a command was typed twice."""
    said = (*about, wanted.reason, wanted.line, wanted.write_off)
    return f"{wanted.payee}-{wanted.day}-{hashlib.sha256(repr(said).encode()).hexdigest()[:_SHORT]}"
