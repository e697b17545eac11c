"""What waits for somebody who decides or runs the company, so that `sr` alone can say it?"""

from dataclasses import asdict, dataclass, replace

from salesrepo.checks.disputes import line_above
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY, RolesPolicy
from salesrepo.errors import SalesRepoError
from salesrepo.flows.claims.dispute import Disputed, disputes
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.people.admit import requests
from salesrepo.flows.proposals.due import due_now
from salesrepo.flows.proposals.review import waiting
from salesrepo.forge.local import LocalForge

_MOST = 50  # proposals that are looked at
_SAMPLE, _FEW = "claims/00", 20  # one in 256 of the claims; with more there all of them take seconds to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """What waits for whoever asks, by main as last seen and the proposals that are open now.

    `yours` are the numbers of proposals that their word moves on, `routine` how many of them are routine, `ready` those
    that only have to be merged, `oldest` the days that the longest of `yours` waits; `more`: some were not looked at.
    `asking` asks to join, `disputes` are leads to decide about, `overdue` those of them that are late. `due` counts
    claims that the next sweep writes down; None where it was not counted. `unasked` says why proposals are not told.
    """

    yours: tuple[int, ...] = ()
    oldest: int = 0
    routine: int = 0
    ready: tuple[int, ...] = ()
    more: bool = False
    asking: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    due: int | None = None
    unasked: str = ""


def tray(ws: Workspace) -> Tray | None:
    """What waits for whoever works here; None for who decides nothing for others. Never fails for what is out of reach.

    Costs a judgement for each open proposal and, where they run the company, a look at every claim.
    """
    node, policy = ws.node(ws.me), ws.tip.get(ROLES_POLICY)
    roles = set(node.roles_on(ws.today)) if node and node.forge_id == ws.identity.forge_id and policy else set()
    if policy is None or roles.isdisjoint(_deciding(policy)):
        return None
    runs = not roles.isdisjoint(policy.write.maintainer)
    to_decide = _to_decide(ws) if not roles.isdisjoint(policy.write.disputes) else ()
    return replace(
        _proposals(ws),
        asking=tuple(request.node for request in requests(ws)) if runs else (),
        disputes=tuple(one.account for one in to_decide),
        overdue=tuple(one.account for one in to_decide if one.due < ws.today),
        due=_due(ws) if runs else None,
    )


def _proposals(ws: Workspace) -> Tray:
    try:
        open_ = waiting(ws, most=_MOST + 1)
    except SalesRepoError as out_of_reach:
        return Tray(unasked=out_of_reach.message)
    found = open_[:_MOST]
    yours = [one for one in found if not one.objection]
    return Tray(
        yours=tuple(one.proposal.number for one in yours),
        oldest=max((one.days for one in yours), default=0),
        routine=sum(one.routine for one in yours),
        ready=tuple(one.proposal.number for one in found if one.is_ready),
        more=len(open_) > _MOST,
    )


def _to_decide(ws: Workspace) -> tuple[Disputed, ...]:
    """The disputes that are open and that they may decide: they are no party, and stand above none."""
    found = []
    for one in disputes(ws):
        parties = one.case.parties
        barred = {*parties, *(above for party in parties for above in line_above(ws.tip, party, ws.today))}
        if ws.me not in barred:
            found.append(one)
    return tuple(found)


def _due(ws: Workspace) -> int | None:
    """How many claims the next sweep writes down; None where that would take too long, or is not known."""
    if len(ws.tip.paths(_SAMPLE)) > _FEW:
        return None
    try:
        return len(due_now(ws.forge, ws.tip, ws.today).due) if isinstance(ws.forge, LocalForge) else None
    except SalesRepoError:
        return None


def _deciding(policy: RolesPolicy) -> set[str]:
    write = policy.write
    reviewers = {role for roles in asdict(policy.review).values() for role in roles}
    return {*reviewers, *write.maintainer, *write.disputes}
