"""How the outcomes that several commands share are told: what was sent, what was merged, what was booked."""

from collections import Counter
from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.domain.finding import CheckReport
    from salesrepo.domain.statement import LineItem
    from salesrepo.flows.books.settle import Settlement
    from salesrepo.flows.proposals.land import Landing
    from salesrepo.flows.proposals.sweep import Swept
    from salesrepo.flows.sending.deliver import Sent

_FATES = {
    "accepted": "accepted.",
    "waiting": "waits: {reason}",
    "review": "sent; it waits for {roles}.",
    "refused": "not accepted; it is back with you: {reason}",
    "conflict": "not accepted; it is back with you: {reason}",
    "held": "not sent yet: {reason}",
    "sent": "sent.",
}
_TRIED = {
    "accepted": "would be accepted by itself.",
    "review": "would be sent, and would wait for {roles}.",
    "waiting": "would be sent, and would wait until whoever asked first is answered.",
    "refused": "would be refused: {reason}",
    "conflict": "would be refused: {reason}",
    "held": "would not be sent yet: {reason}",
}
_NEXT = {
    "refused": "Next: change it and send it again, or take it back: sr undo",
    "conflict": "Next: take yours back with sr undo, see what is there now with sr sync, and make the change anew.",
}


def tell_sent(sent: "Sent", *, verbose: bool) -> None:
    """Say in the seller's words what became of one parcel."""
    from salesrepo.domain.verdict import needs_words

    asked = sent.verdict.get("needs") or ([sent.roles] if sent.roles else [])
    roles = needs_words(asked) or "somebody to look at it"
    text = (_TRIED[sent.would] if sent.would else _FATES[sent.fate]).format(
        reason=console.term(sent.reason), roles=roles
    )
    number = f" (number {sent.number})" if sent.number and sent.fate != "accepted" else ""
    console.say(f"{console.term(sent.title)}{number}: {text}")
    if sent.fate in ("refused", "conflict"):
        say_findings(sent.findings, "What to mend:", "Somebody would look at it:")
        if not sent.findings and not sent.would:
            console.say(_NEXT[sent.fate])
    if verbose:
        for path in sent.paths:
            console.say(f"  {console.term(path)}")


def sent_code(sent: "Sent | None") -> int:
    """The exit code of one thing that was sent at once; what is only noted is no trouble."""
    if sent is None:
        return ExitCode.DONE
    return {"refused": ExitCode.REFUSED, "conflict": ExitCode.CONFLICT}.get(sent.fate, ExitCode.DONE)


def landing_code(landing: "Landing", *, judged_only: bool = False) -> int:
    """The exit code of what became of a proposal: as for the sender; to judge alone, one that waits is no trouble."""
    codes = {
        "refused": ExitCode.FINDINGS,
        "conflict": ExitCode.CONFLICT,
        "review": ExitCode.REFUSED,
        "waiting": ExitCode.REFUSED,
    }
    if judged_only and landing.outcome in ("review", "waiting"):
        return ExitCode.DONE
    return codes.get(landing.outcome, ExitCode.DONE)


def tell_landing(landing: "Landing", *, json: bool, judged_only: bool = False, dry_run: bool = False) -> int:
    """Say what became of a proposal; exit codes as for the sender."""
    code = landing_code(landing, judged_only=judged_only)
    if json:
        console.say_json(plain_landing(landing))
    elif landing.outcome == "merged":
        commit = f": {landing.commit}" if landing.commit else ""
        console.say(f"Proposal {landing.number} {'would be' if dry_run else 'is'} merged{commit}.")
    elif landing.outcome == "ready":
        console.say(f"Proposal {landing.number} is ready. Next: salesrepo review merge {landing.number}")
    else:
        _say_why(landing)
    if not json and landing.judgement:
        _say_waived(landing.judgement.report)
    return code


def _say_why(landing: "Landing") -> None:
    from salesrepo.domain.finding import Severity
    from salesrepo.domain.verdict import needs, needs_words
    from salesrepo.report.order import where

    asked = needs_words(needs(landing.judgement.unanswered)) if landing.judgement else ""
    waits = f" It waits for {asked}." if asked and landing.outcome == "review" else ""
    console.say(f"Proposal {landing.number}, {landing.outcome}: {console.term(landing.reason)}{waits}")
    for finding in landing.judgement.report.findings if landing.judgement else ():
        console.say(f"  {finding.code} {console.term(where(finding.at))}  {console.term(finding.message)}")
        if finding.hint and finding.severity is not Severity.REVIEW:  # that one speaks to whoever sent it
            console.say(f"    {console.term(finding.hint)}")


def _say_waived(report: "CheckReport") -> None:
    from salesrepo.report.order import waivers_in_order, where

    if report.waived:
        console.say(f"{len(report.waived)} waived:")
    for one in waivers_in_order(report.waived):
        at, reason = console.term(where(one.finding.at)), console.term(one.reason)
        console.say(f"  {one.finding.code} {at}  until {one.until}: {reason}")


def plain_landing(landing: "Landing") -> dict[str, object]:
    """A landing for --json: the verdict's shape (domain/verdict.py), where there is one, and what became of it."""
    from salesrepo.flows.proposals.judge import plain_judgement

    judged = landing.judgement
    missing = judged.missing if judged else ()
    return {
        **(plain_judgement(judged) if judged else {}),
        "number": landing.number,
        "outcome": landing.outcome,
        "commit": landing.commit,
        "reason": landing.reason,
        "missing_roles": missing,
        "changed": landing.outcome == "merged",
    }


def tell_settled(done: "Settlement", *, dry_run: bool, json: bool) -> int:
    """Say what a settlement booked."""
    from salesrepo.domain.money import group_amount

    nothing = Counter(passed.because for passed in done.passed)
    if json:
        totals = [{"payee": p, "currency": c, "amount": amount} for (p, c), amount in sorted(done.totals.items())]
        plain = {"main": done.main, "ledger": done.ledger, "lines": done.lines, "totals": totals}
        passed = [{"because": because, "credits": count} for because, count in nothing.most_common()]
        waits = {"pending": len(done.pending), "unrated": done.unrated, "passed": passed, "remarks": done.remarks}
        console.say_json({**plain, **waits, "changed": done.changed and not dry_run})
        return ExitCode.DONE
    if not done.changed:
        console.say("Everything is booked already.")
    else:
        verb, payees = "Would book" if dry_run else "Booked", len({payee for payee, _ in done.totals})
        console.say(f"{verb} {some(done.lines, 'line')} for {some(payees, 'payee')}.")
        currencies = sorted({currency for _, currency in done.totals})
        for currency in currencies:
            total = sum(amount for (_, c), amount in done.totals.items() if c == currency)
            console.say(f"Together {group_amount(total, currency)} {currency}.")
    for line in done.pending:
        console.say(f"Waiting: {console.term(line.deal)} for {line.payee}: {console.term(line.because)}")
    for deal in done.unrated:
        console.say(f"Not paid: {console.term(deal.because)}")
    for remark in done.remarks:
        console.say(console.term(remark))
    for because, count in nothing.most_common(_MOST_REASONS):
        console.say(f"{some(count, 'credit')}: {console.term(because)}")
    if len(nothing) > _MOST_REASONS:
        console.say(f"and {len(nothing) - _MOST_REASONS} more reasons (--json lists them)")
    return ExitCode.DONE


_MOST_REASONS = 8  # why credits were paid nothing, told without --json
_STEPS = {
    "given_back": "gets the days of its review back",
    "customer": "is a customer's",
    "kept": "is kept for its deal",
    "lapsed": "has lapsed",
    "territory": "ends, since its territory passed on",
    "granted": "passes to {holder}, who waited first",
}
_WARNINGS = {
    "ends_soon": "{account} of {node} ends on {day}.",
    "dispute_overdue": "The dispute about {account} was to be decided by {day}.",
    "referral_ended": "The referral of {account} by {node} ended on {day}.",
}


def tell_swept(done: "Swept", *, dry_run: bool, json: bool) -> int:
    """Say what the sweep wrote down, and warned of."""
    stuck = [landing for landing in done.landings if landing.outcome != "merged"]
    if json:
        landings = [plain_landing(landing) for landing in done.landings]
        plain = {"due": done.done, "left": done.left, "landings": landings, "warnings": done.warnings}
        console.say_json({**plain, "unread": done.unread, "changed": bool(done.done) and not dry_run})
        return ExitCode.REFUSED if stuck else ExitCode.DONE
    for one in done.done:
        steps = " and ".join(_STEPS[step].format(holder=one.holder) for step in one.steps)
        console.say(f"{one.account} ({one.layer}) {steps}{'' if dry_run else ': written down'}.")
    for landing in stuck:
        console.say(f"Proposal {landing.number} was not merged: {console.term(landing.reason)}")
    for warned in done.warnings:
        console.say(_WARNINGS[warned.what].format(account=warned.account, node=warned.node, day=warned.day))
    for left in done.unread:
        console.say(f"Left out: {console.term(left.path)}, which cannot be judged: {console.term(left.reason)}")
    if not done.done and not stuck:
        console.say("Nothing is due.")
    return ExitCode.REFUSED if stuck else ExitCode.DONE


def tell_lines(lines: "Sequence[LineItem]", *, json: bool) -> int:
    """Explain lines; exit 1 where one does not agree with its own figures."""
    from salesrepo.commission.booked.line import book
    from salesrepo.commission.explain.line import check_line
    from salesrepo.commission.explain.line import explain as words
    from salesrepo.store.plain import to_plain

    wrong = [problem for line in lines if (problem := check_line(line))]
    if json:
        console.say_json({"lines": [to_plain(book(line)) for line in lines], "wrong": wrong})
    else:
        for line in lines:
            console.say(words(line))
        for problem in wrong:
            console.say(f"This does not add up: {console.term(problem)}")
    return ExitCode.FINDINGS if wrong else ExitCode.DONE


def some(number: int, what: str) -> str:
    """A count with its noun: `1 line`, `8,476 lines`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
