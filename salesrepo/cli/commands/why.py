"""`sr why`: how did a lead come to the one who has it?"""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json, Verbose
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.claims.why import Ground, Step, Why

_ENDS = {
    "reserved": "because it is only reserved: nobody has talked to them yet",
    "name": "because only its name is known",
    "first_touch": "because nobody has talked to them yet",
    "activity": "if nobody talks to them again",
    "protection": "because its protection ends then",
    "hard_limit": "because no lead is kept longer without a deal at proposal or later",
    "customer": "if their customer is not talked to again",
}


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("why")(why)


def why(
    lead: Annotated[str, typer.Argument(help="An account by domain, key or name.")],
    layer: Annotated[str, typer.Option(help="The product line, where several are held.")] = "",
    *,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Why somebody has a lead: who asked first, by which rule, with whose word, and until when."""
    from salesrepo.flows.claims.why import why as ask
    from salesrepo.flows.here.workspace import open_workspace

    found = ask(open_workspace(), lead, layer=layer)
    if json:
        console.say_json(found)
        return ExitCode.DONE
    console.say(f"{console.term(found.name)} ({found.account}), {found.layer}:")
    for line in _lines(found):
        console.say(f"  {line}")
    if verbose:
        for step in found.steps:
            console.say(f"  {step.day} proposal {step.proposal}, {step.verdict}, {step.commit}")
        if found.ground.commit:
            console.say(f"  {found.ground.territory} as of {found.ground.since}, {found.ground.commit}")
    return ExitCode.DONE


def _lines(found: "Why") -> list[str]:
    holder = console.term(found.holder)
    lines = [f"{holder} has it since {found.since}."]
    lines += [_step(step) for step in found.steps]
    if found.referred_by:
        lines.append(f"{console.term(found.referred_by)} brought the lead.")
    lines.append(_ground(found.ground))
    if found.confirmed:
        lines.append(f"The company's facts were confirmed by {console.term(found.confirmed_by)} on {found.confirmed}.")
    elif found.provisional:
        lines.append("Provisional: nobody has confirmed the company's facts yet.")
    if found.over:
        return [*lines, f"It ended on {found.until}: whoever asks next may have it."]
    if found.leaving and (found.bound == "territory" or found.leaving.last is None):
        from salesrepo.cli.notices import leaving_words

        lines.append(f"Its territory changes: it {leaving_words(found.leaving)}.")
    if found.bound == "territory":
        return lines
    last = f" (last on {found.renewed})" if found.worked else ""
    return [*lines, f"It ends on {found.until}, {_ENDS[found.bound]}{last}."]


def _step(step: "Step") -> str:
    holder, sender = console.term(step.holder), console.term(step.sent_by)
    agreed = f", agreed by {console.term(' and '.join(step.approved_by))}" if step.approved_by else ""
    return {
        "asked": f"{holder} was the first to ask, accepted on {step.day}{agreed}.",
        "granted": f"It was {holder}'s turn in the queue on {step.day}{agreed}.",
        "imported": f"It was brought in from another system on {step.day} by {sender}{agreed}.",
        "transferred": f"It was handed to {holder} on {step.day} by {sender}{agreed}.",
        "decided": f"A dispute was decided for {holder} on {step.day} by {sender}{agreed}.",
    }.get(step.how, f"It passed to {holder} on {step.day} by {sender}{agreed}.")


def _ground(ground: "Ground") -> str:
    name = console.term(ground.name)
    since = f", as written on {ground.since}" if ground.since else ""
    return {
        "rule": f"It lies in {name} (rule {ground.rule}){since}.",
        "named": f"It is a named account of {name}{since}.",
        "residual": f"It lies in {name}, which has what no other territory has{since}.",
        "gone": f"Its territory {name} is there no more.",
    }.get(ground.how, f"It was in {name} when it was claimed{since}.")
