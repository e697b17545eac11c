"""`sr claim`: ask for a lead, and hear at once whether it is yours."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.claims.claim import Answered
    from salesrepo.flows.claims.lead import Lead
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("claim")(claim)


def claim(
    lead: Annotated[str, typer.Argument(help="Domain, URL, e-mail, LEI, DUNS, VAT number or name of the company.")],
    company: Annotated[str, typer.Option(help="The company's name.")] = "",
    country: Annotated[str, typer.Option(help="Its country, such as DE.")] = "",
    region: Annotated[str, typer.Option(help="Its region, such as DE-BY.")] = "",
    postal: Annotated[str, typer.Option(help="Its postal code.")] = "",
    industry: Annotated[str, typer.Option(help="Its industry, a NAICS code such as 5415.")] = "",
    employees: Annotated[int | None, typer.Option(help="How many people work there.", min=0)] = None,
    layer: Annotated[str, typer.Option(help="The product line to sell.")] = "core",
    evidence: Annotated[
        str,
        typer.Option(
            help="What makes it yours at once: customer_referral, inbound_assigned, event_met, meeting_scheduled or "
            "two_way_contact. Say what it is with -m."
        ),
    ] = "",
    note: Annotated[str, typer.Option("-m", "--note", help="Anything worth remembering; what the evidence is.")] = "",
    not_same: Annotated[
        list[str] | None, typer.Option("--not-same", help="A known company that it looks like and is not.")
    ] = None,
    *,
    queue: Annotated[bool, typer.Option("--queue", help="Where somebody else has it: wait for it.")] = False,
    later: Annotated[bool, typer.Option("--later", help="Only note it; `sr submit` sends it.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Claim a lead: free, reserved for you or yours until when, taken by whom, or under review."""
    from salesrepo.flows.claims.claim import claim as ask
    from salesrepo.flows.claims.lead import Lead
    from salesrepo.flows.here.workspace import open_workspace

    if evidence and not note and not json:
        note = console.ask("What is the evidence? ", option="-m")
    wanted = Lead(
        text=lead,
        company=company,
        country=country.upper(),
        region=region.upper(),
        postal=postal.upper(),
        industry=industry,
        employees=employees,
        layer=layer,
        note=note,
        not_same=tuple(not_same or ()),
        evidence=evidence,
    )
    ws = open_workspace()
    if console.person_present() and not json:
        wanted = _asked(ws, wanted)
    answer = ask(ws, wanted, later=later, dry_run=dry_run)
    codes = {"taken": ExitCode.CONFLICT, "refused": ExitCode.REFUSED}
    if answer.answer == "taken" and (queue or _wants_to_wait(answer, json=json)):
        return _wait(ws, answer, layer=layer, dry_run=dry_run, json=json)
    if json:
        console.say_json({**_plain(answer), "changed": answer.changed})
        return codes.get(answer.answer, ExitCode.DONE)
    for line in (*_lines(answer, dry_run=dry_run), *_alike(answer), *_unused(answer, wanted)):
        console.say(line)
    return codes.get(answer.answer, ExitCode.DONE)


def _asked(ws: "Workspace", wanted: "Lead") -> "Lead":
    """The lead with what somebody must still say of a new one."""
    from salesrepo.cli.questions import ask_for
    from salesrepo.flows.claims.lead import country_told, lacking
    from salesrepo.flows.here.spoken import line_told

    missing = lacking(ws, wanted)
    if "company" in missing:
        wanted = replace(wanted, company=ask_for("The company's name?", option="--company", read=line_told))
    if "country" in missing:
        question = "Its country, such as DE?"
        country = ask_for(question, option="--country", read=lambda answer: country_told(ws, answer))
        wanted = replace(wanted, country=country)
    return wanted


def _wants_to_wait(answer: "Answered", *, json: bool) -> bool:
    if json or not console.person_present():
        return False
    for line in _lines(answer, dry_run=False)[:1]:
        console.say(line)
    from salesrepo.cli.questions import ask_for, yes

    return ask_for("Wait for it in its queue (yes or no)?", option="--queue", read=yes)


def _wait(ws: "Workspace", answer: "Answered", *, layer: str, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.wait_for import wait_for

    sent, place = wait_for(ws, answer.account, layer=layer, dry_run=dry_run)
    if json:
        console.say_json(
            {**_plain(answer), "sent": sent, "waits": place, "changed": place is not None and bool(sent.number)}
        )
        return sent_code(sent)
    who = console.term(f"{answer.name} ({answer.account})")
    if place is not None:
        before = f"{place.before} before you" if place.before else "nobody before you"
        if not sent.number:
            console.say(f"You wait for it already: {before}.")
            return ExitCode.DONE
        console.say(f"You wait for {who}, which {console.term(answer.holder)} has until {answer.until}: {before}.")
    elif dry_run and sent.fate == "would_send":
        console.say(f"You would wait for {who}.")
    else:
        tell_sent(sent, verbose=False)
    return sent_code(sent)


def _plain(answer: object) -> dict[str, object]:
    told = ("answer", "account", "name", "holder", "since", "until", "provisional", "reason", "like", "kept", "lease")
    names = (*told, "unused")
    return {name: getattr(answer, name) for name in names}


def _alike(answer: "Answered") -> list[str]:
    if not answer.like:
        return []
    return [f"Its name is much like that of {console.term(answer.like)}. If it is that company, claim that instead."]


def _unused(answer: "Answered", wanted: "Lead") -> list[str]:
    if not answer.unused or answer.answer == "taken":
        return []
    words = f"{' and '.join(answer.unused)} {'was' if len(answer.unused) == 1 else 'were'} not used"
    if answer.answer == "yours" and not answer.changed:
        facts = [option for option in answer.unused if option.startswith("--") and option != "--evidence"]
        told = " ".join(f"{option} {_quoted(str(getattr(wanted, option[2:])))}" for option in facts)
        return [f"You have it already; {words}.", *([f"Next: sr amend {answer.account} {told}"] if told else [])]
    if answer.answer == "under_review" and not answer.changed:
        return [f"You have asked for it already; {words}."]
    return [f"The company is known already; {words}."]


def _awaited(answer: "Answered") -> str:
    roles = answer.sent.roles if answer.sent else ()
    return " or ".join(role.replace("_", " ") for role in roles) or "somebody"


def _quoted(text: str) -> str:
    from shlex import quote

    return console.term(quote(text))


def _lines(answer: "Answered", *, dry_run: bool) -> list[str]:
    who = console.term(f"{answer.name} ({answer.account})")
    if answer.answer == "yours":
        lines = [f"{who} is {console.term(answer.kept)}."]
        if answer.provisional:
            lines.append("Provisional: nobody has confirmed the company's facts yet, so no deal can be won on it.")
        return [*lines, f"Next: sr log call {answer.account}"]
    if answer.answer == "taken":
        holder = console.term(answer.holder)
        return [
            f"{who} is taken by {holder} since {answer.since}, until {answer.until}.",
            f"Next: wait for it (sr claim {answer.account} --queue), or talk to {holder}.",
        ]
    if answer.answer == "under_review":
        return [f"{who} is under review: {console.term(answer.reason)}", "Next: sr status shows when it is decided."]
    if answer.answer == "refused":
        hints = [f"Next: {console.term(f.hint)}" for f in (answer.sent.findings if answer.sent else ()) if f.hint]
        came = "would not be accepted" if dry_run else "was not accepted"
        return [f"{who} {came}: {console.term(answer.reason)}", *hints[:1]]
    if dry_run:
        kept = console.term(answer.kept)
        state = "reserved for you" if answer.proves else "free"
        waits = f", once {_awaited(answer)} agreed" if answer.sent and answer.sent.would == "review" else ""
        return [f"{who} is {state}: it would be {kept}{waits}. Nothing was noted."]
    why = f" ({console.term(answer.reason)})" if answer.reason else ""
    what = "with what speaks for it" if answer.proves else "not yours yet"
    return [f"{who} is noted, {what}{why}.", "Next: sr submit"]
