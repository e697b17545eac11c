"""`sr refer`: bring a lead to a colleague, or answer when a colleague brings you one."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.claims.refer import Referred
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("refer")(refer)


def refer(
    lead: Annotated[str, typer.Argument(help="Domain, register number or name of the company.")],
    to: Annotated[str, typer.Option("--to", help="The colleague's node, such as ana-lima.")] = "",
    company: Annotated[str, typer.Option(help="The company's name.")] = "",
    country: Annotated[str, typer.Option(help="Its country, such as DE.")] = "",
    layer: Annotated[str, typer.Option(help="The product line to sell.")] = "core",
    note: Annotated[str, typer.Option("-m", "--note", help="What your colleague should know, or why not.")] = "",
    *,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take your referral back, if it was not used yet.")
    ] = False,
    accept: Annotated[bool, typer.Option("--accept", help="Agree that a colleague brings you the lead.")] = False,
    decline: Annotated[bool, typer.Option("--decline", help="Say no to what a colleague brings you.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Bring a lead to a colleague; once they agree, their deals on it credit you with the share that policy promises.

    The share, its role and its last day stand in policy/claims.yml under `referral`; your plan says what a credit in
    that role pays.
    """
    from salesrepo.flows.claims.lead import Lead
    from salesrepo.flows.claims.refer import refer as bring
    from salesrepo.flows.claims.refer import withdraw as take_back
    from salesrepo.flows.here.workspace import open_workspace

    if accept + decline + withdraw > 1:
        raise UsageError("Accept, decline or withdraw: one of them.", hint="Leave the others out.")
    if accept or decline:
        return _answer(open_workspace(), lead, "" if accept else note, accept=accept, dry_run=dry_run, json=json)
    if withdraw:
        done = take_back(open_workspace(), lead, layer=layer, dry_run=dry_run)
    else:
        to = to or console.ask("To whom? ", option="--to")
        told = Lead(text=lead, company=company, country=country.upper(), layer=layer, note=note)
        done = bring(open_workspace(), told, to=to, dry_run=dry_run)
    if json:
        plain = {name: getattr(done, name) for name in ("account", "name", "to", "share", "role", "until", "reason")}
        console.say_json({**plain, "sent": done.sent, "changed": not (dry_run or done.already)})
        return sent_code(done.sent)
    _tell(done, withdraw=withdraw, dry_run=dry_run)
    return sent_code(done.sent)


def _tell(done: "Referred", *, withdraw: bool, dry_run: bool) -> None:
    who, colleague = console.term(f"{done.name} ({done.account})"), console.term(done.to)
    if done.already:
        console.say(f"You brought it to {colleague} already: {who}.")
    elif dry_run and done.sent is not None and done.sent.would in ("refused", "conflict"):
        tell_sent(done.sent, verbose=False)
    elif dry_run:
        told = f"taken back from {colleague}." if withdraw else f"referred to {colleague}.{_earns(done)}"
        console.say(f"{who} would be {told}")
    elif done.sent is None:
        why = f" ({console.term(done.reason)})" if done.reason else ""
        console.say(f"{who} is noted as referred to {colleague}, not sent yet{why}. Next: sr submit")
    elif not withdraw and done.sent.fate in ("review", "sent", "accepted"):
        console.say(f"{who} is referred to {colleague}. It counts once they accept.{_earns(done)}")
    elif done.sent.fate != "accepted":
        tell_sent(done.sent, verbose=False)
    elif withdraw:
        console.say(f"{who} is not referred to {colleague} any more.")


def _earns(done: "Referred") -> str:
    """What policy promises for it; that it promises nothing is told before the lead is given away, too."""
    if not done.share:
        return " Policy promises nothing for it."
    role = console.term(done.role)
    return f" In each deal that they win on it by {done.until} you are credited with {done.share} as {role}."


def _answer(ws: "Workspace", lead: str, reason: str, *, accept: bool, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.transfer import accept as agree
    from salesrepo.flows.claims.transfer import decline

    if accept:
        offer, landing = agree(ws, lead, what="referral", dry_run=dry_run)
    else:
        reason = reason or console.ask("Why? ", option="--note")
        offer, landing = decline(ws, lead, reason=reason, what="referral", dry_run=dry_run), None
    if json:
        outcome = landing.outcome if landing else ""
        console.say_json({"offer": offer, "outcome": outcome, "changed": not dry_run})
        return ExitCode.DONE
    who, by = console.term(f"{offer.name} ({offer.account})"), console.term(offer.giver_name)
    if not accept:
        console.say(f"{who} {'would not be' if dry_run else 'is not'} referred to you by {by}.")
    elif dry_run:
        console.say(f"{who} would be referred to you by {by}.")
    elif landing is not None and landing.outcome == "merged":
        console.say(f"{who} is referred to you by {by}. Next: sr claim {offer.account}")
    else:
        why = console.term(landing.reason) if landing else ""
        console.say(f"Your word is noted; {who} is not referred to you yet: {why}")
    return ExitCode.DONE
