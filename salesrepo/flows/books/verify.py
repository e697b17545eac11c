"""Is the ledger exactly what main says? Settle once more from the root, and expect no difference.

Needs no server and no network: what a clone has of main and of the ledger is enough.
"""

from pathlib import Path

from salesrepo.domain.private_pay import knows_pay
from salesrepo.domain.verification import Difference, Fault, Unpaid, VerifyReport
from salesrepo.errors import RecordError, RefusedError
from salesrepo.flows.books.settle import Settlement, settle_objects
from salesrepo.flows.books.verify_chain import Chains
from salesrepo.flows.books.verify_closes import DueBooks
from salesrepo.flows.books.verify_merges import Judge, MergeCheck
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.history import first_parents
from salesrepo.vcs.objects import Objects


def verify(repo: Path, main: str, ledger: str | None, *, judge: Judge | None, now: int) -> VerifyReport:
    """Recompute every merge and every line up to the commits `main` and `ledger`, and name each difference.

    `judge` replays authority; without one the report says that it was not. What this version cannot read or recompute
    is reported as unknown, never passed over. Where pay is private, everybody's main gives no line, and the report
    says that none was looked at; finance's main is verified with the one that it follows. `now` (seconds since 1970)
    tells which dates have not come yet. Writes objects, moves no ref.
    """
    with Objects(repo) as objects:
        merges = MergeCheck(objects, main, judge, now)
        found = [*merges.differences()]
        everybodys = MergeCheck(objects, merges.pin, judge, now) if merges.pin and merges.brought else None
        found += everybodys.differences() if everybodys else ()
        booked = tuple(first_parents(repo, ledger)) if ledger else ()
        pay = _knows_pay(objects, main)
        due = _settled(repo, main, found) if pay else None
        chains = Chains(objects, booked, due.commits if due else ())
        remarks: list[str] = []
        if due:
            found += chains.differences()
            found += DueBooks(objects, main, due.commits, due.booked).differences(ledger, remarks)
        return VerifyReport(
            main=main,
            ledger=ledger,
            merges=merges.merges + (everybodys.merges if everybodys else 0),
            bookings=len(booked),
            lines=sum(due.sizes[: len(due.commits) - chains.to_settle]) if due else 0,
            to_settle=chains.to_settle,
            authority=judge is not None,
            pay=pay,
            differences=tuple(found),
            remarks=tuple(remarks),
            unpaid=tuple(Unpaid(one.deal, one.commit, one.because) for one in due.unrated) if due else (),
        )


def _knows_pay(objects: Objects, main: str) -> bool:
    """Whether these records say what is paid; where they cannot be read, settling them tells why."""
    try:
        return knows_pay(RecordSnapshot(CommitTree(objects, main), main))
    except RecordError:
        return True


def _settled(repo: Path, main: str, found: list[Difference]) -> Settlement | None:
    """The settlement from the root; None, and a difference, where this version cannot do it."""
    try:
        return settle_objects(repo, main, None, keep=True)
    except (RecordError, RefusedError) as error:
        sentence = f"The ledger cannot be recomputed, so it is not verified: {error.message}"
        found.append(Difference(Fault.UNKNOWN, sentence, main))
        return None
