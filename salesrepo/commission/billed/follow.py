"""What does a word of billing do to what a deal has earned: how much is released, how much is taken back?

Nothing here looks at what changed: for each line that stands it is worked out how much is let go and how much is taken
back by now, and the difference to what is booked becomes a line. So it can be asked at any time, and when it is asked
twice it says nothing. The component comes from the plan version that the line was booked by.

In this order, for each line: what is due is released; then what is taken back comes out of what is held back first,
which costs nobody anything, and only the rest out of what was payable. Later releases count on what is left. Of a deal
that is both cancelled and refunded the larger of the two is taken.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from salesrepo.commission.billed import because
from salesrepo.commission.billed.billing import Billing
from salesrepo.commission.billed.earnings import ComponentOf, Earning, earnings
from salesrepo.commission.billed.holdback import bare
from salesrepo.commission.billed.moves import figures_back
from salesrepo.commission.billed.owed import Owed, owed
from salesrepo.commission.billed.release import now_released, released_so_far
from salesrepo.commission.billed.taking import now_taken, within
from salesrepo.commission.booked_lines import figures_of
from salesrepo.commission.lack import LackError
from salesrepo.commission.lines import ENGINE
from salesrepo.commission.values import Booked, TotalKey
from salesrepo.domain.money import ratio
from salesrepo.domain.period import Calendar, span_of
from salesrepo.domain.statement import LineItem, LineType, MovedPart, ReleasePart

Forfeits = Callable[[LineItem], bool]


def nobody(line: LineItem) -> bool:
    """Everyone is paid what is released later."""
    return False


class Happened(NamedTuple):
    """What happened to a deal: its name as keys write it (`paid-p7`, `cancelled-p9`, `period-2027-03`), its own day,
    the company's day of the merge and the main commit that tells of it."""

    name: str
    day: date
    booked_on: date
    commit: str


class _Step(NamedTuple):
    """What is to be booked about one line: `earning` is how it stands once it is `released`."""

    earning: Earning
    released: ReleasePart | None
    owed: Owed | None


def follow(  # noqa: PLR0913 - what a settlement knows, all of it by name
    standing: Sequence[LineItem],
    component_of: ComponentOf,
    billing: Billing,
    happened: Happened,
    *,
    calendar: Calendar,
    totals: Mapping[TotalKey, int],
    seqs: Mapping[str, int],
    open_from: date = date.min,
    forfeits: Forfeits = nobody,
) -> Booked:
    """The lines about a deal's `standing` ones (`booked_lines.lines_that_hold`) that are missing as billing stands.

    `component_of` says which component paid a line, by its own plan version; None leaves the line alone. `totals` are
    the running figures, which the result has moved on; `seqs` the highest sequence numbers by stem of key. What falls
    in a period that was closed before `open_from` is booked into the first open one, and a figure of a window that was
    over by then stays. What a rule lacks becomes a pending line about the line, once. `forfeits` says of a line whether
    who earned it has left and gives up what is held back of it: then nothing more of it is released.
    """
    run = _Run(happened, calendar, open_from, totals=totals, seqs=seqs)
    steps = [step for earning in earnings(standing, component_of) if (step := run.step(earning, billing, forfeits))]
    moves = run.moves(standing, steps)
    for step in steps:
        run.book(step, moves.get(step.earning.line.key, ()))
    return Booked(tuple(run.lines), run.totals)


class _Run:
    """One call's work in progress."""

    def __init__(
        self,
        happened: Happened,
        calendar: Calendar,
        open_from: date,
        *,
        totals: Mapping[TotalKey, int],
        seqs: Mapping[str, int],
    ) -> None:
        self.lines: list[LineItem] = []
        self.totals = dict(totals)
        self._seqs = dict(seqs)
        self._happened = happened
        self._calendar = calendar
        self._open_from = open_from

    def step(self, earning: Earning, billing: Billing, forfeits: Forfeits) -> _Step | None:
        """What is to be booked about a line; a pending line, and None, where that cannot be said."""
        gone = forfeits(earning.line)
        try:
            so_far = released_so_far(earning.left, earning.component.release, billing)
            part = None if gone else earning.let_go(so_far)
            after = earning.after(part)
            return _Step(after, part, owed(after, billing, forfeits=gone))
        except LackError as lack:
            if str(lack) not in earning.waits:
                line = self._about(earning, LineType.PENDING)
                self._add(line._replace(needs=str(lack), because=because.undecided(earning.line)))
            return None

    def moves(self, standing: Sequence[LineItem], steps: Sequence[_Step]) -> dict[str, tuple[MovedPart, ...]]:
        """The running figures that go back, by the key of the line on whose clawback they stand."""
        going = [(step.earning, step.owed.reduces if step.owed else Fraction(0)) for step in steps]
        found = figures_back(
            standing,
            going,
            self.totals,
            calendar=self._calendar,
            open_from=self._open_from,
        )
        for key, parts in found.items():
            line = next(step.earning.line for step in steps if step.earning.line.key == key)
            for figure, part in figures_of(line._replace(moved=parts)):
                self.totals[figure] = self.totals.get(figure, 0) + part.base
        return found

    def book(self, step: _Step, moves: tuple[MovedPart, ...]) -> None:
        """Write down a step."""
        earning, due = step.earning, step.owed
        if step.released is not None:
            line = self._about(earning, LineType.RELEASE)
            line = line._replace(amount=now_released(step.released), released=step.released)
            self._add(line._replace(because=because.released(line)))
        if due is None or not (moves or now_taken(due.part)):
            return
        line = self._about(earning, LineType.CLAWBACK)
        line = line._replace(amount=-now_taken(due.part), taken=due.part, moved=moves)
        self._add(line._replace(because=because.taken(line, due.why)))
        self._set_free(earning, now_taken(due.part), due)

    def _set_free(self, earning: Earning, taken: int, due: Owed) -> None:
        """What is taken back comes out of what is held back first: nobody pays back what was never released."""
        free = within(taken, earning.held)
        if not free:
            return
        share = Fraction(free, earning.held)
        line = self._about(earning, LineType.RELEASE)
        part = ReleasePart(earning.held, (0, 1), ratio(*share.as_integer_ratio()), due.part.rule)
        line = line._replace(amount=free, released=part)
        self._add(line._replace(because=because.set_free(line, due.why)))

    def _about(self, earning: Earning, kind: LineType) -> LineItem:
        """An empty line about an earning; it is numbered once it is added."""
        line, happened = earning.line, self._happened
        span, day = span_of(line.earning_period), happened.day
        return bare(line)._replace(
            type=kind,
            event=happened.name,
            event_on=happened.day,
            booked_on=happened.booked_on,
            earning_period=self._calendar.window_id(span, day),
            booking_period=self._calendar.window_id(span, max(day, self._open_from)),
            engine=ENGINE,
            deal_commit=happened.commit,
        )

    def _add(self, line: LineItem) -> None:
        deal, _, *rest, _ = line.key.split(" ")
        stem = " ".join((deal, self._happened.name, *rest))
        self._seqs[stem] = self._seqs.get(stem, 0) + 1
        self.lines.append(line._replace(key=f"{stem} {self._seqs[stem]}"))
