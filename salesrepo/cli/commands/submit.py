"""`sr submit`: send what is noted."""

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json, Verbose
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("submit")(submit)


def submit(*, dry_run: DryRun = False, json: Json = False, verbose: Verbose = False) -> int:
    """Send everything that is noted; what is not accepted comes back with the reason."""
    from salesrepo.flows.submit import submit as send
    from salesrepo.flows.workspace import open_workspace

    result = send(open_workspace(), dry_run=dry_run)
    if json:
        console.say_json({"sent": result.parcels, "changed": result.changed})
    elif not result.parcels:
        console.say("There is nothing to send.")
    else:
        for sent in result.parcels:
            tell(sent, verbose=verbose)
    if result.any("conflict"):
        return ExitCode.CONFLICT
    return ExitCode.FINDINGS if result.any("refused") else ExitCode.DONE


_FATES = {
    "accepted": "accepted.",
    "waiting": "waits: {reason}",
    "review": "sent; it waits for {roles}.",
    "refused": "not accepted; it is back with you: {reason}",
    "conflict": "not accepted; it is back with you: {reason}",
    "held": "not sent yet: {reason}",
    "sent": "sent.",
    "would_send": "would be sent{would}.",
}


def tell(sent: object, *, verbose: bool) -> None:
    """Say in the seller's words what became of one parcel."""
    from salesrepo.flows.submit import Sent

    assert isinstance(sent, Sent)  # noqa: S101
    roles = " or ".join(role.replace("_", " ") for role in sent.roles) or "somebody to look at it"
    would = f", and would wait for {roles}" if sent.roles else ""
    text = _FATES[sent.fate].format(reason=console.term(sent.reason), roles=roles, would=would)
    number = f" (number {sent.number})" if sent.number and sent.fate != "accepted" else ""
    console.say(f"{console.term(sent.title)}{number}: {text}")
    if sent.fate in ("refused", "conflict"):
        say_findings(sent.findings, "What to mend:", "Somebody would look at it:")
    if verbose:
        for path in sent.paths:
            console.say(f"  {console.term(path)}")
