"""`salesrepo import`: bring in what another system exported."""

from pathlib import Path
from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import tell_sent
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("import")(import_)


def import_(
    system: Annotated[str, typer.Argument(help="What the export comes from: crm-csv.")],
    folder: Annotated[Path, typer.Argument(help="The folder with its files.")],
    mapping: Annotated[Path | None, typer.Option(help="A mapping file of your own.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write every row that is not placed to this CSV file.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Bring in an export: what has a place is sent for approval, what has none is reported with the reason."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.import_data import prepare_import, send_import
    from salesrepo.flows.sending.sync import sync
    from salesrepo.importers.report import lines
    from salesrepo.importers.report_csv import reported_csv

    sync(open_workspace())
    plan = prepare_import(open_workspace(), system, folder, mapping=mapping, progress=_progress(json=json))
    if report:
        report.write_bytes(reported_csv(plan.report))
    if not json and not dry_run:
        console.say("Checking and sending; a long history takes a moment.")
    sent = () if dry_run else send_import(plan)
    if json:
        console.say_json({"report": plan.report, "sent": [_plain(s) for s in sent], "changed": bool(sent)})
    else:
        for line in lines(plan.report):
            console.say(line)
        for one in sent:
            tell_sent(one, verbose=False)
        if not sent:
            console.say("Nothing was sent." if dry_run else "Everything is there already.")
        if any(s.fate == "review" for s in sent):
            console.say(f"Next: somebody else runs  salesrepo review approve {sent[-1].number}")
    return ExitCode.FINDINGS if any(s.fate in ("refused", "conflict") for s in sent) else ExitCode.DONE


def _plain(sent: object) -> dict[str, object]:
    return {name: getattr(sent, name) for name in ("title", "fate", "number", "roles", "reason")}


def _progress(*, json: bool):  # type: ignore[no-untyped-def]
    def progress(what: str, done: int, total: int) -> None:
        if not json and done == total:
            console.say(f"{what}: {done:,}")

    return progress
