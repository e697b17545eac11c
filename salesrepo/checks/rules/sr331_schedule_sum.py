"""SR331: do the invoices of this deal add up to what was sold?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, looks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.domain.pipeline import value_of
from salesrepo.errors import RefusedError


@rule("SR331", "schedule-sum", audit=True)
def SR331(ctx: CheckContext) -> Iterator[Finding]:
    """The amounts of a deal's schedule add up to the value of its lines, to the cent (H11).

    ## Why
    What is invoiced is what was sold. A difference is found by the customer, or by finance at the end of the year.
    Prices below the list, and discounts beyond one's authority, are SR303 and SR341.

    ## Fix
    `sr win DEAL --invoice DAY:AMOUNT`, once for each invoice, with amounts that make the deal's own.
    """
    for look in looks(ctx):
        for remark in uneven(look):
            severity = Severity.ERROR if remark.wrong else Severity.WARNING
            at = Location(look.change.path, (remark.field,))
            yield Finding("SR331", severity, remark.message, at, hint=remark.hint)


def uneven(look: Look) -> Iterator[Remark]:
    """Another sum than the lines make, an amount that cannot be invoiced, or days out of order."""
    deal, before = look.deal, look.before
    if not deal.schedule or deal.stage == "lost":
        return
    fault = _fault(deal)
    if fault:
        changed = before is None or (before.schedule, before.lines) != (deal.schedule, deal.lines)
        hint = f"Tell them all anew: sr win {look.handle} --invoice DAY:AMOUNT"
        yield Remark(fault, hint, "schedule", wrong=changed)


def _fault(deal: Deal) -> str:
    try:
        amounts = [parse_amount(part.amount, deal.currency) for part in deal.schedule]
    except RefusedError as bad:
        return bad.message
    value, days = value_of(deal), [part.day for part in deal.schedule]
    if any(amount <= 0 for amount in amounts):
        return "An invoice is for more than nothing."
    if days != sorted(set(days)):
        return "The invoices are not in the order of their days, one for each."
    if value is None or sum(amounts) == value:
        return ""  # what has no value is SR303's finding
    total = show_amount(sum(amounts), deal.currency)
    return f"The invoices come to {total} {deal.currency}, the deal to {show_amount(value, deal.currency)}."
