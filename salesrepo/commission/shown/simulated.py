"""How is a simulation laid out for people: costs side by side, who gains and who loses, the spread, months, quotas?"""

from collections.abc import Iterable, Iterator

from salesrepo.commission.figures import show_quantity
from salesrepo.commission.shown.compare import shifts_of, spread_of
from salesrepo.domain.money import group_amount
from salesrepo.domain.page import Block, Grid, Heading, Page, Paragraph
from salesrepo.domain.simulation import Outcome, Simulation

_HUNDREDTHS = 10_000  # of a percent, in a whole


def page_of(simulation: Simulation, *, names: dict[str, str]) -> Page:
    """The page; `names` has how people call the payees."""
    since = f"from {simulation.since}" if simulation.since else "from the beginning"
    plan = f"plan {simulation.instead_of}" if simulation.instead_of else "what is in force"
    whose = len({payee for payee, _ in simulation.whose})
    deals, others = _some(simulation.deals, "deal"), ", ".join(other.name for other in simulation.others)
    told = (
        f"{deals} {since} to {simulation.until}, {_some(whose, 'payee')}, paid by {plan}, and in its place by each of: "
        f"{others}. Calculated by the engine that pays."
    )
    blocks: tuple[Block, ...] = (Paragraph(told), *_sections(simulation, names))
    return Page("What another plan would have cost", blocks)


def _sections(simulation: Simulation, names: dict[str, str]) -> Iterator[Block]:
    yield from (Heading("Cost"), costs(simulation))
    yield from (Heading("Who gains and who loses"), shifts(simulation))
    yield from (Heading("Spread over payees"), spreads(simulation))
    yield from (Heading("Payee by payee"), payees(simulation, names))
    yield from (Heading("Month by month"), months(simulation))
    attained = attainments(simulation, names)
    if attained.rows:
        yield from (Heading("Quotas"), attained)


def costs(simulation: Simulation) -> Grid:
    """The cost of each plan, by currency, and by how much it differs from now."""
    rows: list[tuple[str, ...]] = []
    for outcome in _all(simulation):
        for currency in _currencies(simulation):
            before, cost = simulation.now.totals.get(currency, 0), outcome.totals.get(currency, 0)
            rows.append(
                (outcome.name, *(_money(sum_, currency) for sum_ in (cost, cost - before)), currency, _waits(outcome))
            )
    return Grid(("plan", "cost", "difference", "", "waits"), tuple(rows))


def shifts(simulation: Simulation) -> Grid:
    """How many payees gain and lose under each candidate, and how much."""
    rows = (
        (
            other.name,
            *(str(shift.gain), _money(shift.gained, shift.currency)),
            *(str(shift.lose), _money(shift.lost, shift.currency)),
            *(str(shift.same), shift.currency),
        )
        for other in simulation.others
        for shift in shifts_of(simulation, other)
    )
    return Grid(("plan", "gain", "by", "lose", "by", "same", ""), tuple(rows))


def spreads(simulation: Simulation) -> Grid:
    """The least, the quartiles and the most that payees get."""
    rows: list[tuple[str, ...]] = []
    for outcome in _all(simulation):
        for currency in _currencies(simulation):
            spread = spread_of(outcome, currency)
            if spread is not None:
                sums = (spread.least, spread.first, spread.median, spread.third, spread.most)
                rows.append((outcome.name, *(_money(each, currency) for each in sums), currency))
    return Grid(("plan", "least", "quarter", "median", "three quarters", "most", ""), tuple(rows))


def payees(simulation: Simulation, names: dict[str, str]) -> Grid:
    """Each payee's pay now and under each candidate, with the difference."""
    head = ("payee", "now", *(text for other in simulation.others for text in (other.name, "difference")), "")
    rows = (
        (
            names.get(payee, payee),
            _money(simulation.now.of(payee, currency).earned, currency),
            *_beside(simulation, payee, currency),
            currency,
        )
        for payee, currency in simulation.whose
    )
    return Grid(head, tuple(rows))


def months(simulation: Simulation) -> Grid:
    """The cost of each month of events, now and under each candidate."""
    everything = [outcome.months for outcome in _all(simulation)]
    known = sorted({key for found in everything for key in found})
    rows = (
        (month, *(_money(found.get((month, currency), 0), currency) for found in everything), currency)
        for month, currency in known
    )
    return Grid(("month", *(outcome.name for outcome in _all(simulation)), ""), tuple(rows))


def attainments(simulation: Simulation, names: dict[str, str]) -> Grid:
    """How far each payee came with each quota of each plan."""
    rows = (
        (
            names.get(paid.payee, paid.payee),
            outcome.name,
            *(each.quota, each.window),
            f"{show_quantity(each.reached, each.unit)} {each.unit}".strip(),
            share_text(each.share.numerator, each.share.denominator),
        )
        for outcome in _all(simulation)
        for paid in outcome.payees
        for each in paid.attained
    )
    return Grid(("payee", "plan", "quota", "window", "reached", "of quota"), tuple(rows))


def share_text(part: int, whole: int) -> str:
    """A share as a percentage with at most two decimals, for people: the exact figures stand beside it."""
    hundredths = (part * _HUNDREDTHS * 2 + whole) // (whole * 2)
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def _beside(simulation: Simulation, payee: str, currency: str) -> Iterator[str]:
    before = simulation.now.of(payee, currency).earned
    for other in simulation.others:
        after = other.of(payee, currency).earned
        yield from (_money(after, currency), _money(after - before, currency))


def _all(simulation: Simulation) -> tuple[Outcome, ...]:
    return (simulation.now, *simulation.others)


def _currencies(simulation: Simulation) -> Iterable[str]:
    return sorted({currency for _, currency in simulation.whose})


def _money(amount: int, currency: str) -> str:
    return group_amount(amount, currency)


def _some(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _waits(outcome: Outcome) -> str:
    return f"{outcome.waits} cannot be rated" if outcome.waits else ""
