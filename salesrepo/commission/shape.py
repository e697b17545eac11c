"""What is wrong with a plan, and what does a way to write a table consist of?"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from salesrepo.commission.version import Formula

if TYPE_CHECKING:  # a rate is applied without the record that it was written in
    from salesrepo.domain.kinds.plan import Cell, Table


class Problem(NamedTuple):
    """Why a plan cannot be paid by: the keys that lead to the place, a sentence, the next step."""

    route: tuple[str | int, ...]
    message: str
    hint: str = ""


def below(route: tuple[str | int, ...], found: Iterable[Problem]) -> Iterator[Problem]:
    """Problems whose routes begin at `route`, as they are seen from where `route` itself begins."""
    return (problem._replace(route=(*route, *problem.route)) for problem in found)


class Site(NamedTuple):
    """Where a rate stands: the plan's currency, in what its measure counts, whether it makes factors.

    `looked_up` are the plan's metrics and rankings (`metric.churn`), and whether their figures are percentages.
    """

    currency: str
    unit: str
    makes_factors: bool = False
    looked_up: Mapping[str, bool] = MappingProxyType({})


class TableShape(Protocol):
    """One way to write a table: `steps`, `points`."""

    @property
    def name(self) -> str:
        """The key under which its rows stand."""

    def cells(self, table: "Table") -> "tuple[Cell, ...]":
        """What a table pays by that is written so, as it stands there; none where the table is written otherwise."""

    def problems(self, table: "Table", site: Site) -> Iterator[Problem]:
        """What is wrong with a table that is written so; routes begin at the table."""

    def ready(self, table: "Table", site: Site) -> Formula:
        """The table ready to be applied. It has no problems."""
