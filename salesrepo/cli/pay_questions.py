"""How are questions about pay told: to whoever asks, to whoever answers, and in a list?"""

from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.flows.books.pay_questions import Asked, PayWaits
    from salesrepo.flows.here.workspace import Workspace

_VERDICTS = {"right_as_it_is": "right as it is", "corrected": "corrected", "adjusted": "adjusted"}


def ask(ws: "Workspace", line: str, text: str, *, missing: str, node: str = "", dry_run: bool, json: bool) -> int:
    """Ask about a line or, with `missing`, about a deal: then what stands first is the text."""
    from salesrepo.flows.finance.pay_disputes import Wondered
    from salesrepo.flows.finance.pay_disputes import ask as send

    if missing:
        line, text = "", " ".join(filter(None, (line, text)))
    else:
        line = line or console.ask("About which line or deal?", option="LINE")
    text = text or console.ask("What do you ask?", option="TEXT")
    posed = send(ws, Wondered(text=text, line=line, missing=missing, node=node), dry_run=dry_run)
    if json:
        console.say_json({**plain(posed.asked), "sent": posed.sent, "changed": bool(posed.sent.number)})
    elif posed.sent.fate == "accepted":
        asked = posed.asked
        told = f"{console.term(asked.answerer)} answers by {asked.dispute.question.due}."
        console.say(f"Your question about {console.term(asked.about)} is on record: {asked.dispute.id}. {told}")
        if asked.dispute.question.late:
            period = asked.dispute.question.period
            console.say(f"{period} took questions until {posed.until}: what comes of this goes with the next period.")
        console.say("It holds nothing back: what is booked is paid as it stands meanwhile.")
    else:
        tell_sent(posed.sent, verbose=False)
    return sent_code(posed.sent)


def tell_questions(found: "Sequence[Asked]", *, json: bool) -> int:
    """List questions about pay, the answers among them under the table."""
    if json:
        console.say_json({"disputes": [plain(one) for one in found]})
    elif not found:
        console.say("Nothing is asked about pay.")
    else:
        columns = ("question", "pay of", "about", "asked by", "answers", "by", "")
        console.table(columns, [_row(one) for one in found])
        for one in found:
            asked = one.dispute.question
            console.say(f"{one.dispute.id}: {console.term(asked.question)}")
            if one.dispute.answer:
                console.say(f"  {_answered(one)}")
    return ExitCode.DONE


def tell_pay_waits(found: "PayWaits") -> None:
    """Say what one has asked, and what waits for one's own answer, overdue first, each with the next command."""
    for one in found.to_answer:
        late = "overdue since" if one.overdue else "by"
        whose = "" if one.by == one.payee else f", for {console.term(one.payee)}"
        step = f"Next: salesrepo commission answer {one.dispute.id} --verdict VERDICT TEXT"
        what = f"{console.term(one.by)} asks about {console.term(one.about)}{whose}"
        console.say(f"To answer {late} {one.dispute.question.due}: {what}: {_question(one)} {step}")
    for one in found.asked:
        late = ", overdue" if one.overdue else ""
        who, due = console.term(one.answerer), one.dispute.question.due
        console.say(f"Asked about the pay for {console.term(one.about)}: {who} answers by {due}{late}.")
    for one in found.answered:
        console.say(f"Answered about the pay for {console.term(one.about)}: {_answered(one)}")


def plain(one: "Asked") -> dict[str, object]:
    """A question for --json."""
    dispute = one.dispute
    told = {"id": dispute.id, "about": one.about, "open": dispute.is_open, "overdue": one.overdue}
    return {**told, "question": dispute.question, "answer": dispute.answer}


def _row(one: "Asked") -> tuple[str, ...]:
    asked = one.dispute.question
    answer = one.dispute.answer
    state = _VERDICTS[answer.verdict] if answer else "overdue" if one.overdue else "late" if asked.late else "open"
    names = (one.payee, one.about, one.by, one.answerer)
    return (one.dispute.id, *map(console.term, names), str(asked.due), state)


def _question(one: "Asked") -> str:
    text = console.term(one.dispute.question.question)
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _answered(one: "Asked") -> str:
    answer = one.dispute.answer
    if answer is None:
        return ""
    by = f" ({answer.adjustment or answer.deal})" if answer.adjustment or answer.deal else ""
    return f"{_VERDICTS[answer.verdict]}{console.term(by)}, {answer.day}: {console.term(answer.text)}"
