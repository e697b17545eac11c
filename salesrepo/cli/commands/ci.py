"""`salesrepo ci`: what the bots run; by hand it says the same."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode

ForgeOption = Annotated[str, typer.Option("--forge", help="The forge's folder; that of this copy if left out.")]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    ci = typer.Typer(help="Bots: judge, merge, settle.", rich_markup_mode=None)
    for command in (check, merge, settle):
        ci.command(command.__name__)(command)
    app.add_typer(ci, name="ci")


def check(
    number: Annotated[int, typer.Argument(help="The proposal's number.")],
    forge: ForgeOption = "",
    *,
    json: Json = False,
) -> int:
    """Judge a proposal and record the verdict."""
    from salesrepo.ci.check_proposal import check_proposal

    return tell_landing(check_proposal(_place(forge), number), json=json, judged_only=True)


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
            {"landed": [_plain(x) for x in landings], "changed": any(x.outcome == "merged" for x in landings)}
        )
        return ExitCode.DONE
    if not landings:
        console.say("Nothing waits.")
    codes = [tell_landing(landing, json=False, dry_run=dry_run) for landing in landings]
    return codes[0] if number is not None and codes else ExitCode.DONE


def settle(forge: ForgeOption = "", *, dry_run: DryRun = False, json: Json = False) -> int:
    """Book what was merged and is not booked yet; a second run changes nothing."""
    from salesrepo.ci.settle_merge import settle_merge
    from salesrepo.cli.commands.commission import tell_settled

    return tell_settled(settle_merge(_place(forge), dry_run=dry_run), dry_run=dry_run, json=json)


def _place(forge: str) -> str:
    from salesrepo.ci.event import forge_place

    return forge_place(forge)


def _plain(landing: object) -> dict[str, object]:
    from salesrepo.flows.land import Landing

    assert isinstance(landing, Landing)  # noqa: S101
    missing = landing.judgement.missing if landing.judgement else ()
    return {
        "number": landing.number,
        "outcome": landing.outcome,
        "commit": landing.commit,
        "reason": landing.reason,
        "missing_roles": missing,
        "changed": landing.outcome == "merged",
    }


def tell_landing(landing: object, *, json: bool, judged_only: bool = False, dry_run: bool = False) -> int:
    """Say what became of a proposal; exit codes as for the sender."""
    from salesrepo.flows.land import Landing

    assert isinstance(landing, Landing)  # noqa: S101
    codes = {
        "refused": ExitCode.FINDINGS,
        "conflict": ExitCode.CONFLICT,
        "review": ExitCode.REFUSED,
        "waiting": ExitCode.REFUSED,
    }
    code = codes.get(landing.outcome, ExitCode.DONE)
    if judged_only and landing.outcome in ("review", "waiting"):
        code = ExitCode.DONE
    if json:
        console.say_json(_plain(landing))
        return code
    if landing.outcome == "merged":
        commit = f": {landing.commit}" if landing.commit else ""
        console.say(f"Proposal {landing.number} {'would be' if dry_run else 'is'} merged{commit}.")
        return code
    missing = landing.judgement.missing if landing.judgement else ()
    roles = f" It waits for {' or '.join(missing)}." if missing else ""
    console.say(f"Proposal {landing.number}, {landing.outcome}: {console.term(landing.reason)}{roles}")
    for finding in landing.judgement.report.findings if landing.judgement else ():
        console.say(f"  {finding.code} {console.term(finding.message)}")
        if finding.hint:
            console.say(f"    {console.term(finding.hint)}")
    return code
