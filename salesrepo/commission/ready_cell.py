"""What does a cell say, is that possible where it stands, and what is a row's bound as a number?"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from salesrepo.commission.cell import PRICES, SUMS, ReadyCell
from salesrepo.commission.entry import METRIC, is_share, unit_entered
from salesrepo.commission.figures import multiple, quantity
from salesrepo.commission.shape import Problem, Site
from salesrepo.domain.money import parse_amount
from salesrepo.errors import RefusedError

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan import Cell

KINDS = (*PRICES, *SUMS, "times")
_MONEY = ("each", "flat")


def written(cell: "Cell") -> list[str]:
    """The kinds of which a cell says something: one, if it is sound."""
    return [kind for kind in KINDS if getattr(cell, kind) is not None]


def cell_problems(cell: "Cell", site: Site) -> Iterator[Problem]:
    """A cell that says nothing, or two things, or what cannot be paid on what counts here."""
    kinds = written(cell)
    fitting = ("times",) if site.makes_factors else tuple(kind for kind in KINDS if kind != "times")
    if len(kinds) != 1:
        said = f"both {kinds[0]} and {kinds[1]}" if kinds else "nothing"
        yield Problem((), f"This says {said} of what is paid.", f"Write one of: {', '.join(fitting)}.")
        return
    (kind,) = kinds
    if kind not in fitting:
        yield Problem((kind,), f"{kind} has no place here.", f"Write one of: {', '.join(fitting)}.")
    elif kind in ("rate", "target_rate") and not site.unit:
        yield Problem((kind,), "A share of things that are counted is no money.", 'Write each: "4.00".')
    elif kind == "each" and site.unit:
        yield Problem((kind,), "Money is no unit that is paid by the piece.", "Write rate: 6%.")
    elif kind in _MONEY:
        try:
            parse_amount(getattr(cell, kind), site.currency)
        except RefusedError as error:
            yield Problem((kind,), error.message, error.hint)
    elif getattr(cell, kind).endswith("/0"):
        yield Problem((kind,), "Nothing can be divided by zero.", "Write a rate such as 1/3.")


def same_kind(cells: "Sequence[Cell]") -> bool:
    """Whether the cells of a table all say the same sort of thing: prices, sums of one kind, or multiples."""
    sorts = {("price" if kinds[0] in PRICES else kinds[0]) for cell in cells if (kinds := written(cell))}
    return len(sorts) <= 1


def ready_cell(cell: "Cell", site: Site) -> ReadyCell:
    """The cell as a number. It has no problems."""
    (kind,) = written(cell)
    text: str = getattr(cell, kind)
    if kind in _MONEY:
        number = Fraction(parse_amount(text, site.currency))
        return ReadyCell(kind, f"{text} each" if kind == "each" else text, number)
    said = {"target_rate": f"{text} target rate", "target": f"{text} of target"}
    return ReadyCell(kind, said.get(kind, text), multiple(text))


def bound(text: str, by: str, site: Site) -> Fraction:
    """A row's bound in what its table is entered by. Raises RefusedError where it is written otherwise."""
    shares = site.looked_up.get(by, is_share(by))
    if shares != text.endswith("%"):
        raise RefusedError(
            f"{text} is no bound of {by}.", hint="Write a share such as 100%." if shares else 'Write a number: "40000".'
        )
    if shares:
        return multiple(text)
    if by.startswith(f"{METRIC}."):
        return Fraction(text)
    return Fraction(quantity(text, unit_entered(by, site.unit)))
