"""Which territories are there now: those of main, with what is noted or edited here laid over them?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT, NamedAccount
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY, TerritoryPolicy
from salesrepo.domain.kinds.territory import TERRITORY
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.ahead import Ahead
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import OverlayTree, overlay_bytes
from salesrepo.territory.area import areas
from salesrepo.territory.atlas import Atlas, atlas
from salesrepo.territory.codes import codes_of
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.worktree import worktree_changes

FOLDER = "territories"
POLICY = TERRITORY_POLICY.path.text


@dataclass(frozen=True)
class Ground:
    """The territories at one moment, their policy, and the accounts that are named for one."""

    whole: Atlas
    policy: TerritoryPolicy
    named: tuple[NamedAccount, ...]


def is_border(path: str) -> bool:
    """Whether a file says where a territory lies, or what its codes mean."""
    return path == POLICY or path.startswith(f"{FOLDER}/")


def edits(ws: Workspace) -> Mapping[str, bytes | None]:
    """The files of territories and of their policy that are noted or edited here and not accepted yet."""
    noted = {path: data for path, data in ws.outbox.contents().items() if is_border(path)}
    return {**noted, **worktree_changes(ws.desk.root, wanted=is_border)}


def snapshot_now(ws: Workspace) -> RecordSnapshot:
    """Main as last seen, with the edits of territories laid over it."""
    return RecordSnapshot(overlay_bytes(_ahead(ws.tip, ws.objects, FOLDER), edits(ws)), ws.main)


def ground_of(snapshot: RecordSnapshot) -> Ground:
    """The territories of a snapshot. Raises RefusedError without a policy, RecordError for a broken file."""
    policy = snapshot.get(TERRITORY_POLICY)
    if policy is None:
        raise RefusedError(f"{POLICY} is missing from the company's records.", hint="Write it, then try again.")
    whole = atlas(areas((value for _, value in snapshot.all(TERRITORY, FOLDER)), codes_of(policy)))
    named = tuple(lock for _, lock in snapshot.all(NAMED_ACCOUNT, f"{FOLDER}/named"))
    return Ground(whole, policy, named)


def accounts_of(ws: Workspace) -> dict[str, Account]:
    """Every account of main, by key."""
    snapshot = RecordSnapshot(_ahead(ws.tip, ws.objects, "accounts"), ws.main)
    return {account.account: account for _, account in snapshot.all(ACCOUNT, "accounts")}


def layers_of(ground: Ground, layer: str) -> Iterator[str]:
    """The layer that was asked for, or every one. Raises UsageError for one that the policy lacks."""
    if layer and layer not in ground.policy.layers:
        raise UsageError(f"There is no layer {layer}.", hint=f"Choose one of: {', '.join(ground.policy.layers)}.")
    yield from (layer,) if layer else ground.policy.layers


def _ahead(snapshot: RecordSnapshot, objects: Objects, folder: str) -> OverlayTree:
    """The snapshot's tree, which reads what lies in a folder in a few questions to Git."""
    files = dict(snapshot.tree.list(folder))
    return OverlayTree(snapshot.tree, dict(files), Ahead(objects, (blob.oid for blob in files.values())))
