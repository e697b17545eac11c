"""`salesrepo commission plan`: a plan as people read it and sign it, and as charts show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from salesrepo.commission.booked.line import read_line
from salesrepo.commission.describe.plan_page import Known, plan_page
from salesrepo.commission.shown.attained import attainments
from salesrepo.commission.shown.curve import Curves, curves_of
from salesrepo.domain.change import blob_id
from salesrepo.domain.chart import Chart
from salesrepo.domain.kinds.node import Node
from salesrepo.domain.kinds.pay_terms import paid_nodes
from salesrepo.domain.kinds.plan import PLAN, Plan
from salesrepo.domain.page import Page
from salesrepo.domain.period import Calendar, version_on
from salesrepo.domain.statement import LineItem, PlanRef
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import SEEN_LEDGER, Workspace
from salesrepo.flows.proposals.judge import plan_faults
from salesrepo.store.ledger import Ledger
from salesrepo.store.snapshot import parse

PLANS = "plans"
_SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True)
class Version:
    """A plan version with its bytes, where it stands, and what is known around it; `file` is what a person named."""

    plan: Plan
    known: Known
    data: bytes
    file: str = ""

    @property
    def faults(self) -> tuple[tuple[tuple[str | int, ...], str, str], ...]:
        """What keeps it from being paid by."""
        return tuple(plan_faults(self.plan))

    @property
    def page(self) -> Page:
        """The page that is signed."""
        return plan_page(self.plan, self.known)


def is_file(named: str) -> bool:
    """Whether somebody named a file, not a plan."""
    return named.endswith(_SUFFIXES) or "/" in named or "\\" in named


def version_in(named: str) -> Version:
    """The plan in a file, of the company or not. Raises UsageError where there is none, RecordError for no plan."""
    try:
        data = Path(named).read_bytes()
    except OSError as gone:
        raise UsageError(
            f"{named} cannot be read: {gone.strerror}.", hint="Name a plan, or a file that holds one."
        ) from None
    (plan,) = parse(PLAN, data, path=Path(named).name)
    return Version(plan, Known(PlanRef(PLAN.path_of(plan), blob_id(data))), data, named)


def version_of(ws: Workspace, named: str, day: date | None = None) -> Version:
    """The version of a plan of the company that is in force on a day, today if none is told, as main has it.

    Raises UsageError for a plan that is not there, RefusedError where no version is in force.
    """
    dates = dates_of(ws.tip.paths(f"{PLANS}/{named}")) if PLAN.path.match(f"{PLANS}/{named}/2000-01-01.yml") else {}
    if not dates:
        known = sorted({path.split("/")[1] for path in ws.tip.paths(PLANS) if PLAN.path.match(path)})
        raise UsageError(f"There is no plan {named[:60]}.", hint=f"Plans: {', '.join(known) or 'none yet'}.")
    starts = version_on(dates, day or ws.today)
    if starts is None:
        hint = f"The first one begins on {min(dates)}: salesrepo commission plan {named} {min(dates)}"
        raise RefusedError(f"No version of {named} is in force on {day or ws.today}.", hint=hint)
    path = dates[starts]
    later = min((start for start in dates if start > starts), default=None)
    data, blob = _bytes(ws, path)
    (plan,) = parse(PLAN, data, path=path)
    people = tuple(node.name for node in _paid_by(ws, named, day or ws.today))
    return Version(plan, Known(PlanRef(path, blob), later, people), data)


def curves(version: Version, calendar: Calendar) -> Curves:
    """The pay curves of a version. Raises RefusedError for one that cannot be paid by."""
    return curves_of(version.plan, version.known.ref, calendar)


def calendar_of(ws: Workspace) -> Calendar:
    """The company's year."""
    return Calendar(ws.settings.fiscal_year_starts)


def attained(ws: Workspace, node: str) -> tuple[Chart, ...]:
    """A payee's attainment over the months, as far as this copy knows the ledger. Raises UsageError for nobody."""
    found = ws.node(node)
    if found is None:
        raise UsageError(f"There is no node {node[:60]}.", hint="Name a node of the company.")
    return attainments(lines_of_payee(ws, node), calendar_of(ws), name=found.name)


def dates_of(paths: Iterable[str]) -> dict[date, str]:
    """The paths of a plan's versions, by the day from which each holds; what is no plan's path is left out."""
    found: dict[date, str] = {}
    for path in paths:
        ids = PLAN.path.match(path)
        try:
            found |= {date.fromisoformat(ids["effective"]): path} if ids else {}
        except ValueError:
            continue
    return found


def _bytes(ws: Workspace, path: str) -> tuple[bytes, str]:
    blob = ws.tip.blob(path)
    if blob is None:
        raise RefusedError(f"{path} is missing from the company's records.", hint="Run: sr sync")
    return ws.tip.tree.read(blob.oid, PLAN.cap), blob.oid


def _paid_by(ws: Workspace, plan: str, day: date) -> Iterator[Node]:
    return (node for node in paid_nodes(ws.tip) if node.works_on(day) and node.plan_on(day) == plan)


def lines_of_payee(ws: Workspace, node: str) -> Iterator[LineItem]:
    """A payee's lines in booking order, as far as this copy knows the ledger."""
    tip = ws.objects.tip(SEEN_LEDGER)
    ledger = Ledger(ws.objects, tip)
    for file in ledger.batches(node) if tip else ():
        yield from map(read_line, ledger.batch(file).lines)
