"""Where do the books stand while settlement goes on: running totals of payees, lines of deals, what waits?

Read from the ledger when first asked for and kept from then on, so that a settlement from the root and one that goes on
from the tip work on the same numbers. What a payee's booking closed with is read back from its written form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from salesrepo.commission.booking import closing, read_closing
from salesrepo.commission.reverse import standing
from salesrepo.commission.values import TotalKey
from salesrepo.domain.kinds.ledger_batch import Closing
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.store.ledger import Ledger, files_of, lay_out


@dataclass
class _Payee:
    """One payee's account: highest sequence number, running totals, sums by currency, deals that wait."""

    seq: int
    totals: dict[TotalKey, int]
    sums: dict[str, int]
    pending: dict[str, str]


@dataclass
class _OfDeal:
    seq: int
    lines: tuple[LineItem, ...]


@dataclass
class Books:
    """The ledger with what this run has booked on top of it."""

    ledger: Ledger
    _payees: dict[str, _Payee] = field(default_factory=dict)
    _deals: dict[str, _OfDeal] = field(default_factory=dict)

    def lines(self, deal: str) -> tuple[LineItem, ...]:
        """Every line ever booked for a deal, oldest first."""
        return self._deal(deal).lines

    def totals(self, payees: Iterable[str]) -> dict[TotalKey, int]:
        """The running totals of these payees."""
        return {key: total for payee in sorted(set(payees)) for key, total in self._payee(payee).totals.items()}

    def pending(self, payees: Iterable[str] | None) -> dict[str, str]:
        """The deals of which a line of these payees (None: of anyone) waits, each with its account."""
        if payees is None:
            payees = {*self.ledger.nodes(), *self._payees}
        return {deal: account for payee in sorted(set(payees)) for deal, account in self._payee(payee).pending.items()}

    def book(
        self,
        commit: str,
        lines: tuple[LineItem, ...],
        totals: Mapping[TotalKey, int],
        accounts: Mapping[str, str],
    ) -> dict[str, bytes]:
        """Enter one main commit's lines, in booking order; returns the files that say so.

        `totals` are the running totals after them, `accounts` has the account of each deal that the lines name.
        """
        deals = {deal: self._deal(deal) for deal in dict.fromkeys(line.deal for line in lines)}
        tops = {f"by-deal/{deal}": known.seq for deal, known in deals.items()}
        of_payee: dict[str, list[LineItem]] = {}
        of_deal: dict[str, list[LineItem]] = {}
        for line in lines:
            of_payee.setdefault(line.payee, []).append(line)
            of_deal.setdefault(line.deal, []).append(line)
        for deal, added in of_deal.items():
            deals[deal].lines = (*deals[deal].lines, *added)
        tops |= {payee: self._payee(payee).seq for payee in of_payee}
        keys: dict[str, dict[TotalKey, int]] = {payee: {} for payee in of_payee}
        for key, total in totals.items():
            keys.get(key.payee, {})[key] = total
        closings = {payee: self._close(payee, keys[payee], added, accounts) for payee, added in of_payee.items()}
        batches, indexes = lay_out(commit, lines, closings, tops)
        for batch in batches:
            self._payees[batch.node].seq = batch.seq
        for index in indexes:
            deals[index.deal].seq = index.seq
        return files_of(batches, indexes)

    def written(self, ledger: Ledger) -> None:
        """From here on, deals are read from a ledger that holds all that was booked so far."""
        self.ledger = ledger
        self._deals = {}

    def _close(
        self, payee: str, totals: Mapping[TotalKey, int], added: list[LineItem], accounts: Mapping[str, str]
    ) -> Closing:
        known = self._payee(payee)
        for deal in dict.fromkeys(line.deal for line in added):
            if any(line.payee == payee for line in waiting(self._deal(deal).lines)):
                known.pending[deal] = accounts[deal]
            else:
                known.pending.pop(deal, None)
        shut = replace(closing(totals, known.sums, added), pending=dict(sorted(known.pending.items())))
        known.totals, known.sums = read_closing(payee, shut)
        return shut

    def _payee(self, payee: str) -> _Payee:
        if payee not in self._payees:
            seq, shut = self.ledger.closing(payee)
            self._payees[payee] = _Payee(seq, *read_closing(payee, shut), dict(shut.pending))
        return self._payees[payee]

    def _deal(self, deal: str) -> _OfDeal:
        if deal not in self._deals:
            self._deals[deal] = _OfDeal(*self.ledger.of_deal(deal))
        return self._deals[deal]


def waiting(lines: Iterable[LineItem]) -> tuple[LineItem, ...]:
    """The lines of a deal that still wait for something."""
    return tuple(line for line in standing(lines) if line.type is LineType.PENDING)
