"""A company of any size in a bare repository: what `init` lays out, with accounts, claims and open deals on top."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.identity import name_key
from salesrepo.domain.kinds.account import ACCOUNT, Account, Confirmation
from salesrepo.domain.kinds.activity import ACTIVITY, Activity
from salesrepo.domain.kinds.alias import ALIAS, Alias
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import (
    DEAL,
    Answer,
    Contact,
    Deal,
    DealCredit,
    DealLine,
    Evidence,
    Move,
    Qualification,
)
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD, DealHold
from salesrepo.domain.kinds.hold import HOLD, Hold
from salesrepo.domain.kinds.node import NODE, Node, RoleTerm
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.kinds.territory import Coverage, Territory, territory_file
from salesrepo.domain.kinds.user import USER, User
from salesrepo.domain.ulid import new_ulid
from salesrepo.flows.here.place import Desk, Identity
from salesrepo.flows.here.workspace import SEEN_MAIN, Workspace
from salesrepo.flows.init import Wanted, layout
from salesrepo.store.emit import emit, emit_document
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.refs import move_ref
from salesrepo.vcs.transfer import init_bare

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
FOUNDED = date(2026, 1, 5)
SPOKEN = date(2026, 2, 20)  # with every customer, so that no deal needs anybody
FILES_OF_AN_ACCOUNT = 6  # account, alias of its name, claim and its pointer, open deal and its pointer
MAINTAINER, SELLER = "olga", "ana"
_IDS = {MAINTAINER: "1", SELLER: "2"}
_SELLERS = 200  # who hold the rest
_ASKED = ("goal", "challenges", "plan", "timeline")
_BATCH = 20_000  # accounts to a commit: what is held in memory while it is written


@dataclass(frozen=True)
class Company:
    """The repository, main's tip, and a proposal of one seller's that changes `changed` open deals."""

    git_dir: Path
    main: str
    head: str
    changed: int
    actor_id: str = _IDS[SELLER]

    def workspace(self) -> Workspace:
        """The maintainer's view of main. The caller closes it."""
        return Workspace(Desk(root=self.git_dir.parent, git_dir=self.git_dir, now=NOW))


def build(folder: Path, accounts: int, *, changed: int = 5) -> Company:
    """Make the company in `folder/company.git`; the seller's proposal moves `changed` of their deals on."""
    git_dir = folder / "company.git"
    init_bare(git_dir)
    tip = _write(git_dir, {**_organisation(accounts), **_log(changed)}, None)
    for first in range(0, accounts, _BATCH):
        numbers = range(first, min(first + _BATCH, accounts))
        tip = _write(git_dir, dict(file for number in numbers for file in _of_account(number, accounts, changed)), tip)
    move_ref(git_dir, "refs/heads/main", tip, None)
    move_ref(git_dir, SEEN_MAIN, tip, None)
    head = _write(git_dir, dict(file_of(DEAL, _offered(number)) for number in range(changed)), tip)
    identity = Identity(node=MAINTAINER, forge_id=_IDS[MAINTAINER], forge="local", place=str(folder))
    Desk(root=folder, git_dir=git_dir, now=NOW).remember(identity)
    return Company(git_dir, tip, head, changed)


def _write(git_dir: Path, files: dict[str, bytes], parent: str | None) -> str:
    changes = {path: (FILE_MODE, data) for path, data in files.items()}
    (oid,) = write_commits(git_dir, [Draft(changes, "Records\n", int(NOW.timestamp()))], parent=parent)
    return oid


def _organisation(accounts: int) -> dict[str, bytes]:
    wanted = Wanted(company="Bench Inc.", currency="EUR", time_zone="Europe/Berlin", node=MAINTAINER, name="Olga Ops")
    founded = datetime(FOUNDED.year, FOUNDED.month, FOUNDED.day, 9, tzinfo=UTC)
    files = layout(wanted, forge_id=_IDS[MAINTAINER], now=founded)
    files.update([file_of(PRODUCT, Product(sku="pro", name="Pro", price="1000.00", currency="EUR"))])
    sellers = {SELLER: _IDS[SELLER]} | {_seller(n): str(n + 10) for n in range(min(_SELLERS, accounts))}
    for node, forge_id in sellers.items():
        roles = (RoleTerm(role="seller", starts=FOUNDED),)
        files.update([file_of(NODE, Node(node=node, name=node.title(), forge_id=forge_id, roles=roles))])
        files.update([file_of(USER, User(forge_id=forge_id, node=node))])
    coverage = tuple(Coverage(role="open_seller", node=node, starts=FOUNDED) for node in sellers)
    market = Territory(territory="world/open", name="Open market", kind="residual", starts=FOUNDED, coverage=coverage)
    return {**files, territory_file(market.territory): emit(to_plain(market))}


def _seller(number: int) -> str:
    return f"seller-{number % _SELLERS}"


def _of_account(number: int, accounts: int, changed: int) -> Iterator[tuple[str, bytes]]:
    key, node = _key(number), SELLER if number < changed else _seller(number)
    name = f"Acme {number} Works"
    alias = name_key(name, "DE")
    yield file_of(
        ACCOUNT,
        Account(
            account=key,
            name=name,
            country="DE",
            postal=f"{number % 100_000:05}",
            industry="5415",
            employees=10 + number % 5000,
            aliases=(alias,),
            added_by=node,
            added=FOUNDED,
            confirmed=Confirmation(by=MAINTAINER, day=FOUNDED, how="review"),
        ),
    )
    yield file_of(ALIAS, Alias(alias=alias, account=key))
    yield file_of(
        CLAIM,
        Claim(
            account=key,
            layer="core",
            status="held",
            holder=node,
            territory="world/open",
            since=FOUNDED,
            renewed=SPOKEN,
            until=date(2026, 5, 21),
        ),
    )
    yield file_of(HOLD, Hold(node=node, account=key, layer="core"))
    deal = _deal(number, node)
    yield file_of(DEAL, deal)
    yield file_of(DEAL_HOLD, DealHold(node=node, account=key, deal=deal.deal))


def _key(number: int) -> str:
    return f"d-acme-{number}.example"


def _deal(number: int, node: str) -> Deal:
    key = _key(number)
    return Deal(
        deal=f"{key}-1",
        account=key,
        node=node,
        stage="connected",
        opened=FOUNDED,
        currency="EUR",
        lines=(DealLine(product="pro", quantity=1 + number % 9, price="1000.00"),),
        credits=(DealCredit(node=node, role="closer", share="100%"),),
        closes=date(2026, 6, 30),
        source="fair",
        moves=(Move(stage="lead", day=FOUNDED), Move(stage="connected", day=SPOKEN)),
        contacts=(Contact(contact="c-7h2", role="champion"),),
        qualification=Qualification(fields={name: Answer(text="They said so.") for name in _ASKED}),
        note="They want to start with one team and see.",
    )


def _offered(number: int) -> Deal:
    """The deal a stage further, for what the seller's log shows."""
    deal = _deal(number, SELLER)
    shown = Evidence(day=TODAY, id=_ulid(number))
    return replace(deal, stage="discovery", moves=(*deal.moves, Move(stage="discovery", day=TODAY, evidence=(shown,))))


def _log(shown: int) -> dict[str, bytes]:
    """The seller's log of the day: as many calls as deals move."""
    path = ACTIVITY.path.fill(node=SELLER, year="2026", month="03", day="02", stream=_ulid(0))
    held = (
        Activity(
            id=_ulid(number),
            at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}",
            day=TODAY,
            type="call",
            account=_key(number),
            outcome="connected",
        )
        for number in range(shown)
    )
    return {path: b"".join(emit_document(to_plain(activity)) for activity in held)}


def _ulid(number: int) -> str:
    return new_ulid(int(NOW.timestamp() * 1000), number.to_bytes(10, "big"))
