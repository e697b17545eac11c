"""Which records will the rules look up for a change? Fetched together, they cost a few questions to Git."""

from collections.abc import Iterable

from salesrepo.domain.change import PathChange
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM, DEFAULT_LAYER
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.paths import place_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree

MOST = 500  # an import asks for its records in an order of its own
_TABLES = tuple(kind.path.text for kind in KINDS if not kind.path.slots)


def foresee(tip: RecordSnapshot, changes: Iterable[PathChange]) -> None:
    """Read what the rules will probably ask main's tip for. Changes nothing but how long they take."""
    paths = tuple(dict.fromkeys(path for change in changes for path in _around(change)))
    if isinstance(tip.tree, CommitTree) and len(paths) <= MOST:
        tip.tree.foresee((*_TABLES, *paths))


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
