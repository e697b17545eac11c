"""What is there to say of what was just settled: months that closed, merges that no rule allowed?"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from salesrepo.checks.pay_closes import closed_months
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.settings import SETTINGS
from salesrepo.domain.period import Calendar
from salesrepo.flows.books.closed import LinesByPeriod, all_lines
from salesrepo.flows.books.settle import Settlement
from salesrepo.flows.books.verify_merges import MergeCheck
from salesrepo.flows.proposals.judge import snapshot_at
from salesrepo.flows.proposals.replay import was_allowed
from salesrepo.store.ledger import Ledger, settled_through
from salesrepo.vcs.history import first_parents, read_commit
from salesrepo.vcs.objects import Objects

MOST = 200  # merges that are replayed when they are booked; of more, verify says it


def remarks(repo: Path, before: str | None, done: Settlement, *, now: datetime) -> Iterator[str]:
    """A sentence for each thing to know, from the ledger's tip `before` the settlement (None: there was none) on."""
    if not done.changed:
        return
    with Objects(repo) as objects:
        since = settled_through(read_commit(objects, before).message) if before else None
        yield from _closes(objects, since, done)
        merges = sum(1 for _ in first_parents(repo, done.main, since))
        if since is None or merges > MOST:
            if merges > MOST:
                yield f"The rules were not replayed over {merges:,} merges. Next: salesrepo commission verify"
            return
        check = MergeCheck(objects, done.main, was_allowed, int(now.timestamp()), since=since)
        yield from (found.sentence for found in check.differences())


def _closes(objects: Objects, since: str | None, done: Settlement) -> Iterator[str]:
    tip = snapshot_at(objects, done.main)
    known = set(closed_months(snapshot_at(objects, since))) if since else set()
    new = [month for month in closed_months(tip) if month not in known]
    if not new:
        return
    settings = tip.get(SETTINGS)
    calendar = Calendar(settings.fiscal_year_starts if settings else 1)
    by_period = LinesByPeriod(all_lines(Ledger(objects, done.ledger)), calendar)
    for month in new:
        record = tip.get(CLOSE, period=month)
        differs = tuple(by_period.figures(month).differences(record)) if record else ()
        yield from (f"{month} is closed, and not as was agreed: {sentence}" for sentence in differs)
        if not differs:
            yield f"{month} is closed as was agreed."
