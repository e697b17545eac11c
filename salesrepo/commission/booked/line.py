"""How does a line become text for the ledger, and text a line again, without losing a cent?"""

from collections.abc import Iterable, Mapping

from salesrepo.commission.booked import money as moneys
from salesrepo.commission.booked import parts
from salesrepo.commission.values import TotalKey
from salesrepo.domain.kinds.ledger_batch import BookedLine, BookedPlan, Closing, RunningTotal
from salesrepo.domain.money import parse_sum, show_amount
from salesrepo.domain.statement import LineItem, PlanRef


def book(line: LineItem) -> BookedLine:
    """The line as the ledger writes it."""
    money, own = line.money, line.currency
    return BookedLine(
        key=line.key,
        type=line.type,
        payee=line.payee,
        deal=line.deal or None,
        event=line.event,
        item=line.item,
        event_on=line.event_on,
        booked_on=line.booked_on,
        earning_period=line.earning_period,
        booking_period=line.booking_period,
        currency=own,
        component=line.component,
        credit=parts.book_credit(line.credit) if line.credit else None,
        measure=parts.book_measure(line.measure) if line.measure else None,
        moved=tuple(parts.book_move(part) for part in line.moved),
        rule=line.rule,
        enter=parts.book_enter(line.enter) if line.enter else None,
        slices=tuple(parts.book_slice(part, line.measure, money) for part in line.slices),
        factors=tuple(parts.book_factor(part) for part in line.factors),
        exact=parts.in_units(line.exact, money) if line.exact else None,
        less=parts.book_less(line.less, money) if line.less else None,
        calculated=None if line.calculated is None else show_amount(line.calculated, money),
        limits=tuple(parts.book_limit(part, money) for part in line.limits),
        amount=show_amount(line.amount, own),
        plan=BookedPlan(path=line.plan.path, blob=line.plan.blob) if line.plan else None,
        engine=line.engine,
        deal_commit=line.deal_commit,
        reverses=line.reverses,
        needs=line.needs,
        about=line.about,
        fx=moneys.book_fx(line.fx) if line.fx else None,
        paid_in=moneys.book_fx(line.paid_in) if line.paid_in else None,
        released=moneys.book_release(line.released, own) if line.released else None,
        taken=moneys.book_taking(line.taken, own) if line.taken else None,
        drawn=moneys.book_draw(line.drawn, own) if line.drawn else None,
        shared=moneys.book_share(line.shared, own) if line.shared else None,
        because=line.because,
    )


def read_line(booked: BookedLine) -> LineItem:
    """The line that `book` wrote. Raises RefusedError where an amount is none in its currency."""
    own = booked.currency
    money = booked.paid_in.out_of if booked.paid_in else own
    measure = parts.read_measure(booked.measure) if booked.measure else None
    return LineItem(
        key=booked.key,
        type=booked.type,
        payee=booked.payee,
        deal=booked.deal or "",
        event=booked.event,
        item=booked.item,
        event_on=booked.event_on,
        booked_on=booked.booked_on,
        earning_period=booked.earning_period,
        booking_period=booked.booking_period,
        currency=own,
        component=booked.component,
        credit=parts.read_credit(booked.credit) if booked.credit else None,
        measure=measure,
        moved=tuple(parts.read_move(part) for part in booked.moved),
        rule=booked.rule,
        enter=parts.read_enter(booked.enter) if booked.enter else None,
        slices=tuple(parts.read_slice(part, measure, money) for part in booked.slices),
        factors=tuple(parts.read_factor(part) for part in booked.factors),
        exact=parts.in_parts(booked.exact, money) if booked.exact else None,
        less=parts.read_less(booked.less, money) if booked.less else None,
        calculated=None if booked.calculated is None else parse_sum(booked.calculated, money),
        limits=tuple(parts.read_limit(part, money) for part in booked.limits),
        amount=parse_sum(booked.amount, own),
        plan=PlanRef(booked.plan.path, booked.plan.blob) if booked.plan else None,
        engine=booked.engine,
        deal_commit=booked.deal_commit,
        reverses=booked.reverses,
        needs=booked.needs,
        about=booked.about,
        fx=moneys.read_fx(booked.fx) if booked.fx else None,
        paid_in=moneys.read_fx(booked.paid_in) if booked.paid_in else None,
        released=moneys.read_release(booked.released, own) if booked.released else None,
        taken=moneys.read_taking(booked.taken, own) if booked.taken else None,
        drawn=moneys.read_draw(booked.drawn, own) if booked.drawn else None,
        shared=moneys.read_share(booked.shared, own) if booked.shared else None,
        because=booked.because,
    )


def closing(totals: Mapping[TotalKey, int], opening: Mapping[str, int], lines: Iterable[LineItem]) -> Closing:
    """What a payee's batch ends with.

    `totals` are the payee's running totals after the batch, `opening` the sums by currency (minor units) before it.
    """
    sums = dict(opening)
    for line in lines:
        sums[line.currency] = sums.get(line.currency, 0) + line.amount
    return Closing(
        running=tuple(
            RunningTotal(
                plan=key.plan,
                measure=key.measure,
                window=key.window,
                currency=key.unit or None,
                total=parts.show(totals[key], key.unit),
            )
            for key in sorted(totals)
        ),
        amounts={currency: show_amount(sums[currency], currency) for currency in sorted(sums)},
    )


def read_closing(node: str, written: Closing) -> tuple[dict[TotalKey, int], dict[str, int]]:
    """The running totals of a node and its sums by currency, as the last batch left them."""
    totals = {
        TotalKey(node, r.plan, r.measure, r.window, r.currency or ""): parts.read(r.total, r.currency or "")
        for r in written.running
    }
    return totals, {currency: parse_sum(text, currency) for currency, text in written.amounts.items()}
