"""`salesrepo commission export`: hand a closed period over once, and remember what it was.

The record goes first and the files follow it: what was handed over is always known, and a command that was cut short
between the two is run again.
"""

from dataclasses import dataclass
from pathlib import Path

from salesrepo.domain.kinds.export_batch import EXPORT_BATCH
from salesrepo.errors import RefusedError
from salesrepo.files import replace_file
from salesrepo.flows.books.export import Prepared, files_to_write
from salesrepo.flows.finance.parcels import refuse_strangers
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.store.records import file_of


@dataclass(frozen=True, kw_only=True)
class Exported:
    """What became of an export: the record's proposal (None: it was remembered already), the files written now."""

    sent: Sent | None = None
    written: tuple[str, ...] = ()


def hand_over(ws: Workspace, ready: Prepared, folder: Path) -> Exported:
    """Remember the batch and write its files into `folder`; nothing where both was done before.

    Raises RefusedError where the sender is not finance, and where the folder lies among the company's records or cannot
    be written; ConflictError where it holds other content under one of the names. Where the record is not accepted at
    once, no file is written.
    """
    refuse_strangers(ws, "exports")
    missing = files_to_write(ws, folder, ready.export.files)
    sent = None if ready.known else _remember(ws, ready, dry_run=False)
    if sent is not None and sent.fate != "accepted":
        return Exported(sent=sent)
    for name in missing:
        try:
            replace_file(folder / name, ready.export.files[name])
        except OSError as error:
            raise RefusedError(
                f"{folder / name} cannot be written: {error.strerror}.",
                hint="The batch is remembered. Name a folder that can be written with --to, and export again.",
            ) from None
    return Exported(sent=sent, written=missing)


def try_out(ws: Workspace, ready: Prepared, folder: Path | None) -> Exported:
    """What `hand_over` would do, without the files; `folder` may be left out. Raises as it does."""
    refuse_strangers(ws, "exports")
    if folder is not None:
        files_to_write(ws, folder, ready.export.files)
    return Exported(sent=None if ready.known else _remember(ws, ready, dry_run=True))


def _remember(ws: Workspace, ready: Prepared, *, dry_run: bool) -> Sent:
    title = f"Export {ready.record.period} to {ready.record.system or ready.record.format}"
    return send_files(ws, title, dict([file_of(EXPORT_BATCH, ready.record)]), dry_run=dry_run)
