"""`sr win` and `sr lose`: how a deal ended."""

from dataclasses import dataclass, replace
from datetime import date

from salesrepo.checks.handles import handle_in
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.domain.pipeline import AT_A_WIN, missing, told_as, value_of
from salesrepo.domain.quote import digest_of
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.deals.crediting import with_owed
from salesrepo.flows.deals.deal_parts import billing_of, instalment_of, short_word
from salesrepo.flows.deals.log_activity import find_deal
from salesrepo.flows.deals.log_deal import DealNoted, note_deal
from salesrepo.flows.deals.moves import closed, is_strict, pipeline_of
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.index import read_index

BY_COMPETITOR = "competitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class WinTold:
    """What the seller typed of a win. Texts are empty, numbers None where nothing was; `invoices` are DAY:AMOUNT."""

    order: str
    signed: str = ""
    term: int | None = None
    currency: str = ""
    billing: str = ""
    starts: str = ""
    invoices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LossTold:
    """What the seller typed of a loss: a reason in words or one of the company's codes, to whom, on which day."""

    reason: str
    to: str = ""
    day: str = ""


def win(ws: Workspace, handle: str, told: WinTold, *, dry_run: bool = False) -> DealNoted:
    """Note that the customer signed (today where no day is told), under their order reference.

    Raises RefusedError for a deal that is not the seller's own open one, UsageError for a day that has not come, for
    another currency than the deal's, and for invoices that do not make its amount.
    """
    deal = own_deal(ws, handle)
    _refuse_ended(handle, deal, but="won")
    day = _day(told.signed, ws.today)
    if not spoken(told.order, most=LINE).strip():
        raise UsageError("A won deal names the customer's order.", hint="Add --order REFERENCE.")
    if told.currency not in ("", deal.currency):
        hint = f"Take it back (sr undo {handle}) and note it anew with --currency {told.currency}."
        raise UsageError(f"{handle} is in {deal.currency}; a deal keeps its currency.", hint=hint)
    schedule = tuple(sorted((instalment_of(text, deal.currency) for text in told.invoices), key=lambda one: one.day))
    won = replace(
        closed(ws, deal, "won"),
        signed=day,
        order=" ".join(told.order.split()),
        term=told.term if told.term is not None else deal.term,
        billing=billing_of(told.billing) or deal.billing,
        starts=date.fromisoformat(told.starts) if told.starts else deal.starts,
        schedule=schedule or deal.schedule,
    )
    _refuse_unquoted(handle, deal, won)
    if schedule:
        _refuse_uneven(won)
    return note_deal(ws, with_owed(ws, won), dry_run=dry_run)


def past(ws: Workspace, text: str) -> str:
    """An ISO day of the past, or today (empty: today). Raises UsageError for one to come."""
    return _day(text, ws.today).isoformat()


def lost_reasons(ws: Workspace) -> tuple[str, ...]:
    """The company's codes for why a deal is lost."""
    return tuple(pipeline_of(ws).lost_reasons)


def asked_at_a_win(ws: Workspace, handle: str, told: WinTold) -> tuple[tuple[str, str, str], ...]:
    """What this company wants to hear of a win that is not told yet: field, question, option."""
    if not is_strict(ws):
        return ()
    deal = own_deal(ws, handle)
    names = missing(deal, (name for name in pipeline_of(ws).win_requires if name in AT_A_WIN))
    given = {"term": told.term, "billing": told.billing, "starts": told.starts, "schedule": told.invoices}
    found = []
    for name in names:
        if not given[name]:
            what, how = told_as(deal, name, handle_in(ws.view, deal))
            option = how.rpartition(" ")[0].rpartition(" ")[2]
            found.append((name, f"{what[0].upper()}{what[1:]}?", option))
    return tuple(found)


def lose(ws: Workspace, handle: str, told: LossTold, *, dry_run: bool = False) -> DealNoted:
    """Note that the deal is lost, and why: in words, or by one of the company's codes.

    Raises RefusedError for a deal that is not the seller's own open one, UsageError where nothing says why.
    """
    deal = own_deal(ws, handle)
    _refuse_ended(handle, deal, but="lost")
    rival = short_word(told.to, "competitor")
    reason = " ".join(spoken(told.reason, most=LINE).split()) or (BY_COMPETITOR if rival else "")
    if not reason:
        raise UsageError("A lost deal says why.", hint="Add --reason TEXT.")
    code = reason if reason in pipeline_of(ws).lost_reasons else None
    lost = replace(
        closed(ws, deal, "lost"), closed=_day(told.day, ws.today), reason=reason, reason_code=code, lost_to=rival
    )
    return note_deal(ws, lost, dry_run=dry_run)


def _refuse_ended(handle: str, deal: Deal, *, but: str) -> None:
    """What is noted as ended the other way is taken back by the seller, and not silently replaced."""
    if not deal.is_open and deal.stage != but:
        raise RefusedError(f"{handle} is noted as {deal.stage}.", hint=f"Take that back first: sr undo {handle}")


def own_deal(ws: Workspace, handle: str) -> Deal:
    """The one deal of the seller's own, open or not accepted yet, that a handle means. Raises RefusedError."""
    entry = find_deal(handle, read_index(ws.desk.folder))
    deal = ws.view.get(DEAL, account=entry.account, deal=entry.deal)
    if deal is None:
        raise RefusedError(f"{handle} is not there any more.", hint="Run: sr sync")
    return deal


def _refuse_unquoted(handle: str, deal: Deal, won: Deal) -> None:
    """What was agreed to holds for these terms alone: another one is asked for before the deal is won."""
    if deal.quote is None or deal.quote.digest != digest_of(deal) or deal.quote.digest == digest_of(won):
        return
    told = {"--term": won.term, "--billing": won.billing, "--start": won.starts}
    had = {"--term": deal.term, "--billing": deal.billing, "--start": deal.starts}
    options = [option for option, value in told.items() if value != had[option]]
    again = " ".join(f"{option} {told[option]}" for option in options)
    if won.schedule != deal.schedule:
        options.append("--invoice")
        again += "".join(f" --invoice {part.day}:{part.amount}" for part in won.schedule)
    raise RefusedError(
        f"{' and '.join(options)} {'was' if len(options) == 1 else 'were'} not in the quote that was agreed to.",
        hint=f"Leave it out, or quote again first: sr quote {handle} {again.strip()}",
    )


def _refuse_uneven(deal: Deal) -> None:
    value, total = value_of(deal), sum(parse_amount(part.amount, deal.currency) for part in deal.schedule)
    if value is not None and value != total:
        shown = show_amount(total, deal.currency)
        raise UsageError(
            f"The invoices come to {shown} {deal.currency}, the deal to {show_amount(value, deal.currency)}.",
            hint="Give every invoice with --invoice DAY:AMOUNT.",
        )


def _day(text: str, today: date) -> date:
    day = date.fromisoformat(text) if text else today
    if day > today:
        raise UsageError(f"{day} has not come yet.", hint="Write the day on which it happened.")
    return day
