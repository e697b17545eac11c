"""`salesrepo quota import`, `quota list` and `metric import`: which figures does finance set for each node?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salesrepo.domain.kinds.metric import METRIC, MetricTable
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.quota import QUOTA, QuotaTable
from salesrepo.domain.record import Kind
from salesrepo.flows.finance.parcels import refuse_strangers, send_all
from salesrepo.flows.here.outside import read_report
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import Case, judge_files, node_of
from salesrepo.flows.proposals.review import Said, names_in, said
from salesrepo.flows.sending.deliver import Sent
from salesrepo.importers.figures import PERCENT, Changed, KnownFigures, WindowFigures, read_figures
from salesrepo.importers.report import Report
from salesrepo.store.edit import Change, edit
from salesrepo.store.gate import Route
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of

_ONE_BY_ONE = 40  # rows; the comments beside them stay


@dataclass(frozen=True)
class ImportedFigures:
    """What the file changes in the words of the business, what became of each row, and of the proposal."""

    said: tuple[Said, ...]
    report: Report
    sent: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class ListedQuota:
    """One node's quota of a window; `currency` is empty for a number of things."""

    quota: str
    window: str
    node: str
    name: str
    amount: str
    currency: str


def import_quotas(
    ws: Workspace, file: Path, *, quota: str = "", currency: str = "", dry_run: bool = False
) -> ImportedFigures:
    """Send the quotas of a CSV file; `quota` and `currency` are those of all its rows where it has no such columns.

    Raises RefusedError for a file that cannot be read, or where the sender does not write quotas.
    """
    refuse_strangers(ws, "quotas")

    def standing(name: str, window: str) -> WindowFigures | None:
        table = ws.tip.get(QUOTA, quota=name, window=window)
        return WindowFigures(table.currency or "", table.amounts) if table else None

    known = KnownFigures(standing=standing, is_node=_is_node(ws), name=quota, currency=currency)
    read = read_figures("quota", file.name, read_report(file), known)
    tables = [
        QuotaTable(quota=one.name, window=one.window, currency=one.table.unit or None, amounts=one.table.rows)
        for one in read.changed
    ]
    files = [_file(ws, QUOTA, table, "amounts") for table in tables]
    return _sent(ws, _title("Quotas", read.changed), files, read.report, dry_run=dry_run)


def import_metrics(ws: Workspace, file: Path, *, dry_run: bool = False) -> ImportedFigures:
    """Send the figures of a CSV file. Raises RefusedError as `import_quotas` does."""
    refuse_strangers(ws, "metrics")

    def standing(name: str, window: str) -> WindowFigures | None:
        table = ws.tip.get(METRIC, metric=name, window=window)
        if table is None:
            return None
        return WindowFigures(
            PERCENT if any(one.endswith(PERCENT) for one in table.figures.values()) else "", table.figures
        )

    known = KnownFigures(standing=standing, is_node=_is_node(ws))
    read = read_figures("metric", file.name, read_report(file), known)
    tables = [MetricTable(metric=one.name, window=one.window, figures=one.table.rows) for one in read.changed]
    files = [_file(ws, METRIC, table, "figures") for table in tables]
    return _sent(ws, _title("Metrics", read.changed), files, read.report, dry_run=dry_run)


def quotas(ws: Workspace, *, quota: str = "", window: str = "", node: str = "") -> tuple[ListedQuota, ...]:
    """The quotas that main holds, by quota, window and node; each condition that is told must fit."""
    found = []
    for _, table in ws.tip.all(QUOTA, "quotas"):
        if (quota and table.quota != quota) or (window and table.window != window):
            continue
        found += [
            ListedQuota(table.quota, table.window, one, ws.who(one), amount, table.currency or "")
            for one, amount in table.amounts.items()
            if not node or one == node
        ]
    return tuple(sorted(found, key=lambda one: (one.quota, one.window, one.node)))


def _is_node(ws: Workspace) -> Callable[[str], bool]:
    """Whether somebody is called so; a text that could be no path names nobody."""
    paths = frozenset(ws.tip.paths("nodes"))
    return lambda text: text.isascii() and NODE.path.fill(node=text) in paths


def _file(ws: Workspace, kind: Kind[Any], table: Any, field: str) -> tuple[str, bytes]:
    """Path and bytes of a table; in one that main holds, only its rows are changed: a few one by one, else all."""
    path, data = file_of(kind, table)
    blob, old = ws.tip.blob(path), ws.tip.read(kind, path)
    if blob is None or old is None:
        return path, data
    before, after = getattr(old, field), getattr(table, field)
    rows: dict[Route, Change] = {(field, node): row for node, row in after.items() if before.get(node) != row}
    many = len(rows) > _ONE_BY_ONE or not before
    changes: dict[Route, Change] = {(field,): to_plain(table)[field]} if many else rows
    return path, edit(ws.tip.tree.read(blob.oid, kind.cap), changes, path=path)


def _title(what: str, changed: Iterable[Changed]) -> str:
    names = list(dict.fromkeys(f"{one.name} {one.window}" for one in changed))
    return f"{what}: {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"


def _sent(
    ws: Workspace, title: str, files: list[tuple[str, bytes]], report: Report, *, dry_run: bool
) -> ImportedFigures:
    if not files:
        return ImportedFigures((), report, ())
    case = Case(actor_id=ws.identity.forge_id, actor=node_of(ws.tip, ws.identity.forge_id), today=ws.today)
    changes = judge_files(ws.tip, dict(files), case).changes
    told = said(changes, names_in(ws.tip, changes))
    return ImportedFigures(told, report, send_all(ws, title, files, dry_run=dry_run))
