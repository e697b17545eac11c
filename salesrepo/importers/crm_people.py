"""What does the export's list of sellers become: nodes with roles, managers, a plan, and who is in which office?"""

from collections.abc import Mapping
from dataclasses import dataclass

from salesrepo.domain.kinds.node import NODE, ManagerTerm, Node, PlanTerm, RoleTerm
from salesrepo.importers.cells import text_of
from salesrepo.importers.csv_rows import Row, Table
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.job import Draft, Job
from salesrepo.importers.mapping import Employment
from salesrepo.importers.slugs import distinct


@dataclass(frozen=True, slots=True)
class Seller:
    """A seller of the export: the node, and the names of manager and office."""

    node: str
    name: str
    manager: str
    office: str


@dataclass(frozen=True)
class People:
    """Sellers by the name that deals give them, in the order of the file, and the nodes to be written."""

    by_name: Mapping[str, Seller]
    drafts: tuple[Draft, ...]


def read_people(job: Job, table: Table) -> People:
    """Sellers and managers of the export. A node that is there already stays as it is."""
    columns = job.mapping.people
    rows: dict[str, tuple[str, str]] = {}
    for row in job.rows(table, columns.seller, (columns.seller, columns.manager, columns.office)):
        try:
            name = _name(job, row)
            if name in rows:
                raise RowFault("duplicate", f"{shown(name)} stands in an earlier row.")
            rows[name] = _posting(row, job)
        except RowFault as why:
            job.fault(table.name, row, columns.seller, why)
    managers = {manager: None for manager, _ in rows.values() if manager not in rows}
    ids = distinct([*rows, *managers])
    for name, node in ids.items():
        if node != (wanted := distinct([name])[name]):
            job.remark(table.name, f"{wanted} is two people's short name: {name} is {node}")
    sellers = {name: Seller(ids[name], name, *posting) for name, posting in rows.items()}
    drafts: list[Draft] = []
    for name, seller in sellers.items():
        record = _seller(job, seller, ids, leads=any(name == other.manager for other in sellers.values()))
        job.settle(table.name, NODE.path_of(record))
        drafts.extend(job.fresh(NODE, record))
    for name in managers:
        terms = job.mapping.employment
        role = RoleTerm(role=terms.manager, starts=terms.starts)
        plans = _plans(terms, terms.manager_plan)
        drafts.extend(job.fresh(NODE, Node(node=ids[name], name=name, roles=(role,), plans=plans)))
    return People(sellers, tuple(drafts))


def _name(job: Job, row: Row) -> str:
    columns = job.mapping.people
    return text_of(job.correct(columns.file, columns.seller, row.cells[columns.seller], by="seller"), columns.seller)


def _posting(row: Row, job: Job) -> tuple[str, str]:
    """Names of the manager and the office."""
    columns = job.mapping.people
    manager = job.correct(columns.file, columns.manager, row.cells[columns.manager], by="seller")
    return text_of(manager, columns.manager), text_of(row.cells[columns.office], columns.office)


def _seller(job: Job, seller: Seller, ids: Mapping[str, str], *, leads: bool) -> Node:
    terms = job.mapping.employment
    roles = (terms.seller, terms.manager) if leads else (terms.seller,)
    alone = seller.manager == seller.name
    return Node(
        node=seller.node,
        name=seller.name,
        roles=tuple(RoleTerm(role=role, starts=terms.starts) for role in roles),
        managers=() if alone else (ManagerTerm(node=ids[seller.manager], starts=terms.starts),),
        plans=_plans(terms, terms.plan),
    )


def _plans(terms: Employment, plan: str | None) -> tuple[PlanTerm, ...]:
    return (PlanTerm(plan=plan, starts=terms.starts),) if plan else ()
