"""What was booked for a payee in a period, and which lines does a key, a deal or a handle mean?"""

import re
from collections import Counter
from collections.abc import Iterable

from salesrepo.commission.booking import read_closing, read_line
from salesrepo.domain.holding import deal_names, handle_of
from salesrepo.domain.statement import LineItem, LineType, Statement
from salesrepo.errors import RefusedError
from salesrepo.store.ledger import BatchFile, Ledger

_DEAL = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}", re.ASCII)


def periods(ledger: Ledger, node: str) -> tuple[str, ...]:
    """The booking periods of a payee, in the order in which they began."""
    return tuple(dict.fromkeys(file.period for file in ledger.batches(node)))


def statement(ledger: Ledger, node: str, period: str | None = None) -> Statement:
    """A payee's statement of a booking period, the last one where none is named; reads that period's files alone.

    Raises RefusedError where nothing was booked for the payee, or nothing in that period.
    """
    files = ledger.batches(node)
    if not files:
        raise RefusedError(f"Nothing has been booked for {node} yet.", hint="Win a deal; it is paid when it is merged.")
    period = period or files[-1].period
    own = [place for place, file in enumerate(files) if file.period == period]
    if not own:
        known = ", ".join(dict.fromkeys(file.period for file in files[-12:]))
        raise RefusedError(f"Nothing was booked for {node} in {period}.", hint=f"There are statements of {known}.")
    lines = tuple(read_line(line) for place in own for line in ledger.batch(files[place]).lines)
    opening, total = _opening(ledger, files[: own[0]], node), _sums(lines)
    return Statement(
        node=node,
        period=period,
        lines=lines,
        opening=opening,
        total=total,
        closing={money: opening.get(money, 0) + total.get(money, 0) for money in sorted({*opening, *total})},
        waiting=_waiting(lines, ledger.closing(node)[1].pending),
    )


def find_lines(ledger: Ledger, text: str, *, node: str | None = None) -> tuple[LineItem, ...]:
    """The lines that a line's key, a deal's id or a handle (`acme/2`) means; of `node` alone where one is named.

    A handle of a deal whose id begins with its account's key is looked for among that node's own lines. Raises
    RefusedError where nothing is found.
    """
    deal, _, rest = text.strip().partition(" ")
    found = _of_deal(ledger, deal, node)
    if not found and "/" in deal:
        found = _of_deal(ledger, deal.partition("/")[2], node) or _of_handle(ledger, deal, node)
    if rest:
        found = tuple(line for line in found if line.key == text.strip())
    if not found:
        whose = f" for {node}" if node else ""
        raise RefusedError(
            f"Nothing is booked{whose} under {text.strip()[:80]!r}.",
            hint="Name a line or a deal as a statement shows it.",
        )
    return found


def _opening(ledger: Ledger, before: tuple[BatchFile, ...], node: str) -> dict[str, int]:
    for file in reversed(before):
        shut = ledger.batch(file).closing
        if shut is not None:
            return read_closing(node, shut)[1]
    return {}


def _sums(lines: Iterable[LineItem]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.currency] += line.amount
    return dict(sorted(sums.items()))


def _waiting(lines: tuple[LineItem, ...], deals: Iterable[str]) -> tuple[LineItem, ...]:
    undone = {line.reverses for line in lines}
    still = set(deals)
    return tuple(
        line for line in lines if line.type is LineType.PENDING and line.deal in still and line.key not in undone
    )


def _of_deal(ledger: Ledger, deal: str, node: str | None) -> tuple[LineItem, ...]:
    lines = ledger.of_deal(deal).lines if _DEAL.fullmatch(deal) else ()
    return tuple(line for line in lines if node in (None, line.payee))


def _of_handle(ledger: Ledger, handle: str, node: str | None) -> tuple[LineItem, ...]:
    """The one deal of a node's own that is called so. Raises RefusedError for several."""
    lines = (line for file in ledger.batches(node) for line in ledger.batch(file).lines) if node else ()
    deals = {line.deal: line.deal.rpartition("-")[0] for line in lines if line.deal}
    found = {deal: account for deal, account in deals.items() if handle in deal_names(account, deal)}
    if len(found) > 1:
        several = " or ".join(sorted(handle_of(account, deal, found.values()) for deal, account in found.items()))
        raise RefusedError(f"{handle} could be {several}.", hint="Name one of them.")
    return _of_deal(ledger, next(iter(found)), node) if found else ()
