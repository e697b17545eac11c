"""`sr hygiene`: which of one's own open deals need attention, and what is the next command for each?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from salesrepo.checks.engine import run_checks
from salesrepo.checks.registry import RULES
from salesrepo.checks.rule import CheckContext
from salesrepo.domain.change import PathChange
from salesrepo.domain.kinds.activity import ACTIVITY, Activity, NextStep
from salesrepo.domain.kinds.deal import CLOSED, DEAL, Deal
from salesrepo.domain.pipeline import next_step
from salesrepo.domain.qualification import Score, score_of
from salesrepo.errors import RecordError
from salesrepo.flows.deals.log_activity import find_deal
from salesrepo.flows.deals.log_deal import amount_of
from salesrepo.flows.deals.promised import Promised, promised_in
from salesrepo.flows.here.holdings import holdings_of
from salesrepo.flows.here.own_log import own_streams
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import node_of
from salesrepo.store.changes import read_changes
from salesrepo.store.snapshot import RecordSnapshot

RULES_OF_HYGIENE = tuple(rule for rule in RULES if "SR321" <= rule.code <= "SR335")
_FIRST = ("SR332", "SR330", "SR322", "SR323", "SR321", "SR335")  # what loses the deal comes before what only blurs it
_LOG_DAYS = 190


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look after: the rule, a sentence, and the next command."""

    code: str
    sentence: str
    hint: str


@dataclass(frozen=True)
class OpenDeal:
    """One of the seller's own open deals: what it is worth, when it closes, what comes next, what needs attention.

    `promised` is what it promises, in words where it is the only one that was asked for.
    """

    handle: str
    deal: Deal
    amount: str
    score: Score
    next: NextStep | None
    advice: tuple[Advice, ...]
    promised: tuple[Promised, ...] = ()


def open_deals(ws: Workspace, handle: str = "") -> tuple[OpenDeal, ...]:
    """The seller's own open deals (or the one that a handle means), those that need most first.

    The rules of hygiene run over them as they stand here, noted and accepted, with the seller's own log. Raises
    RefusedError for a handle that is none of the seller's.
    """
    known = holdings_of(ws)
    wanted = find_deal(handle, known).deal if handle else ""
    entries = [entry for entry in known.deals if entry.stage not in CLOSED or entry.deal == wanted]
    paths = {DEAL.path.fill(account=entry.account, deal=entry.deal): entry for entry in entries}
    if not paths:
        return ()
    view = ws.view
    streams = own_streams(ws, view, ws.today - timedelta(days=_LOG_DAYS))
    context = _context(ws, view, (*paths, *streams))
    advice: dict[str, list[Advice]] = {}
    codes = {rule.code for rule in RULES_OF_HYGIENE}
    for found in run_checks(context, RULES_OF_HYGIENE).findings:
        if found.code in codes:
            advice.setdefault(found.at.path, []).append(Advice(found.code, found.message, found.hint))
    log = _log(view, streams)
    shown = []
    for path, entry in paths.items():
        deal = view.read(DEAL, path)
        if deal is not None and wanted in ("", entry.deal):
            one = _shown(entry.handle, deal, log, sorted(advice.get(path, ()), key=_urgency))
            shown.append(replace(one, promised=promised_in(ws, deal)) if wanted else one)
    return tuple(sorted(shown, key=lambda one: (-len(one.advice), one.handle)))


def most_urgent(deals: Iterable[OpenDeal], most: int = 3) -> tuple[Advice, ...]:
    """The few things to do first, one for each deal before any second."""
    turns = [(turn, _urgency(one), one) for deal in deals for turn, one in enumerate(deal.advice)]
    return tuple(one for _, _, one in sorted(turns, key=lambda told: told[:2])[:most])


def _urgency(one: Advice) -> tuple[int, str]:
    return (_FIRST.index(one.code) if one.code in _FIRST else len(_FIRST), one.code)


def _context(ws: Workspace, view: RecordSnapshot, paths: Iterable[str]) -> CheckContext:
    """What an audit would see, of these records alone: they stand before as they stand after."""
    changes = tuple(PathChange(path, None, blob) for path in paths if (blob := view.blob(path)))
    return CheckContext(
        change=read_changes(changes, view, view),
        tip=view,
        result=view,
        actor_id=ws.identity.forge_id,
        actor=node_of(ws.tip, ws.identity.forge_id),
        today=ws.today,
    )


def _log(view: RecordSnapshot, streams: Iterable[str]) -> tuple[Activity, ...]:
    found: list[Activity] = []
    for path in streams:
        try:
            found += view.stream(ACTIVITY, path)
        except RecordError:
            continue  # submit says what is wrong with it
    return tuple(sorted(found, key=lambda one: one.id))


def _shown(handle: str, deal: Deal, log: tuple[Activity, ...], advice: list[Advice]) -> OpenDeal:
    return OpenDeal(
        handle=handle,
        deal=deal,
        amount=amount_of(deal),
        score=score_of(deal.qualification),
        next=next_step(one for one in log if one.account == deal.account),
        advice=tuple(advice),
    )
