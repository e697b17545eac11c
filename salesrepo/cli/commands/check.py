"""`salesrepo check`: what the bots would say."""

from pathlib import Path
from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json
from salesrepo.errors import ExitCode, UsageError


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("check")(check)


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; everything not accepted if left out.")
    ] = None,
    base: Annotated[str, typer.Option(help="The revision that judges.")] = "",
    head: Annotated[str, typer.Option(help="The revision that is judged.")] = "",
    actor: Annotated[str, typer.Option(help="The node whose proposal it would be; you if left out.")] = "",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    *,
    all_: Annotated[bool, typer.Option("--all", help="Audit every record of main.")] = False,
    json: Json = False,
) -> int:
    """Check what is noted or edited, some files, a revision, or the whole repository."""
    from salesrepo.domain.finding import Severity
    from salesrepo.flows import check as flow
    from salesrepo.flows.workspace import open_workspace
    from salesrepo.report.registry import FORMATS, render

    if bool(base) is not bool(head) or sum(map(bool, (paths, base, all_))) > 1:
        raise UsageError("Name files, or --base with --head, or --all.", hint="See: salesrepo check --help")
    wanted = "json" if json else format_
    if wanted not in FORMATS:
        raise UsageError(f"There is no format {wanted}.", hint=f"Choose one of: {', '.join(FORMATS)}.")
    ws = open_workspace()
    if all_:
        report = flow.check_all(ws)
    elif base:
        report = flow.check_range(ws, base, head, actor=actor).report
    elif paths:
        report = flow.check_files(ws, paths, actor=actor).report
    else:
        report = flow.check_outbox(ws, actor=actor).report
    console.emit(render(wanted, report))
    return ExitCode.FINDINGS if report.of(Severity.ERROR) else ExitCode.DONE
