"""`sr pay dispute` and `salesrepo commission dispute|answer`: ask about pay, and answer; pay goes on meanwhile."""

from dataclasses import dataclass, replace
from datetime import date

from salesrepo.checks.pay_disputes import (
    PayDispute,
    disputes_about,
    due_of,
    find_dispute,
    named_answerer,
    next_id,
    pay_policy,
)
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.pay_dispute import PAY_ANSWER, PAY_QUESTION, PayAnswer, PayQuestion, PayVerdict
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.period import Calendar, Span, business_days_after
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.books.closed import closed, closing_month
from salesrepo.flows.books.pay import check_knows_pay
from salesrepo.flows.books.pay_questions import Asked, about_words, in_words, meant_line, payee_in
from salesrepo.flows.deals.would_pay import find_any_deal
from salesrepo.flows.here.spoken import spoken
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.flows.sending.sync import sync
from salesrepo.store.records import file_of

VERDICTS: tuple[PayVerdict, ...] = ("right_as_it_is", "corrected", "adjusted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wondered:
    """What somebody asks: about a `line`, or about a deal that is `missing`; of `node`, themselves if empty."""

    text: str
    line: str = ""
    missing: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What somebody answers. An adjustment goes with `adjusted`, an amended deal with `corrected`."""

    verdict: str
    text: str
    adjustment: str = ""
    deal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """A question and what became of it; `until` is the last day that its own cycle takes one (None: still open)."""

    asked: Asked
    sent: Sent
    until: date | None = None


def ask(ws: Workspace, wondered: Wondered, *, dry_run: bool = False) -> Posed:
    """Ask about a line, or about a won deal that paid nothing or too little.

    Raises RefusedError where nothing is booked under that name, it is asked already, or nobody is there to answer.
    """
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        check_knows_pay(here)
        payee = wondered.node or payee_in(wondered.line) or here.me
        question, until = _question(here, wondered, payee)
        before = disputes_about(here.tip, payee, question.about)
        if before and before[-1].is_open:
            known = before[-1].question
            raise RefusedError(
                f"{known.dispute} asks about this already; {here.who(known.answerer)} answers by {known.due}.",
                hint="Wait for the answer, and ask again if that is not enough.",
            )
        title = f"Question about the pay for {about_words(here, question)}"
        files: dict[str, bytes | None] = dict([file_of(PAY_QUESTION, question)])
        sent = send_files(here, title, files, dry_run=dry_run)
        return Posed(asked=in_words(here, [PayDispute(question)])[0], sent=sent, until=until)
    finally:
        here.close()


def answer(ws: Workspace, name: str, found: Found, *, dry_run: bool = False) -> Posed:
    """Answer a question. Raises RefusedError for one that there is not, or that is answered; UsageError for a verdict
    that there is not, or that does not fit what is named with it."""
    verdict = next((one for one in VERDICTS if one == found.verdict), None)
    if verdict is None:
        hint = f"Choose one of: {', '.join(VERDICTS)}."
        raise UsageError(f"{found.verdict or 'That'} is no verdict.", hint=hint)
    _check_fits(found)
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        asked = _asked(here, name)
        deal = found.deal and find_any_deal(here, found.deal).deal
        given = PayAnswer(
            dispute=name,
            by=here.me,
            day=here.today,
            verdict=verdict,
            text=spoken(found.text),
            adjustment=found.adjustment or None,
            deal=deal or None,
        )
        title = f"Answer about the pay for {about_words(here, asked.question)}"
        files: dict[str, bytes | None] = dict([file_of(PAY_ANSWER, given)])
        sent = send_files(here, title, files, dry_run=dry_run)
        return Posed(asked=in_words(here, [replace(asked, answer=given)])[0], sent=sent)
    finally:
        here.close()


def _check_fits(found: Found) -> None:
    if (found.verdict == "adjusted") != bool(found.adjustment):
        hint = "Name the record that pays it: --verdict adjusted --adjustment ID (salesrepo commission adjust)"
        raise UsageError("adjusted names the adjustment, and no other verdict does.", hint=hint)
    if found.deal and found.verdict != "corrected":
        raise UsageError("Only corrected names a deal that was amended.", hint="Leave --deal out.")
    if found.verdict == "corrected" and not found.deal:
        hint = "Name it: --verdict corrected --deal acme/2 (sr amend)"
        raise UsageError("corrected names the deal that was amended.", hint=hint)


def _asked(ws: Workspace, name: str) -> PayDispute:
    check_knows_pay(ws)
    asked = find_dispute(ws.tip, name)
    if asked is None:
        raise RefusedError(f"There is no question {name[:80]}.", hint="See: salesrepo commission disputes --open")
    if asked.answer is not None:
        told = f"{ws.who(asked.answer.by)} answered it on {asked.answer.day}."
        raise RefusedError(told, hint="What was answered stays; they may ask again.")
    return asked


def _question(ws: Workspace, wondered: Wondered, payee: str) -> tuple[PayQuestion, date | None]:
    """The record, and the last day that its cycle takes a question, where its period is closed."""
    line, deal, account, period = _subject(ws, wondered, payee)
    policy = pay_policy(ws.tip)
    until = _taken_until(ws, period, policy.dispute_days)
    answerer = named_answerer(ws.tip, ws.needed(ROLES_POLICY), (payee, ws.me), day=ws.today)
    if not answerer:
        raise RefusedError(
            "Nobody is there who could answer: nobody of finance, and nobody who runs the company but you.",
            hint="Let sales operations name somebody in policy/pay.yml: answers",
        )
    question = PayQuestion(
        dispute=next_id(ws.tip, payee, line or deal or ""),
        by=ws.me,
        payee=payee,
        line=line,
        deal=deal,
        account=account,
        period=period,
        day=ws.today,
        question=spoken(wondered.text),
        answerer=answerer,
        due=due_of(policy, ws.today),
        late=until is not None and until < ws.today,
    )
    return question, until


def _subject(ws: Workspace, wondered: Wondered, payee: str) -> tuple[str | None, str | None, str | None, str]:
    """Line, or deal with its account, and the period in which that counts."""
    if not wondered.missing:
        line = meant_line(ws, wondered.line, payee)
        return line.key, None, None, line.booking_period
    found = find_any_deal(ws, wondered.missing)
    deal = ws.tip.get(DEAL, account=found.account, deal=found.deal)
    if deal is None or deal.stage != "won" or deal.signed is None:
        hint = f"What it would pay: sr pay if {wondered.missing}"
        raise RefusedError(f"{wondered.missing} is not won yet, so nothing is due for it.", hint=hint)
    month = Calendar(ws.settings.fiscal_year_starts).window_id(Span.MONTH, deal.signed)
    return None, deal.deal, deal.account, month


def _taken_until(ws: Workspace, period: str, days: int) -> date | None:
    """The last day on which a closed period is asked about in its own cycle; None while it is open."""
    month = closing_month(Calendar(ws.settings.fiscal_year_starts), period)
    shut = closed(ws.objects, ws.tip, month, zone=ws.settings.time_zone)
    return business_days_after(shut.day, days) if shut else None
