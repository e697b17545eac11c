"""How do the draws, recoveries and payouts of a pay period become lines of the ledger?

They have no deal: their event is the period, and they are booked into the very period that closes.
"""

from collections.abc import Mapping

from salesrepo.commission.lines import ENGINE, NO_DEAL
from salesrepo.commission.payday.account import PeriodClose
from salesrepo.commission.values import Exchange, Payee
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.statement import DrawPart, FxPart, LineItem, LineType


class Slip:
    """Writes and numbers the lines of one payee at one close."""

    def __init__(self, payee: Payee, close: PeriodClose, seqs: Mapping[str, int]) -> None:
        self.lines: list[LineItem] = []
        self._payee = payee
        self._close = close
        self._seqs = dict(seqs)

    def write(  # noqa: PLR0913 - the fields of a line, all of them by name
        self,
        kind: LineType,
        amount: int,
        drawn: DrawPart | None,
        *,
        currency: str,
        because: str,
        component: str | None = None,
        version: PlanVersion | None = None,
        converted: tuple[int, Exchange] | None = None,
        needs: str | None = None,
        at_start: bool = False,
    ) -> LineItem:
        """Add a line of `amount` minor units; `converted` is a draw's amount in the plan's currency with the rate."""
        written, exchange = converted or (None, None)
        window = self._close.window
        line = LineItem(
            key=self._next(component or "-", version.effective.isoformat() if version else "-"),
            type=kind,
            payee=self._payee.node,
            deal="",
            event=self._close.event,
            item=1,
            event_on=window.starts if at_start else self._close.last_day,
            booked_on=self._close.day,
            earning_period=window.id,
            booking_period=window.id,
            currency=currency,
            amount=amount,
            engine=ENGINE,
            deal_commit=self._close.commit,
            because=because,
            component=component,
            calculated=written,
            plan=version.ref if version else None,
            needs=needs,
            paid_in=FxPart(*exchange, drawn.amount) if exchange and drawn else None,
            drawn=drawn,
        )
        self.lines.append(line)
        return line

    def _next(self, component: str, effective: str) -> str:
        stem = f"{NO_DEAL} {self._close.event} {self._payee.node} {component} {effective}"
        seq = self._seqs[stem] = self._seqs.get(stem, 0) + 1
        return f"{stem} {seq}"
