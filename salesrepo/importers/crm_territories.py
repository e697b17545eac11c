"""What do the export's regional offices become: a territory for each, one for the rest, and who covers them?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT, NamedAccount
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.territory import TERRITORY, Coverage, Territory
from salesrepo.importers.crm_people import People, Seller
from salesrepo.importers.job import Draft, Job
from salesrepo.importers.slugs import distinct


@dataclass(frozen=True)
class Map:
    """The territory of each office by its name, and the territories to be written."""

    by_office: Mapping[str, str]
    drafts: tuple[Draft, ...]


def draw_territories(job: Job, people: People) -> Map:
    """A leaf without rules for each office (it has its named accounts), and the group's residual for every seller.

    They begin on the day of the import: since when the offices exist, the export does not say.
    """
    offices = job.mapping.offices
    folder = "/".join(filter(None, (offices.within, offices.group)))
    sellers = tuple(people.by_name.values())
    names = list(dict.fromkeys(seller.office for seller in sellers))
    ids = distinct(names, taken=(offices.group, offices.residual))
    leaves = [
        Territory(
            territory=f"{folder}/{ids[name]}",
            name=name,
            layer=job.mapping.layer,
            starts=job.terms.day,
            coverage=_coverage(job, [seller for seller in sellers if seller.office == name]),
        )
        for name in names
    ]
    group = Territory(territory=f"{folder}/{offices.group}", name=offices.name, kind="group", starts=job.terms.day)
    rest = Territory(
        territory=f"{folder}/{offices.residual}",
        name=offices.residual_name,
        kind="residual",
        layer=job.mapping.layer,
        starts=job.terms.day,
        coverage=_coverage(job, sellers),
    )
    drafts: list[Draft] = []
    for territory in (group, *leaves, rest) if leaves else ():
        added = list(job.fresh(TERRITORY, territory))
        drafts.extend(added)
        if not added:
            _remark_newcomers(job, territory)
    return Map({leaf.name: leaf.territory for leaf in leaves}, tuple(drafts))


def name_account(job: Job, account: str, territory: str) -> Iterable[Draft]:
    """The lock that gives an account to a territory from the day of the import on."""
    lock = NamedAccount(account=account, layer=job.mapping.layer, territory=territory, starts=job.terms.day)
    return job.fresh(NAMED_ACCOUNT, lock)


def _coverage(job: Job, sellers: Iterable[Seller]) -> tuple[Coverage, ...]:
    role = job.mapping.offices.role
    return tuple(Coverage(role=role, node=seller.node, starts=job.terms.day) for seller in sellers)


def _remark_newcomers(job: Job, territory: Territory) -> None:
    """A territory that is there already is not edited: whoever is new has to be added to it by hand."""
    nodes = (cover.node for cover in territory.coverage)
    new = sum(NODE.path.fill(node=node) not in job.known.paths for node in nodes)
    if new:
        sentence = f"new seller to be added to the coverage of {territory.territory}, which is there already"
        job.remark(job.mapping.people.file, sentence, rows=new)
