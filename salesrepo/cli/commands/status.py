"""`sr status`, and `sr` alone: everything of one's own at a glance."""

from typing import TYPE_CHECKING

import typer

from salesrepo.cli import console
from salesrepo.cli.notices import tell_news, tell_notices
from salesrepo.cli.options import Json, Verbose
from salesrepo.cli.pay_questions import tell_pay_waits
from salesrepo.cli.people import tell_tray
from salesrepo.errors import ExitCode, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.domain.holding import Holding
    from salesrepo.flows.deals.hygiene import OpenDeal
    from salesrepo.flows.show import Pending, Status


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("status")(status)


def today() -> None:
    """What `sr` alone says: the status inside a working copy, the first steps outside of one."""
    from salesrepo.flows.here.place import find_desk

    try:
        find_desk()
    except RefusedError:
        console.say("salesrepo: claim, log, win, get paid to the cent.")
        console.say("Join a company:  sr join PLACE --as NODE")
        console.say("Found one:       salesrepo init DIR --as NODE")
        console.say("See it work:     salesrepo demo        All commands: sr --help")
        return
    status()


def status(*, json: Json = False, verbose: Verbose = False) -> int:
    """What you hold, work on, have noted and sent, and what came back."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.show import seen
    from salesrepo.flows.show import status as ask

    ws = open_workspace()
    now = ask(ws)
    if json:
        console.say_json(now)
    else:
        _tell(now, verbose=verbose)
    seen(ws, now)
    return ExitCode.DONE


def _tell(now: "Status", *, verbose: bool) -> None:
    console.say(f"{console.term(now.name)}, {now.today}")
    tell_news(now.news)
    if now.claims:
        rows = [(console.term(c.name), c.account, _until(c, now.today), _mark(c)) for c in now.claims]
        console.table(("account", "key", "until", ""), rows)
    elif not any(now.outside) and now.tray is None:
        console.say("You hold no accounts yet. Next: sr claim LEAD")
    if why := now.outside[0]:
        console.say(f"{console.term(why)} Next: {now.outside[1]}" if now.outside[1].startswith("sr ") else why)
    if now.open:
        columns = ("open deal", "stage", "amount", "", "closes", "next step", "")
        console.table(columns, [_row(deal) for deal in now.open], right=("amount",))
    tell_notices(now.notices)
    tell_tray(now.tray)
    tell_pay_waits(now.pay)
    _tell_pending(now)
    _tell_advice(now)
    if verbose:
        for state, pending in (("noted", now.noted), ("sent", now.sent), ("came back", now.returned)):
            for path in sorted(path for one in pending for path in one.paths):
                console.say(f"  {state} {console.term(path)}")


def _row(one: "OpenDeal") -> tuple[str, ...]:
    step = one.next
    due = "none" if step is None else f"by {step.due}" if step.due else step.text
    advice = one.advice[0].sentence.removeprefix(f"{one.handle} ") if one.advice else ""
    more = f" (+{len(one.advice) - 1})" if len(one.advice) > 1 else ""
    deal = one.deal
    told = (one.handle, deal.stage, one.amount, deal.currency, str(deal.closes or "open"), due, f"{advice}{more}")
    return tuple(map(console.term, told))


def _tell_advice(now: "Status") -> None:
    from salesrepo.flows.deals.hygiene import most_urgent

    for one in most_urgent(now.open):
        console.say(f"To do: {console.term(one.sentence)} {console.term(one.hint)}")


def _tell_pending(now: "Status") -> None:
    going = [one for one in now.sent if not one.refused]
    for title, pending in (("Noted, not sent:", now.noted), ("Sent, not accepted yet:", going)):
        if pending:
            console.say(f"{title} {_listed(pending)}")
    for one in now.sent:
        if one.refused:
            told = f"{console.term(one.title)}: {console.term(_sentence(one.refused))}"
            console.say(f"Sent, and would be refused as things are: {told} Next: {_take_back(one)}")
    for one in now.returned:
        console.say(f"Came back: {console.term(one.title)}: {console.term(_sentence(one.reason))} {_again(one)}")
    if now.noted:
        console.say("Next: sr submit")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _again(one: "Pending") -> str:
    return f"Next: {_take_back(one)}, or mend it and: sr submit"


def _take_back(one: "Pending") -> str:
    edited = next((path for path in one.paths if path in one.title), "LEAD")
    return f"sr undo {console.term(one.named or edited)}"


def _mark(claim: "Holding") -> str:
    from salesrepo.domain.lease_words import mark_words

    words = (mark_words(claim.lease) if claim.state == "held" else "", "provisional" if claim.provisional else "")
    return ", ".join(word for word in words if word)


def _listed(pending: "Sequence[Pending]", *, most: int = 6) -> str:
    told = list(dict.fromkeys(console.term(one.title) for one in pending))
    more = f" and {len(told) - most} more" if len(told) > most else ""
    return ", ".join(told[:most]) + more


def _until(claim: "Holding", today: str) -> str:
    if claim.state != "held":
        return "not yours yet"
    return f"{claim.until} (ended)" if claim.has_ended(today) else claim.until
