"""`salesrepo quota`: how much is each node to reach?"""

from pathlib import Path
from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.imports import tell_import
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    quota = typer.Typer(help="Finance: how much is each node to reach?", rich_markup_mode=None)
    quota.command("import")(import_)
    quota.command("list")(list_)
    app.add_typer(quota, name="quota")


def import_(
    file: Annotated[
        Path, typer.Argument(help="CSV: quota,window,node,amount,currency; or node and a column for each window.")
    ],
    quota: Annotated[str, typer.Option(help="The quota of the whole file, where it has no column for it.")] = "",
    currency: Annotated[
        str, typer.Option(help="The currency of the whole file, where it has no column for it; none: things.")
    ] = "",
    report: Annotated[Path | None, typer.Option(help="Write every row that is not placed to this CSV file.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Set quotas from a file: a window that has begun waits for somebody's word, and so does your own quota."""
    from salesrepo.flows.finance.figures import import_quotas
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    sync(open_workspace())
    done = import_quotas(open_workspace(), file, quota=quota, currency=currency, dry_run=dry_run)
    return tell_import(done.report, done.sent, into=report, dry_run=dry_run, json=json, changes=done.said)


def list_(
    quota: Annotated[str, typer.Option(help="Only this quota.")] = "",
    window: Annotated[str, typer.Option(help="Only this window, such as 2027-q1.")] = "",
    node: Annotated[str, typer.Option(help="Only this node.")] = "",
    *,
    json: Json = False,
) -> int:
    """List quotas by window and node."""
    from salesrepo.flows.finance.figures import quotas
    from salesrepo.flows.here.workspace import open_workspace

    found = quotas(open_workspace(), quota=quota, window=window, node=node)
    if json:
        console.say_json({"quotas": found})
    elif found:
        rows = [(q.quota, q.window, q.node, console.term(q.name), q.amount, q.currency) for q in found]
        console.table(("quota", "window", "node", "name", "amount", "currency"), rows, right=("amount",))
    else:
        console.say("No quota is set. Next: salesrepo quota import FILE")
    return ExitCode.DONE
