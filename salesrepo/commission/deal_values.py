"""What is a line of a deal worth, by the names that plans count by?

`amount` and TCV are the whole contract's. Of what recurs over a term of T months: MRR is amount / T, ARR twelve times
that, ACV the first twelve months. What is sold once has an ACV, its amount, and no MRR or ARR. Each is rounded once to
the currency, where it is derived; what is not recorded (a term, a cost) leaves what rests on it out.
"""

from salesrepo.domain.money import round_half_away

_YEAR = 12


def values_of(amount: int, *, quantity: int, recurring: bool, term: int | None, cost: int | None) -> dict[str, int]:
    """The values of one line by name, in minor units of the deal's currency; `units` are things.

    `amount` is the line's, `cost` that of one unit, `term` in months.
    """
    values = {"units": quantity}
    if cost is not None:
        values["margin"] = amount - quantity * cost
    if not recurring:
        return values | {"acv": amount, "tcv": amount}
    if term is None:
        return values
    return values | {
        "tcv": amount,
        "mrr": round_half_away(amount, term),
        "arr": round_half_away(amount * _YEAR, term),
        "acv": round_half_away(amount * min(_YEAR, term), term),
    }
