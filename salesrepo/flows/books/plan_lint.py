"""`salesrepo commission lint`: what does a plan say that its author may not have meant?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from salesrepo.commission.describe.plan_page import Known
from salesrepo.commission.lint.linting import lint
from salesrepo.commission.lint.registry import WARNINGS
from salesrepo.commission.lint.warning import History
from salesrepo.domain.change import blob_id
from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Skipped
from salesrepo.domain.kinds.pay_terms import paid_nodes
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.period import version_on
from salesrepo.domain.statement import PlanRef
from salesrepo.errors import RecordError, UsageError
from salesrepo.flows.books.plans import PLANS, Version, dates_of, is_file, lines_of_payee, version_in
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.gate import Positions
from salesrepo.store.snapshot import parse
from salesrepo.store.trees import overlay_bytes
from salesrepo.vcs.worktree import worktree_changes

_UNSOUND, _UNREADABLE = "SR605", "SR101"
_MONTHS = 12


def lint_files(files: Sequence[str]) -> CheckReport:
    """What all warnings say of plans in files."""
    return _together(_judged(version_in(file)) for file in files)


def lint_plans(ws: Workspace, named: Sequence[str] = ()) -> CheckReport:
    """What all warnings say of plans and files; of none named, of every version that is or will be in force.

    Plans are looked at as they are noted or edited here; what the ledger says of them is as far as this copy knows.
    """
    here = _edited(ws)
    plans = [one for one in named if not is_file(one)]
    paths = {path for path in here if not named or path.split("/")[1] in plans}
    missing = [plan for plan in plans if not any(path.split("/")[1] == plan for path in paths)]
    if missing:
        raise UsageError(f"There is no plan {missing[0][:60]}.", hint="Their names: ls plans")
    reports = [_judged(version_in(one)) for one in named if is_file(one)]
    reports += [_at(ws, path, here[path]) for path in _coming(paths, ws.today)]
    return _together(reports)


def _at(ws: Workspace, path: str, data: bytes) -> CheckReport:
    try:
        (plan,) = parse(PLAN, data, path=path)
    except RecordError as broken:
        return CheckReport((Finding(_UNREADABLE, Severity.ERROR, str(broken), Location(path)),), checked=1)
    version = Version(plan, Known(PlanRef(path, blob_id(data))), data)
    return _judged(version, _history(ws, plan.plan))


def _judged(version: Version, history: History | None = None) -> CheckReport:
    """The warnings, and before them what keeps the plan from being paid by; each at its line of the file."""
    ref = version.known.ref
    faults = tuple(
        Finding(_UNSOUND, Severity.ERROR, sentence, Location(ref.path, tuple(route)), hint=hint)
        for route, sentence, hint in version.faults
    )
    report = lint(version.plan, ref, history)
    places = Positions(version.data)
    return CheckReport(
        tuple(_placed(finding, places, version.file or ref.path) for finding in (*faults, *report.findings)),
        tuple(Skipped(one.code, one.reason.replace(ref.path, version.file or ref.path, 1)) for one in report.skipped),
        checked=1,
    )


def _placed(finding: Finding, places: Positions, file: str) -> Finding:
    line, column = places.at(finding.at.route)
    at = Location(file, finding.at.route, line, column)
    return Finding(finding.code, finding.severity, finding.message, at, hint=finding.hint)


def _together(reports: Iterable[CheckReport]) -> CheckReport:
    told = list(reports)
    return CheckReport(
        tuple(finding for report in told for finding in report.findings),
        tuple(skipped for report in told for skipped in report.skipped),
        checked=len(told),
        rules=tuple(warning.code for warning in WARNINGS),
    )


def _edited(ws: Workspace) -> Mapping[str, bytes]:
    """Every plan file as it stands here: main, with what is noted or edited over it."""
    here = {**ws.outbox.contents(), **worktree_changes(ws.desk.root)}
    over = {path: data for path, data in here.items() if PLAN.path.match(path)}
    tree = overlay_bytes(ws.tip.tree, over)
    return {path: tree.read(blob.oid, PLAN.cap) for path, blob in tree.list(PLANS) if PLAN.path.match(path)}


def _coming(paths: Iterable[str], today: date) -> Iterator[str]:
    """Of each plan the version in force and those that come; all where none is in force yet."""
    of_plan: dict[str, list[str]] = {}
    for path in paths:
        of_plan.setdefault(path.split("/")[1], []).append(path)
    for _, own in sorted(of_plan.items()):
        dates = dates_of(own)
        now = version_on(dates, today)
        yield from (dates[start] for start in sorted(dates) if now is None or start >= now)


def _history(ws: Workspace, plan: str) -> History:
    """What the ledger says of a plan: how long it has paid, and which rows and rates did, by component."""
    paid: set[tuple[str, str]] = set()
    first: date | None = None
    for node in paid_nodes(ws.tip):
        if not any(term.plan == plan for term in node.plans):
            continue
        for line in lines_of_payee(ws, node.node):
            if line.plan is None or line.plan.name != plan or not line.component:
                continue
            first = min(first or line.event_on, line.event_on)
            paid |= {(line.component, text) for part in line.slices for text in (part.row, part.rate)}
    months = 0 if first is None else (ws.today.year - first.year) * _MONTHS + ws.today.month - first.month
    return History(months, frozenset(paid))
