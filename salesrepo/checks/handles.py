"""How does a seller call an account and a deal, among all that they hold?"""

from collections.abc import Iterable

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.holding import handle_of, lead_among
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.record import shard
from salesrepo.domain.snapshot import Snapshot


def accounts_of(records: Snapshot, node: str) -> frozenset[str]:
    """The accounts on which a node has a claim or an open deal: one look into its own folder."""
    folder = f"holds/{shard(node)}/{node}"
    rests = (path.removeprefix(f"{folder}/") for path in records.paths(folder))
    return frozenset(rest.partition("/")[0] if "/" in rest else rest.rpartition(".")[0] for rest in rests)


def handle_in(records: Snapshot, deal: Deal, more: Iterable[str] = ()) -> str:
    """The handle of a deal among all that its node holds (and `more` accounts): `acme/2`, else `acme.com/2`."""
    return handle_of(deal.account, deal.deal, accounts_of(records, deal.node).union(more))


def called(ctx: CheckContext, deal: Deal) -> str:
    """The handle of a deal among all that its node holds after the change."""
    return handle_of(deal.account, deal.deal, _known(ctx, deal.node))


def lead_called(ctx: CheckContext, deal: Deal) -> str:
    """The few letters by which a deal's node means its account, and no other of its own."""
    return lead_among(deal.account, _known(ctx, deal.node))


def _known(ctx: CheckContext, node: str) -> frozenset[str]:
    key = f"accounts of {node}"
    found = ctx.memo.get(key)
    if not isinstance(found, frozenset):
        ctx.memo[key] = found = accounts_of(ctx.result, node)
    return found
