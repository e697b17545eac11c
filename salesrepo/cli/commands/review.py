"""`salesrepo review`: what waits for a person."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, Verbose
from salesrepo.cli.outcomes import tell_landing
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.review import Looked

Number = Annotated[int, typer.Argument(help="The proposal's number.", min=1)]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    review = typer.Typer(help="Reviewers: what waits, why, and your word on it.", rich_markup_mode=None)
    review.command("list")(list_)
    for command in (show, approve, merge, reject):
        review.command(command.__name__)(command)
    app.add_typer(review, name="review")


def list_(*, json: Json = False) -> int:
    """List the open proposals, oldest first."""
    from salesrepo.flows.review import waiting
    from salesrepo.flows.workspace import open_workspace

    found = waiting(open_workspace())
    if json:
        console.say_json(
            {
                "proposals": [
                    {"number": w.proposal.number, "title": w.proposal.title, "sender": w.sender, "verdict": w.verdict}
                    for w in found
                ]
            }
        )
    elif found:
        rows = [
            (str(w.proposal.number), console.term(w.proposal.title), console.term(w.sender), w.verdict) for w in found
        ]
        console.table(("no.", "title", "from", "verdict"), rows, right=("no.",))
    else:
        console.say("Nothing waits.")
    return ExitCode.DONE


def show(number: Number, *, json: Json = False, verbose: Verbose = False) -> int:
    """Show one proposal: what it changes, and what the rules say of it now."""
    from salesrepo.flows.review import examine
    from salesrepo.flows.workspace import open_workspace

    return _tell(examine(open_workspace(), number), json=json, verbose=verbose)


def approve(number: Number, *, dry_run: DryRun = False, json: Json = False) -> int:
    """Agree to a proposal as it stands now; it can then be merged if nobody else is missing."""
    from salesrepo.flows.review import approve as agree
    from salesrepo.flows.workspace import open_workspace

    return _tell(agree(open_workspace(), number, dry_run=dry_run), json=json, verbose=False)


def merge(number: Number, *, dry_run: DryRun = False, json: Json = False) -> int:
    """Merge a proposal, if the rules and the people needed agree."""
    from salesrepo.flows.review import merge as land
    from salesrepo.flows.workspace import open_workspace

    return tell_landing(land(open_workspace(), number, dry_run=dry_run), json=json, dry_run=dry_run)


def reject(
    number: Number,
    message: Annotated[str, typer.Option("-m", "--message", help="Why.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Close a proposal with a reason; its sender gets it back."""
    from salesrepo.flows.review import reject as close
    from salesrepo.flows.workspace import open_workspace

    reason = message or console.ask("Why? ", option="--message")
    close(open_workspace(), number, reason=reason, dry_run=dry_run)
    if json:
        console.say_json({"number": number, "state": "open" if dry_run else "closed", "changed": not dry_run})
    else:
        console.say(f"Proposal {number} {'would be' if dry_run else 'is'} closed.")
    return ExitCode.DONE


def _tell(looked: "Looked", *, json: bool, verbose: bool) -> int:
    from salesrepo.flows.review import is_ready
    from salesrepo.report.registry import render

    number = looked.proposal.number
    if json:
        console.say_json(
            {
                "number": number,
                "title": looked.proposal.title,
                "sender": looked.sender,
                "state": looked.proposal.state.value,
                "verdict": looked.judgement.verdict.value,
                "missing_roles": looked.judgement.missing,
                "conflicts": looked.conflicts,
                "approved_by": looked.approved_by,
                "paths": [change.path for change in looked.judgement.changes.changes],
            }
        )
        return ExitCode.DONE
    console.say(f"{number}: {console.term(looked.proposal.title)}, from {console.term(looked.sender)}")
    changes = looked.judgement.changes.changes
    shown = changes if verbose else changes[:10]
    for change in shown:
        mark = "+" if change.change.before is None else "-" if change.change.after is None else "~"
        console.say(f"  {mark} {console.term(change.path)}")
    if len(changes) > len(shown):
        console.say(f"  and {len(changes) - len(shown)} more (--verbose lists them)")
    console.emit(render("text", looked.judgement.report))
    if looked.approved_by:
        console.say(f"Approved by {console.term(', '.join(looked.approved_by))}.")
    if looked.proposal.state == "merged":
        console.say(f"Proposal {number} is merged.")
    elif is_ready(looked):
        console.say(f"Ready. Next: salesrepo review merge {number}")
    elif looked.judgement.missing:
        console.say(f"It waits for {' or '.join(looked.judgement.missing)}.")
    return ExitCode.DONE
