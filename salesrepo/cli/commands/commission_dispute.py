"""`salesrepo commission dispute|disputes|answer`: questions about pay, who answers them by when, and what was found."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.errors import UsageError

_VERDICTS = "right_as_it_is, corrected or adjusted"


def add_to(group: typer.Typer) -> None:
    """Register the commands in their group."""
    for command in (dispute, disputes, answer):
        group.command(command.__name__)(command)


def dispute(
    line: Annotated[str, typer.Argument(help="A line as a statement shows it: its key, a deal, or acme/2.")] = "",
    text: Annotated[str, typer.Argument(help="What you ask.")] = "",
    missing: Annotated[str, typer.Option(metavar="DEAL", help="A won deal that paid nothing, or too little.")] = "",
    node: Annotated[str, typer.Option("--for", metavar="NODE", help="Ask about the pay of one of your people.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Ask about a line of pay, or about a deal that paid nothing; somebody named answers, and pay goes on."""
    from salesrepo.cli.pay_questions import ask
    from salesrepo.flows.here.workspace import open_workspace

    return ask(open_workspace(), line, text, missing=missing, node=node, dry_run=dry_run, json=json)


def disputes(
    node: Annotated[str, typer.Option(help="Only about this payee's pay.")] = "",
    *,
    open: Annotated[bool, typer.Option("--open", help="Only what nobody has answered yet.")] = False,
    json: Json = False,
) -> int:
    """List the questions about pay, with their answers."""
    from salesrepo.cli.pay_questions import tell_questions
    from salesrepo.flows.books.pay_questions import questions
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    if node and ws.node(node) is None:
        raise UsageError(f"There is no node {node}.", hint="See who there is: salesrepo node list")
    return tell_questions(questions(ws, only_open=open, node=node), json=json)


def answer(
    question: Annotated[str, typer.Argument(metavar="ID", help="The question, as disputes lists it.")],
    text: Annotated[str, typer.Argument(help="What you found, and why.")] = "",
    verdict: Annotated[str, typer.Option(help=f"{_VERDICTS}.")] = "",
    adjustment: Annotated[str, typer.Option(metavar="ID", help="With adjusted: the record that pays it.")] = "",
    deal: Annotated[str, typer.Option(help="With corrected: the deal that was amended.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Answer a question about pay: was the line right, and what puts it right if not?"""
    from salesrepo.cli.pay_questions import plain
    from salesrepo.flows.finance.pay_disputes import Found
    from salesrepo.flows.finance.pay_disputes import answer as send
    from salesrepo.flows.here.workspace import open_workspace

    verdict = verdict or console.ask(f"Which verdict ({_VERDICTS})?", option="--verdict")
    text = text or console.ask("What did you find?", option="TEXT")
    found = Found(verdict=verdict.replace("-", "_"), text=text, adjustment=adjustment, deal=deal)
    posed = send(open_workspace(), question, found, dry_run=dry_run)
    if json:
        console.say_json({**plain(posed.asked), "sent": posed.sent, "changed": bool(posed.sent.number)})
    elif posed.sent.fate == "accepted":
        console.say(f"{console.term(posed.asked.by)} is told: {verdict.replace('_', ' ')}.")
    else:
        tell_sent(posed.sent, verbose=False)
    return sent_code(posed.sent)
