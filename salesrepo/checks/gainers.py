"""Whom does a deal pay: those it credits, and those whose plans pay them on what others sell?

Managers, those who brought a colleague, teams with their members, and whoever holds the account where policy gives it a
role. Somebody above counts only where their plan asks for such credit; a plan that cannot be read counts. A deal pays
on the day of the signature and on days since, as billing comes in: who stands above on any of them counts.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from salesrepo.checks.rule import CheckContext
from salesrepo.checks.witness import with_members
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.node import NODE, ManagerTerm, PlanTerm, TeamTerm
from salesrepo.domain.kinds.pay_terms import paid_node
from salesrepo.domain.kinds.plan import PLAN, Plan
from salesrepo.domain.kinds.policy_credits import CREDITS_POLICY
from salesrepo.domain.period import version_on
from salesrepo.domain.private_pay import knows_pay
from salesrepo.errors import RecordError

_MOST_LEVELS = 20


def gainers(ctx: CheckContext, deals: Iterable[Deal], *, days: Iterable[date] = ()) -> set[str]:
    """Everybody whom these deals may pay, from the signature, or the first of `days`, up to today."""
    found: set[str] = set()
    told = tuple(days)
    first = ctx.today
    for deal in deals:
        since = min((deal.signed or ctx.today, *told, ctx.today))
        first = min(first, since)
        own = {deal.node, *(credit.node for credit in deal.credits), *_of_account(ctx, deal)}
        found |= own
        for node in own:
            found |= paid_by(ctx, node, since)
    return set(with_members(ctx, found, first))


def paid_by(ctx: CheckContext, node: str, since: date) -> set[str]:
    """Those above a node, on any day from `since` up to today, whose plans pay them on what it sells; teams too."""
    known = ctx.tip.get(NODE, node=node)
    if known is None:
        return set()
    found = {name for name in managers_of(ctx, node, since) if asks_for(ctx, name, since, of="reports")}
    found |= {name for name in _referrers(ctx, node) if asks_for(ctx, name, since, of="referred")}
    teams = {term.team for term in known.teams if _runs(ctx, term, since)}
    return found | {team for team in teams if asks_for(ctx, team, since, of="members")}


def managers_of(ctx: CheckContext, node: str, since: date) -> set[str]:
    """Everybody to whom a node reported on a day from `since` up to today, directly or by way of others."""
    found: set[str] = set()
    level = {node}
    for _ in range(_MOST_LEVELS):
        known = (ctx.tip.get(NODE, node=name) for name in level)
        level = {t.node for each in known if each for t in each.managers if _runs(ctx, t, since)} - found - {node}
        if not level:
            break
        found |= level
    return found


def asks_for(ctx: CheckContext, node: str, since: date, *, of: str = "", event: str = "") -> bool:
    """Whether a node's plan pays on credit `of` others, or on an `event`, on any day from `since` up to today.

    A plan that cannot be read counts as one that does.
    """
    if not knows_pay(ctx.tip):
        return True
    known = paid_node(ctx.tip, node)
    names = {term.plan for term in known.plans if _runs(ctx, term, since)} if known else set()
    versions = (version for name in sorted(names) for version in _versions(ctx, name, since))
    return any(
        version is None
        or any(of in ("", measure.credit.of) and event in ("", measure.event) for measure in version.measures.values())
        for version in versions
    )


def _runs(ctx: CheckContext, term: ManagerTerm | TeamTerm | PlanTerm, since: date) -> bool:
    return term.starts <= ctx.today and (term.ends is None or term.ends > since)


def _of_account(ctx: CheckContext, deal: Deal) -> set[str]:
    policy = ctx.tip.get(CREDITS_POLICY)
    claim = ctx.tip.get(CLAIM, account=deal.account, layer=deal.layer) if policy and policy.of_account else None
    return {claim.holder} if claim else set()


def _referrers(ctx: CheckContext, node: str) -> Iterator[str]:
    met = {node}
    while len(met) <= _MOST_LEVELS:
        known = ctx.tip.get(NODE, node=node)
        found = known.referred_by if known else None
        if found is None or found in met:
            return
        yield found
        met.add(found)
        node = found


def _versions(ctx: CheckContext, name: str, since: date) -> Iterator[Plan | None]:
    """The versions of a plan in force from `since` up to today; None where there is none, or one cannot be read."""
    days = (ids["effective"] for path in ctx.tip.paths(f"plans/{name}") if (ids := PLAN.path.match(path)))
    try:
        starts = sorted(date.fromisoformat(text) for text in days)
        first = version_on(starts, since)
        within = [day for day in starts if day <= ctx.today and (day > since or day == first)]
        for day in within:
            yield ctx.tip.get(PLAN, plan=name, effective=day.isoformat())
        if not within:
            yield None
    except (RecordError, ValueError):
        yield None
