"""Whose pay does something change, and by how much? Sums of ledger lines that are not written yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from salesrepo.domain.statement import LineItem, LineType

_HELD = frozenset((LineType.RESERVE, LineType.RELEASE))


@dataclass(frozen=True, kw_only=True)
class PayChange:
    """What lines change for one payee in one currency, in minor units.

    `payable` is by how much more can be paid out, `held` by how much more is earned and held back until a condition is
    met; together they are what is `earned`. `waits` says what pending lines wait for.
    """

    payee: str
    currency: str
    payable: int
    held: int = 0
    waits: tuple[str, ...] = ()

    @property
    def earned(self) -> int:
        """What is earned, payable or not."""
        return self.payable + self.held


@dataclass(frozen=True, kw_only=True)
class WouldPay:
    """What a change would pay: whose pay it changes, what cannot be told and why (empty: all is), payees' names."""

    changes: tuple[PayChange, ...] = ()
    unknown: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def who(self, payee: str) -> str:
        """A payee as people call them."""
        return self.names.get(payee, payee)


def pay_changes(lines: Iterable[LineItem], types: Mapping[str, LineType]) -> tuple[PayChange, ...]:
    """Each payee's change by currency, by payee; who ends where they began and waits for nothing is left out.

    `types` has the type of each line that a reversal among them names.
    """
    payable: dict[tuple[str, str], int] = {}
    held: dict[tuple[str, str], int] = {}
    waits: dict[tuple[str, str], dict[str, None]] = {}
    for line in lines:
        whose = (line.payee, line.currency)
        kind = types.get(line.reverses or "", line.type)
        payable[whose] = payable.get(whose, 0) + (0 if kind is LineType.PAYOUT else line.amount)
        if kind in _HELD:
            held[whose] = held.get(whose, 0) - line.amount
        if line.type is LineType.PENDING and line.needs:
            waits.setdefault(whose, {})[line.needs] = None
    found = (
        PayChange(
            payee=payee,
            currency=currency,
            payable=payable[payee, currency],
            held=held.get((payee, currency), 0),
            waits=tuple(waits.get((payee, currency), ())),
        )
        for payee, currency in sorted(payable)
    )
    return tuple(change for change in found if change.payable or change.held or change.waits)
