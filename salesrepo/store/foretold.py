"""Which records will the rules look up for a change? Fetched together, they cost a few questions to Git."""

from collections.abc import Iterable

from salesrepo.domain.change import PathChange
from salesrepo.domain.change_set import ChangeSet
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.claim import CLAIM, DEFAULT_LAYER
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.product import PRODUCT
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.kinds.territory import territory_file
from salesrepo.domain.paths import place_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree

MOST = 500  # an import asks for its records in an order of its own
_TABLES = tuple(kind.path.text for kind in KINDS if not kind.path.slots)


def foresee(tip: RecordSnapshot, changes: Iterable[PathChange]) -> None:
    """Read what the rules will probably ask main's tip for. Changes nothing but how long they take."""
    _fetch(tip, (path for change in changes for path in _around(change)), also=_TABLES)


def foresee_named(tip: RecordSnapshot, changes: ChangeSet) -> None:
    """As `foresee`, for what the changed records name: they have been read by now."""
    deals = (path for _, deal in changes.readable(DEAL) for path in _named_by(deal))
    claims = (
        path
        for _, claim in changes.readable(CLAIM)
        for path in (
            HOLD.path.fill(node=claim.holder, account=claim.account, layer=claim.layer),
            NODE.path.fill(node=claim.holder),
            territory_file(claim.territory),
        )
    )
    _fetch(tip, (*deals, *claims))


def _fetch(tip: RecordSnapshot, wanted: Iterable[str], *, also: tuple[str, ...] = ()) -> None:
    paths = tuple(dict.fromkeys(wanted))
    if paths and len(paths) <= MOST and isinstance(tip.tree, CommitTree):
        tip.tree.foresee((*also, *paths))


def _around(change: PathChange) -> Iterable[str]:
    place = place_of(change.path)
    if place is None:
        return
    yield change.path
    account, node = place.ids.get("account"), place.ids.get("node")
    if account:
        yield ACCOUNT.path.fill(account=account)
        yield CLAIM.path.fill(account=account, layer=place.ids.get("layer", DEFAULT_LAYER))
    if node:
        yield NODE.path.fill(node=node)


def _named_by(deal: Deal) -> Iterable[str]:
    yield DEAL_HOLD.path.fill(node=deal.node, account=deal.account, deal=deal.deal)
    yield CLAIM.path.fill(account=deal.account, layer=deal.layer)
    for node in (deal.node, *(credit.node for credit in deal.credits)):
        yield NODE.path.fill(node=node)
    for line in deal.lines:
        yield PRODUCT.path.fill(sku=line.product)
    for shown in deal.moves[-1].evidence if deal.moves else ():
        year, month, day = shown.day.isoformat().split("-")
        yield ACTIVITY.path.fill(node=shown.node or deal.node, year=year, month=month, day=day, stream=shown.id)
