"""One thing that is paid: what its author says of it, and what its structure says."""

from collections.abc import Iterator
from fractions import Fraction

from salesrepo.commission.describe.conditions import where
from salesrepo.commission.describe.factors import factors_told
from salesrepo.commission.describe.limits import limits_told
from salesrepo.commission.describe.rates import rate_told
from salesrepo.commission.describe.releases import release_told
from salesrepo.commission.describe.reversals import reversal_told
from salesrepo.commission.describe.sharing import share_out_told
from salesrepo.commission.describe.wording import A_WINDOW, EVERY, About, begun
from salesrepo.commission.figures import quantity, show_multiple
from salesrepo.domain.kinds.plan import Component
from salesrepo.domain.money import parse_amount
from salesrepo.domain.page import Block, Heading, Items, Paragraph, Quote
from salesrepo.errors import RefusedError


def component_told(number: int, component: Component, about: About) -> Iterator[Block]:
    """A component in the order in which its pay comes about."""
    yield Heading(f"{number}. {component.name}", 3)
    yield Quote(component.says)
    yield Paragraph(" ".join(_counted(component, about)))
    yield from rate_told(component, about)
    yield from factors_told(component, about)
    if limits := tuple(limits_told(component, about)):
        yield Items(limits)
    yield Items((*_lines(component), *release_told(component.release), *share_out_told(component.share_out)))
    yield from reversal_told(component.reversal)


def _counted(component: Component, about: About) -> Iterator[str]:
    yield begun(f"Paid on {component.measure}{where(component.when)}")
    if component.over == "each":
        yield "Each event stands by itself: no running total is kept."
    elif component.over == "always":
        yield "Its running total never goes back to zero."
    elif component.over:
        yield f"Its running total runs over {A_WINDOW[component.over]} and starts at zero with {EVERY[component.over]}."
    if component.quota:
        yield f"The target rate is your target divided by your quota {component.quota}{_in_figures(component, about)}."


def _in_figures(component: Component, about: About) -> str:
    """The target rate as a percentage, where target and quota are the same for everybody."""
    target, quota = about.plan.target, about.plan.quotas.get(component.quota or "")
    if target is None or quota is None or not isinstance(quota.amount, str):
        return ""
    try:
        reach = quantity(quota.amount, about.unit(quota.measure))
        return f": {show_multiple(Fraction(parse_amount(target.amount, about.plan.currency), reach))}" if reach else ""
    except (RefusedError, ValueError):
        return ""


def _lines(component: Component) -> Iterator[str]:
    if component.lines == "event":
        yield "Each event has a line of its own, rounded by itself."
    else:
        window = A_WINDOW[component.over or "event"].removeprefix("a ")
        closed = "when the period that ends it is closed; before, it is an estimate"
        yield f"The sum of the {window} has one line, {closed}."
