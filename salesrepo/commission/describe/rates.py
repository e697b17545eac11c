"""What a component pays: a price, a sum, a table, or the first of several rules that fits."""

from collections.abc import Iterator

from salesrepo.commission.describe.cells import cell_said, rate_said
from salesrepo.commission.describe.conditions import asked
from salesrepo.commission.describe.tables import table_told
from salesrepo.commission.describe.wording import About, begun
from salesrepo.commission.ready_cell import written
from salesrepo.domain.kinds.plan import Choice, Component, Rated
from salesrepo.domain.page import Block, Paragraph


def rate_told(component: Component, about: About) -> Iterator[Block]:
    """The rate with its tables; of several rules each with when it fits."""
    rate = component.rate
    if isinstance(rate, str):
        yield Paragraph(f"It pays {rate_said(rate)}.")
        return
    if rate.table is not None or written(rate) or not rate.first:
        yield from _paid("It pays", rate, component, about)
    if rate.first:
        yield Paragraph("Of the following rules the first that fits pays:")
    for number, choice in enumerate(rate.first, 1):
        yield from _choice(number, choice, component, about)


def _choice(number: int, choice: Choice, component: Component, about: About) -> Iterator[Block]:
    lead = f"{number}. {choice.name}: "
    if choice.when is not None:
        yield from _paid(f"{lead}where {asked(choice.when)}, it pays", choice.pays, component, about)
    elif choice.pays is not None:
        yield from _paid(f"{lead}it pays", choice.pays, component, about)
    if choice.otherwise is not None:
        yield from _paid(f"{lead}for everything else it pays", choice.otherwise, component, about)


def _paid(lead: str, paid: "str | Rated | None", component: Component, about: About) -> Iterator[Block]:
    if isinstance(paid, str):
        yield Paragraph(begun(f"{lead} {rate_said(paid)}"))
    elif paid is None:
        yield Paragraph(begun(f"{lead} nothing"))
    elif paid.table is None:
        yield Paragraph(begun(f"{lead} {cell_said(paid, about, alone=True)}"))
    else:
        cell = f" {cell_said(paid, about, alone=True)} and" if written(paid) else ""
        yield Paragraph(f"{lead}{cell} by this table:")
        yield from table_told(paid.table, component, about)
