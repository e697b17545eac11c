"""Who shares in what a team earned, and what stands in the books for it?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salesrepo.commission.booked_lines import top_seqs
from salesrepo.commission.lines import Desk
from salesrepo.commission.pool import share_lines
from salesrepo.commission.share_out import Sharer, counted_by
from salesrepo.commission.version import PlanVersion, ReadyComponent
from salesrepo.commission.window_pay import WindowClose, closing_facts
from salesrepo.domain.period import Span
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.flows.books.settle_billing import Holdings

if TYPE_CHECKING:
    from salesrepo.flows.books.settle_entry import Entry


def share_out(entry: "Entry", lines: Iterable[LineItem], holdings: Holdings) -> None:
    """Hand on to the members of teams what these new lines earned for them, as far as a plan says so."""
    for line in lines:
        version = entry.terms.before.booked_by(line.plan) if line.plan and line.type is LineType.EARNING else None
        component = _shared(line, version)
        if version is not None and component is not None:
            _share(entry, line, version, component, holdings)


def _shared(line: LineItem, version: PlanVersion | None) -> ReadyComponent | None:
    parts = version.components if version else ()
    return next((part for part in parts if part.name == line.component and part.share_out is not None), None)


def _share(entry: "Entry", line: LineItem, version: PlanVersion, component: ReadyComponent, holdings: Holdings) -> None:
    terms, day = entry.terms, line.event_on
    members = entry.lookups.members(line.payee, day)
    entry.know(member.node for member in members)
    closing = WindowClose(terms.day, terms.commit.oid, entry.totals, terms.calendar, entry.lookups)
    window = terms.calendar.window_id(component.over or Span.MONTH, day)
    by = component.share_out.by if component.share_out else ""
    counted = counted_by(entry.standing_of(line.payee), version.figure(by), window) if by in version.measures else {}
    sharers = []
    for member in members:
        own = terms.version(member.node, day)
        facts = closing_facts(terms.payee(member.node), own, day, closing)
        weight, brought = member.weight, counted.get(member.node)
        paid = own.paid if own is not None else Span.MONTH
        sharers.append(Sharer(member.node, weight, brought or Sharer("").counted, facts, paid))
    known = (*entry.books.deal(line.deal).lines, *entry.lines) if line.deal else entry.lines
    desk = Desk(terms.calendar, top_seqs(known), terms.open_from)
    for made in share_lines(line, component, sharers, desk=desk):
        reserve = holdings.reserve(made, component) if made.payee != line.payee else None
        if reserve is not None:
            desk.beside(made, reserve)
    entry.take(desk.lines, entry.totals, ())
