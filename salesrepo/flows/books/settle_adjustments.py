"""What is booked for sums by hand, which somebody approved with a reason?"""

from collections.abc import Iterable, Iterator

from salesrepo.commission.lines import ENGINE, NO_DEAL
from salesrepo.domain.change import FILE_MODE, PathChange
from salesrepo.domain.kinds.adjustment import ADJUSTMENT, Adjustment
from salesrepo.domain.money import group_amount, parse_amount
from salesrepo.domain.period import Span
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import SalesRepoError
from salesrepo.flows.books.settle_deals import Unrated
from salesrepo.flows.books.settle_entry import Entry
from salesrepo.store.snapshot import parse
from salesrepo.vcs.objects import Objects


def adjust(objects: Objects, entry: Entry, changes: Iterable[PathChange]) -> None:
    """Book the adjustments that came with a commit. One that was changed or removed later books nothing."""
    for change in changes:
        ids = ADJUSTMENT.path.match(change.path)
        if ids is None or ("adjustment", ids["adjustment"]) in entry.left_out:
            continue
        if change.before is None and change.after is not None and change.after.mode == FILE_MODE:
            try:
                found = parse(ADJUSTMENT, objects.read(change.after.oid, ADJUSTMENT.cap), path=change.path)[0]
                entry.know([found.payee])
                entry.take([*_lines(found, entry)], entry.totals, ())
            except SalesRepoError as error:
                entry.unrated.append(Unrated(ids["adjustment"], entry.terms.commit.oid, error.message))


def _lines(found: Adjustment, entry: Entry) -> Iterator[LineItem]:
    terms, event = entry.terms, f"adjustment-{found.adjustment}"
    version = terms.version(found.payee, found.day)
    span = version.paid if version else Span.MONTH
    amount = parse_amount(found.amount, found.currency)
    what = "forgives" if found.kind == "write-off" else "is"
    money = f"{group_amount(amount, found.currency)} {found.currency}"
    account = entry.books.deal(found.deal).account if found.deal else ""
    yield LineItem(
        key=f"{found.deal if account else NO_DEAL} {event} {found.payee} - - 1",
        type=LineType.ADJUSTMENT,
        payee=found.payee,
        deal=(found.deal or "") if account else "",
        event=event,
        item=1,
        event_on=found.day,
        booked_on=terms.day,
        earning_period=terms.calendar.window_id(span, found.day),
        booking_period=terms.calendar.window_id(span, max(found.day, terms.open_from)),
        currency=found.currency,
        amount=amount,
        engine=ENGINE,
        deal_commit=terms.commit.oid,
        about=found.line,
        because=f"{found.kind.capitalize()} {found.adjustment} {what} {money}: {found.reason}",
    )
