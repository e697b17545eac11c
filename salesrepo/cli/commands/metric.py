"""`salesrepo metric`: which figures (churn, conversion, a survey's mark) do rates and rankings ask for?"""

from pathlib import Path
from typing import Annotated

import typer

from salesrepo.cli.imports import tell_import
from salesrepo.cli.options import DryRun, Json


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    metric = typer.Typer(help="Finance: figures that plans ask for.", rich_markup_mode=None)
    metric.callback()(_group)
    metric.command("import")(import_)
    app.add_typer(metric, name="metric")


def _group() -> None:
    """Figures that plans ask for."""  # a group of one command would else be that command


def import_(
    file: Annotated[Path, typer.Argument(help="CSV: metric,window,node,value.")],
    report: Annotated[Path | None, typer.Option(help="Write every row that is not placed to this CSV file.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Take figures over from a file; one that was another before waits for somebody's word."""
    from salesrepo.flows.finance.figures import import_metrics
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    sync(open_workspace())
    done = import_metrics(open_workspace(), file, dry_run=dry_run)
    return tell_import(done.report, done.sent, into=report, dry_run=dry_run, json=json, changes=done.said)
