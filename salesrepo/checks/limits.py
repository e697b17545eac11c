"""How many claims may a node hold and take, by what it has shown that it can do?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from salesrepo.domain.kinds.cert import CERT
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy, Limit
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import shard
from salesrepo.domain.snapshot import Snapshot

DEFAULT = "default"
TEAM = "team"


def level_of(snapshot: Snapshot, node: str, policy: ClaimsPolicy, day: date) -> str:
    """The best level of a node's certificates that hold on a day; `default` without any."""
    folder = CERT.path.fill(node=node, module="x").rpartition("/")[0]
    held = {cert.level for _, cert in snapshot.all(CERT, folder) if cert.holds(day)}
    return next((level for level in reversed(policy.levels) if level in held), DEFAULT)


def limit_of(snapshot: Snapshot, node: Node, policy: ClaimsPolicy, day: date) -> tuple[str, Limit] | None:
    """The limit that a node has, and what it is called; None where policy sets none.

    A level without a limit of its own has that of the next lower one.
    """
    if node.kind == "team" and TEAM in policy.limits:
        return TEAM, _for_all(snapshot, node, policy.limits[TEAM], day)
    level = level_of(snapshot, node.node, policy, day)
    ranks = (DEFAULT, *policy.levels)
    for name in reversed(ranks[: ranks.index(level) + 1]):
        if name in policy.limits:
            return name, policy.limits[name]
    return None


def pointers_of(snapshot: Snapshot, node: str) -> tuple[tuple[str, str], ...]:
    """Account and layer of each claim that a node's pointers name: one listing of its own folder."""
    places = (place_of(path) for path in snapshot.paths(f"holds/{shard(node)}/{node}"))
    return tuple((p.ids["account"], p.ids["layer"]) for p in places if p and p.kind.name == HOLD.name)


def claims_at(snapshot: Snapshot, pointers: Iterable[tuple[str, str]], node: str, day: date) -> tuple[Claim, ...]:
    """The claims at these places that the node holds and that have not lapsed."""
    found = (snapshot.get(CLAIM, account=account, layer=layer) for account, layer in pointers)
    return tuple(c for c in found if c and (c.status, c.holder) == ("held", node) and c.until >= day)


def _for_all(snapshot: Snapshot, team: Node, limit: Limit, day: date) -> Limit:
    """A team's limit for all of its members, the nodes that report to it; an empty team counts as one."""
    if not limit.by_member:
        return limit
    nodes = (node for _, node in snapshot.all(NODE, "nodes"))
    size = max(1, sum(node.works_on(day) and node.manager_on(day) == team.node for node in nodes))
    return replace(
        limit,
        open=limit.open * size,
        per_day=limit.per_day and limit.per_day * size,
        per_week=limit.per_week and limit.per_week * size,
    )
