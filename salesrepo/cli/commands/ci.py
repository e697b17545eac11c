"""`salesrepo ci`: what the bots run; by hand it says the same."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.estimates import plain_would_pay, tell_would_pay
from salesrepo.cli.options import DryRun, ForgeOption, FormatOption, Json
from salesrepo.cli.outcomes import landing_code, plain_landing, tell_landing, tell_settled, tell_swept
from salesrepo.cli.reports import show_report
from salesrepo.errors import ExitCode, RefusedError


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    ci = typer.Typer(help="Bots: judge, merge, settle, sweep.", rich_markup_mode=None)
    for command in (check, merge, settle, sweep):
        ci.command(command.__name__)(command)
    app.add_typer(ci, name="ci")


def check(
    number: Annotated[int, typer.Argument(help="The proposal's number.")],
    forge: ForgeOption = "",
    format_: FormatOption = "text",
    *,
    json: Json = False,
) -> int:
    """Judge a proposal and record the verdict."""
    from salesrepo.ci.check_proposal import check_proposal, pay_of
    from salesrepo.ci.event import hand_on
    from salesrepo.report.pay_said import pay_markdown
    from salesrepo.report.registry import known_format

    wanted = known_format("json" if json else format_)
    place = _place(forge)
    landing = check_proposal(place, number)
    told = landing.judgement.report if landing.judgement else None
    hand_on({"outcome": landing.outcome, "number": number, "findings": len(told.findings) if told else 0})
    pay = pay_of(place, landing) if wanted in ("text", "json", "markdown") else None
    if wanted == "json":
        console.say_json({**plain_landing(landing), "pay": plain_would_pay(pay)})
        return landing_code(landing, judged_only=True)
    if wanted == "text":
        code = tell_landing(landing, json=False, judged_only=True)
        if pay is not None:
            tell_would_pay(pay)
        return code
    if landing.judgement is None:
        message = f"Proposal {number} is {landing.outcome}, so nothing was judged: {landing.reason}"
        raise RefusedError(message, hint=f"Read it as text: salesrepo ci check {number}")
    show_report(wanted, landing.judgement.report, verdict=landing.judgement.verdict)
    if pay is not None:
        console.emit(pay_markdown(pay))
    return landing_code(landing, judged_only=True)


def merge(
    number: Annotated[int | None, typer.Argument(help="The proposal's number; every open one if left out.")] = None,
    forge: ForgeOption = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Merge what nothing and nobody is missing for."""
    from salesrepo.ci.merge_ready import merge_ready

    landings = merge_ready(_place(forge), number, dry_run=dry_run)
    if json:
        console.say_json(
            {"landed": [plain_landing(x) for x in landings], "changed": any(x.outcome == "merged" for x in landings)}
        )
        return ExitCode.DONE
    if not landings:
        console.say("Nothing waits.")
    codes = [tell_landing(landing, json=False, dry_run=dry_run) for landing in landings]
    return codes[0] if number is not None and codes else ExitCode.DONE


def settle(forge: ForgeOption = "", *, dry_run: DryRun = False, json: Json = False) -> int:
    """Book what was merged and is not booked yet; a second run changes nothing."""
    from salesrepo.ci.settle_merge import settle_merge

    return tell_settled(settle_merge(_place(forge), dry_run=dry_run), dry_run=dry_run, json=json)


def sweep(forge: ForgeOption = "", *, dry_run: DryRun = False, json: Json = False) -> int:
    """Write down what is due for claims by itself: what lapsed, whose turn it is, who became a customer."""
    from salesrepo.ci.sweep import sweep as write_down

    return tell_swept(write_down(_place(forge), dry_run=dry_run), dry_run=dry_run, json=json)


def _place(forge: str) -> str:
    from salesrepo.ci.event import forge_place

    return forge_place(forge)
