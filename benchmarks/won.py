"""The year of `history.py` as records in a bare repository: deals that are won, accounts, payees, their plan."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.history import PLAN_PATH, PLAN_TEXT, YEAR, Sale, sales
from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.deal import DEAL, Deal, DealCredit, DealLine, Move
from salesrepo.domain.kinds.node import NODE, Node, PlanTerm, RoleTerm
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.flows.init import Wanted, layout
from salesrepo.store.records import file_of
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.refs import move_ref
from salesrepo.vcs.transfer import init_bare

_BATCH = 10_000  # deals to a commit: what is held in memory while it is written
_FOUNDED = datetime(YEAR.year - 1, 12, 1, 9, tzinfo=UTC)


class Won(NamedTuple):
    """The repository, and main's tip."""

    git_dir: Path
    main: str


def build(folder: Path, count: int) -> Won:
    """Make the company in `folder/won.git`."""
    git_dir = folder / "won.git"
    init_bare(git_dir)
    wanted = Wanted(company="Bench Inc.", currency="EUR", time_zone="Europe/Berlin", node="olga", name="Olga Ops")
    tip = _write(git_dir, {**layout(wanted, forge_id="1", now=_FOUNDED), PLAN_PATH: PLAN_TEXT, **_organisation(count)})
    held = sales(count)
    while some := tuple(islice(held, _BATCH)):
        tip = _write(git_dir, dict(_records(some)), tip)
    move_ref(git_dir, "refs/heads/main", tip, None)
    return Won(git_dir, tip)


def _write(git_dir: Path, files: dict[str, bytes], parent: str | None = None) -> str:
    changes = {path: (FILE_MODE, data) for path, data in files.items()}
    (oid,) = write_commits(git_dir, [Draft(changes, "Records\n", int(_FOUNDED.timestamp()))], parent=parent)
    return oid


def _organisation(count: int) -> dict[str, bytes]:
    first, founded = YEAR.replace(day=1), _FOUNDED.date()
    files = dict([file_of(PRODUCT, Product(sku="pro", name="Pro", price="1000.00", currency="EUR"))])
    for number in range(max(1, count // 10)):
        roles = (RoleTerm(role="seller", starts=founded),)
        plans = (PlanTerm(plan="rep", starts=first),)
        node = Node(node=f"s-{number}", name=f"Seller {number}", forge_id=str(number + 10), roles=roles, plans=plans)
        files.update([file_of(NODE, node)])
    return files


def _records(some: Iterable[Sale]) -> Iterator[tuple[str, bytes]]:
    for sale in some:
        sold, holder = sale.signed, sale.payees[0]
        name = f"Acme {sale.number} Works"
        yield file_of(ACCOUNT, Account(account=sale.account, name=name, country="DE", added_by=holder, added=YEAR))
        price = f"{'-' if sale.amount < 0 else ''}{abs(sale.amount) // 100}.{abs(sale.amount) % 100:02}"
        yield file_of(
            DEAL,
            Deal(
                deal=sale.deal,
                account=sale.account,
                node=holder,
                stage="won",
                opened=YEAR,
                currency="EUR",
                lines=(DealLine(product="pro", quantity=1, price=price),),
                credits=tuple(
                    DealCredit(node=node, role="closer", share=share)
                    for node, share in zip(sale.payees, sale.shares, strict=True)
                ),
                signed=sold,
                order=f"PO-{sale.number}",
                source="fair",
                moves=(Move(stage="won", day=sold),),
            ),
        )
