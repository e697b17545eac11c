"""SR401: has somebody who gains nothing agreed to what pays somebody?"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from salesrepo.checks.gainers import gainers
from salesrepo.checks.handover import passes
from salesrepo.checks.payees import payees
from salesrepo.checks.pipeline_pay import pipeline_gainers
from salesrepo.checks.prices import pricing
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.twins import twin_of
from salesrepo.checks.witness import WAITS
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.deal import CLOSER, DEAL, Deal
from salesrepo.domain.kinds.node import NODE, PlanTerm
from salesrepo.domain.kinds.pay_terms import PAY_TERMS
from salesrepo.domain.kinds.payment import PAYMENT, Payment
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.money import parse_amount, parse_percent
from salesrepo.domain.quote import PAID, TERMS
from salesrepo.errors import RefusedError


@rule("SR401", "pay-needs-a-witness")
def SR401(ctx: CheckContext) -> Iterator[Finding]:
    """What wins a deal, or changes what a won deal pays, needs billing's word or a reviewer who is no beneficiary.

    ## Why
    Nobody is paid on their own word alone. A billing record that finance imported earlier, with the same amount, order
    reference and day, is enough for a win of one line by one closer who was written down as such while the deal was
    open, unless a beneficiary could have written it, another deal of the account, of the companies that it belongs to
    or covers, or of the same proposal was won on that order, or the customer signed before the deal was opened or
    longer ago than policy/pricing.yml says (`signed_within_days`); else a person who gets no credit in the deal looks
    at it. Billing does not tell the source, the term and the day from which it runs: the open deal has them already,
    and once billing has the order somebody looks at another one. The same goes for the terms of a deal that is won: how
    long it runs, from when, where it came from, how it is invoiced, whom it covers, and why it is another sale than one
    like it. Where billing names the product, it is the deal's. Once billing has an order, the open deal keeps what it
    sells and whom it credits: else the amount would match and the rate would be another's. A plan that starts in the
    past changes the pay for what is sold already: somebody looks at it.

    A beneficiary is also whoever is paid on what others sell, on the day of the signature or since: a manager with an
    override, who brought the colleague, a team and its members. Where plans pay for qualified pipeline, nobody who is
    paid for it says alone that a deal is qualified, nor, as long as it is open, what such a deal sells and to whose
    credit.

    ## Fix
    You need do nothing: it waits for one of the roles that are named.
    """
    for change in ctx.change.of(DEAL):
        deals = [deal for deal in (change.before, change.after) if deal is not None]
        if not any(deal.stage == "won" for deal in deals):
            continue
        if change.change.before is None and change.after is not None and change.after.imported:
            continue  # SR603 asks for the second person of an import
        if change.before and change.after and _paid_for(change.before) == _paid_for(change.after):
            continue
        gains = gainers(ctx, deals) | {ctx.me}
        doubt = _doubt(ctx, change.before, change.after) if change.after else ""
        if change.after is not None and not doubt and _billed(ctx, change, change.after, gains):
            continue
        message = doubt or "A won deal is paid for, so somebody who gets no credit in it must agree."
        hint = "You need do nothing: it waits for them. Finance's earlier record of the same order would do as well."
        yield _review(ctx, message, Location(change.path, ("stage",)), hint, gains)
    yield from _after_billing(ctx)
    yield from _qualified(ctx)
    yield from _own_billing(ctx)
    yield from _backdated(ctx)


def _paid_for(deal: Deal) -> tuple[object, ...]:
    named = (deal.order, deal.apart, deal.node)  # what tells it from another sale, and whose it is
    return (deal.stage == "won", *named, *(getattr(deal, name) for name in dict.fromkeys((*PAID, *TERMS))))


def _billed(ctx: CheckContext, change: RecordChange[Deal], deal: Deal, gains: set[str]) -> bool:
    """Whether main holds a billing record of exactly this order that none of those who gain can have written."""
    before = change.before
    if deal.order is None or before is None or not before.is_open or _said(before) != _said(deal):
        return False
    if not _is_plain(deal) or any(_writes_billing(ctx, node) for node in gains):
        return False
    folder = PAYMENT.path.fill(deal=deal.deal, payment="x").rsplit("/", 1)[0]
    records = [record for _, record in ctx.tip.all(PAYMENT, folder)]
    return not _is_undone(records) and any(_same(record, deal) for record in records)


def _is_undone(records: Iterable[Payment]) -> bool:
    return any(record.kind in ("refunded", "cancelled") for record in records)


def _after_billing(ctx: CheckContext) -> Iterator[Finding]:
    """What an open deal sells, and to whose credit, is said before billing has its order: a win rests on both."""
    for change, deal in ctx.change.readable(DEAL):
        before = change.before
        stays = before is not None and (before.stage == "won" or _said(before) == _said(deal))
        unread = before is None and change.change.before is not None
        if not deal.is_open or stays or unread or deal.imported is not None or passes(ctx, change):
            continue
        folder = PAYMENT.path.fill(deal=deal.deal, payment="x").rsplit("/", 1)[0]
        records = [record for _, record in ctx.tip.all(PAYMENT, folder)]
        if _is_undone(records) or all(record.kind != "ordered" for record in records):
            continue
        at = Location(change.path, ("lines",))
        if before is None:
            message = (
                "Billing had the order of this deal before the deal was written down, so somebody must look at both."
            )
            yield _review(ctx, message, at, WAITS, gainers(ctx, [deal]) | {ctx.me})
        elif _sold(before) == _sold(deal):
            message = "Billing has the order of this deal, and pay may rest on its source, its term and its start."
            yield _review(ctx, message, Location(change.path), WAITS, gainers(ctx, [before, deal]) | {ctx.me})
        else:
            message = "Billing has the order of this deal, so what it sells, and who is credited, stays as it was."
            hint = "Win it as it was ordered and amend it then, or ask finance to cancel the order."
            yield Finding("SR401", Severity.ERROR, message, at, hint=hint)


def _qualified(ctx: CheckContext) -> Iterator[Finding]:
    """A stage from which on a deal pays: whoever is paid for it says neither that it is reached nor for what."""
    for change, deal in ctx.change.readable(DEAL):
        gains = pipeline_gainers(ctx, change.before, deal)
        if ctx.me in gains:
            message = "From this stage on the deal is pipeline that you are paid for, so somebody else must agree."
            yield _review(ctx, message, Location(change.path, ("moves",)), WAITS, gains)


def _said(deal: Deal) -> tuple[object, ...]:
    """What billing does not tell, so that the open deal must have said it already."""
    return (*_sold(deal), deal.source, deal.term, deal.starts)


def _sold(deal: Deal) -> tuple[object, ...]:
    """What is sold, and to whose credit."""
    return (deal.lines, deal.kind, deal.layer, deal.credits, deal.currency)


def _is_plain(deal: Deal) -> bool:
    """Whether the order says all that decides the pay: billing knows no shares, and no lines, which plans may count."""
    credited = [(c.node, c.role, parse_percent(c.share)) for c in deal.credits]
    return credited == [(deal.node, CLOSER, (1, 1))] and len(deal.lines) == 1


def _doubt(ctx: CheckContext, before: Deal | None, deal: Deal) -> str:
    """Why a person looks at a win whatever billing says: a sentence, empty where there is no reason."""
    twin = twin_of(ctx, deal)
    if twin:
        return f"{twin} was won on the same order, so somebody who gets no credit must look at both."
    if deal.stage != "won" or deal.signed is None or (before is not None and before.stage == "won"):
        return ""
    who = "so somebody who gets no credit must agree"
    if deal.signed < deal.opened:
        return f"It was signed on {deal.signed}, before the deal was opened on {deal.opened}, {who}."
    days = pricing(ctx).signed_within_days
    late = deal.signed < ctx.today - timedelta(days=days)
    return f"It was signed on {deal.signed}, more than {days} days ago, {who}." if late else ""


def _same(record: Payment, deal: Deal) -> bool:
    try:
        amount = sum(line.quantity * parse_amount(line.price, deal.currency) for line in deal.lines)
        billed = parse_amount(record.amount, record.currency)
    except RefusedError:
        return False
    if record.product not in (None, *(line.product for line in deal.lines)):
        return False
    said = (record.kind, record.order, record.day, record.currency, billed)
    return said == ("ordered", deal.order, deal.signed, deal.currency, amount)


def _writes_billing(ctx: CheckContext, node: str) -> bool:
    """Whether a node ever had a role of finance: records do not say who wrote them, so anybody's could be theirs."""
    known = ctx.tip.get(NODE, node=node)
    return known is not None and any(term.role in ctx.roles_policy.write.finance for term in known.roles)


def _own_billing(ctx: CheckContext) -> Iterator[Finding]:
    for change in ctx.change.of(PAYMENT):
        deal_id = change.ids["deal"]
        account, _, number = deal_id.rpartition("-")
        deals = [deal for _, deal in ctx.change.readable(DEAL) if deal.deal == deal_id]
        told = (value.account for value in (change.before, change.after) if value is not None and value.account)
        found = (ctx.tip.get(DEAL, account=key, deal=deal_id) for key in dict.fromkeys((account or deal_id, *told)))
        known = [deal for deal in found if deal is not None]
        days = [value.day for value in (change.before, change.after) if value is not None]
        if ctx.me in gainers(ctx, [*deals, *known], days=days):
            yield Finding(
                "SR401",
                Severity.ERROR,
                "A billing record never comes from somebody whom the deal pays.",
                Location(change.path),
                hint="Ask somebody else of finance to send the billing record.",
            )
        elif not deals and not known and not (_counts(number) and _is_known(ctx, account)):
            # An id of ours names its account; by one from elsewhere, alone, no look-up finds whom the deal pays.
            message = f"Nothing tells whom {deal_id} pays, so somebody other than its sender looks at its billing."
            yield _review(ctx, message, Location(change.path), WAITS, {ctx.me})


def _is_known(ctx: CheckContext, account: str) -> bool:
    return ctx.tip.get(ACCOUNT, account=account) is not None


def _counts(text: str) -> bool:
    return text.isascii() and text.isdigit() and not text.startswith("0")


def _backdated(ctx: CheckContext) -> Iterator[Finding]:
    """Terms of pay that reach back: they create lines for deals that are won already."""
    message = "This plan starts in the past, so it changes the pay for what is sold already."
    hint = (
        "You need do nothing: somebody whom it does not pay must agree. A plan that starts today or later needs nobody."
    )
    for change in ctx.change.of(NODE):
        if change.before is None:
            continue
        old, new = _past(ctx, change.before.plans), _past(ctx, change.after.plans if change.after else ())
        if old != new:
            gains = {change.before.node, ctx.me}
            yield _review(ctx, message, Location(change.path, ("plans",)), hint, gains)
    for terms in ctx.change.of(PAY_TERMS):
        old, new = (_past(ctx, value.plans if value else ()) for value in (terms.before, terms.after))
        if old != new:
            yield _review(ctx, message, Location(terms.path, ("plans",)), hint, {terms.ids["node"], ctx.me})
    for version in ctx.change.of(PLAN):
        if version.ids["effective"] < ctx.today.isoformat():
            gains = {ctx.me} | payees(ctx, version.ids["plan"])
            yield _review(ctx, message, Location(version.path, ("effective",)), hint, gains)


def _past(ctx: CheckContext, terms: tuple[PlanTerm, ...]) -> set[tuple[object, ...]]:
    """What the terms say of days before today."""
    begun = (term for term in terms if term.starts < ctx.today)
    return {(t.plan, t.starts, t.ends if t.ends and t.ends < ctx.today else None) for t in begun}


def _review(ctx: CheckContext, message: str, at: Location, hint: str, gains: set[str]) -> Finding:
    roles = ctx.roles_policy.review.pay
    return Finding("SR401", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=tuple(sorted(gains)))
