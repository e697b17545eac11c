"""`sr stage`: a deal came a stage further."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.questions import ask_for
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.deals.stage_deal import StageTold, Wanted
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("stage")(stage)


def stage(
    deal: Annotated[str, typer.Argument(help="One of your open deals, such as acme/2.")],
    stage: Annotated[str, typer.Argument(help="lead, connected, discovery, demo, proposal or negotiation.")] = "",
    evidence: Annotated[
        list[str] | None, typer.Option(help="What shows it: last, meeting, a day, or its id; found if left out.")
    ] = None,
    next_: Annotated[str, typer.Option("--next", help="What is to be done next.")] = "",
    due: Annotated[str, typer.Option(help="By which day.")] = "",
    call: Annotated[str, typer.Option(help="Your own forecast: omitted, pipeline, best_case or commit.")] = "",
    why: Annotated[str, typer.Option(help="Why you call it so.")] = "",
    source: Annotated[str, typer.Option(help="Where the deal came from, such as referral.")] = "",
    close: Annotated[str, typer.Option(help="The day on which it should close.")] = "",
    contact: Annotated[list[str] | None, typer.Option(help="ID:ROLE of a contact, such as c-7h2:champion.")] = None,
    competitor: Annotated[list[str] | None, typer.Option(help="Who else is asked; none if nobody is.")] = None,
    say: Annotated[list[str] | None, typer.Option(help="QUESTION=TEXT, such as goal='20% less waste'.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note that a deal came to a stage: what the customer did is looked up in your log."""
    from salesrepo.flows.deals.stage_deal import StageTold, stage_deal
    from salesrepo.flows.here.workspace import open_workspace

    told = StageTold(
        stage=stage,
        evidence=tuple(evidence or ()),
        next=next_,
        due=day(due),
        call=call,
        why=why,
        source=source,
        closes=day(close),
        contacts=tuple(contact or ()),
        competitors=tuple(competitor) if competitor is not None else None,
        says=dict(_answer(text) for text in say or ()),
    )
    ws = open_workspace()
    noted = stage_deal(ws, deal, _asked(ws, deal, told), dry_run=dry_run)
    if json:
        console.say_json({"deal": noted.deal, "handle": noted.handle, "amount": noted.amount, "changed": not dry_run})
        return ExitCode.DONE
    console.say(f"{'Would note' if dry_run else 'Noted'}: {noted.handle} at {noted.deal.stage}.")
    if noted.deal.moves and noted.deal.moves[-1].evidence and stage:
        days = ", ".join(str(one.day) for one in noted.deal.moves[-1].evidence)
        console.say(f"Shown by what you logged on {days}.")
    say_findings(noted.findings, "It would be refused as it is:", "Somebody will look at it:")
    if not dry_run:
        console.say("Next: sr submit")
    return ExitCode.DONE


def _answer(text: str) -> tuple[str, str]:
    question, _, words = text.partition("=")
    if not words.strip():
        raise UsageError(f"{text!r} answers nothing.", hint="Write QUESTION=TEXT, such as --say goal='20% less waste'.")
    return question.strip(), words


def _asked(ws: "Workspace", deal: str, told: "StageTold") -> "StageTold":
    """What was told, with what the stage still asks for: a person is asked, anybody else hears the option."""
    from salesrepo.flows.deals.stage_deal import read_told, wanted

    def read(so_far: "StageTold", wish: "Wanted", answer: str) -> "StageTold":
        return read_told(so_far, wish, day(answer) if wish.field == "closes" else answer)

    for one in wanted(ws, deal, told):
        told = ask_for(one.question, option=one.option, read=partial(read, told, one))
    return told
