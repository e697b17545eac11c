"""`sr release`: give an account back, or leave the queue for one."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.claims.release import Released


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("release")(release)


def release(
    lead: Annotated[str, typer.Argument(help="One of your accounts, or a lead that you wait for.")],
    layer: Annotated[str, typer.Option(help="The product line, where you hold several.")] = "",
    reason: Annotated[str, typer.Option("-m", "--reason", help="Why, for whoever comes next.")] = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether you mean it.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Give an account back, so that others may have it; or stop waiting for one."""
    from salesrepo.flows.claims.release import Giving
    from salesrepo.flows.claims.release import release as give_back
    from salesrepo.flows.here.workspace import open_workspace

    def agreed(told: "Released") -> bool:
        return _agreed(told, yes=yes, quiet=json)

    done = give_back(open_workspace(), lead, Giving(reason, agreed, dry_run), layer=layer)
    if json:
        console.say_json(
            {
                **{name: getattr(done, name) for name in _PLAIN},
                "sent": done.sent,
                "changed": not dry_run and not done.stopped,
            }
        )
        return sent_code(done.sent)
    who = console.term(f"{done.name} ({done.account})")
    if done.stopped:
        console.say(f"{who} stays yours. Nothing was noted.")
        return ExitCode.DONE
    told = _tried(done, who) if dry_run else _told(done, who)
    if told and done.next:
        console.say(f"{console.term(done.next)} waits for it first.")
    return sent_code(done.sent)


def _told(done: "Released", who: str) -> bool:
    """Say what became of it; returns whether it was sent."""
    accepted = done.sent is not None and done.sent.fate == "accepted"
    if done.queue and accepted:
        console.say(f"You do not wait for {who} any more.")
    elif accepted:
        console.say(f"{who} is given back.")
    elif done.sent is not None:
        tell_sent(done.sent, verbose=False)
    else:
        why = f" ({console.term(done.reason)})" if done.reason else ""
        console.say(f"{who} is noted as given back, not sent yet{why}. Next: sr submit")
    return done.sent is not None


def _tried(done: "Released", who: str) -> bool:
    """Say what would happen; returns whether it would come about."""
    for line in _warned(done):
        console.say(line)
    if done.sent is not None and done.sent.would != "accepted":
        tell_sent(done.sent, verbose=False)
        return False
    console.say(f"{who} would be given back." if not done.queue else f"You would leave the queue for {who}.")
    return True


def _agreed(told: "Released", *, yes: bool, quiet: bool) -> bool:
    """Whether they mean it. A customer is given up by nobody unasked, so without a person it takes --yes."""
    lines = _warned(told)
    for line in () if quiet else lines:
        console.say(line)
    if not lines or yes or not (told.customer or (console.person_present() and not quiet)):
        return True
    return console.ask("Give it back (yes or no)?", option="--yes").casefold().startswith("y")


def _warned(told: "Released") -> list[str]:
    lines = [f"{console.term(told.name)} is your customer."] if told.customer else []
    if told.not_before:
        lines.append(f"You may not take it back before {told.not_before}.")
    return lines


_PLAIN = ("account", "name", "layer", "queue", "next", "reason", "not_before", "customer")
