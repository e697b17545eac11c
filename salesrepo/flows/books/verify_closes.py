"""Is every closed month what was agreed to, is every plan the one that paid, and is no order paid twice?"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from salesrepo.checks.pay_closes import closed_months
from salesrepo.commission.booked_lines import lines_that_hold
from salesrepo.domain.kinds.close import CLOSE, Close
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.settings import SETTINGS
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineItem
from salesrepo.domain.verification import Difference, Fault
from salesrepo.errors import RecordError, SalesRepoError
from salesrepo.flows.books.closed import CloseFigures, LinesByPeriod, all_lines, closing_month
from salesrepo.flows.books.foreseen import Place, foresee_figures
from salesrepo.flows.books.settle_events import is_won
from salesrepo.flows.books.settle_twice import order_reference
from salesrepo.flows.proposals.judge import snapshot_at
from salesrepo.store.ledger import Ledger
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.history import first_parents, touching
from salesrepo.vcs.objects import Objects

_NAMED = 3


@dataclass(frozen=True)
class DueBooks:
    """Main as it stands and the ledger that it gives: `expected` pairs each main commit with its ledger commit,
    `given` are all lines in booking order."""

    objects: Objects
    main: str
    expected: Sequence[tuple[str, str]]
    given: Sequence[LineItem]

    @cached_property
    def tip(self) -> RecordSnapshot:
        """Main's records."""
        return snapshot_at(self.objects, self.main)

    @cached_property
    def calendar(self) -> Calendar:
        """The company's year."""
        settings = self.tip.get(SETTINGS)
        return Calendar(settings.fiscal_year_starts if settings else 1)

    @cached_property
    def lines(self) -> Mapping[str, tuple[LineItem, ...]]:
        """All lines that main gives, by payee."""
        found: dict[str, list[LineItem]] = {}
        for line in self.given:
            found.setdefault(line.payee, []).append(line)
        return {payee: tuple(lines) for payee, lines in found.items()}

    @cached_property
    def _by_period(self) -> LinesByPeriod:
        return LinesByPeriod(self.lines, self.calendar)

    @cached_property
    def _places(self) -> dict[str, int]:
        """Each main commit's place in its line of first parents."""
        return {commit.oid: place for place, commit in enumerate(first_parents(self.objects.repo, self.main))}

    def differences(self, ledger: str | None, remarks: list[str]) -> Iterator[Difference]:
        """All that is wrong with closes, plans and orders; `remarks` gets what is right and worth knowing.

        `ledger` is the ledger as it is, whose lines may be others than main gives.
        """
        months = closed_months(self.tip)
        if months:
            yield from self._late(ledger, months)
        for month in months:
            yield from self._close(month, remarks)
        yield from self._plans()
        yield from self._orders()
        remarks += self._returned()

    def _late(self, ledger: str | None, months: Sequence[str]) -> Iterator[Difference]:
        """Lines that a later merge than its close booked into a period."""
        shut = {month: self._shut(month) for month in months}
        try:
            booked = self.lines if not self.expected or ledger == self.expected[-1][1] else self._booked(ledger)
        except SalesRepoError:
            return  # what cannot be read is named as such by the chain
        for line in (line for of in booked.values() for line in of):
            month = closing_month(self.calendar, line.booking_period)
            place = shut.get(min((each for each in months if each >= month), default=""))
            if place is not None and self._places.get(line.deal_commit, -1) > place:
                sentence = f"The line {line.key!r} was booked into {line.booking_period} after that was closed."
                yield Difference(Fault.CLOSE, sentence, line.deal_commit, key=line.key)

    def _booked(self, ledger: str | None) -> Mapping[str, tuple[LineItem, ...]]:
        return all_lines(Ledger(self.objects, ledger))

    def _shut(self, month: str) -> int | None:
        merges = touching(self.objects.repo, self.main, CLOSE.path.fill(period=month), since=0)
        return self._places.get(merges[0].oid) if merges else None

    def _close(self, month: str, remarks: list[str]) -> Iterator[Difference]:
        path = CLOSE.path.fill(period=month)
        try:
            record = self.tip.get(CLOSE, period=month)
        except RecordError as broken:
            yield Difference(Fault.CLOSE, f"{path} cannot be read: {broken.message}.", self.main, path)
            return
        if record is None:
            return
        booked = self._by_period.figures(month)
        differs = tuple(booked.differences(record))
        if not differs:
            return
        then = self._then(record) if record.digest != booked.digest else booked
        if then is not None and not tuple(then.differences(record)):
            remarks.append(f"{month} was closed after more had been merged than it was agreed with. {_few(differs)}")
            return
        sentence = f"{path} never were the ledger's figures at main's {record.through[:12]}. {_few(differs)}"
        yield Difference(Fault.CLOSE, sentence, record.through, path)

    def _then(self, record: Close) -> CloseFigures | None:
        """The figures of the close as its preparer saw them; None where main was never there."""
        place = self._places.get(record.through)
        if place is None:
            return None
        before = [ledger for main, ledger in self.expected if self._places[main] <= place]
        at = Place(self.objects.repo, record.through, before[-1] if before else None)
        try:
            return foresee_figures(at, record.period, when=0)[1]
        except SalesRepoError:
            return None

    def _plans(self) -> Iterator[Difference]:
        """Plan versions that rated lines and that main has otherwise now."""
        rated = Counter(line.plan for of in self.lines.values() for line in of if line.plan is not None)
        for ref, count in sorted(rated.items()):
            now = self.tip.blob(ref.path)
            if now is not None and now.oid == ref.blob:
                continue
            kept = self.objects.info_many([ref.blob])[ref.blob] is not None
            what = "was edited" if now else "was removed"
            where = f"the text they were rated by is blob {ref.blob[:12]}" if kept else "the text is missing here"
            lines = "line" if count == 1 else "lines"
            sentence = f"{ref.path} {what} after it had rated {count} {lines}; {where}."
            yield Difference(Fault.PLAN, sentence, self.main, ref.path)

    def _orders(self) -> Iterator[Difference]:
        """Orders that lines stand for under more than one deal of an account."""
        paid = {line.deal for of in self.lines.values() for line in lines_that_hold(of) if line.deal and line.amount}
        first: dict[tuple[str, str], Deal] = {}
        for deal in self._deals():
            if deal.deal not in paid or not is_won(deal) or not deal.order or deal.apart:
                continue
            twin = first.setdefault((deal.account, order_reference(deal)), deal)
            if twin is not deal:
                sentence = f"{deal.deal} and {twin.deal} are both paid on the order {deal.order!r} of {deal.account}."
                path = DEAL.path_of(deal)
                yield Difference(Fault.REPLAYED, sentence, self.main, path)

    def _deals(self) -> Iterator[Deal]:
        for path in self.tip.paths("deals"):
            try:
                deal = self.tip.read(DEAL, path)
            except SalesRepoError:
                continue
            if deal is not None:
                yield deal

    def _returned(self) -> Iterator[str]:
        """Policies that are again what they once were."""
        for path in self.tip.paths("policy"):
            merges = touching(self.objects.repo, self.main, path, since=0)
            blobs = [self.objects.at(merge.oid, path) for merge in merges]
            for place in range(2, len(blobs)):
                if blobs[place] is not None and blobs[place] in blobs[: place - 1]:
                    yield f"Main's commit {merges[place].oid[:12]} puts {path} back to an earlier text."


def _few(sentences: Sequence[str]) -> str:
    more = f" And {len(sentences) - _NAMED} more." if len(sentences) > _NAMED else ""
    return " ".join(sentences[:_NAMED]) + more
