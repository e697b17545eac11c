"""How does a line become text for the ledger, and text a line again, without losing a cent?"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from salesrepo.commission.values import TotalKey
from salesrepo.domain.kinds.ledger_batch import (
    BookedCredit,
    BookedEnter,
    BookedLine,
    BookedMeasure,
    BookedPlan,
    BookedSlice,
    Closing,
    RunningTotal,
)
from salesrepo.domain.money import Ratio, decimals_of, parse_amount, parse_ratio, ratio, show_amount, show_ratio
from salesrepo.domain.statement import CreditPart, EnterPart, LineItem, MeasurePart, PlanRef, SlicePart

P = TypeVar("P")
Q = TypeVar("Q")


def book(line: LineItem) -> BookedLine:
    """The line as the ledger writes it."""
    money = line.currency
    return BookedLine(
        key=line.key,
        type=line.type,
        payee=line.payee,
        deal=line.deal,
        event=line.event,
        item=line.item,
        event_on=line.event_on,
        booked_on=line.booked_on,
        earning_period=line.earning_period,
        booking_period=line.booking_period,
        currency=money,
        component=line.component,
        credit=_if(line.credit, _book_credit, money),
        measure=_if(line.measure, _book_measure, money),
        enter=_if(line.enter, _book_enter, money),
        slices=tuple(_book_slice(part, money) for part in line.slices),
        exact=_if(line.exact, _in_units, money),
        amount=show_amount(line.amount, money),
        plan=BookedPlan(path=line.plan.path, blob=line.plan.blob) if line.plan else None,
        engine=line.engine,
        deal_commit=line.deal_commit,
        reverses=line.reverses,
        needs=line.needs,
        because=line.because,
    )


def read_line(booked: BookedLine) -> LineItem:
    """The line that `book` wrote. Raises RefusedError where an amount is none in its currency."""
    money = booked.currency
    return LineItem(
        key=booked.key,
        type=booked.type,
        payee=booked.payee,
        deal=booked.deal,
        event=booked.event,
        item=booked.item,
        event_on=booked.event_on,
        booked_on=booked.booked_on,
        earning_period=booked.earning_period,
        booking_period=booked.booking_period,
        currency=money,
        component=booked.component,
        credit=_if(booked.credit, _read_credit, money),
        measure=_if(booked.measure, _read_measure, money),
        enter=_if(booked.enter, _read_enter, money),
        slices=tuple(_read_slice(part, money) for part in booked.slices),
        exact=_if(booked.exact, _in_minor, money),
        amount=parse_amount(booked.amount, money),
        plan=PlanRef(booked.plan.path, booked.plan.blob) if booked.plan else None,
        engine=booked.engine,
        deal_commit=booked.deal_commit,
        reverses=booked.reverses,
        needs=booked.needs,
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
                currency=key.currency,
                total=show_amount(totals[key], key.currency),
            )
            for key in sorted(totals)
        ),
        amounts={currency: show_amount(sums[currency], currency) for currency in sorted(sums)},
    )


def read_closing(node: str, written: Closing) -> tuple[dict[TotalKey, int], dict[str, int]]:
    """The running totals of a node and its sums by currency, as the last batch left them."""
    totals = {
        TotalKey(node, r.plan, r.measure, r.window, r.currency): parse_amount(r.total, r.currency)
        for r in written.running
    }
    return totals, {currency: parse_amount(text, currency) for currency, text in written.amounts.items()}


def _if(part: P | None, convert: Callable[[P, str], Q], money: str) -> Q | None:
    return None if part is None else convert(part, money)


def _in_units(exact: Ratio, currency: str) -> str:
    return show_ratio(ratio(exact[0], exact[1] * 10 ** decimals_of(currency)))


def _in_minor(text: str, currency: str) -> Ratio:
    over, under = parse_ratio(text)
    return ratio(over * 10 ** decimals_of(currency), under)


def _book_credit(part: CreditPart, _money: str) -> BookedCredit:
    return BookedCredit(
        role=part.role,
        currency=part.currency,
        of=show_amount(part.of, part.currency),
        starts=show_ratio(part.starts),
        ends=show_ratio(part.ends),
        gives=show_amount(part.gives, part.currency),
    )


def _read_credit(part: BookedCredit, _money: str) -> CreditPart:
    return CreditPart(
        part.role,
        part.currency,
        parse_amount(part.of, part.currency),
        parse_ratio(part.starts),
        parse_ratio(part.ends),
        parse_amount(part.gives, part.currency),
    )


def _book_measure(part: MeasurePart, money: str) -> BookedMeasure:
    return BookedMeasure(name=part.name, base=show_amount(part.base, money))


def _read_measure(part: BookedMeasure, money: str) -> MeasurePart:
    return MeasurePart(part.name, parse_amount(part.base, money))


def _book_enter(part: EnterPart, money: str) -> BookedEnter:
    return BookedEnter(window=part.window, before=show_amount(part.before, money), after=show_amount(part.after, money))


def _read_enter(part: BookedEnter, money: str) -> EnterPart:
    return EnterPart(part.window, parse_amount(part.before, money), parse_amount(part.after, money))


def _book_slice(part: SlicePart, money: str) -> BookedSlice:
    return BookedSlice(
        row=part.row, part=show_amount(part.part, money), rate=part.rate, gives=_in_units(part.gives, money)
    )


def _read_slice(part: BookedSlice, money: str) -> SlicePart:
    return SlicePart(part.row, parse_amount(part.part, money), part.rate, _in_minor(part.gives, money))
