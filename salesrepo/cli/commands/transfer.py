"""`sr transfer`: hand an account to a colleague, or answer when a colleague hands you one."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.deals import tell_promised
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.cli.questions import ask_for, yes
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.claims.transfer import Terms
    from salesrepo.flows.here.workspace import Workspace
    from salesrepo.flows.proposals.offers import Offer


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("transfer")(transfer)


def transfer(
    lead: Annotated[str, typer.Argument(help="The account; without one, what waits for a word is listed.")] = "",
    to: Annotated[str, typer.Option("--to", help="The colleague's node, such as ana-lima.")] = "",
    share: Annotated[str, typer.Option(help="What you keep of deals that are won on it, such as 20%.")] = "",
    until: Annotated[str, typer.Option(help="The last day on which you keep a share.")] = "",
    layer: Annotated[str, typer.Option(help="The product line, where you hold several.")] = "",
    reason: Annotated[str, typer.Option("-m", "--reason", help="Why.")] = "",
    *,
    accept: Annotated[bool, typer.Option("--accept", help="Take over what a colleague offers you.")] = False,
    decline: Annotated[bool, typer.Option("--decline", help="Say no to what a colleague offers you.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back what you offer, before they accept.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Hand one of your accounts to a colleague, with its open deals; it is theirs when they accept."""
    from salesrepo.flows.claims.transfer import Terms, colleague
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    if not lead:
        return _list(ws, json=json)
    if accept + decline + withdraw > 1:
        raise UsageError("Accept, decline or withdraw: one of them.", hint="Leave the others out.")
    if withdraw:
        return _withdraw(ws, lead, layer, dry_run=dry_run, json=json)
    if accept:
        return _accept(ws, lead, dry_run=dry_run, json=json)
    if decline:
        return _decline(ws, lead, reason or console.ask("Why? ", option="--reason"), dry_run=dry_run, json=json)
    if not to and (offer := _offered(ws, lead)):
        return _answered(ws, offer, dry_run=dry_run, json=json)
    to = to or ask_for("To whom (their node, such as ana-lima)?", option="--to", read=lambda text: colleague(ws, text))
    if share and not until and console.person_present():
        until = ask_for("Until which day do you keep that share?", option="--until", read=day)
    last = date.fromisoformat(day(until)) if until else None
    kept = share if not share or share.endswith("%") else f"{share}%"
    terms = Terms(to=to, share=kept, until=last, reason=reason, layer=layer)
    return _offer(ws, lead, terms, dry_run=dry_run, json=json)


def _offered(ws: "Workspace", lead: str) -> "Offer | None":
    """What a colleague offers of this lead, where a person is there to answer."""
    from salesrepo.flows.claims.transfer import asked_of_me

    return asked_of_me(ws, lead) if console.person_present() else None


def _answered(ws: "Workspace", offer: "Offer", *, dry_run: bool, json: bool) -> int:
    console.say(_line(offer, offer.sender))
    if ask_for("Take it over (yes or no)?", option="--accept or --decline", read=yes):
        return _accept(ws, offer.account, dry_run=dry_run, json=json)
    return _decline(ws, offer.account, console.ask("Why?", option="--reason"), dry_run=dry_run, json=json)


def _offer(ws: "Workspace", lead: str, terms: "Terms", *, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.transfer import transfer as hand_over

    done = hand_over(ws, lead, terms, dry_run=dry_run)
    if json:
        plain = {name: getattr(done, name) for name in ("account", "name", "to", "deals")}
        console.say_json({**plain, "sent": done.sent, "changed": bool(done.sent.number)})
        return sent_code(done.sent)
    who, colleague = console.term(f"{done.name} ({done.account})"), console.term(done.to)
    deals = f" with {done.deals} open deal{'' if done.deals == 1 else 's'}" if done.deals else ""
    if dry_run and done.sent.fate == "would_send":
        console.say(f"{who} would be offered to {colleague}{deals}.")
    elif done.sent.fate in ("review", "sent"):
        console.say(f"{who} is offered to {colleague}{deals}. It is theirs when they accept; until then it is yours.")
    else:
        tell_sent(done.sent, verbose=False)
    return sent_code(done.sent)


def _accept(ws: "Workspace", lead: str, *, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.transfer import accept
    from salesrepo.flows.deals.promised import promised_to
    from salesrepo.flows.here.workspace import open_workspace

    offer, landing = accept(ws, lead, dry_run=dry_run)
    merged = landing is not None and landing.outcome == "merged"
    if json:
        outcome = landing.outcome if landing else ""
        console.say_json({"offer": offer, "outcome": outcome, "changed": landing is not None})
        return ExitCode.DONE
    who = console.term(f"{offer.name} ({offer.account})")
    if dry_run:
        console.say(f"{who} would be yours.")
    elif merged:
        console.say(f"{who} is yours. Next: sr show {offer.account}")
    else:
        why = console.term(landing.reason) if landing else ""
        console.say(f"Your word is noted; {who} is not yours yet: {why}")
    tell_promised(promised_to(open_workspace(), offer.account), handles=True)
    return ExitCode.DONE


def _decline(ws: "Workspace", lead: str, reason: str, *, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.transfer import decline

    offer = decline(ws, lead, reason=reason, dry_run=dry_run)
    if json:
        console.say_json({"offer": offer, "changed": not dry_run})
    else:
        stays = f"{console.term(offer.name)} stays with {console.term(offer.giver_name)}"
        console.say(f"{stays}." if not dry_run else f"{stays} if you decline.")
    return ExitCode.DONE


def _withdraw(ws: "Workspace", lead: str, layer: str, *, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.transfer import withdraw

    offer = withdraw(ws, lead, layer=layer, dry_run=dry_run)
    if json:
        console.say_json({"offer": offer, "changed": not dry_run})
        return ExitCode.DONE
    who = console.term(f"{offer.name} ({offer.account})")
    ends = "would not be offered" if dry_run else "is not offered"
    console.say(f"{who} {ends} to {console.term(offer.receiver_name)} any more; it stays yours.")
    return ExitCode.DONE


def _list(ws: "Workspace", *, json: bool) -> int:
    from salesrepo.flows.proposals.offers import offers

    found = [offer for offer in offers(ws) if offer.what == "transfer"]
    if json:
        console.say_json({"offers": found})
        return ExitCode.DONE
    for offer in found:
        console.say(_line(offer, ws.me))
    if not found:
        console.say("Nothing waits.")
    return ExitCode.DONE


def _line(offer: "Offer", me: str) -> str:
    who = console.term(f"{offer.name} ({offer.account})")
    keeps = f", keeping {offer.share}" + (f" until {offer.until}" if offer.until else "") if offer.share else ""
    told = f"{who}: {console.term(offer.giver_name)} hands it to {console.term(offer.receiver_name)}{keeps}."
    why = f" {console.term(offer.reason)}" if offer.reason else ""
    answer = "--withdraw takes it back" if offer.sender == me else "--accept"
    return f"{told}{why} Next: sr transfer {offer.account} {answer}"
