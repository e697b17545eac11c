"""`salesrepo review`: what waits for a person."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.closes import plain_agreed, tell_agreed
from salesrepo.cli.estimates import plain_would_pay
from salesrepo.cli.options import DryRun, Json, Verbose
from salesrepo.cli.outcomes import tell_landing
from salesrepo.cli.reviews import plain_looked, say_looked, say_queue
from salesrepo.errors import ExitCode, SalesRepoError, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace
    from salesrepo.flows.proposals.review import Looked

Number = Annotated[int, typer.Argument(help="The proposal's number.", min=1)]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    review = typer.Typer(help="Reviewers: what waits, why, and your word on it.", rich_markup_mode=None)
    review.command("list")(list_)
    for command in (show, approve, merge, reject):
        review.command(command.__name__)(command)
    app.add_typer(review, name="review")


def list_(*, json: Json = False) -> int:
    """List what is open by who must act, you first: how long it waits, from whom, and what it changes."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.proposals.review import waiting

    found = waiting(open_workspace())
    if json:
        console.say_json({"proposals": [plain_looked(looked) for looked in found]})
    else:
        say_queue(found)
    return ExitCode.DONE


def show(number: Number, *, json: Json = False, verbose: Verbose = False) -> int:
    """Show one proposal: what it changes, and what the rules say of it now."""
    from salesrepo.flows.books.estimate import would_pay
    from salesrepo.flows.finance.close import agreed_figures
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.proposals.review import examine

    ws = open_workspace()
    looked = examine(ws, number)
    closing = agreed_figures(ws, looked)
    pay = None if looked.conflicts else would_pay(ws.forge, looked.proposal, looked.judgement.changes, now=ws.desk.now)
    if json:
        console.say_json({**plain_looked(looked), "pay": plain_would_pay(pay), "close": plain_agreed(closing)})
        return ExitCode.DONE
    say_looked(looked, verbose=verbose, pay=pay)
    if closing is not None:
        tell_agreed(*closing, who=ws.who)
    return ExitCode.DONE


def approve(
    numbers: Annotated[list[int] | None, typer.Argument(help="The proposals' numbers.", min=1)] = None,
    *,
    routine: Annotated[
        bool, typer.Option("--routine", help="All that waits for you alone and that policy calls routine.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Agree to proposals as they stand now; each can then be merged if nobody else is missing."""
    from salesrepo.flows.here.workspace import open_workspace

    if bool(numbers) is routine:
        raise UsageError("Which proposals?", hint="Name numbers, or --routine. See: salesrepo review list")
    wanted = _routine(ask=not (yes or dry_run), json=json) if routine else list(dict.fromkeys(numbers or ()))
    ws = open_workspace()
    agreed, refused = _agree(ws, wanted, dry_run=dry_run)
    if json:
        plain = [plain_looked(looked) for looked in agreed]
        trouble = [{"number": number, "reason": problem.message} for number, problem in refused.items()]
        console.say_json({"approved": plain, "refused": trouble, "changed": bool(agreed) and not dry_run})
    else:
        for looked in agreed:
            say_looked(looked, verbose=False)
    if len(wanted) > 1 and not json:
        for number, problem in refused.items():
            console.say_error(f"{number}: {problem.message}", problem.hint)
    elif refused and not json:
        raise next(iter(refused.values()))
    return next((problem.code for problem in refused.values()), ExitCode.DONE)


def _agree(ws: "Workspace", numbers: list[int], *, dry_run: bool) -> "tuple[list[Looked], dict[int, SalesRepoError]]":
    """Approve one after the other; one that is refused keeps back no other."""
    from salesrepo.flows.proposals.review import approve as agree

    agreed: list[Looked] = []
    refused: dict[int, SalesRepoError] = {}
    for number in numbers:
        try:
            agreed.append(agree(ws, number, dry_run=dry_run))
        except SalesRepoError as problem:
            refused[number] = problem
    return agreed, refused


def _routine(*, ask: bool, json: bool) -> list[int]:
    """The numbers of what is routine for whoever asks, once they have seen it."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.proposals.review import waiting

    found = tuple(looked for looked in waiting(open_workspace()) if looked.routine)
    if not json:
        say_queue(found)
    if (
        found
        and ask
        and console.ask(f"Approve all {len(found)}? yes or no:", option="--yes").lower() not in ("y", "yes")
    ):
        return []
    return [looked.proposal.number for looked in found]


def merge(number: Number, *, dry_run: DryRun = False, json: Json = False) -> int:
    """Merge a proposal, if the rules and the people needed agree; one that the rules refuse goes back to its sender."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.proposals.review import merge as land

    landing, sender = land(open_workspace(), number, dry_run=dry_run)
    code = tell_landing(landing, json=json, dry_run=dry_run)
    if not json and landing.outcome in ("refused", "conflict"):
        ends = "would be closed and" if dry_run else "is closed and"
        console.say(f"It {ends} given back to {console.term(sender)}.")
    return code


def reject(
    number: Number,
    message: Annotated[str, typer.Option("-m", "--message", help="Why.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Close a proposal with a reason; its sender gets it back."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.proposals.review import reject as close

    reason = message or console.ask("Why? ", option="--message")
    close(open_workspace(), number, reason=reason, dry_run=dry_run)
    if json:
        console.say_json({"number": number, "state": "open" if dry_run else "closed", "changed": not dry_run})
    else:
        console.say(f"Proposal {number} {'would be' if dry_run else 'is'} closed.")
    return ExitCode.DONE
