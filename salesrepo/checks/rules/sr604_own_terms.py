"""SR604: does somebody change their own roles, plan, pay or ground?"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from salesrepo.checks.ground import moves_own_ground
from salesrepo.checks.handover import is_left
from salesrepo.checks.payees import payees
from salesrepo.checks.power import Gain, bench, deciders, gain_of_user, gains_of_node
from salesrepo.checks.prices import ranks_of
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.brand_index import BrandIndex
from salesrepo.domain.kinds.cert import CERT, Cert
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.node import Node
from salesrepo.domain.kinds.pay_terms import paid_node
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.kinds.policy_pricing import PricingPolicy
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.kinds.policy_waivers import WaiversPolicy
from salesrepo.domain.kinds.user import USER
from salesrepo.domain.money import parse_percent
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import Owner

_OWN = "This changes the sender's own terms, so somebody else must agree."
_GROUND = "This changes the sender's own territory, so somebody else must agree."
_TAKES = "This passes what {who} held to the sender, so somebody else must agree."
_PRICES = "This changes how far the sender may go below the list, so somebody else must agree."
_WAIVED = "This waives a rule for what the sender wrote, so somebody else must agree."


@rule("SR604", "own-terms")
def SR604(ctx: CheckContext) -> Iterator[Finding]:
    """Whoever changes their own terms, their own ground, or who may decide, needs another to agree.

    Their terms are their node file (roles, plan, manager, deputies), the plan that pays them, what their role or
    certificate may give off the list, for who sells also its floors and what may be given away in words, a waiver for
    what they wrote, and whatever else the company keeps about them by name. Their ground is a territory that they
    cover, what borders on it, the accounts named to it and the regions of policy/territory.yml. Who decides changes
    where a role that decides comes or goes, where somebody who left comes back, and where a node passes to another
    user. What somebody held who leaves passes to the sender by another's word only.

    Nobody writes their own certificate, or one in another's name, whatever their role; a billing record of one's own
    deal is refused by SR401, and one's own word on an account's facts counts for nothing (SR206).

    ## Why
    The right to write a file is not the right to raise one's own pay, or one's own rights, or to make the colleague
    who will approve them, or to send away the one who would not. Whoever founds a company is alone at first, and
    admits the first who decides without asking; that holds no more while another decides, and for thirty days after.

    ## Fix
    You need do nothing: it waits for one of the roles that are named. A certificate comes from somebody else who
    certifies.
    """
    if ctx.actor is None:
        return
    for change in ctx.change.changes:
        if change.kind == CERT.name and (refused := _certificate(ctx, change)):
            yield Finding("SR604", Severity.ERROR, refused[0], Location(change.path), hint=refused[1])
        elif not_by := _own_terms(ctx, change):
            yield _review(ctx, _OWN, change.path, not_by)
        elif gains := tuple(_gains(ctx, change)):
            others = bench(ctx)
            touched = frozenset(node for gain in gains for node in gain.touched)
            # Where whoever it touches is the only other one who decides, their own word is all there is.
            barred = touched if others.today - touched else frozenset()
            if others.today | others.lately:
                yield _review(ctx, gains[0].sentence, change.path, barred | {ctx.me})


def _certificate(ctx: CheckContext, change: RecordChange[Cert]) -> tuple[str, str] | None:
    """Why the sender may not write a certificate, and what to do."""
    if change.ids["node"] == ctx.me:
        return "Nobody certifies themselves.", "Ask somebody else who certifies to send it."
    if change.after is not None and change.after.by != ctx.me:
        return f"Only {ctx.who(change.after.by)} certifies in this name.", f"Write your own node: by: {ctx.me}"
    return None


def _own_terms(ctx: CheckContext, change: RecordChange[Any]) -> frozenset[str]:
    """Whose agreement to the sender's own terms does not count; nobody's where these do not change."""
    kept = change.place is not None and change.place.kind.owner in (Owner.MAINTAINER, Owner.FINANCE)
    if change.kind == ROLES_POLICY.name or (kept and change.ids.get("node") == ctx.me):
        return frozenset({ctx.me})
    mine = change.kind == PLAN.name and change.ids["plan"] in _own_plans(ctx)
    return frozenset({ctx.me, *payees(ctx, change.ids["plan"])}) if mine else frozenset()


def _own_plans(ctx: CheckContext) -> set[str]:
    me = paid_node(ctx.tip, ctx.me) if ctx.me else None
    return {term.plan for term in me.plans} if me else set()


def _gains(ctx: CheckContext, change: RecordChange[Any]) -> Iterator[Gain]:
    """What a change brings its sender, besides their own terms."""
    value, nobody = change.value, frozenset[str]()
    if isinstance(value, Node):
        yield from gains_of_node(ctx, change)
    elif change.kind == USER.name and change.before is not None and change.before != change.after:
        yield gain_of_user(ctx, change.before.node)
    elif giver := _taken_from(ctx, change):
        yield Gain(_TAKES.format(who=ctx.who(giver)), frozenset({giver}))
    elif isinstance(value, PricingPolicy) and _goes_further(ctx, change):
        yield Gain(_PRICES, nobody)
    elif isinstance(value, WaiversPolicy | BrandIndex) and _waives_own(ctx, change):
        yield Gain(_WAIVED, nobody)
    elif moves_own_ground(ctx, change):
        yield Gain(_GROUND, nobody)


def _taken_from(ctx: CheckContext, change: RecordChange[Any]) -> str:
    """Whose claim or deal the sender takes, or takes up, because they leave; empty for nobody's."""
    before, after = change.before, change.after
    if isinstance(before, Claim) and isinstance(after, Claim):
        freed = before.status == "released" and before.ending == "left" and ctx.may_write("maintainer")
        takes = after.holder == ctx.me != before.holder and after.status == "held"
        return before.holder if takes and (freed or is_left(ctx, change)) else ""
    if isinstance(before, Deal) and isinstance(after, Deal) and before.node != ctx.me:
        named = after.node == ctx.me or any(c.node == ctx.me and c not in before.credits for c in after.credits)
        return before.node if named and is_left(ctx, change) else ""
    return ""


def _goes_further(ctx: CheckContext, change: RecordChange[PricingPolicy]) -> bool:
    old, new = change.before, change.after
    if new is None:
        return False
    was, now = old.authority if old else {}, new.authority
    if any(was.get(name) != now.get(name) for name in ranks_of(ctx, ctx.me)):
        return True
    return old is not None and ctx.may_write("seller") and _is_looser(old, new)


def _is_looser(old: PricingPolicy, new: PricingPolicy) -> bool:
    """Whether more is sold below the list than before: by a lower floor, or in words that nobody looks at any more."""
    skus = old.floors.keys() | new.floors.keys()
    lower = any(_floor(new, sku) < _floor(old, sku) for sku in (*skus, ""))
    unread = not set(old.concessions) <= set(new.concessions) or not set(new.no_concessions) <= set(old.no_concessions)
    return lower or unread


def _floor(policy: PricingPolicy, sku: str) -> Fraction:
    return Fraction(*parse_percent(policy.floors.get(sku, policy.floor)))


def _waives_own(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether a new waiver names a text or a deal of the sender's."""
    known = change.before.waivers if change.before else ()
    new = [waiver for waiver in (change.after.waivers if change.after else ()) if waiver not in known]
    return any(_is_mine(ctx, getattr(waiver, "path", "") or getattr(waiver, "file", "")) for waiver in new)


def _is_mine(ctx: CheckContext, path: str) -> bool:
    place = place_of(path)
    if place is not None and place.kind is DEAL:
        deals = (snapshot.read(DEAL, path) for snapshot in (ctx.tip, ctx.result))
        return any(deal is not None and deal.node == ctx.me for deal in deals)
    return path.startswith(f"outbound/{ctx.me}/") or (place is not None and place.ids.get("node") == ctx.me)


def _review(ctx: CheckContext, message: str, path: str, not_by: frozenset[str]) -> Finding:
    roles, barred = tuple(sorted(deciders(ctx))), tuple(sorted(not_by))
    hint = "You need do nothing: it waits for them."
    return Finding("SR604", Severity.REVIEW, message, Location(path), hint=hint, roles=roles, not_by=barred)
