"""Which questions about pay wait for whom, and which booked line does somebody mean by a few words?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from salesrepo.checks.pay_disputes import PayDispute, may_answer, pay_disputes
from salesrepo.commission.booked.line import read_line
from salesrepo.domain.holding import handle_of
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.pay_dispute import PayQuestion
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from salesrepo.flows.books.pay import check_knows_pay
from salesrepo.flows.books.statement import find_lines
from salesrepo.flows.here.workspace import SEEN_LEDGER, Workspace
from salesrepo.store.ledger import Ledger

_LATELY = timedelta(days=7)
_ASK = "sr pay dispute"
_WORDS_OF_A_KEY = 6  # deal, event, payee, component, plan's day, number
_PAYING = (LineType.EARNING, LineType.BONUS, LineType.CLAWBACK, LineType.ADJUSTMENT)
_EARNED = (LineType.EARNING, LineType.BONUS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about pay in words: what it is about, and by name who asks, whose pay it is, who answers."""

    dispute: PayDispute
    about: str
    by: str
    payee: str
    answerer: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PayWaits:
    """What somebody asked and nobody answered yet, what waits for their own answer, and what was answered lately."""

    asked: tuple[Asked, ...] = ()
    to_answer: tuple[Asked, ...] = ()
    answered: tuple[Asked, ...] = ()


def pay_waits(ws: Workspace) -> PayWaits:
    """What `sr` alone tells of questions about pay, by the day on which each is due."""
    open_ = pay_disputes(ws.tip, only_open=True)
    own = pay_disputes(ws.tip, payee=ws.me)
    lately = (one for one in own if one.answer is not None and one.answer.day >= ws.today - _LATELY)
    return PayWaits(
        asked=in_words(ws, (one for one in open_ if ws.me in (one.question.by, one.question.payee))),
        to_answer=in_words(ws, (one for one in open_ if _is_for(ws, one.question))),
        answered=in_words(ws, lately),
    )


def _is_for(ws: Workspace, asked: PayQuestion) -> bool:
    """Whether whoever works here answers it: as named, or for somebody who is not there any more."""
    if asked.answerer == ws.me:
        return True
    roles, parties = ws.tip.get(ROLES_POLICY), (asked.payee, asked.by)
    me = ws.node(ws.me)
    if roles is None or me is None or set(roles.write.finance).isdisjoint(me.roles_on(ws.today)):
        return False
    named, fit = ws.node(asked.answerer), may_answer(ws.tip, roles, me, parties, day=ws.today)
    return fit and not may_answer(ws.tip, roles, named, parties, day=ws.today)


def questions(ws: Workspace, *, only_open: bool = False, node: str = "") -> tuple[Asked, ...]:
    """The questions about pay, of one payee where one is named, by the day on which each is due.

    Raises RefusedError where pay is private and this copy is not finance's.
    """
    check_knows_pay(ws)
    return in_words(ws, pay_disputes(ws.tip, payee=node, only_open=only_open))


def in_words(ws: Workspace, found: Iterable[PayDispute]) -> tuple[Asked, ...]:
    """Questions with what they are about, and people by their names."""
    return tuple(
        Asked(
            dispute=one,
            about=about_words(ws, one.question),
            by=ws.who(one.question.by),
            payee=ws.who(one.question.payee),
            answerer=ws.who(one.question.answerer),
            overdue=one.is_overdue(ws.today),
        )
        for one in found
    )


def about_words(ws: Workspace, asked: PayQuestion) -> str:
    """`acme/2 (commission)`, `acme/2` for a deal that paid nothing or too little, else the line's own words."""
    deal = asked.about_deal
    account = asked.account or deal.rpartition("-")[0]
    known = bool(account) and ws.tip.get(ACCOUNT, account=account) is not None
    called = handle_of(account, deal) if known else deal
    if asked.line is None:
        return called
    words = asked.line.split(" ")
    component = words[3] if len(words) == _WORDS_OF_A_KEY and words[3] != "-" else ""
    named = called or (words[1] if len(words) > 1 else asked.line)
    return f"{named} ({component})" if component else named


def meant_line(ws: Workspace, text: str, payee: str, *, how: str = _ASK) -> LineItem:
    """The one line of a payee that a key, a deal or handle, or one with a component (`acme/2 commission`) means.

    `how` is the command that named it, for the hint.
    Of a deal's lines those that pay nothing are left out unless their component is told, and what was taken back or
    added later where something earned stands: a key means that. Raises RefusedError for none and for several.
    """
    wanted = text.strip()
    tip = ws.objects.tip(SEEN_LEDGER)
    ledger = Ledger(ws.objects, tip)
    if len(wanted.split(" ")) == _WORDS_OF_A_KEY:
        return _by_key(ledger, wanted, payee)
    deal, _, component = wanted.partition(" ")
    hint = f"If it paid nothing or too little: {_ASK} --missing {deal} TEXT"
    try:
        lines = find_lines(ledger, deal, node=payee)
    except RefusedError as nothing:
        raise RefusedError(nothing.message, hint=hint) from nothing
    paying = lines_meant(lines, component)
    if len(paying) == 1:
        return paying[0]
    if not paying:
        raise RefusedError(f"Nothing stands booked under {wanted[:80]!r}.", hint=hint)
    named = [f"{deal} {line.component}" for line in paying]
    whole = len(set(named)) == 1  # one component paid it twice: only the keys tell them apart
    several = "; ".join([line.key for line in paying[:6]] if whole else list(dict.fromkeys(named))[:6])
    hint = f'Name one: {how} "{paying[0].key if whole else named[0]}"'
    raise RefusedError(f"{wanted[:80]} has several lines: {several}.", hint=hint)


def lines_meant(lines: Iterable[LineItem], component: str = "") -> list[LineItem]:
    """Those of a deal's lines that somebody may mean who names the deal, or one component of it; see `meant_line`."""
    known = tuple(lines)
    undone = {line.reverses for line in known}
    stand = [line for line in known if line.type is not LineType.REVERSAL and line.key not in undone]
    stand = [line for line in stand if component in ("", line.component)]
    paying = [line for line in stand if line.type in _PAYING] or stand
    paying = [line for line in paying if line.amount or component] or paying
    return [line for line in paying if line.type in _EARNED] or paying


def payee_in(text: str) -> str:
    """Whose line a key names; empty where the text is no key."""
    words = text.strip().split(" ")
    return words[2] if len(words) == _WORDS_OF_A_KEY else ""


def _by_key(ledger: Ledger, key: str, payee: str) -> LineItem:
    """A line by its key, also one that is about no deal."""
    for file in reversed(ledger.batches(payee)):
        for line in ledger.batch(file).lines:
            if line.key == key:
                return read_line(line)
    raise RefusedError(f"No line of {payee}'s is called {key[:120]!r}.", hint="Copy it whole: sr pay why DEAL")
