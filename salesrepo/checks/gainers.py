"""Whom does a deal pay: those it credits, and those whose plans pay them on what others sell?

Managers, those who brought a colleague, teams with their members, and whoever holds the account where policy gives it a
role. Somebody above counts only where their plan asks for such credit; a plan that cannot be read counts.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from salesrepo.checks.rule import CheckContext
from salesrepo.checks.witness import with_members
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.plan import PLAN, Plan
from salesrepo.domain.kinds.policy_credits import CREDITS_POLICY
from salesrepo.domain.period import version_on
from salesrepo.errors import RecordError

_MOST_LEVELS = 20


def gainers(ctx: CheckContext, deals: Iterable[Deal]) -> set[str]:
    """Everybody whom these deals may pay."""
    found: set[str] = set()
    for deal in deals:
        own = {deal.node, *(credit.node for credit in deal.credits), *_of_account(ctx, deal)}
        day = deal.signed or ctx.today
        found |= own
        for node in own:
            found |= set(_above(ctx, node, day))
    return set(with_members(ctx, found))


def asks_for(ctx: CheckContext, node: str, day: date, *, of: str = "", event: str = "") -> bool:
    """Whether a node's plan pays on credit `of` others, or on an `event`; a plan that cannot be read counts as one."""
    known = ctx.tip.get(NODE, node=node)
    name = known.plan_on(day) if known else None
    if name is None:
        return False
    plan = _version(ctx, name, day)
    if plan is None:
        return True
    return any(of in ("", m.credit.of) and event in ("", m.event) for m in plan.measures.values())


def _of_account(ctx: CheckContext, deal: Deal) -> set[str]:
    policy = ctx.tip.get(CREDITS_POLICY)
    claim = ctx.tip.get(CLAIM, account=deal.account, layer=deal.layer) if policy and policy.of_account else None
    return {claim.holder} if claim else set()


def _above(ctx: CheckContext, node: str, day: date) -> Iterator[str]:
    known = ctx.tip.get(NODE, node=node)
    if known is None:
        return
    chains = (("reports", _chain(ctx, known, "manager", day)), ("referred", _chain(ctx, known, "referrer", day)))
    for of, chain in chains:
        yield from (name for name in chain if asks_for(ctx, name, day, of=of))
    yield from (term.team for term in known.teams_on(day) if asks_for(ctx, term.team, day, of="members"))


def _chain(ctx: CheckContext, node: Node, by: str, day: date) -> Iterator[str]:
    met = {node.node}
    known: Node | None = node
    while known is not None and len(met) <= _MOST_LEVELS:
        found = known.manager_on(day) if by == "manager" else known.referred_by
        if found is None or found in met:
            return
        yield found
        met.add(found)
        known = ctx.tip.get(NODE, node=found)


def _version(ctx: CheckContext, name: str, day: date) -> Plan | None:
    """The version of a plan in force on a day; None where there is none, or it cannot be read."""
    days = (ids["effective"] for path in ctx.tip.paths(f"plans/{name}") if (ids := PLAN.path.match(path)))
    try:
        start = version_on([date.fromisoformat(text) for text in days], day)
        return ctx.tip.get(PLAN, plan=name, effective=start.isoformat()) if start else None
    except (RecordError, ValueError):
        return None
