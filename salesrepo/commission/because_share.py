"""How is a pool said in one sentence: what is shared among whom, and what a member's part of it is?"""

from collections.abc import Sequence
from fractions import Fraction

from salesrepo.commission.share_out import LeftOut
from salesrepo.domain.money import name_amount, show_percent
from salesrepo.domain.statement import LineItem


def handed_on(pool: LineItem, members: Sequence[str], out: Sequence[LeftOut]) -> str:
    """What becomes of what a team earned."""
    money = name_amount(pool.amount, pool.currency)
    told = f"{money} is shared among {_names(members)}" if members else f"{money} is shared among nobody"
    left = "; ".join(_left_out(member) for member in out)
    return f"{told}. Without a part: {left}." if left else f"{told}."


def has_part(pool: LineItem, amount: int, share: Fraction) -> str:
    """What a member's part is."""
    part, whole = name_amount(amount, pool.currency), name_amount(pool.amount, pool.currency)
    shown = show_percent(share.as_integer_ratio())
    return f"{shown} of the {whole} that {pool.payee} earned for {pool.component} is {part}."


def _left_out(member: LeftOut) -> str:
    why = f"by {', '.join(member.fields)}" if member.fields else "brought nothing"
    return f"{member.node} ({why})"


def _names(members: Sequence[str]) -> str:
    *others, last = members
    return f"{', '.join(others)} and {last}" if others else last
