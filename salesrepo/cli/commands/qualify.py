"""`sr qualify`: what is known of a deal's chances, and from where."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.deals import tell_noted
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("qualify")(qualify)


def qualify(
    deal: Annotated[str, typer.Argument(help="One of your open deals, such as acme/2.")],
    question: Annotated[str, typer.Argument(help="goal, plan, challenges, timeline, budget, authority ...")],
    text: Annotated[list[str] | None, typer.Argument(help="What you know of it, in your words.")] = None,
    score: Annotated[
        int, typer.Option(help="0 guessed, 1 told, 2 shown; counts only with evidence.", min=0, max=2)
    ] = 0,
    evidence: Annotated[str, typer.Option(help="Where you learnt it: last, meeting, a day, or its id.")] = "",
    framework: Annotated[str, typer.Option(help="gpct, bant, meddpicc or spiced.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Answer one question about a deal; a score counts only with the activity in which you learnt it."""
    from salesrepo.flows.deals.stage_deal import AnswerTold
    from salesrepo.flows.deals.stage_deal import qualify as answered
    from salesrepo.flows.here.workspace import open_workspace

    words = " ".join(text or ()) or console.ask("What do you know of it?", option="TEXT")
    told = AnswerTold(question=question, text=words, score=score, evidence=evidence, framework=framework)
    done = answered(open_workspace(), deal, told, dry_run=dry_run)
    noted = done.noted
    if json:
        console.say_json({"deal": noted.deal, "handle": noted.handle, "score": done.score, "changed": not dry_run})
        return ExitCode.DONE
    points = f"Qualified: {done.score.points} of {done.score.most} points."
    tell_noted(noted, f"{question} of {noted.handle}. {points}", looked_at="Somebody will look at it:", dry_run=dry_run)
    return ExitCode.DONE
