"""`salesrepo import SYSTEM FOLDER`: what would another system's export become here?

Two parcels go out one after the other: nodes, products and territories first, and once they
are accepted the history that names them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY
from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.outside import read_report
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.parcels import Parcel
from salesrepo.flows.sending.submit import send_files
from salesrepo.importers.crm_csv import files_of
from salesrepo.importers.job import Draft, ImportPlan, Known, Progress, Terms, quiet
from salesrepo.importers.mapping import IMPORT_MAPPING, CrmMapping
from salesrepo.importers.registry import FORMATS
from salesrepo.importers.report import Report
from salesrepo.resources import resource
from salesrepo.store.characters import flaw_in
from salesrepo.store.records import bytes_of
from salesrepo.store.snapshot import parse

ROLE = "import"
_ROOMS = ("nodes", "products", "territories", "accounts", "claims", "holds", "deals")
_EVERY = 500


@dataclass(frozen=True)
class PreparedImport:
    """What to send, in this order, and what became of each row. A parcel without files has nothing to say."""

    organisation: Parcel
    history: Parcel
    report: Report


def prepare_import(
    ws: Workspace, system: str, folder: Path, *, mapping: Path | None = None, progress: Progress = quiet
) -> PreparedImport:
    """Read an export and plan its records against main as last seen; each record is read back as the bots will.

    `mapping` replaces the mapping file that ships. Raises UsageError for an unknown system, RefusedError where the
    sender may not import, a file or column is missing, or the mapping does not fit the company; RecordError for a
    mapping that cannot be read.
    """
    importer_of = FORMATS.get(system)
    if importer_of is None:
        raise UsageError(f"Nothing here reads {system}.", hint=f"Choose one of: {', '.join(FORMATS)}.")
    _refuse_strangers(ws)
    words = read_mapping(mapping or resource("templates") / "importers" / f"{system}.yml")
    _refuse_misfit(ws, words)
    terms = Terms(
        importer=ws.me,
        day=ws.today,
        claims=ws.needed(CLAIMS_POLICY),
        pricing=ws.needed(PRICING_POLICY),
    )
    tables = _read_files(folder, files_of(words))
    plan = _plan_of(importer_of, tables, words, terms=terms, known=_known(ws), unfit=_unfit, progress=progress)
    organisation = _files(plan.organisation, "organisation", progress)
    history = _files(plan.history, "history", progress)
    return PreparedImport(
        _parcel(f"Import from {words.system}: sellers, products and territories", organisation),
        _parcel(f"Import from {words.system}: accounts, claims and deals", history),
        plan.report,
    )


def send_import(plan: PreparedImport) -> tuple[Sent, ...]:
    """Send the parcels in their order; the second once the first, which it names, is accepted."""
    sent: list[Sent] = []
    for parcel in (plan.organisation, plan.history):
        if parcel.files and all(one.fate == "accepted" for one in sent):
            sent.append(send_files(open_workspace(), parcel.title, parcel.files))
    return tuple(sent)


def read_mapping(path: Path) -> CrmMapping:
    """A mapping file. Raises RefusedError where there is none, RecordError with line and column for a faulty one."""
    return parse(IMPORT_MAPPING, read_report(path), path=path.name)[0]


def _plan_of(importer: str, *args: Any, **kwargs: Any) -> ImportPlan:
    module, _, function = importer.partition(":")
    plan: ImportPlan = getattr(import_module(f"salesrepo.importers.{module}"), function)(*args, **kwargs)
    return plan


def _refuse_strangers(ws: Workspace) -> None:
    me = ws.node(ws.me)
    if me is None or ROLE not in me.roles_on(ws.today):
        raise RefusedError(
            f"{ws.who(ws.me)} does not have the role {ROLE}, which alone brings in records from elsewhere.",
            hint=f"Ask sales operations for the role {ROLE}.",
        )


def _refuse_misfit(ws: Workspace, words: CrmMapping) -> None:
    """The export's money must be the company's, and the plan that its sellers get must be in force by then."""
    if words.currency != ws.settings.currency:
        raise RefusedError(
            f"The mapping says {words.currency}, and the company's money is {ws.settings.currency}.",
            hint="Import into a company with the export's currency; amounts are never converted.",
        )
    starts = words.employment.starts
    for who, plan in (("sellers", words.employment.plan), ("managers", words.employment.manager_plan)):
        if plan is not None:
            _refuse_no_plan(ws, plan, starts, who=who)


def _refuse_no_plan(ws: Workspace, plan: str, starts: date, *, who: str) -> None:
    folder = PLAN.path.fill(plan=plan, effective="x").rpartition("/")[0]
    days = sorted(path.rpartition("/")[2].removesuffix(".yml") for path in ws.tip.paths(folder))
    if not days or days[0] > str(starts):
        raise RefusedError(
            f"The plan {plan}, which the mapping gives to {who} from {starts} on, is not in force on that day.",
            hint=f"Send plans/{plan}/{starts}.yml first, or name another plan in the mapping.",
        )


def _read_files(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The files that are there; the importer says which is missing."""
    if not folder.is_dir():
        raise RefusedError(f"{folder} is not a folder.", hint="Give the folder in which the export's files lie.")
    return {name: read_report(folder / name) for name in names if (folder / name).is_file()}


def _known(ws: Workspace) -> Known:
    """Every path of main in the rooms that an import writes to: one listing each, no look-up by record."""

    def account_of(alias: str) -> str | None:
        lock = ws.tip.get(ALIAS, alias=alias)
        return lock.account if lock else None

    return Known(frozenset(path for room in _ROOMS for path in ws.tip.paths(room)), account_of)


def _unfit(text: str) -> str:
    flaw = flaw_in(text)
    return flaw.sentence if flaw else "It holds a line break." if "\n" in text else ""


def _files(drafts: tuple[Draft, ...], label: str, progress: Progress) -> dict[str, bytes]:
    """The records as bytes. Raises RuntimeError, a bug, where one is not read back as it was meant."""
    files: dict[str, bytes] = {}
    for done, draft in enumerate(drafts):
        if done % _EVERY == 0:
            progress(label, done, len(drafts))
        path, kind = draft.path, draft.kind
        data = b"" if kind.pointer else bytes_of(kind, draft.value, path=path)
        place = place_of(path)
        if place is None or place.kind.name != kind.name or path in files:
            raise RuntimeError(f"the import would write {path}, which is no place of a {kind.name}, or twice")
        if parse(kind, data, path=path) != (draft.value,):
            raise RuntimeError(f"the import would write {path} otherwise than it would be read")
        files[path] = data
    progress(label, len(drafts), len(drafts))
    return files


def _parcel(title: str, files: dict[str, bytes]) -> Parcel:
    return Parcel("files", title, dict(files), {title: tuple(files)})
