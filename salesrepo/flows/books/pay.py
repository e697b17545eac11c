"""`sr pay` and `salesrepo commission`: what was booked, why, and whether it is right; read from this copy alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from salesrepo.checks.pay_disputes import open_disputes
from salesrepo.domain.holding import handle_of
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.period import Calendar, day_in, span_of
from salesrepo.domain.private_pay import knows_pay
from salesrepo.domain.statement import LineItem
from salesrepo.domain.verification import Difference, Fault, VerifyReport
from salesrepo.errors import RefusedError, SalesRepoError, UsageError
from salesrepo.flows.books.closed import Closed, booked_figures, closed, closing_month
from salesrepo.flows.books.statement import Statement, booked_after, find_lines, statement
from salesrepo.flows.books.told import last_told, now_told
from salesrepo.flows.books.verify import verify
from salesrepo.flows.here.checkpoint import lost, remember
from salesrepo.flows.here.workspace import SEEN_LEDGER, Workspace
from salesrepo.flows.proposals.replay import was_allowed
from salesrepo.forge.base import Forge
from salesrepo.store.ledger import Ledger
from salesrepo.vcs.history import read_commit


def pay_of(ws: Workspace, node: str, period: str = "", *, since: date | None = None) -> Statement:
    """A payee's statement of a period, the last one booked where none is told.

    News is what was booked since this copy was told last of the payee's pay; or on the day `since` and later.
    """
    if node != ws.me and ws.node(node) is None:
        raise UsageError(f"There is no node {node}.", hint="Name a node of the company.")
    if period:
        _check_period(period)
    ledger, calendar = _ledger(ws), Calendar(ws.settings.fiscal_year_starts)
    found = statement(ledger, node, period or None, calendar=calendar)
    told = last_told(ws.desk, node)
    news: tuple[LineItem, ...] = ()
    if since is not None:
        news = booked_after(ledger, node, since=since)
    elif told is not None:
        news = booked_after(ledger, node, seq=told)
    months = [closing_month(calendar, name) for name in (found.period, found.before[0] if found.before else "") if name]
    closes = {month: closed(ws.objects, ws.tip, month, zone=ws.settings.time_zone) for month in months}
    differs = tuple(_differs(ledger, calendar, closes, node))
    open_ = open_disputes(ws.tip, node)
    asked = {about: one for about, one in open_.items() if one.question.period == found.period}
    return replace(found, news=news, closed=closes[months[0]], differs=differs, asked=asked)


def _check_period(text: str) -> None:
    try:
        span_of(text)
    except RefusedError as shapes:
        what = "month" if text[:4].isdigit() else "period"
        raise UsageError(f"{text[:40]} is no {what}.", hint=shapes.hint) from shapes


def check_knows_pay(ws: Workspace) -> None:
    """Raises RefusedError where pay is private and this copy is not finance's: it holds nobody's pay."""
    if not knows_pay(ws.tip):
        raise RefusedError(
            "Pay is private here, and this copy holds nobody's.", hint="Ask finance for a statement of yours."
        )


def remember_told(ws: Workspace, node: str) -> None:
    """From now on, news of a payee's pay is what this copy does not hold yet."""
    now_told(ws.desk, node, _ledger(ws).closing(node)[0])


def deal_names(ws: Workspace, deals: Iterable[str]) -> dict[str, str]:
    """What people call deals: `acme/2, Acme Inc`; a deal whose id does not begin with its account's key is left out."""
    by_deal = {deal: deal.rpartition("-")[0] for deal in deals if "-" in deal}
    names: dict[str, str] = {}
    for deal, key in by_deal.items():
        try:
            account = ws.tip.get(ACCOUNT, account=key)
        except SalesRepoError:
            continue
        if account is not None:
            names[deal] = f"{handle_of(key, deal, by_deal.values())}, {account.name}"
    return names


def lines_of(ws: Workspace, text: str, *, node: str = "") -> tuple[LineItem, ...]:
    """The lines that a line's key, a deal's id or a handle means."""
    return find_lines(_ledger(ws), text, node=node or None)


def verify_copy(ws: Workspace) -> VerifyReport:
    """Recompute everything that this copy holds of main and the ledger. Needs no network.

    Where both still hold what this copy has seen of them, it takes what they are now as seen.
    """
    now = int(ws.desk.now.timestamp())
    report = verify(ws.desk.git_dir, ws.main, ws.objects.tip(SEEN_LEDGER), judge=was_allowed, now=now)
    gone = tuple(Difference(Fault.REWOUND, one.sentence, one.now or "") for one in lost(ws))
    if not gone:
        remember(ws)
    return replace(report, differences=(*gone, *report.differences))


def day_of_copy(ws: Workspace) -> date:
    """The day of the newest change that this copy has of main, in the company's time zone."""
    committed = read_commit(ws.objects, ws.main).committed
    return day_in(ws.settings.time_zone, datetime.fromtimestamp(committed, UTC))


def verify_forge(forge: Forge, *, now: datetime) -> VerifyReport:
    """Recompute everything that a forge holds itself."""
    return verify(forge.repository(), forge.main(), forge.ledger(), judge=was_allowed, now=int(now.timestamp()))


def _differs(ledger: Ledger, calendar: Calendar, closes: dict[str, Closed | None], node: str) -> Iterator[str]:
    """Where what was booked for a payee is not what the closes of these months were agreed to with."""
    for month, one in closes.items():
        if one is None or one.record.period != month:  # closed with a later one, which has the figures
            continue
        figures = booked_figures(ledger, calendar, month, nodes=(node,))
        for sentence in figures.differences(one.record, of=node):
            yield f"When {month} was closed: {sentence}"


def _ledger(ws: Workspace) -> Ledger:
    tip = ws.objects.tip(SEEN_LEDGER)
    check_knows_pay(ws)
    if tip is None:
        raise RefusedError("Nothing has been booked yet, as far as this copy knows.", hint="Run: sr sync")
    return Ledger(ws.objects, tip)
