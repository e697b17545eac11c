"""What has main's newest commit won, as columns for `bulk`? Read from Git once for each state of the records.

Each deal as it stands there, by the records that stand there: what was amended on the way has left no trace.
The columns are a cache of Git's trees: whoever deletes them loses seconds, and nothing is ever decided by them.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from tempfile import mkdtemp

from salesrepo.bulk.events import FORM, write
from salesrepo.bulk.run import BulkTerms, Effort, Paid, pay_all
from salesrepo.commission.values import Credit
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.statement import OWN
from salesrepo.flows.books.settle_deals import read_deals
from salesrepo.flows.books.settle_events import credits_in, is_won
from salesrepo.flows.books.settle_terms import Memory, Records, Terms
from salesrepo.vcs.history import read_commit
from salesrepo.vcs.objects import Objects

_ROOMS = ("deals", "accounts", "claims", "products", "policy", "salesrepo.yml")  # what credits of one's own rest on
_AT_ONCE = 2_000  # deals held in memory while they are read


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where the columns lie, and the terms by which their credits are paid."""

    folder: Path
    terms: BulkTerms


def what_if(objects: Objects, main: str, memory: Memory, *, cache: Path, made: Path, effort: Effort) -> Paid:
    """What all deals that `main` has as won pay by the terms there, or by `memory.instead`; lines go into `made`.

    No line is that of the ledger: each deal is paid once, as it stands, and months do not close. Raises RefusedError
    where a deal's numbers cannot be paid on, or a plan asks for more than a payee's own events.
    """
    found = columns(objects, main, memory, cache=cache)
    return pay_all(found.folder, made, found.terms, effort)


def columns(objects: Objects, main: str, memory: Memory, *, cache: Path) -> Columns:
    """The columns of a commit of main, from the folder `cache` where they lie there already."""
    records = Records(objects, main, memory)
    terms = Terms(read_commit(objects, main), records, records)
    folder = cache / _name(objects, main)
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        new = Path(mkdtemp(prefix="new-", dir=cache))
        try:
            write(_credits(objects, terms), new)
            new.rename(folder)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            if not folder.exists():  # else another process was quicker, with the same columns
                raise
    return Columns(folder=folder, terms=_terms(terms))


def _name(objects: Objects, main: str) -> str:
    """A name that no other state of these records has: by their trees."""
    found = objects.at_many(main, _ROOMS)
    return sha256("\n".join((FORM, *(blob.oid if blob else "-" for blob in found.values()))).encode()).hexdigest()[:40]


def _credits(objects: Objects, terms: Terms) -> Iterator[Credit]:
    """What everybody has in the deals that are won, of no commit: they count as booked on the day of the signature."""
    files = (each for each in objects.files(terms.commit.oid, "deals") if DEAL.path.match(each[0]))
    while some := tuple(islice(files, _AT_ONCE)):
        for deal in read_deals(objects, some).values():
            if isinstance(deal, Deal) and is_won(deal):
                own = (credit for credit in credits_in(deal, terms) if credit.via == OWN)
                for event, credits in groupby(own, lambda credit: credit.event):
                    plain = event._replace(commit="", booked_on=event.signed)
                    yield from (credit._replace(event=plain) for credit in credits)


def _terms(terms: Terms) -> BulkTerms:
    """By what each node is paid, and from when on."""
    snapshot = terms.after.snapshot
    nodes = sorted({ids["node"] for path in snapshot.paths("nodes") if (ids := NODE.path.match(path))})
    effective = {
        date.fromisoformat(ids["effective"]) for path in snapshot.paths("plans") if (ids := PLAN.path.match(path))
    }
    return BulkTerms(
        calendar=terms.calendar,
        versions={node: tuple(_versions(node, effective, terms)) for node in nodes},
        payees={node: terms.payee(node) for node in nodes},
    )


def _versions(node: str, effective: set[date], terms: Terms) -> Iterator[tuple[date, PlanVersion | None]]:
    """The version that pays a node from each day on at which that may change."""
    known = terms.node(node)
    ends = {term.ends for term in known.plans if term.ends} if known else set()
    starts = {term.starts for term in known.plans} if known else set()
    for day in sorted({date.min, *effective, *starts, *ends}):
        yield day, terms.version(node, day)
