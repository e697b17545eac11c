"""A CRM's export in miniature, and the plan that is made of it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from salesrepo.domain.kinds.policy_claims import ClaimsPolicy
from salesrepo.domain.kinds.policy_pricing import PricingPolicy
from salesrepo.importers.crm_csv import files_of, plan_import
from salesrepo.importers.job import Draft, ImportPlan, Known, Terms, plain_text
from salesrepo.importers.mapping import IMPORT_MAPPING, CrmMapping
from salesrepo.importers.report import Report
from salesrepo.resources import resource
from salesrepo.store.snapshot import parse

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "crm-sales-opportunities"
DAY = date(2018, 1, 2)

HEADS = {
    "products.csv": "product,series,sales_price",
    "sales_teams.csv": "sales_agent,manager,regional_office",
    "accounts.csv": "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
    "sales_pipeline.csv": ("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"),
}
ROWS = {
    "products.csv": ("GTX Basic,GTX,550", "GTX Pro,GTX,4821"),
    "sales_teams.csv": ("Ana Lima,Mia Moss,East", "Ben Oduya,Mia Moss,West"),
    "accounts.csv": ("Acme Corporation,retail,1996,1100.04,2822,United States,",),
    "sales_pipeline.csv": ("ID1,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550",),
}
DEALS = "sales_pipeline.csv"


def shipped() -> CrmMapping:
    path = resource("templates") / "importers" / "crm-csv.yml"
    return parse(IMPORT_MAPPING, path.read_bytes(), path=path.name)[0]


MAPPING = shipped()


def terms(day: date = DAY, floor: str = "90%", customer_days: int | None = None) -> Terms:
    claims = ClaimsPolicy(days=90, name_key_days=14, review_days=3, meaningful=(), customer_days=customer_days)
    return Terms(importer="olga", day=day, claims=claims, pricing=PricingPolicy(floor=floor))


def export(changed: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, bytes]:
    """The files; rows of `changed` replace a file's own."""
    rows = {**ROWS, **(changed or {})}
    return {name: ("\n".join([HEADS[name], *rows[name]]) + "\n").encode(errors="surrogateescape") for name in rows}


def deals(*rows: str) -> dict[str, tuple[str, ...]]:
    return {DEALS: rows}


def planned(
    changed: Mapping[str, tuple[str, ...]] | None = None,
    *,
    known: Known | None = None,
    day: date = DAY,
    mapping: CrmMapping = MAPPING,
    unfit: Callable[[str], str] = plain_text,
) -> ImportPlan:
    return plan_import(export(changed), mapping, terms=terms(day), known=known or Known(), unfit=unfit)


def example() -> dict[str, bytes]:
    return {name: (EXAMPLE / name).read_bytes() for name in files_of(MAPPING)}


def drafts(plan: ImportPlan) -> tuple[Draft, ...]:
    return (*plan.organisation, *plan.history)


def of(plan: ImportPlan, kind: str) -> list[Any]:
    """The values of one kind, in the order in which they were planned."""
    return [draft.value for draft in drafts(plan) if draft.kind.name == kind]


def after(plan: ImportPlan) -> Known:
    """What the repository holds once a plan has been accepted."""
    return Known(frozenset(draft.path for draft in drafts(plan)))


def reasons(report: Report, file: str = DEALS) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in report.rows if row.file == file]


def counts(report: Report, file: str = DEALS) -> tuple[int, int, int, int]:
    """Read, placed, already there, reported."""
    found = report.of(file)
    return found.read, found.placed, found.there, found.reported
