"""How does a rate as a plan writes it become one that is ready to be applied, and what is wrong with it?"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from salesrepo.commission.cell import SUMS, CellFormula
from salesrepo.commission.condition import condition_problems, ready_condition
from salesrepo.commission.entry import METRIC, RANK, quota_of, runs
from salesrepo.commission.ready_cell import cell_problems, ready_cell, same_kind, written
from salesrepo.commission.registry import TABLES, cells_in, shapes_in
from salesrepo.commission.shape import Problem, Site, below
from salesrepo.commission.version import Formula, ReadyCondition, ReadyFactor, ReadyRule
from salesrepo.domain.kinds.plan import Cell, Component, Factor, Rated, RateRule, Table

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan import Rate

_DEFAULT = "all"


def rate_problems(component: Component, site: Site, quotas: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with a component's rate; routes begin at the component."""
    known = tuple(quotas)
    rate = component.rate
    if not isinstance(rate, RateRule):
        yield from below(("rate",), cell_problems(Cell(rate=rate), site))
        return
    if rate.first and (rate.table or written(rate)):
        yield Problem(("rate",), "A rate is a cell, a table or the first of several.", "Keep one of them.")
    elif rate.first:
        yield from below(("rate", "first"), _choice_problems(rate, component, site, known))
    else:
        yield from below(("rate",), _rated_problems(rate, component, site, known))


def _choice_problems(rate: RateRule, component: Component, site: Site, quotas: tuple[str, ...]) -> Iterator[Problem]:
    for place, choice in enumerate(rate.first):
        last = place == len(rate.first) - 1
        if last and (choice.otherwise is None or choice.when is not None or choice.pays is not None):
            yield Problem((place,), "The last rule says what is paid where none fits.", "Write otherwise: 0%.")
        elif not last and (choice.when is None or choice.pays is None or choice.otherwise is not None):
            yield Problem((place,), "A rule says when it fits and what it pays.", "Write when: and pays:.")
        yield from below((place, "when"), condition_problems(choice.when, site.currency, quotas, site.looked_up))
        for key in ("pays", "otherwise"):
            paid = getattr(choice, key)
            if isinstance(paid, str):
                yield from below((place, key), cell_problems(Cell(rate=paid), site))
            elif paid is not None:
                yield from below((place, key), _rated_problems(paid, component, site, quotas))


def _rated_problems(rate: Rated, component: Component, site: Site, quotas: tuple[str, ...]) -> Iterator[Problem]:
    if rate.table is None:
        yield from cell_problems(rate, site)
        cells: list[Cell] = [rate]
    elif written(rate):
        yield Problem((), "A rate is a cell or a table.", "Keep one of the two.")
        return
    else:
        yield from below(("table",), table_problems(rate.table, component, site, quotas))
        cells = [*cells_in(rate.table)]
    if any(cell.target_rate is not None for cell in cells) and component.quota is None:
        yield Problem((), "A target rate is the target by a quota; which one?", "Write quota: at the component.")


def table_problems(table: Table, component: Component, site: Site, quotas: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with a table; routes begin at the table."""
    shapes = shapes_in(table)
    if len(shapes) != 1:
        said = "no rows" if not shapes else f"both {' and '.join(shape.name for shape in shapes)}"
        yield Problem((), f"The table has {said}.", f"Write one of: {', '.join(shape.name for shape in TABLES)}.")
        return
    yield from shapes[0].problems(table, site)
    quota = quota_of(table.by)
    if quota and quota not in quotas:
        known = f"Use one of: {', '.join(quotas)}." if quotas else "Write it under quotas:."
        yield Problem(("by",), f"No quota of this plan is called {quota}.", known)
    if table.by.partition(".")[0] in (METRIC, RANK) and table.by not in site.looked_up:
        known = (
            f"Use one of: {', '.join(site.looked_up)}." if site.looked_up else "Write it under metrics: or rankings:."
        )
        yield Problem(("by",), f"Nothing of this plan is called {table.by}.", known)
    cells = shapes[0].cells(table)
    if not same_kind(cells):
        yield Problem((shapes[0].name,), "The rows pay by different sorts of cells.", "Use prices or sums, not both.")
    yield from _mode_problems(table, [kind for cell in cells for kind in written(cell)])


def _mode_problems(table: Table, kinds: list[str]) -> Iterator[Problem]:
    if (table.mode == "event") != (table.at is not None):
        yield Problem(("at",), "Mode event, and only it, says at which figure.", "Write at: before or after.")
    if table.mode == "slice" and not runs(table.by):
        yield Problem(("mode",), f"{table.by} does not run, so it has no slices.", "Write mode: all.")
    if table.mode == "slice" and any(kind in SUMS for kind in kinds):
        yield Problem(("mode",), "A sum is reached, not cut into slices.", "Write mode: all.")


def factor_problems(component: Component, site: Site, quotas: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with a component's factors; routes begin at the component."""
    makes = site._replace(makes_factors=True)
    for place, factor in enumerate(component.factors):
        route = ("factors", place)
        if (factor.times is None) == (factor.table is None):
            yield Problem(route, "A factor says times or has a table.", "Keep one of the two.")
        yield from below((*route, "when"), condition_problems(factor.when, site.currency, quotas, site.looked_up))
        if factor.table is not None:
            yield from below((*route, "table"), table_problems(factor.table, component, makes, quotas))


def tables_of(component: Component) -> Iterator[Table]:
    """Every table of a component: in its rate, in the rules that it chooses from, in its factors."""
    rate = component.rate
    if isinstance(rate, RateRule):
        rated = [rate, *(paid for choice in rate.first for paid in (choice.pays, choice.otherwise))]
        yield from (each.table for each in rated if isinstance(each, Rated) and each.table is not None)
    yield from (factor.table for factor in component.factors if factor.table is not None)


def cells_of(component: Component) -> Iterator[Cell]:
    """Every cell that a component's rate may pay by: of its tables, and those that stand by themselves."""
    for table in tables_of(component):
        yield from cells_in(table)
    rate = component.rate
    if isinstance(rate, RateRule):
        rated = (rate, *(paid for choice in rate.first for paid in (choice.pays, choice.otherwise)))
        yield from (each for each in rated if isinstance(each, Rated))


def looks_back(table: Table) -> bool:
    """Whether reaching a row of a table changes what is paid for earlier events of the window."""
    return table.mode == "all" or any(step.mode == "all" for step in table.steps)


def ready_rules(component: Component, site: Site) -> tuple[ReadyRule, ...]:
    """A component's rates in the order in which they are tried. It has no problems."""
    rate = component.rate
    if not isinstance(rate, RateRule) or not rate.first:
        return (_ready_rule(_DEFAULT, (), rate, site),)
    return tuple(
        _ready_rule(choice.name, ready_condition(choice.when, site.currency), choice.pays or choice.otherwise, site)
        for choice in rate.first
    )


def ready_factors(factors: Iterable[Factor], site: Site) -> tuple[ReadyFactor, ...]:
    """Factors in the order written, each as the price of one unit."""
    makes = site._replace(makes_factors=True)
    return tuple(
        ReadyFactor(
            factor.name,
            ready_condition(factor.when, site.currency),
            _by(factor.table),
            _formula(factor, factor.table, makes),
        )
        for factor in factors
    )


def _ready_rule(name: str, when: ReadyCondition, rate: "Rate | Rated | None", site: Site) -> ReadyRule:
    if isinstance(rate, Rated):
        return ReadyRule(name, when, _by(rate.table), _formula(rate, rate.table, site))
    return ReadyRule(name, when, "", CellFormula(ready_cell(Cell(rate=rate), site)))


def _formula(cell: Cell | Factor, table: Table | None, site: Site) -> Formula:
    if table is not None:
        return shapes_in(table)[0].ready(table, site)
    written_as = cell if isinstance(cell, Cell) else Cell(times=cell.times)
    return CellFormula(ready_cell(written_as, site))


def _by(table: Table | None) -> str:
    return table.by if table is not None else ""
