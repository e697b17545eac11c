"""Which deals does a commit of main change in what they pay, and what was sold in each?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from salesrepo.commission.credit import credits_of
from salesrepo.commission.values import Credit, Event, Fact
from salesrepo.domain.change import FILE_MODE, Blob, PathChange
from salesrepo.domain.kinds.deal import DEAL, Deal, DealLine
from salesrepo.domain.kinds.product import Product
from salesrepo.domain.money import parse_amount
from salesrepo.errors import RecordError, RefusedError, SalesRepoError
from salesrepo.flows.books.settle_terms import Terms
from salesrepo.store.snapshot import parse
from salesrepo.vcs.objects import Objects

_MOST = 10**14  # minor units of one line: sums of many still fit the 15 digits of an amount in the ledger's files
Reading = Deal | SalesRepoError | None  # a deal, why it cannot be read, or nothing there


@dataclass(frozen=True, slots=True)
class Turn:
    """A deal at one commit: what it said before and what it says after (None: not there)."""

    deal: str
    before: Deal | None
    after: Deal | None

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


def is_won(deal: Deal | None) -> bool:
    """Whether a deal is one to pay for."""
    return deal is not None and deal.stage == "won" and deal.signed is not None


def paid_facts(deal: Deal | None) -> tuple[object, ...] | None:
    """What a deal's pay rests on; None where it pays nothing. Two deals that agree in this are paid alike."""
    return (
        (deal.signed, deal.kind, deal.source, deal.term, deal.currency, deal.lines, deal.credits)
        if deal and is_won(deal)
        else None
    )


def turns_of(
    objects: Objects, commit: str, changes: Iterable[PathChange]
) -> tuple[tuple[Turn, ...], tuple[Unrated, ...]]:
    """The deals whose pay the changed paths change, in order of their ids, and those that cannot be read."""
    of_deals = [change for change in changes if DEAL.path.match(change.path)]
    read = read_deals(objects, ((c.path, blob) for c in of_deals for blob in (c.before, c.after) if blob))
    by_deal: dict[str, list[PathChange]] = {}
    for change in of_deals:
        by_deal.setdefault((DEAL.path.match(change.path) or {})["deal"], []).append(change)
    turns, unrated = [], []
    for deal, of_deal in sorted(by_deal.items()):
        before: Reading = next((read[c.path, c.before.oid] for c in of_deal if c.before), None)
        afters: list[Reading] = [read[c.path, c.after.oid] for c in of_deal if c.after]
        after = afters[0] if afters else None
        if len(afters) > 1:  # a deal that moves to another account is one removal and one addition
            unrated.append(Unrated(deal, commit, f"{deal} pays nothing: several accounts have a deal of this id."))
        elif isinstance(after, SalesRepoError):
            unrated.append(Unrated(deal, commit, after.message))
        elif isinstance(before, SalesRepoError):
            turns.append(Turn(deal, None, after))
        elif paid_facts(before) != paid_facts(after):
            turns.append(Turn(deal, before, after))
    return tuple(turns), tuple(unrated)


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


def credits_in(deal: Deal, terms: Terms) -> tuple[Credit, ...]:
    """Who has which share in each line of a won deal. Raises RefusedError where its numbers cannot be paid on."""
    events = _events(deal, terms)
    return tuple(credit for event in events for credit in credits_of(event, deal.credits, beside=terms.beside))


def _events(deal: Deal, terms: Terms) -> Iterator[Event]:
    if deal.signed is None:
        raise RefusedError(f"{deal.deal} has no signed date.", hint="Amend the deal.")
    for item, line in enumerate(deal.lines, 1):
        product = terms.product(line.product)
        amount = line.quantity * parse_amount(line.price, deal.currency)
        if abs(amount) > _MOST:
            raise RefusedError(f"Line {item} of {deal.deal} is more than a ledger can hold.", hint="Amend the deal.")
        yield Event(
            deal=deal.deal,
            account=deal.account,
            currency=deal.currency,
            signed=deal.signed,
            amount=amount,
            commit=terms.commit.oid,
            booked_on=terms.day,
            place=1,  # only the order inside one commit is left to sort: commits are folded one at a time
            item=item,
            order=deal.order,
            values={"units": line.quantity},
            facts=_facts(deal, line, product),
        )


def _facts(deal: Deal, line: DealLine, product: Product | None) -> dict[str, Fact]:
    """What conditions and tables may ask of a deal's line (`commission/asks.RECORDED`); what it lacks is absent."""
    listed = product.listed(deal.signed or deal.opened) if product else None
    known: dict[str, Fact | None] = {
        "product": line.product,
        "category": product.category if product else None,
        "series": product.series if product else None,
        "kind": deal.kind,
        "source": deal.source,
        "term": deal.term,
        "discount": _discount(line, listed, deal.currency) if product and product.currency == deal.currency else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _discount(line: DealLine, listed: str | None, currency: str) -> Fraction | None:
    """How much below the list price a unit was sold, as a share of it; nothing above it."""
    whole = parse_amount(listed, currency) if listed else 0
    return max(Fraction(whole - parse_amount(line.price, currency), whole), Fraction(0)) if whole > 0 else None
