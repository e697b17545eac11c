"""SR305: can what billing says of a deal be true?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from salesrepo.checks.billing import billed, deal_of, minor, net_paid
from salesrepo.checks.gainers import gainers
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.payment import PAYMENT, Payment
from salesrepo.domain.money import show_amount
from salesrepo.domain.pipeline import value_of

_BEFORE_THE_DEAL = ("ordered", "cancelled")  # billing may hear of an order before the seller wrote the deal down
_AFTER_THE_LOSS = ("refunded", "cancelled")

Fault = tuple[str, str, str]  # field, sentence, next step


@rule("SR305", "billing-record")
def SR305(ctx: CheckContext) -> Iterator[Finding]:
    """A billing record names a deal that is open or won, in its currency, and its sums can have happened.

    ## Why
    Pay is computed from these records. No more is given back than was paid by then, an invoice has one amount and is
    not paid twice, nothing was billed on a day that has not come, and months of service lie within the deal's term.
    Only an order, and the end of one, may come before the deal is written down. A record that others were paid by is
    not quietly changed: somebody else looks at the new one, who is not paid by the deal on any day since the signature.
    The same where more is paid than the deal is worth and no invoices on record ask for that much.

    ## Fix
    `salesrepo payment list DEAL` shows what billing has said so far. An invoice that is paid in parts is recorded
    with its whole amount first: `salesrepo payment add DEAL --kind invoiced --invoice NAME`.
    """
    for change, payment in ctx.change.readable(PAYMENT):
        deal = deal_of(ctx.result, payment)
        faults = [*_alone(ctx, payment), *_with(payment, deal)]
        for field, message, hint in faults:
            yield Finding("SR305", Severity.ERROR, message, Location(change.path, (field,)), hint=hint)
        if not faults and change.before is not None and change.before != payment:
            yield _review(ctx, change, payment)
    for deal_id in sorted({change.ids["deal"] for change, _ in ctx.change.readable(PAYMENT)}):
        yield from _sums(ctx, deal_id)


def _alone(ctx: CheckContext, payment: Payment) -> Iterator[Fault]:
    """What is wrong with a record whatever its deal is."""
    amount = minor(payment)
    if amount is not None and amount < 0:
        hint = "Write it without the sign; the kind refunded is for money given back."
        yield "amount", "An amount of billing is never negative.", hint
    elif amount == 0 and payment.kind in ("invoiced", "paid", "refunded"):
        yield "amount", f"Nothing is {payment.kind} by 0.", "Write the amount, or leave the record out."
    if payment.day > ctx.today:
        yield (
            "day",
            f"{payment.day} has not come yet.",
            f"Write the day on which it was, {ctx.today} at most.",
        )


def _with(payment: Payment, deal: Deal | None) -> Iterator[Fault]:
    """What does not agree with the deal."""
    if deal is None:
        if payment.account is not None or payment.kind not in _BEFORE_THE_DEAL:
            yield "deal", *_unknown(payment)
        return
    if deal.stage == "lost" and payment.kind not in _AFTER_THE_LOSS:
        yield "deal", f"{deal.deal} is lost, so nothing is {payment.kind} for it.", "Ask its seller to open it again."
    if payment.currency != deal.currency:
        message = f"{deal.deal} is in {deal.currency}, this record in {payment.currency}."
        yield "currency", message, f"Write what it is in {deal.currency}, as the invoice has it."
    if payment.months and deal.term and payment.months.last > deal.term:
        message = f"{deal.deal} runs {deal.term} months, and month {payment.months.last} comes after them."
        yield "months", message, f"Write months from 1 to {deal.term}."


def _unknown(payment: Payment) -> tuple[str, str]:
    if payment.account is None and payment.holder == payment.deal:
        message = f"The id {payment.deal} comes from elsewhere and does not tell on which account the deal lies."
        return message, "Name it in account:, or use salesrepo payment add, which finds it."
    message = f"There is no deal {payment.deal} on the account {payment.holder}."
    return message, "Correct deal:, or name in account: the account on which it lies."


def _sums(ctx: CheckContext, deal_id: str) -> Iterator[Finding]:
    """What cannot have happened, taking all records of a deal together; told where a record changes."""
    known = [item for item in billed(ctx.result, deal_id) if (amount := minor(item[1])) is not None and amount >= 0]
    own = [path for path, _ in known if (at := ctx.change.at(path)) and at.before != at.after]
    if not own:
        return
    faults = [*_given_back(known), *_invoices(known)]
    for path, message, hint in faults:
        where = Location(path if path in own else own[-1], ("amount",))
        yield Finding("SR305", Severity.ERROR, message, where, hint=hint)
    paid = [path for path, one in known if path in own and one.kind == "paid"]
    if paid and not faults:
        yield from _beyond(ctx, paid[-1], [one for _, one in known])


def _beyond(ctx: CheckContext, path: str, known: Sequence[Payment]) -> Iterator[Finding]:
    """More is paid than the deal is worth, and no invoices ask for it: a slip of the hand would pay commission."""
    deal = deal_of(ctx.result, known[-1])
    worth = value_of(deal) if deal else None
    if deal is None or worth is None:
        return
    own = [one for one in known if one.currency == deal.currency]
    paid, asked = net_paid(own), sum(minor(one) or 0 for one in own if one.kind == "invoiced")
    if paid <= max(worth, asked):
        return
    sums = f"{show_amount(paid, deal.currency)} {deal.currency} would be paid for {deal.deal}"
    message = f"{sums}, which is worth {show_amount(worth, deal.currency)}, so somebody else looks at it."
    yield _looked_at(ctx, Location(path, ("amount",)), message, [deal], [one.day for one in own])


def _given_back(known: Sequence[tuple[str, Payment]]) -> Iterator[Fault]:
    """What is given back beyond what was paid by then; it is not counted on, or it would drag the next down with it."""
    kept: Counter[str] = Counter()
    for path, payment in known:
        moves = net_paid([payment])
        if moves < 0 and kept[payment.currency] + moves < 0:
            paid = show_amount(kept[payment.currency], payment.currency)
            amount = f"{payment.amount} {payment.currency}"
            message = f"{amount} are given back on {payment.day}, and {paid} were paid and not given back by then."
            yield path, message, "Record first what was paid, or correct the amount or the day."
        else:
            kept[payment.currency] += moves


def _invoices(known: Sequence[tuple[str, Payment]]) -> Iterator[Fault]:
    """An invoice that is there twice, or for which more is paid than it asks."""
    named: dict[str, list[tuple[str, Payment]]] = {}
    for path, payment in known:
        if payment.invoice:
            named.setdefault(payment.invoice, []).append((path, payment))
    for name, own in named.items():
        asked = [(path, one) for path, one in own if one.kind == "invoiced"]
        paid = [(path, one) for path, one in own if one.kind == "paid"]
        if len(asked) > 1:
            hint = "Correct the first record, or give the second invoice a name of its own."
            yield asked[-1][0], f"The invoice {name} is recorded twice: {asked[0][1].payment} has it already.", hint
        elif paid:
            whole = asked[0][1] if asked else paid[0][1]
            total = net_paid(one for _, one in own if one.currency == whole.currency)
            if total > (minor(whole) or 0):
                hint = "Where it is paid in parts, record its whole amount as well: --kind invoiced."
                yield paid[-1][0], _too_much(name, whole, total), hint


def _too_much(name: str, whole: Payment, total: int) -> str:
    if whole.kind == "paid":
        return f"The invoice {name} is paid already, by {whole.payment}."
    paid = show_amount(total, whole.currency)
    asked = show_amount(minor(whole) or 0, whole.currency)
    return f"The invoice {name} is over {asked} {whole.currency}, and {paid} would be paid for it."


def _review(ctx: CheckContext, change: RecordChange[Payment], payment: Payment) -> Finding:
    told = [each for each in (change.before, payment) if each is not None]
    found = (deal_of(records, each) for each in told for records in (ctx.tip, ctx.result))
    message = "Billing said otherwise before, and pay may rest on it, so somebody else looks at the change."
    deals, days = [deal for deal in found if deal], [each.day for each in told]
    return _looked_at(ctx, Location(change.path), message, deals, days)


def _looked_at(ctx: CheckContext, where: Location, message: str, deals: list[Deal], days: list[date]) -> Finding:
    gains = gainers(ctx, deals, days=days)
    return Finding(
        "SR305",
        Severity.REVIEW,
        message,
        where,
        hint="You need do nothing: it waits for them.",
        roles=ctx.roles_policy.review.pay,
        not_by=tuple(sorted(gains | {ctx.me})),
    )
