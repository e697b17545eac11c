"""`salesrepo territory simulate`: how would a list of accounts spread over territories and holders?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from salesrepo.domain.kinds.account import ACCOUNT, DECIDING, Account
from salesrepo.errors import RefusedError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.territories.moves import holders_of
from salesrepo.flows.territories.now import Ground, ground_of, layers_of, snapshot_now
from salesrepo.importers.csv_rows import MOST_BYTES, Row, read_table
from salesrepo.store.model import problems, validate
from salesrepo.territory.facts import Reason, locate
from salesrepo.territory.placing import place_all

COLUMNS = ("account", "name", *DECIDING)
_NOBODY = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is no account: its line (the header's is 1) and a sentence."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Share:
    """What a territory or a node gets: accounts, their revenue together, and how many tell none.

    Of a territory, `holders` cover it; of a node, `shared` counts the accounts that others cover as well.
    """

    name: str
    accounts: int
    revenue: int
    unknown: int
    holders: tuple[str, ...] = ()
    shared: int = 0


@dataclass(frozen=True)
class Simulation:
    """The balance of one layer on a day; `nowhere` lie in no territory, `unused` are columns that say nothing here."""

    layer: str
    day: date
    territories: tuple[Share, ...]
    nodes: tuple[Share, ...]
    nowhere: tuple[str, ...]
    faults: tuple[Fault, ...]
    unused: tuple[str, ...]


def simulate(ws: Workspace, file: Path, *, day: date, layer: str) -> Simulation:
    """Place every account of a CSV file. Raises RefusedError for a file that cannot be read or names no accounts."""
    ground = ground_of(snapshot_now(ws))
    (one,) = layers_of(ground, layer)
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise RefusedError(f"{file} cannot be read: {error.strerror}.", hint="Check its name.") from None
    table = read_table(file.name, data, needed=("account",), remedy="call the column of the accounts so")
    accounts, faults = _accounts(ws, ground, table.rows)
    faults = sorted([*faults, *(Fault(bad.line, bad.sentence) for bad in table.bad)], key=lambda fault: fault.line)
    placed = place_all(ground.whole, accounts, layer=one, day=day, named=ground.named)
    territories = _by_territory(ground, placed, accounts, day)
    return Simulation(
        layer=one,
        day=day,
        territories=territories,
        nodes=_by_node(territories),
        nowhere=tuple(sorted(key for key, path in placed.items() if path is None)),
        faults=tuple(faults),
        unused=tuple(column for column in table.unused if column not in COLUMNS),
    )


def _accounts(ws: Workspace, ground: Ground, rows: tuple[Row, ...]) -> tuple[dict[str, Account], list[Fault]]:
    found: dict[str, Account] = {}
    faults: list[Fault] = []
    for row in rows:
        plain = {name: row.cells[name] for name in COLUMNS if row.cells.get(name)}
        plain = {"name": plain.get("account", ""), **plain, "added_by": ws.me, "added": ws.today.isoformat()}
        wrong = problems(ACCOUNT, plain)
        if wrong:
            faults.append(Fault(row.line, wrong[0][1]))
            continue
        account = validate(ACCOUNT, plain, path="")
        where = locate(account, ground.whole.codes)
        if isinstance(where, Reason):
            faults.append(Fault(row.line, f"{where.message}."))
        elif account.account in found:
            faults.append(Fault(row.line, f"{account.account} stands in an earlier row as well."))
        else:
            found[account.account] = account
    return found, faults


def _by_territory(
    ground: Ground, placed: Mapping[str, str | None], accounts: Mapping[str, Account], day: date
) -> tuple[Share, ...]:
    inside: dict[str, list[Account]] = defaultdict(list)
    for key, path in placed.items():
        if path is not None:
            inside[path].append(accounts[key])
    return tuple(
        Share(
            name=path,
            accounts=len(members),
            revenue=sum(one.revenue or 0 for one in members),
            unknown=sum(one.revenue is None for one in members),
            holders=holders_of(ground, path, day),
        )
        for path, members in sorted(inside.items())
    )


def _by_node(territories: tuple[Share, ...]) -> tuple[Share, ...]:
    """The shares of each holder; what two cover counts for both, and what nobody covers stands under no name."""
    found: dict[str, Share] = {}
    for one in territories:
        for node in one.holders or (_NOBODY,):
            known = found.get(node, Share(node, 0, 0, 0))
            found[node] = Share(
                name=node,
                accounts=known.accounts + one.accounts,
                revenue=known.revenue + one.revenue,
                unknown=known.unknown + one.unknown,
                shared=known.shared + (one.accounts if len(one.holders) > 1 else 0),
            )
    return tuple(found[node] for node in sorted(found))
