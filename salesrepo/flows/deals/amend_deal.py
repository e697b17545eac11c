"""`sr amend DEAL` and `sr cancel DEAL`: put a deal right that is won already, with the reason."""

from dataclasses import dataclass, field, replace
from datetime import date

from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.deal import Amendment, Deal
from salesrepo.domain.pay_change import WouldPay
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.deals.close_deal import past
from salesrepo.flows.deals.crediting import with_owed
from salesrepo.flows.deals.log_deal import DealNoted, DealTold, changed_deal, note_deal
from salesrepo.flows.deals.moves import closed, pipeline_of
from salesrepo.flows.deals.would_pay import find_any_deal, pays
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendTold:
    """What somebody typed of a won deal that was recorded wrongly: its terms as `sr log deal` takes them, and why."""

    terms: DealTold = field(default_factory=DealTold)
    reason: str = ""
    signed: str = ""
    order: str = ""


@dataclass(frozen=True)
class Amended:
    """The deal as it is noted now, whose pay that changes, and the roles of whom somebody must agree."""

    noted: DealNoted
    pay: WouldPay
    approvers: tuple[str, ...] = ()


def amend_deal(ws: Workspace, handle: str, told: AmendTold, *, dry_run: bool = False) -> Amended:
    """Note other terms of a won deal. Raises RefusedError for a deal that is not won, UsageError without a reason."""
    deal = won_deal(ws, handle)
    changed = changed_deal(ws, deal, told.terms)
    if told.signed:
        changed = replace(changed, signed=date.fromisoformat(past(ws, told.signed)))
    if told.order:
        changed = replace(changed, order=" ".join(told.order.split()))
    if changed == deal:
        raise UsageError(f"What is to change in {handle}?", hint="Say it with --price, --credit, --signed or another.")
    why = Amendment(day=ws.today, reason=_reason(told.reason, "amended"))
    return _noted(ws, with_owed(ws, replace(changed, amended=(*deal.amended, why))), dry_run=dry_run)


def cancel_deal(ws: Workspace, handle: str, reason: str, *, dry_run: bool = False) -> Amended:
    """Note that a won deal is off after all: it ends as lost. Raises as `amend_deal`."""
    deal = won_deal(ws, handle)
    why = _reason(reason, "cancelled")
    code = why if why in pipeline_of(ws).lost_reasons else None
    off = replace(closed(ws, deal, "lost"), closed=ws.today, reason=why, reason_code=code)
    return _noted(ws, off, dry_run=dry_run)


def won_deal(ws: Workspace, handle: str) -> Deal:
    """The won deal that an id, a handle or an account means. Raises RefusedError where it is not won."""
    deal = find_any_deal(ws, handle)
    if deal.stage != "won":
        step = f"Change it: sr log deal {handle}" if deal.is_open else f"See it: sr show {handle.partition('/')[0]}"
        raise RefusedError(f"{handle} is not won.", hint=step)
    return deal


def _reason(text: str, what: str) -> str:
    reason = " ".join(spoken(text, most=LINE).split())
    if not reason:
        raise UsageError(f"Why is it {what}?", hint="Add --reason TEXT.")
    return reason


def _noted(ws: Workspace, deal: Deal, *, dry_run: bool) -> Amended:
    noted = note_deal(ws, deal, dry_run=dry_run)
    asked = (found for found in noted.findings if found.severity is Severity.REVIEW)
    roles = tuple(dict.fromkeys(role for found in asked for role in found.roles))
    return Amended(noted, pays(ws, noted.deal), roles)
