"""`sr why`: how did a lead come to the one who has it: which rule, whose word, and what ends it?"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from salesrepo.checks.leases import lease_term
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import DEFAULT_LAYER, Claim
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY, Territory, groups_of, territory_file
from salesrepo.domain.lease import Bound
from salesrepo.domain.period import day_in
from salesrepo.errors import RefusedError
from salesrepo.flows.claims.lead import find_account
from salesrepo.flows.claims.own_claim import claims_on, pending_words
from salesrepo.flows.here.ground import Leaving, leaving
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.claim_history import Merge, merges_of
from salesrepo.flows.proposals.judge import node_of
from salesrepo.territory.codes import codes_of
from salesrepo.territory.place import covers
from salesrepo.vcs.history import touching

_LOOKED_BACK = timedelta(days=730)  # how far before the claim its territory's last change is looked for


@dataclass(frozen=True, slots=True)
class Step:
    """One merge that made the claim what it is: how it came to its holder, on which day, sent and agreed by whom."""

    how: str
    day: date
    holder: str
    proposal: int = 0
    sent_by: str = ""
    verdict: str = ""
    approved_by: tuple[str, ...] = ()
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """The territory by which the claim stands: its rule (counted from 1), or how else; when it was written so."""

    territory: str
    name: str
    rule: int = 0
    how: str = ""
    since: date | None = None
    commit: str = ""


@dataclass(frozen=True, kw_only=True)
class Why:
    """Everything that gives a lead to its holder. `bound` is the rule of policy/claims.yml that ends it on `until`.

    It is `territory` where the claim's territory passes on before its lease ends. `since`: it came to its holder then.
    `worked`: the holder has spoken with them, last on `renewed`. `leaving`: its territory passes to somebody else.
    """

    account: str
    name: str
    layer: str
    holder: str
    since: date
    renewed: date
    until: date
    bound: Bound | Literal["territory"]
    standing: str
    steps: tuple[Step, ...]
    ground: Ground
    confirmed_by: str = ""
    confirmed: date | None = None
    referred_by: str = ""
    provisional: bool = False
    over: bool = False
    worked: bool = False
    leaving: Leaving | None = None


def why(ws: Workspace, lead: str, *, layer: str = "") -> Why:
    """How a lead came to its holder, from main's own history as last seen; costs what its lease's time costs.

    Raises RefusedError where nobody holds it, or several layers of it are held and none is named.
    """
    account = find_account(ws, lead)
    held = claims_on(ws.tip, account.account, layer)
    own = pending_words(ws, account.account, layer or DEFAULT_LAYER)
    if not held and own:
        raise RefusedError(f"Nobody holds {account.name}. {own}", hint="See what became of it: sr status")
    if not held:
        raise RefusedError(f"Nobody holds {account.name}.", hint=f"Claim it: sr claim {account.account}")
    if len(held) > 1:
        layers = ", ".join(claim.layer for claim in held)
        raise RefusedError(f"Several layers of {account.name} are held: {layers}.", hint="Name one: --layer LAYER")
    claim = held[0]
    term = lease_term(ws.tip, claim, ws.needed(CLAIMS_POLICY))
    merges = merges_of(ws.tip, claim)
    steps = tuple(_step(ws, merge) for merge in merges if _counts(merge, claim))
    vouched, parting = account.confirmed, leaving(ws, claim.account, claim.layer)
    last = min(claim.until, parting.last) if parting and parting.last else claim.until
    return Why(
        account=account.account,
        name=account.name,
        layer=claim.layer,
        holder=ws.who(claim.holder),
        since=_held_since(claim, steps),
        renewed=claim.renewed,
        until=last,
        bound="territory" if last < claim.until else term.bound,
        standing=claim.standing,
        steps=steps,
        ground=_ground(ws, account, claim, merges),
        confirmed_by=ws.who(vouched.by) if vouched else "",
        confirmed=vouched.day if vouched else None,
        referred_by=ws.who(claim.referred_by) if claim.referred_by else "",
        provisional=claim.provisional,
        over=claim.until < ws.today,
        worked=claim.touched is not None or claim.renewed != claim.since,
        leaving=parting,
    )


def steps_of(ws: Workspace, claim: Claim) -> tuple[Step, ...]:
    """The merges that gave a claim of main to its holder, the oldest first."""
    return tuple(_step(ws, merge) for merge in merges_of(ws.tip, claim) if _counts(merge, claim))


def held_since(ws: Workspace, claim: Claim) -> date:
    """The day on which a held claim came to its holder; history is read where it came from somebody else."""
    return _held_since(claim, steps_of(ws, claim)) if claim.ending else claim.since


def _held_since(claim: Claim, steps: tuple[Step, ...]) -> date:
    """The lease's first day, or the day on which it passed on to its holder."""
    return steps[-1].day if len(steps) > 1 else claim.since


def _counts(merge: Merge, claim: Claim) -> bool:
    """Whether a merge began this lease, or passed it on."""
    before, after = merge.before, merge.after
    if after is None or after.status != "held" or after.since != claim.since:
        return False
    return before is None or (before.status, before.since, before.holder) != ("held", after.since, after.holder)


def _step(ws: Workspace, merge: Merge) -> Step:
    before, after, receipt = merge.before, merge.after, merge.receipt
    how = "asked"
    if after is not None and before is not None and (before.status, before.since) == ("held", after.since):
        how = after.ending or "passed"
    elif (
        after is not None
        and receipt is not None
        and not receipt.approvals
        and _who(ws, receipt.actor) != ws.who(after.holder)
    ):
        how = "imported" if after.imported else "granted"
    return Step(
        how=how,
        day=merge.day,
        holder=ws.who(after.holder) if after else "",
        proposal=receipt.proposal if receipt else 0,
        sent_by=_who(ws, receipt.actor) if receipt else "",
        verdict=receipt.verdict if receipt else "",
        approved_by=tuple(_who(ws, one) for one in receipt.approvals) if receipt else (),
        commit=merge.commit,
    )


def _who(ws: Workspace, forge_id: str) -> str:
    node = node_of(ws.tip, forge_id)
    return node.name if node else "salesrepo" if forge_id == "0" else f"user {forge_id}"


def _ground(ws: Workspace, account: Account, claim: Claim, merges: tuple[Merge, ...]) -> Ground:
    path = territory_file(claim.territory)
    territory = ws.tip.read(TERRITORY, path)
    if territory is None:
        return Ground(claim.territory, claim.territory, how="gone")
    lock = ws.tip.get(NAMED_ACCOUNT, account=account.account, layer=claim.layer)
    rule, how = 0, str(territory.kind)
    if lock is not None and lock.territory == claim.territory:
        how = "named"
    elif territory.kind == "leaf":
        rule = _rule_of(ws, territory, account)
        how = "rule" if rule else "outside"
    began = merges[0].commit if merges else ws.main
    since = datetime.combine(claim.since - _LOOKED_BACK, datetime.min.time(), UTC)
    found = touching(ws.objects.repo, began, path, since=int(since.timestamp()), most=1)
    zone = ws.settings.time_zone
    day = day_in(zone, datetime.fromtimestamp(found[-1].committed, UTC)) if found else None
    return Ground(territory.territory, territory.name, rule, how, day, found[-1].oid if found else "")


def _rule_of(ws: Workspace, territory: Territory, account: Account) -> int:
    """The first rule of a leaf that covers the account, counted from 1; 0 where none does by the facts of today."""
    groups = [
        group for path in groups_of(territory.territory) if (group := ws.tip.read(TERRITORY, territory_file(path)))
    ]
    codes = codes_of(ws.needed(TERRITORY_POLICY))
    for number, rule in enumerate(territory.rules, 1):
        alone = replace(territory, rules=(rule,))
        if covers(alone, account, groups=groups, day=ws.today, codes=codes) is None:
            return number
    return 0
