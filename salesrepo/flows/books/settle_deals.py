"""Which deals does a commit of main change in what they pay, and what was sold in each?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from salesrepo.domain.change import FILE_MODE, Blob, PathChange
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.payment import PAYMENT, Payment
from salesrepo.domain.quote import PAID
from salesrepo.errors import RecordError, SalesRepoError
from salesrepo.flows.books.settle_events import is_won
from salesrepo.flows.books.settle_terms import Terms
from salesrepo.flows.books.settle_twice import note_orders
from salesrepo.store.snapshot import parse
from salesrepo.vcs.objects import Objects

Reading = Deal | SalesRepoError | None  # a deal, why it cannot be read, or nothing there


@dataclass(frozen=True, slots=True)
class Turn:
    """A deal at one commit: what it said before and what it says after (None: not there), what billing says of it.

    `billed` are all its billing records, oldest first. `added` are those that are new where nothing else has changed:
    then only they are booked. None: the deal is booked anew, with everything that billing said.
    """

    deal: str
    before: Deal | None
    after: Deal | None
    billed: tuple[Payment, ...] = ()
    added: tuple[Payment, ...] | None = None

    @property
    def is_renamed(self) -> bool:
        """Whether only its order reference, or why it is another sale than one like it, has changed."""
        same = paid_facts(self.before) == paid_facts(self.after) is not None
        return same and named_by(self.before) != named_by(self.after)

    @property
    def is_sold_anew(self) -> bool:
        """Whether what is sold, or who has credit in it, has changed."""
        return self.before is None or _sold(self.before) != _sold(self.after)

    @property
    def why(self) -> str:
        """Why lines that stand are taken back, as a clause."""
        if self.after is None:
            return "the deal was removed"
        return "the deal was amended" if is_won(self.after) else "the deal is no longer won"


@dataclass(frozen=True, slots=True)
class Unrated:
    """A deal that pays nothing as it stands on main, and why; the lines it has stay as they are."""

    deal: str
    commit: str
    because: str


def paid_facts(deal: Deal | None) -> tuple[object, ...] | None:
    """What a deal's pay rests on; None where it pays nothing. Two deals that agree in this are paid alike."""
    return tuple(getattr(deal, name) for name in PAID) if deal and is_won(deal) else None


def _sold(deal: Deal | None) -> tuple[object, ...] | None:
    return tuple(getattr(deal, name) for name in PAID) if deal else None


def named_by(deal: Deal | None) -> tuple[str | None, ...]:
    """What tells a sale from others of the same account."""
    return (deal.order, deal.apart) if deal else ()


def turns_of(
    objects: Objects, terms: Terms, changes: Iterable[PathChange]
) -> tuple[tuple[Turn, ...], tuple[Unrated, ...]]:
    """The deals whose pay the changed paths change, in order of their ids, and those that cannot be read."""
    changed = tuple(changes)
    of_deals = [change for change in changed if DEAL.path.match(change.path)]
    read = read_deals(objects, ((c.path, blob) for c in of_deals for blob in (c.before, c.after) if blob))
    note_orders(terms, read)
    by_deal: dict[str, list[PathChange]] = {}
    for change in of_deals:
        by_deal.setdefault((DEAL.path.match(change.path) or {})["deal"], []).append(change)
    commit, turns, unrated = terms.commit.oid, [], []
    for deal, of_deal in sorted(by_deal.items()):
        before: Reading = next((read[c.path, c.before.oid] for c in of_deal if c.before), None)
        afters: list[Reading] = [read[c.path, c.after.oid] for c in of_deal if c.after]
        after = afters[0] if afters else None
        if len(afters) > 1:  # a deal that moves to another account is one removal and one addition
            unrated.append(Unrated(deal, commit, f"{deal} pays nothing: several accounts have a deal of this id."))
        elif isinstance(after, SalesRepoError):
            unrated.append(Unrated(deal, commit, after.message))
        elif isinstance(before, SalesRepoError):
            turns.append(Turn(deal, None, after, terms.payments(deal)))
        elif paid_facts(before) != paid_facts(after) or is_qualified(after, terms):
            turns.append(Turn(deal, before, after, terms.payments(deal)))
        elif is_won(after) and named_by(before) != named_by(after):
            turns.append(Turn(deal, before, after, terms.payments(deal)))
    done = {turn.deal for turn in turns} | {each.deal for each in unrated}
    billed = tuple(_billed_turns(terms, changed, done))
    unrated += _unreadable(terms, changed)
    return tuple(sorted((*turns, *billed), key=lambda turn: turn.deal)), tuple(unrated)


def _unreadable(terms: Terms, changes: Iterable[PathChange]) -> Iterator[Unrated]:
    """The billing records that are new or changed and count for nothing, because they cannot be read."""
    for change in changes:
        ids = PAYMENT.path.match(change.path) if change.after else None
        if ids and terms.after.get(PAYMENT, **ids) is None:
            why = f"Payment {ids['payment']} of {ids['deal']} counts for nothing: this version cannot read it."
            yield Unrated(ids["deal"], terms.commit.oid, why)


def is_qualified(deal: Deal | None, terms: Terms) -> bool:
    """Whether a deal counts as pipeline that plans may pay for, and is not won."""
    return deal is not None and deal.is_open and any(m.stage in terms.qualified_from(deal.kind) for m in deal.moves)


def _billed_turns(terms: Terms, changes: Iterable[PathChange], done: set[str]) -> Iterator[Turn]:
    """The deals of which only billing said something new; of a deal that is not won that waits for the win."""
    by_deal: dict[str, list[PathChange]] = {}
    for change in changes:
        ids = PAYMENT.path.match(change.path)
        if ids and ids["deal"] not in done:
            by_deal.setdefault(ids["deal"], []).append(change)
    for deal, of_deal in sorted(by_deal.items()):
        billed = terms.payments(deal)
        found = terms.deal_of(billed, deal)
        if found is None or not is_won(found):
            continue
        new = {change.path for change in of_deal if change.before is None}
        added = tuple(one for one in billed if PAYMENT.path_of(one) in new) if len(new) == len(of_deal) else None
        yield Turn(deal, found, found, billed, added)


def read_deals(objects: Objects, files: Iterable[tuple[str, Blob]]) -> Mapping[tuple[str, str], Deal | SalesRepoError]:
    """Deals by path and blob, read in one go; what is no readable deal is there as its error.

    Raises UnavailableError where this copy of the repository lacks one of the blobs.
    """
    wanted = {(path, blob.oid): blob for path, blob in files}
    sizes = objects.info_many(blob.oid for blob in wanted.values() if blob.mode == FILE_MODE)
    # One that is absent is read too, and raises: this copy is not whole, which is no reason to pay less.
    fit = {oid for oid, found in sizes.items() if found is None or (found[0] == "blob" and found[1] <= DEAL.cap)}
    data = objects.read_many(fit, DEAL.cap)
    return {key: _deal(path=key[0], data=data.get(key[1])) for key in wanted}


def _deal(*, path: str, data: bytes | None) -> Deal | SalesRepoError:
    if data is None:
        return RecordError("this is not a plain file, or it is too large", path=path)
    try:
        return parse(DEAL, data, path=path)[0]
    except RecordError as error:
        return error
