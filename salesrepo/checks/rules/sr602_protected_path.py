"""SR602: who may change how the company itself is run?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from salesrepo.checks.authority import may, roles_for
from salesrepo.checks.power import bench
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.waivers import LONGEST
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.brand_index import BRAND_INDEX, BrandIndex
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.dispute import DECISION
from salesrepo.domain.kinds.export_batch import EXPORT_BATCH
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.policy_credits import CREDITS_POLICY
from salesrepo.domain.kinds.policy_pay import PAY_POLICY
from salesrepo.domain.kinds.policy_pipeline import PIPELINE_POLICY
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY, RolesPolicy
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.policy_waivers import WaiversPolicy
from salesrepo.domain.kinds.settings import SETTINGS, Settings
from salesrepo.domain.money import decimals_of
from salesrepo.domain.period import day_in
from salesrepo.domain.record import Owner
from salesrepo.errors import RefusedError

_CLASSES = {
    Owner.MAINTAINER: "sales operations",
    Owner.FINANCE: "finance",
    Owner.BRAND: "the brand's owners",
    Owner.CERTIFICATION: "whoever certifies",
    Owner.DISPUTES: "whoever decides disputes",
    Owner.BOT: "the settle bot",
}
_SOME_TIME = datetime(2020, 1, 1, tzinfo=UTC)
_POLICIES = {
    kind.name
    for kind in (
        SETTINGS,
        CLAIMS_POLICY,
        CREDITS_POLICY,
        PAY_POLICY,
        PIPELINE_POLICY,
        PRICING_POLICY,
        ROLES_POLICY,
        TERRITORY_POLICY,
    )
}
_RULES = {*_POLICIES, BRAND_INDEX.name}
_READ_BY_ALL = ("Every check reads this file, so it is never deleted.", "Change what it says instead.")
_WRITTEN_ONCE = {
    CLOSE.name: ("A close stays as it was agreed.", "What is found later is booked into the next open month."),
    EXPORT_BATCH.name: (
        "What was exported stays as it was written down.",
        "Put right in a later period what was paid wrongly.",
    ),
}
_KEPT = {
    DECISION.name: ("A decision is never deleted.", "Decide anew, as a dispute of its own."),
    NODE.name: ("A node is never deleted: deals and pay name it.", "Let it go: salesrepo node offboard NODE"),
    PAYMENT.name: ("A billing record is never deleted.", "Add one of kind refunded or cancelled instead."),
}


@rule("SR602", "protected-path")
def SR602(ctx: CheckContext) -> Iterator[Finding]:
    """Policies, nodes, territories, products, plans, payments and brand rules are written by the roles named in policy.

    ## Why
    These files decide who may sell where, at which price, and who is paid what. The roles are read at main's tip: a
    proposal cannot grant itself what it needs. Whoever waives a rule answers for it themselves. What every later check
    reads is never deleted, and the one who changes the roles must still be able to change them back. A policy binds
    everybody, so that one maintainer alone does not change it, as long as there is another, or was in the last thirty
    days.

    ## Fix
    Ask one of the roles that are named to send the change.
    """
    for change in ctx.change.changes:
        owner = change.place.kind.owner if change.place else None
        if owner not in _CLASSES:
            continue
        roles = roles_for(change, ctx.roles_policy)
        if not may(ctx, change):
            message = f"Only {_CLASSES[owner]} may change this file."
            hint = f"Ask somebody with the role {' or '.join(roles)}." if roles else "Nobody sends this by hand."
            yield Finding("SR602", Severity.ERROR, message, Location(change.path), hint=hint)
        elif fault := _damage(ctx, change):
            yield Finding("SR602", Severity.ERROR, fault[0], Location(change.path), hint=fault[1])
        elif owner is Owner.MAINTAINER and ctx.roles_policy.review.organisation:
            message = "A change of how the company is run needs a second pair of eyes."
            yield _review(ctx, message, change.path, ctx.roles_policy.review.organisation)
        elif change.kind in _POLICIES and _has_peers(ctx):
            message = "Everybody's work is judged by this file, so another maintainer must agree."
            yield _review(ctx, message, change.path, ctx.roles_policy.write.maintainer)


def _review(ctx: CheckContext, message: str, path: str, roles: tuple[str, ...]) -> Finding:
    hint = "You need do nothing: it waits for somebody else to agree."
    return Finding("SR602", Severity.REVIEW, message, Location(path), hint=hint, roles=roles, not_by=(ctx.me,))


def _has_peers(ctx: CheckContext) -> bool:
    """Whether somebody besides the sender maintains the company, or did of late; who is alone asks nobody."""
    others = bench(ctx, frozenset(ctx.roles_policy.write.maintainer))
    return bool(others.today | others.lately)


def _damage(ctx: CheckContext, change: RecordChange[object]) -> tuple[str, str] | None:
    """What nobody may do to these files, whatever their role."""
    if change.kind in _WRITTEN_ONCE and change.change.before is not None:
        return _WRITTEN_ONCE[change.kind]
    if change.change.after is None:
        return _READ_BY_ALL if change.kind in _RULES else _KEPT.get(change.kind)
    if isinstance(change.after, RolesPolicy) and not ctx.roles & set(change.after.write.maintainer):
        message = "After this change you could not correct the roles any more, and perhaps nobody could."
        return message, "Let one of your own roles stay in write.maintainer."
    if isinstance(change.after, Settings):
        try:
            decimals_of(change.after.currency)
            day_in(change.after.time_zone, _SOME_TIME)
        except RefusedError as bad:
            return bad.message, bad.hint
    if isinstance(change.after, WaiversPolicy | BrandIndex):
        return _waiver(ctx, change)
    return None


def _waiver(ctx: CheckContext, change: RecordChange[Any]) -> tuple[str, str] | None:
    """Whether somebody else is made to answer for a new waiver, or nobody may live to see its end."""
    known = change.before.waivers if change.before else ()
    for waiver in change.after.waivers if change.after else ():
        if waiver in known:
            continue
        if waiver.by != ctx.me:
            return f"Only {ctx.who(waiver.by)} waives anything in this name.", f"Write your own node: by: {ctx.me}"
        if isinstance(change.after, BrandIndex) and waiver.until > ctx.today + LONGEST:
            message = f"The waiver of {waiver.rule} would last until {waiver.until}."
            return message, f"Let it end by {ctx.today + LONGEST}."
    return None
