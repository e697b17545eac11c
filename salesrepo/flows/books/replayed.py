"""What does main's whole history pay, folded again by other terms?

What plans pay for months as a whole is booked when these close. Months that no record has closed are closed here at the
end, as if they ended now: a plan would else seem to cost nothing where nobody closes months.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from salesrepo.commission.amounts import quota_amount
from salesrepo.commission.lookups import Lookups
from salesrepo.commission.values import TotalKey
from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.simulation import Attained, Outcome, Paid
from salesrepo.domain.statement import LineItem, LineType, PlanRef
from salesrepo.flows.books.settle_books import Books
from salesrepo.flows.books.settle_fold import Fold
from salesrepo.flows.books.settle_lookups import lookups_of
from salesrepo.flows.books.settle_terms import Memory, Terms, terms_of
from salesrepo.store.ledger import Ledger
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import Commit, first_parents, read_commit
from salesrepo.vcs.objects import Objects

_NOT_EARNED = frozenset(
    (LineType.RESERVE, LineType.RELEASE, LineType.DRAW_ADVANCE, LineType.DRAW_RECOVERY, LineType.PAYOUT)
)
_AT_A_CLOSE = ("month", "period_end")


@dataclass
class Replay:
    """One fold of all history, and the lines that it booked of events since a day (None: all)."""

    fold: Fold
    since: date | None = None
    lines: list[LineItem] = field(default_factory=list)
    types: dict[str, LineType] = field(default_factory=dict)

    def book(self, commit: Commit) -> None:
        """Fold one more commit."""
        for line in self.fold.book(commit).lines:
            if self.since is None or line.event_on >= self.since:
                self.lines.append(line)
                self.types[line.key] = line.type

    @property
    def waits_for_closes(self) -> bool:
        """Whether a plan that was asked pays for something when a month closes."""
        return any(
            any(component.by_window for component in version.components)
            or any(measure.event in _AT_A_CLOSE for measure in version.measures.values())
            for version in self.fold.memory.plans.values()
            if version is not None
        )

    def outcome(self, name: str, whose: frozenset[str], main: str) -> Outcome:
        """What these payees earned."""
        terms = terms_of(self.fold.objects, read_commit(self.fold.objects, main), self.fold.memory)
        lookups = lookups_of(terms)
        sums: dict[tuple[str, str], dict[str, int]] = {}
        for line in self.lines:
            if line.payee in whose and self.types.get(line.reverses or "", line.type) not in _NOT_EARNED:
                months = sums.setdefault((line.payee, line.currency), {})
                month = f"{line.event_on:%Y-%m}"
                months[month] = months.get(month, 0) + line.amount
        undone = {line.reverses for line in self.lines}
        waits = [x for x in self.lines if x.payee in whose and x.type is LineType.PENDING and x.key not in undone]
        payees = (
            Paid(
                payee=payee,
                currency=currency,
                earned=sum(months.values()),
                months=dict(sorted(months.items())),
                attained=tuple(self._attained(payee, currency, terms, lookups)),
            )
            for (payee, currency), months in sorted(sums.items())
        )
        return Outcome(name=name, payees=tuple(payees), waits=len(waits))

    def _attained(self, payee: str, currency: str, terms: Terms, lookups: Lookups) -> Iterator[Attained]:
        totals = self.fold.books.totals([payee])
        seen: dict[tuple[PlanRef, date], None] = {}
        for line in self.lines:
            if line.payee == payee and line.currency == currency and line.plan is not None:
                seen[line.plan, line.event_on] = None
        found: dict[tuple[str, str, str], Attained] = {}
        for ref, day in seen:
            version = self.fold.memory.plans.get(ref)
            for quota in version.quotas.values() if version else ():
                window = terms.calendar.window_id(quota.over, day)
                who, calendar = terms.payee(payee), terms.calendar
                amount = quota_amount(quota, who, day=day, calendar=calendar, lookups=lookups)
                if amount and version:
                    key = TotalKey(payee, version.plan, quota.measure, window, quota.unit)
                    found[version.plan, quota.name, window] = Attained(
                        quota=quota.name, window=window, unit=quota.unit, reached=totals.get(key, 0), amount=amount
                    )
        yield from (found[key] for key in sorted(found))


def replay(objects: Objects, main: str, memory: Memory, since: date | None) -> Replay:
    """All history up to `main`, from an empty ledger."""
    again = Replay(Fold(objects, Books(Ledger(objects, None)), memory), since)
    for commit in first_parents(objects.repo, main):
        again.book(commit)
    return again


def close_open_months(replays: Sequence[Replay], objects: Objects, main: str) -> None:
    """Close every month of events that is still open up to main's newest, in all of the replays, if any asks for it.

    The closes are written where `objects` reads: a repository of a moment.
    """
    days = [line.event_on for each in replays for line in each.lines]
    if not days or not any(each.waits_for_closes for each in replays):
        return
    last = read_commit(objects, main)
    until = terms_of(objects, last, replays[0].fold.memory).day
    drafts = [
        Draft({CLOSE.path.fill(period=month): (FILE_MODE, b"")}, "What if", last.committed)
        for month in _months(min(days), until)
        if objects.at(main, CLOSE.path.fill(period=month)) is None
    ]
    for oid in write_commits(objects.repo, drafts, parent=main):
        for each in replays:
            each.book(read_commit(objects, oid))


def _months(first: date, last: date) -> Iterator[str]:
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{count // 12}-{count % 12 + 1:02}"
