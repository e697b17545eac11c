"""What is booked when a month is closed: what only its end decides, and what is paid out by it?

In this order: months of service, events of the period itself, releases that fall due by time, what windows that end
with it come to, what teams share out, and last the payee's draws and payout. Each pay period that ends with the month
is settled: the month, and where it ends one the quarter, the half-year and the year.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.commission.billed.follow import Happened
from salesrepo.commission.booked_lines import lines_that_hold, top_seqs
from salesrepo.commission.lines import Desk
from salesrepo.commission.payday.account import PayAccount, PeriodClose
from salesrepo.commission.payday.payout import pay_out
from salesrepo.commission.reverse import reverse
from salesrepo.commission.values import Credit, Event, Exchange
from salesrepo.commission.version import PlanVersion
from salesrepo.commission.window_pay import PERIOD, WindowClose, pay_window, window_ending
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.pay_terms import paid_nodes
from salesrepo.domain.kinds.payment import Payment
from salesrepo.domain.period import Span, Window, span_of
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle_billing import Holdings, stands
from salesrepo.flows.books.settle_books import waiting
from salesrepo.flows.books.settle_entry import Entry
from salesrepo.flows.books.settle_events import is_won
from salesrepo.flows.books.settle_service import MONTH, served
from salesrepo.flows.books.settle_shares import share_out

_DAY = timedelta(days=1)
_SPANS = (Span.MONTH, Span.QUARTER, Span.HALF_YEAR, Span.YEAR)


def close_month(entry: Entry, period: str) -> None:
    """Book the close of a month. Nothing where it was closed before."""
    month = entry.terms.calendar.named(period)
    if month.ends <= entry.terms.open_from:
        return
    run = _Close(entry, month, _payees(entry, month))
    run.serve()
    run.count_periods()
    run.release()
    run.close_windows()
    run.pay()


def _payees(entry: Entry, month: Window) -> tuple[str, ...]:
    """Everybody who was ever booked for, or has a plan on the month's last day, sorted."""
    nodes = paid_nodes(entry.terms.after.snapshot)
    planned = (node.node for node in nodes if node.plan_on(month.ends - _DAY))
    everybody = {*planned, *entry.books.payees(), *(line.payee for line in entry.lines)}
    return tuple(sorted(payee for payee in everybody if ("payee", payee) not in entry.left_out))


@dataclass
class _Close:
    """The close of a month at work."""

    entry: Entry
    month: Window
    payees: tuple[str, ...]

    @property
    def last(self) -> date:
        """The last day of the month."""
        return self.month.ends - _DAY

    @property
    def name(self) -> str:
        """The event's name in keys."""
        return f"period-{self.month.id}"

    def serve(self) -> None:
        """Book the months of service that ended in the month, where a plan pays for them."""
        if not any(self._asks(payee, MONTH) for payee in self.payees):
            return
        credits: list[Credit] = []
        for _, deal in self.entry.terms.after.snapshot.all(DEAL, "deals"):
            if is_won(deal) and ("deal", deal.deal) not in self.entry.left_out:
                credits += self._served(deal)
                self.entry.account(deal)
        self.entry.pay(credits, holdings=Holdings(self.entry.terms, {}))

    def _served(self, deal: Deal) -> tuple[Credit, ...]:
        terms = self.entry.terms
        billed = terms.payments(deal.deal)
        try:
            return tuple(served(deal, billed, terms, after=self.month.starts, by=self.month.ends))
        except RefusedError:  # a deal that cannot be paid on was reported when it came
            return ()

    def count_periods(self) -> None:
        """Book what plans pay for the period as such."""
        credits = [credit for payee in self.payees for credit in self._of_period(payee)]
        self.entry.pay(credits, holdings=Holdings(self.entry.terms, {}))

    def _of_period(self, payee: str) -> Iterator[Credit]:
        """One credit in the pay period itself for each role in which a payee's plan asks for it."""
        for version, window in self._ending(payee):
            event = self._event(version, window)
            asked = [measure for measure in version.measures.values() if measure.event == event.kind]
            for number, role in enumerate(sorted({role for measure in asked for role in measure.roles})):
                yield Credit(event, payee, role, (0, 1), (1, 1), number)

    def _event(self, version: PlanVersion, window: Window) -> Event:
        terms = self.entry.terms
        return Event(
            deal="",
            account="",
            currency=version.currency,
            signed=self.last,
            amount=0,
            commit=terms.commit.oid,
            booked_on=terms.day,
            place=0,
            name=f"period-{window.id}",
            kind="period_end",
        )

    def release(self) -> None:
        """Release what falls due by time: instalments, and months after the start of a deal that stands."""
        terms = self.entry.terms
        for deal_id in sorted(self._held()):
            found = self.entry.books.deal(deal_id)
            deal = terms.after.get(DEAL, account=found.account, deal=deal_id)
            billing = stands(deal, self._billed(deal_id), self.last)
            if billing is not None and ("deal", deal_id) not in self.entry.left_out:
                happened = Happened(self.name, self.last, terms.day, terms.commit.oid)
                self.entry.account(deal)
                self.entry.follow_deal(deal_id, billing, happened)

    def _billed(self, deal: str) -> tuple[Payment, ...]:
        return tuple(one for one in self.entry.terms.payments(deal) if one.day <= self.last)

    def _held(self) -> set[str]:
        """The deals of which something that was earned is not released."""
        left: dict[str, int] = {}
        for payee in self.payees:
            for line in self.entry.standing_of(payee):
                if line.deal and line.type in (LineType.RESERVE, LineType.RELEASE):
                    key = f"{line.deal} {line.about}"
                    left[key] = left.get(key, 0) + line.amount
        return {key.partition(" ")[0] for key, amount in left.items() if amount}

    def close_windows(self) -> None:
        """Book what windows that end with the month come to, then what teams share out of it."""
        entry, terms = self.entry, self.entry.terms
        entry.know(self.payees)
        for payee in self.payees:
            desk = Desk(terms.calendar, top_seqs(entry.books.lines(payee)), terms.open_from)
            closing = WindowClose(terms.day, terms.commit.oid, entry.totals, terms.calendar, entry.lookups)
            version = terms.version(payee, self.last)
            for component in version.components if version else ():
                window = window_ending(component, self.month, terms.calendar) if component.by_window else None
                if version is not None and window is not None:
                    exchange = self._exchange(payee, version)
                    pay_window(
                        component,
                        version,
                        terms.payee(payee),
                        window,
                        desk=desk,
                        closing=closing,
                        pay_exchange=exchange,
                    )
            entry.take(desk.lines, entry.totals, ())
            share_out(entry, tuple(desk.lines), Holdings(terms, {}))
            for line in waiting(entry.books.lines(payee)):
                self._again(line, closing)

    def _again(self, line: LineItem, closing: WindowClose) -> None:
        """Pay an earlier window that waited, if what it waited for is recorded by now."""
        entry, terms = self.entry, self.entry.terms
        version = terms.before.booked_by(line.plan) if line.plan and line.event.startswith(f"{PERIOD}-") else None
        parts = version.components if version else ()
        component = next((part for part in parts if part.by_window and part.name == line.component), None)
        if version is None or component is None:
            return
        booked = entry.books.lines(line.payee)
        back = reverse(
            [line],
            entry.totals,
            calendar=terms.calendar,
            booked_on=terms.day,
            commit=terms.commit.oid,
            why="it can be rated now",
            seqs=top_seqs(booked),
            open_from=terms.open_from,
        )
        desk = Desk(terms.calendar, top_seqs([*booked, *back.lines]), terms.open_from)
        window = terms.calendar.named(line.event.removeprefix(f"{PERIOD}-"))
        payee, exchange = terms.payee(line.payee), self._exchange(line.payee, version)
        paid = pay_window(component, version, payee, window, desk=desk, closing=closing, pay_exchange=exchange)
        if paid is None or paid.type is not LineType.PENDING:
            entry.take((*back.lines, *desk.lines), entry.totals, ())
            share_out(entry, tuple(desk.lines), Holdings(terms, {}))

    def pay(self) -> None:
        """Settle the pay periods that end with the month, for each payee; who has a share in a team's is one."""
        new = {line.payee for line in self.entry.lines if ("payee", line.payee) not in self.entry.left_out}
        for payee in sorted({*self.payees, *new}):
            for span in _SPANS:
                window = self.entry.terms.calendar.window(span, self.last)
                if window.ends == self.month.ends:
                    self._pay(payee, window, span)

    def _pay(self, payee: str, window: Window, span: Span) -> None:
        entry, terms = self.entry, self.entry.terms
        booked = [*entry.books.lines(payee), *(line for line in entry.lines if line.payee == payee)]
        lines = tuple(line for line in booked if line.booking_period == window.id)
        version = terms.version(payee, self.last)
        versions = (version,) if version is not None and version.paid is span else ()
        if not lines and not versions:
            return
        account = PayAccount(
            payee=terms.payee(payee),
            lines=lines,
            before=self._before(booked, window),
            totals=entry.totals,
            versions=versions,
            former=tuple(self._former(booked, versions)),
            unreleased=self._unreleased(booked),
            types={line.key: line.type for line in booked},
            team=terms.is_team(payee),
        )
        close = PeriodClose(window, terms.commit.oid, terms.day, dict(self._exchanges(payee, account.known)))
        done = pay_out(account, close, seqs=top_seqs(booked))
        entry.take(done.lines, done.totals, ())

    def _before(self, booked: Iterable[LineItem], window: Window) -> dict[str, int]:
        """The sum of what was booked into pay periods that were over before, or are shorter and end with this one."""
        named, sums = self.entry.terms.calendar.named, dict[str, int]()
        shorter = _SPANS[: _SPANS.index(span_of(window.id))]
        for line in booked:
            period = named(line.booking_period)
            if period.ends < window.ends or (period.ends == window.ends and span_of(period.id) in shorter):
                sums[line.currency] = sums.get(line.currency, 0) + line.amount
        return sums

    def _unreleased(self, booked: Iterable[LineItem]) -> dict[str, int]:
        sums: dict[str, int] = {}
        for line in lines_that_hold(booked):
            if line.type in (LineType.RESERVE, LineType.RELEASE):
                sums[line.currency] = sums.get(line.currency, 0) - line.amount
        return sums

    def _former(self, booked: list[LineItem], versions: tuple[PlanVersion, ...]) -> Iterator[PlanVersion]:
        """The plan versions by which lines were booked, and that are in force no more, the last first."""
        refs = dict.fromkeys(line.plan for line in reversed(booked) if line.plan is not None)
        for ref in refs:
            found = self.entry.terms.before.booked_by(ref)
            if found is not None and found not in versions:
                yield found

    def _ending(self, payee: str) -> Iterator[tuple[PlanVersion, Window]]:
        """A payee's plan version whose pay period ends with the month."""
        version = self.entry.terms.version(payee, self.last)
        if version is not None:
            window = self.entry.terms.calendar.window(version.paid, self.last)
            if window.ends == self.month.ends:
                yield version, window

    def _asks(self, payee: str, event: str) -> bool:
        version = self.entry.terms.version(payee, self.last)
        return version is not None and any(measure.event == event for measure in version.measures.values())

    def _exchange(self, payee: str, version: PlanVersion) -> Exchange | None:
        into = self.entry.terms.payee(payee).currency
        if version.pay_in != "payee" or into is None or into == version.currency:
            return None
        return self.entry.terms.rate(version.currency, into, self.last)

    def _exchanges(self, payee: str, versions: Iterable[PlanVersion]) -> Iterator[tuple[tuple[str, str], Exchange]]:
        for version in versions:
            found = self._exchange(payee, version)
            if found is not None:
                yield (found.out_of, found.into), found
