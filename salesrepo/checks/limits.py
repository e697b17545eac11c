"""How many claims may a node hold and take, by what it has shown that it can do?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.kinds.cert import CERT
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy, Limit
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.lease import WEEK
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import shard
from salesrepo.domain.snapshot import Snapshot

DEFAULT = "default"
TEAM = "team"

_DAY = timedelta(days=1)
_Taken = tuple[date, str, str]


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


def let_go(snapshot: Snapshot, node: str, day: date) -> Iterator[_Taken]:
    """What a node took in the seven days up to a day, or in the six after it, and has let go of since."""
    for offset in range(1 - WEEK.days, WEEK.days):
        taken = day + offset * _DAY
        folder = TAKING.path.fill(node=node, day=taken.isoformat(), account="x", layer="x").rpartition("/")[0]
        for place in filter(None, map(place_of, snapshot.paths(folder))):
            yield taken, place.ids["account"], place.ids["layer"]


def over_limits(ctx: CheckContext, snapshot: Snapshot, claim: Claim) -> Iterator[tuple[str, str]]:
    """Why its holder takes this claim no more, beside what they hold at `snapshot`: a sentence and the next step each.

    Their claims are read only where they have as many pointers as the lowest limit.
    """
    policy, node = ctx.claims_policy, ctx.tip.get(NODE, node=claim.holder)
    found = limit_of(ctx.tip, node, policy, ctx.today) if node and policy.limits else None
    level, limit = found or (DEFAULT, None)
    reserved = policy.reserve.most if policy.reserve and claim.standing == "reserved" else None
    caps = [cap for cap in _caps(limit, reserved) if cap is not None]
    own = (claim.account, claim.layer)
    pointers = [pointer for pointer in pointers_of(snapshot, claim.holder) if pointer != own]
    hasty = limit is not None and (limit.per_day or limit.per_week) is not None
    gone = {*let_go(snapshot, claim.holder, claim.since)} if hasty else set()
    if not caps or len(pointers) + len(gone) < min(caps):
        return
    held = (*claims_at(snapshot, pointers, claim.holder, ctx.today), claim)
    who = ctx.who(claim.holder)
    if limit is not None:
        yield from _over(who, level, limit, claim, held, gone)
    if reserved is not None and (open_ := sum(one.standing == "reserved" for one in held)) > reserved:
        message = f"{who} would have {open_} reserved claims; {reserved} are the most."
        yield message, "Log a conversation with one of them, or claim with --evidence."


def _caps(limit: Limit | None, reserved: int | None) -> tuple[int | None, ...]:
    return (reserved, limit.open, limit.per_day, limit.per_week) if limit else (reserved,)


def _over(
    who: str, level: str, limit: Limit, claim: Claim, held: Sequence[Claim], gone: Iterable[_Taken]
) -> Iterator[tuple[str, str]]:
    grade = "without a certificate" if level == DEFAULT else f"for {level}"
    open_ = sum(one.standing != "customer" for one in held)
    if open_ > limit.open:
        message = f"{who} would hold {open_} open claims; {limit.open} are the most {grade}."
        yield message, "Release one that you do not work on: sr status lists them."
    kept = ((one.since, one.account, one.layer) for one in held if one.imported is None)
    days = [day for day, _, _ in {*kept, *gone}]
    today = days.count(claim.since)
    if limit.per_day is not None and today > limit.per_day:
        message = f"{who} would have taken {today} claims on {claim.since}; {limit.per_day} a day are the most {grade}."
        yield message, "Claim it tomorrow."
    week = _fullest_week(days, claim.since)
    if limit.per_week is not None and len(week) > limit.per_week:
        message = f"{who} would have taken {len(week)} claims in seven days; {limit.per_week} are the most {grade}."
        yield message, f"Claim it from {min(week) + WEEK} on."


def _fullest_week(days: Sequence[date], day: date) -> list[date]:
    """Of the seven days in a row around a day those on which most was taken, whichever came first."""
    ends = {day, *(other for other in days if day < other < day + WEEK)}
    weeks = ([other for other in days if end - WEEK < other <= end] for end in sorted(ends))
    return max(weeks, key=len)


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
