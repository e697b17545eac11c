"""What is the amount multiplied by?"""

from collections.abc import Iterator

from salesrepo.commission.describe.conditions import where
from salesrepo.commission.describe.tables import table_told
from salesrepo.commission.describe.wording import About, begun
from salesrepo.domain.kinds.plan import Component
from salesrepo.domain.page import Block, Paragraph


def factors_told(component: Component, about: About) -> Iterator[Block]:
    """Each factor in the order in which they are applied."""
    for factor in component.factors:
        times = f" times {factor.times}" if factor.times is not None else ""
        by = " by this table:" if factor.table else ""
        said = f"The exact amount is then multiplied{times} ({factor.name}){where(factor.when)}{by}"
        yield Paragraph(begun(said))
        if factor.table is not None:
            yield from table_told(factor.table, component, about)
