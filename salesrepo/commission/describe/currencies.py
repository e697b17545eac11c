"""In which currency is a deal counted, and in which is it paid?"""

from collections.abc import Iterator

from salesrepo.commission.describe.wording import About, begun
from salesrepo.domain.kinds.plan import Conversion

_DEAL = {"signed": "the day of the deal's signature", "event": "the day of the event"}
_PAY = {"earned": "the day on which it is earned"}
_PAID_IN = {
    "plan": "Everything is paid in {currency}.",
    "payee": "Everything is paid in your own currency.",
    "deal": "Each deal is paid in its own currency, without conversion.",
}
ROUNDING = (
    "Amounts are exact until they are rounded, half a cent away from zero, at three points only: your share of a deal, "
    "a conversion of currencies, the amount of a line."
)


def currencies_told(about: About) -> Iterator[str]:
    """Conversion, the currency of the pay, and where amounts are rounded."""
    plan = about.plan
    if isinstance(plan.fx, Conversion):
        deal = f"a deal in another currency is converted to {plan.currency} at the rate of {_DEAL[plan.fx.deal]}"
        yield begun(f"{deal}; pay in another currency is converted at the rate of {_PAY[plan.fx.pay]}")
    else:
        yield f"Deals in another currency than {plan.currency} are not paid: they wait for a person."
    yield _PAID_IN[plan.pay_in].format(currency=plan.currency)
    yield ROUNDING
