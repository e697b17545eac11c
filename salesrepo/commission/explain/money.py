"""Does the arithmetic hold of a line that says what of an earning is held back, released or taken back?"""

from collections.abc import Iterator

from salesrepo.commission.billed.because import percent
from salesrepo.commission.billed.release import now_released
from salesrepo.commission.billed.taking import now_taken
from salesrepo.commission.explain.working import Working
from salesrepo.domain.money import group_amount, round_half_away
from salesrepo.domain.statement import LineItem, LineType, ReleasePart, TakenPart


def money_steps(line: LineItem) -> Iterator[Working]:
    """Every step from what stood to the line's amount, of a line that releases or takes back; none of others."""
    if line.released is not None:
        yield from _released(line, line.released)
    if line.taken is not None:
        yield from _taken(line, line.taken)


def lacks_part(line: LineItem) -> bool:
    """Whether a line of these types does not say how much of what it releases, holds back or takes back."""
    if line.type in (LineType.RESERVE, LineType.RELEASE):
        return line.released is None
    return line.type is LineType.CLAWBACK and line.taken is None


def _released(line: LineItem, part: ReleasePart) -> Iterator[Working]:
    of = group_amount(part.of, line.currency)
    for what, (over, under) in (("payable before", part.before), ("payable now", part.after)):
        worth = group_amount(round_half_away(part.of * over, under), line.currency)
        yield Working(what, f"{percent((over, under))} of {of}", worth, agrees=True)
    amount = now_released(part)
    yield Working("amount", "the difference", group_amount(amount, line.currency), amount == line.amount)


def _taken(line: LineItem, part: TakenPart) -> Iterator[Working]:
    over, under = part.share
    whole = group_amount(round_half_away(part.of * over, under), line.currency)
    yield Working(
        "to be taken back", f"{percent(part.share)} of {group_amount(part.of, line.currency)}", whole, agrees=True
    )
    amount = -now_taken(part)
    how = f"less {group_amount(part.before, line.currency)} taken before"
    if part.stood is not None:
        how += f", and no more than {group_amount(part.stood, line.currency)}, which stood"
    yield Working("amount", how, group_amount(amount, line.currency), amount == line.amount)
