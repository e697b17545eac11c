"""Does a member's part of a pool hold, and is what a team hands on all that it earned?"""

from collections.abc import Iterator
from fractions import Fraction

from salesrepo.commission.explain.working import Working
from salesrepo.domain.money import group_amount, show_percent
from salesrepo.domain.statement import LineItem


def share_steps(line: LineItem) -> Iterator[Working]:
    """The one step of a line that shares out: the whole of it from the team, the part by weight for a member.

    Odd units of the currency go by the plan to one member or another, so a part may be one of them away.
    """
    shared = line.shared
    if shared is None:
        return
    pool = f"{group_amount(shared.of, line.currency)} {line.currency}"
    if line.payee == shared.team:
        result = group_amount(-shared.of, line.currency)
        yield Working("amount", f"all of {pool}, handed on", result, line.amount == -shared.of)
        return
    share = Fraction(*shared.ends) - Fraction(*shared.starts)
    exact = share * shared.of
    agrees = 0 < share <= 1 and abs(line.amount - exact) <= 1
    shown = line.amount if agrees else round(exact)
    how = f"{show_percent(share.as_integer_ratio())} of {pool} of {shared.team}, to one odd unit"
    yield Working("amount", how, group_amount(shown, line.currency), agrees)
