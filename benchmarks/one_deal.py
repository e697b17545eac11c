"""What does it cost to settle one deal on merge: the pay code alone, loaded and run, beyond bare Python?"""

from collections.abc import Iterator

from benchmarks.measure import BARE, PYTHON, Effort, Row, extra, in_turns, kept, program, ratio, recorded

_MOST = 30.0  # milliseconds
PAY = """
from benchmarks.samples import DAY, credits, version
from salesrepo.commission.engine import pay
from salesrepo.domain.period import Calendar
due = credits(1, "ana")
(line,) = pay(due, {("ana", DAY): (version(),)}, {}, calendar=Calendar()).lines
assert line.amount == 6173, line
"""
_LEDGER = (
    "import salesrepo.commission.booked.line, salesrepo.commission.ready.plan, salesrepo.commission.reverse\n" + PAY
)


def rows(effort: Effort) -> Iterator[Row]:
    """A fresh process that loads the pay code and pays one deal, minus one that does nothing."""
    works = {
        "pay": program(PYTHON, "-c", PAY),
        "ledger": program(PYTHON, "-c", _LEDGER),
        "bare": program(*BARE),
    }
    found = in_turns(works, effort.rounds)
    milliseconds = extra(found, "pay", "bare") * 1e3
    note = f"{ratio(found, 'pay', 'bare'):.3g}x bare Python"
    yield kept("settling one deal, pay code alone, over bare Python", milliseconds, _MOST, unit=" ms", note=note)
    more = extra(found, "ledger", "bare") * 1e3
    what = "the same with plan check, reversal and the ledger's text"
    yield recorded(what, f"{more:.3g} ms", note=f"{ratio(found, 'ledger', 'bare'):.3g}x bare Python", milliseconds=more)
