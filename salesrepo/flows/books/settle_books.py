"""Where do the books stand while settlement goes on: running totals of payees, lines of deals, what waits?

Read from the ledger when first asked for and kept from then on, so that a settlement from the root and one that goes on
from the tip work on the same numbers. What a payee's booking closed with is read back from its written form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from salesrepo.commission.booked.line import closing, read_closing, read_line
from salesrepo.commission.booked_lines import lines_that_hold
from salesrepo.commission.values import TotalKey
from salesrepo.domain.kinds.ledger_batch import BookedLine, Closing
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.store.ledger import DealBook, Ledger, files_of, lay_out


@dataclass
class _Payee:
    """One payee's account: highest sequence number, running totals, sums by currency, deals that wait."""

    seq: int
    totals: dict[TotalKey, int]
    sums: dict[str, int]
    pending: set[str]


@dataclass
class Books:
    """The ledger with what this run has booked on top of it."""

    ledger: Ledger
    _payees: dict[str, _Payee] = field(default_factory=dict)
    _deals: dict[str, DealBook] = field(default_factory=dict)
    _lines: dict[str, list[LineItem]] = field(default_factory=dict)
    _new: dict[str, list[LineItem]] = field(default_factory=dict)  # booked in this run, not in `ledger` yet

    def deal(self, deal: str) -> DealBook:
        """All that was ever booked for a deal."""
        if deal not in self._deals:
            self._deals[deal] = self.ledger.of_deal(deal)
        return self._deals[deal]

    def totals(self, payees: Iterable[str]) -> dict[TotalKey, int]:
        """The running totals of these payees."""
        return {key: total for payee in sorted(set(payees)) for key, total in self._payee(payee).totals.items()}

    def lines(self, payee: str) -> tuple[LineItem, ...]:
        """All that was ever booked for a payee, oldest first."""
        if payee not in self._lines:
            batches = (self.ledger.batch(file) for file in self.ledger.batches(payee))
            written = [read_line(booked) for batch in batches for booked in batch.lines]
            self._lines[payee] = [*written, *self._new.get(payee, ())]
        return tuple(self._lines[payee])

    def payees(self) -> set[str]:
        """Everybody for whom something was ever booked."""
        return {*self.ledger.nodes(), *self._payees}

    def pending(self, payees: Iterable[str] | None) -> tuple[str, ...]:
        """The deals of which a line of these payees (None: of anyone) waits, sorted."""
        if payees is None:
            payees = self.payees()
        return tuple(sorted({deal for payee in set(payees) for deal in self._payee(payee).pending}))

    def book(
        self,
        commit: str,
        lines: tuple[LineItem, ...],
        totals: Mapping[TotalKey, int],
        accounts: Mapping[str, str],
        *,
        booked: Mapping[str, BookedLine],
    ) -> dict[str, bytes]:
        """Enter one main commit's lines, in booking order; returns the files that say so.

        `totals` are the running totals after them, `accounts` has the account of each deal that the lines name,
        `booked` how each line is written (store/ledger.written).
        """
        for deal, added in _grouped((line for line in lines if line.deal), by="deal").items():
            known = self.deal(deal)
            self._deals[deal] = DealBook(accounts.get(deal, known.account), known.seq, (*known.lines, *added))
        of_payee = _grouped(lines, by="payee")
        for payee, added in of_payee.items():
            known_lines = self._lines if payee in self._lines else self._new
            known_lines.setdefault(payee, []).extend(added)
        after: dict[str, dict[TotalKey, int]] = {payee: {} for payee in of_payee}
        for key, total in totals.items():
            after.get(key.payee, {})[key] = total
        closings = {payee: self._close(payee, after[payee], added) for payee, added in of_payee.items()}
        batches, indexes = lay_out(commit, lines, closings, self._deals, booked=booked)
        for batch in batches:
            self._payees[batch.node].seq = batch.seq
        for index in indexes:
            self._deals[index.deal] = replace(self._deals[index.deal], seq=index.seq)
        return files_of(batches, indexes)

    def written(self, ledger: Ledger) -> None:
        """From here on, deals are read from a ledger that holds all that was booked so far."""
        self.ledger = ledger
        self._deals = {}
        self._new = {}

    def _close(self, payee: str, totals: Mapping[TotalKey, int], added: list[LineItem]) -> tuple[int, Closing]:
        known = self._payee(payee)
        for deal in {line.deal for line in added if line.deal}:
            waits = any(line.payee == payee for line in waiting(self._deals[deal].lines))
            (known.pending.add if waits else known.pending.discard)(deal)
        shut = replace(closing(totals, known.sums, added), pending=tuple(sorted(known.pending)))
        known.totals, known.sums = read_closing(payee, shut)
        return known.seq, shut

    def _payee(self, payee: str) -> _Payee:
        if payee not in self._payees:
            seq, shut = self.ledger.closing(payee)
            self._payees[payee] = _Payee(seq, *read_closing(payee, shut), set(shut.pending))
        return self._payees[payee]


def waiting(lines: Iterable[LineItem]) -> tuple[LineItem, ...]:
    """The lines of a deal that still wait for something."""
    return tuple(line for line in lines_that_hold(lines) if line.type is LineType.PENDING)


def _grouped(lines: Iterable[LineItem], *, by: Literal["deal", "payee"]) -> dict[str, list[LineItem]]:
    groups: dict[str, list[LineItem]] = {}
    for line in lines:
        groups.setdefault(line.deal if by == "deal" else line.payee, []).append(line)
    return groups
