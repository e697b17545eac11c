"""Why is a part of what was earned held back, released, or taken back? In one sentence, with its figures."""

from fractions import Fraction

from salesrepo.commission.figures import show_quantity
from salesrepo.domain.money import Ratio, group_amount, round_half_away
from salesrepo.domain.statement import LineItem


def held_back(line: LineItem) -> str:
    """Why a reserve stands beside an earning."""
    part = line.released
    of, share, by = (part.of, part.after, part.by) if part else (0, (0, 1), "")
    return (
        f"{_money(-line.amount, line)} of {_money(of, line)} {line.currency} are earned and not payable yet: "
        f"{percent(share)} is released so far ({by})."
    )


def released(line: LineItem) -> str:
    """Why more of a line is payable."""
    part = line.released
    of, before, after, by = (part.of, part.before, part.after, part.by) if part else (0, (0, 1), (0, 1), "")
    return (
        f"{_money(line.amount, line)} of {_money(of, line)} {line.currency} become payable: "
        f"{percent(after)} is released now ({by}), {percent(before)} was before."
    )


def set_free(line: LineItem, why: str) -> str:
    """Why what was held back is not waited for any more; `why` is a clause such as "the deal was cancelled"."""
    of = line.released.of if line.released else 0
    return (
        f"{_money(line.amount, line)} of the {_money(of, line)} {line.currency} held back is what is taken back "
        f"because {why}: it was never payable, and nobody pays it."
    )


def taken(line: LineItem, why: str) -> str:
    """Why a part of what was earned is taken back, and what no longer counts."""
    part = line.taken
    of, share, before = (part.of, part.share, part.before) if part else (0, (0, 1), 0)
    less = f", less {_money(before, line)} taken before," if before else ""
    text = (
        f"{percent(share)} of {_money(of, line)} {line.currency} is taken back{less} because {why}: "
        f"{_money(-line.amount, line)}."
    )
    for move in line.moved:
        text += f" {show_quantity(-move.base, move.unit)} less counts towards {move.measure} of {move.window}."
    return text


def undecided(line: LineItem) -> str:
    """Why nothing can be released or taken back of a line yet."""
    of = f"{_money(line.amount, line)} {line.currency}"
    return f"What is payable of {of} for {line.component} cannot be said yet: something that it rests on is missing."


def percent(share: Ratio) -> str:
    """A share to two decimals: a figure for people, the exact one stands on the line."""
    hundredths = round_half_away(share[0] * 10_000, share[1])
    return f"{show_quantity(Fraction(hundredths, 100), '')}%"


def _money(amount: int, line: LineItem) -> str:
    return group_amount(amount, line.currency)
