"""How do two outcomes of the same history differ, and how is pay spread over people?"""

from collections.abc import Iterable
from fractions import Fraction

from salesrepo.domain.money import round_half_away
from salesrepo.domain.simulation import Outcome, Shift, Simulation, Spread


def spread_of(outcome: Outcome, currency: str) -> Spread | None:
    """The spread of what payees earned in a currency; None where nobody did.

    A quartile lies where a quarter of the way from the least to the most paid ends, between two payees on the straight
    line (the way of R-7, which spreadsheets use).
    """
    sums = sorted(paid.earned for paid in outcome.payees if paid.currency == currency)
    if not sums:
        return None
    least, first, median, third, most = (_at(sums, Fraction(part, 4)) for part in range(5))
    return Spread(currency=currency, payees=len(sums), least=least, first=first, median=median, third=third, most=most)


def shifts_of(simulation: Simulation, other: Outcome) -> tuple[Shift, ...]:
    """Who gains and who loses under another plan, by currency."""
    differences: dict[str, list[int]] = {}
    for payee, currency in simulation.whose:
        before, after = simulation.now.of(payee, currency), other.of(payee, currency)
        differences.setdefault(currency, []).append(after.earned - before.earned)
    return tuple(_shift(currency, found) for currency, found in sorted(differences.items()))


def _shift(currency: str, differences: Iterable[int]) -> Shift:
    found = tuple(differences)
    gains, losses = [each for each in found if each > 0], [each for each in found if each < 0]
    return Shift(
        currency=currency,
        gain=len(gains),
        gained=sum(gains),
        lose=len(losses),
        lost=sum(losses),
        same=len(found) - len(gains) - len(losses),
    )


def _at(sums: list[int], share: Fraction) -> int:
    place = share * (len(sums) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(sums) - 1)
    exact = sums[below] + (sums[above] - sums[below]) * (place - below)
    return round_half_away(*exact.as_integer_ratio())
