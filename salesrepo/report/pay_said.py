"""Whose pay would change, and by how much: in sentences, and as a part of the comment under a proposal."""

from collections.abc import Iterator

from salesrepo.domain.money import group_amount
from salesrepo.domain.pay_change import PayChange, WouldPay
from salesrepo.encode.markdown import words

_MOST = 40  # payees in a comment, which other parts must fit into as well


def pay_said(found: WouldPay) -> Iterator[str]:
    """A heading, then a line for each payee and each thing that cannot be told; one sentence where nothing changes."""
    if found.changes:
        yield "Whose pay it changes:"
    elif not found.unknown:
        yield "It changes nobody's pay."
    for change in found.changes:
        yield f"  {found.who(change.payee)}: {sum_said(change, sign='+')}"
    for why in found.unknown:
        yield f"  {why}"


def sum_said(change: PayChange, *, sign: str = "") -> str:
    """What one payee earns, how much of it is held back, what waits; `sign` stands before what is added."""

    def money(amount: int) -> str:
        return f"{sign if amount > 0 else ''}{group_amount(amount, change.currency)} {change.currency}"

    told = [] if change.waits and not change.earned else [money(change.earned)]
    if change.held:
        told.append(f"{money(change.held)} of it held back until it is released")
    told += [f"waits for this: {needs}" for needs in change.waits]
    return "; ".join(told)


def pay_markdown(found: WouldPay) -> str:
    """The same as a list in Markdown, for the comment; the rest of many payees is counted."""
    head, *lines = pay_said(found) if found.changes or not found.unknown else ("Pay:", *pay_said(found))
    shown = [f"- {words(line.strip())}\n" for line in lines[:_MOST]]
    rest = [f"- and {len(lines) - _MOST} more\n"] if len(lines) > _MOST else []
    return f"\n**{words(head)}**\n\n" + "".join((*shown, *rest))
