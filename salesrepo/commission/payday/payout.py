"""What is paid out to a payee when a pay period closes? Pure; the last stage of pay (docs/plans.md).

What was booked into the period stands beside what is carried from before. Draws add to it, what is owed of them is
taken back out of it, and what is then above zero is paid out; what is below is carried on. Each currency is settled by
itself. Done twice over its own lines, the stage adds nothing.
"""

from collections.abc import Mapping, Sequence

from salesrepo.commission.payday import because
from salesrepo.commission.payday.account import PayAccount, PeriodClose
from salesrepo.commission.payday.draws import DrawInForce, DrawLack, draws_of, is_owed, paid_in
from salesrepo.commission.payday.slip import Slip
from salesrepo.commission.payday.till import Till
from salesrepo.commission.values import Booked
from salesrepo.domain.statement import LineType


def pay_out(account: PayAccount, close: PeriodClose, *, seqs: Mapping[str, int]) -> Booked:
    """The lines of draws, recoveries and payouts of one payee, and all running totals after them.

    `seqs` are the highest sequence numbers booked, by stem of key (`booked_lines.top_seqs`).
    """
    totals = dict(account.totals)
    shares_out = any(part.share_out for version in account.versions for part in version.components)
    if account.team or shares_out:
        return Booked((), totals)
    slip = Slip(account.payee, close, seqs)
    draws, lacks = draws_of(
        account.payee, account.versions, account.former, window=close.window, exchanges=close.exchanges
    )
    for lack in lacks:
        _wait(lack, account, close, slip)
    for currency in sorted(_currencies(account, draws)):
        till = Till(account, close, currency, slip, totals)
        till.draw([draw for draw in draws if draw.currency == currency])
        till.settle_leaving()
        till.pay()
    return Booked(tuple(slip.lines), totals)


def _currencies(account: PayAccount, draws: Sequence[DrawInForce]) -> set[str]:
    owing = {key.unit for key, owed in account.totals.items() if owed and is_owed(key, account.payee)}
    drawing = {draw.currency for draw in draws}
    return {line.currency for line in account.lines} | {money for money in account.before} | drawing | owing


def _wait(lack: DrawLack, account: PayAccount, close: PeriodClose, slip: Slip) -> None:
    """A pending line of a draw in force, once."""
    waits = any(line.type is LineType.PENDING and line.component == lack.draw.name for line in account.lines)
    if waits or lack.version not in account.versions:
        return
    slip.write(
        LineType.PENDING,
        0,
        None,
        currency=paid_in(account.payee, lack.version),
        because=because.waits(lack, close.window.id),
        component=lack.draw.name,
        version=lack.version,
        needs=f"{lack.needs}.",
    )
