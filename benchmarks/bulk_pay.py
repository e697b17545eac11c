"""What does a line of pay cost when there are very many?"""

from collections.abc import Iterator

from benchmarks.measure import Effort, Row, here, in_turns, median, not_yet, ratio, recorded
from benchmarks.samples import DAY, credits, version
from salesrepo.commission.engine import pay
from salesrepo.domain.money import round_half_away
from salesrepo.domain.period import Calendar

_PAYEES = 500


def rows(effort: Effort) -> Iterator[Row]:
    """The kernel on credits in memory, against a loop that does nothing but round as often."""
    due = [one for n in range(effort.lines) for one in credits(n, f"seller-{n % _PAYEES}")]
    plans = {(f"seller-{n}", DAY): (version(),) for n in range(_PAYEES)}

    def settle() -> None:
        if len(pay(due, plans, {}, calendar=Calendar()).lines) != len(due):
            raise RuntimeError("every credit should become a line")

    works = {
        "pay": here(settle),
        "round": here(lambda: [round_half_away(credit.event.amount * 5, 100) for credit in due]),
    }
    found = in_turns(works, effort.few())
    each = median(found, "pay") / max(1, len(due)) * 1e6
    note = f"{ratio(found, 'pay', 'round'):.3g}x a loop that only rounds"
    yield recorded(f"pay, {len(due):,} lines in memory", f"{each:.3g} us a line", note=note, microseconds=each)
    why = "the bulk engine (DuckDB around the same pay code) is not written"
    yield not_yet("1,000,000 deals / hledger, wall", "at least 6x faster", why)
    yield not_yet("1,000,000 deals / hledger, memory", "at most 1/6", why)
    yield not_yet("1,000,000 deals / DuckDB join and sort", "at most 22x", why)
