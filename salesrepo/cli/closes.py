"""How is the close of a month told: to whoever prepares it, and to whoever agrees?"""

from typing import TYPE_CHECKING

from salesrepo.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesrepo.domain.kinds.close import Close
    from salesrepo.flows.books.closed import CloseFigures, Row
    from salesrepo.flows.finance.close import Draft

_COLUMNS = ("payee", "", "opening", "earned", "- held back", "+ released", "- taken back", "+ advanced", "- recovered")
_SUMS = ("- paid", "= closing")
_MOST = 20


def tell_draft(draft: "Draft", *, who: "Callable[[str], str]") -> None:
    """The figures of a month, and everything of it that is open."""
    console.say(f"{draft.month}, as its close would book it:")
    tell_figures(draft.figures, who=who)
    for line in draft.pending[:_MOST]:
        about = f"{line.deal} for " if line.deal else ""
        console.say(f"Waits: {console.term(about)}{console.term(who(line.payee))}: {console.term(line.because)}")
    for one in draft.quarantined[:_MOST]:
        console.say(f"Quarantine: {console.term(one.because)}")
    for asked in draft.disputes[:_MOST]:
        question = asked.question
        console.say(f"Asked: {console.term(asked.id)} by {console.term(who(question.by))}, due on {question.due}.")
    for what, found in (("wait", draft.pending), ("are in quarantine", draft.quarantined), ("ask", draft.disputes)):
        if len(found) > _MOST:
            console.say(f"{len(found) - _MOST} more {what} (--json lists them).")


def tell_figures(figures: "CloseFigures", *, who: "Callable[[str], str]") -> None:
    """One row for each payee and currency, and the sums of each currency."""
    from salesrepo.domain.money import group_amount

    if not figures.rows:
        console.say("Nothing was booked.")
        return
    rows = [(console.term(who(row.payee)), row.currency, *_cells(row)) for row in figures.rows]
    console.table((*_COLUMNS, *_SUMS), rows, right=(*_COLUMNS[2:], *_SUMS))
    for currency in sorted({row.currency for row in figures.rows}):
        of = [row.balance for row in figures.rows if row.currency == currency]
        paid, left = (
            group_amount(sum(side), currency) for side in zip(*((b.paid, b.closing) for b in of), strict=True)
        )
        console.say(f"Together {paid} {currency} are paid and {left} {currency} are carried on.")


def _cells(row: "Row") -> tuple[str, ...]:
    from salesrepo.domain.money import group_amount

    of = row.balance
    sums = (
        of.opening,
        of.earned + of.adjusted,
        of.held_back,
        of.released,
        of.clawed_back,
        of.drawn,
        of.recovered,
        of.paid,
        of.closing,
    )
    return tuple(group_amount(amount, row.currency) for amount in sums)


def tell_agreed(record: "Close", figures: "CloseFigures", *, who: "Callable[[str], str]") -> None:
    """The same figures for whoever is asked to agree, worked out anew, and where the record says others."""
    console.say(f"{record.period}, worked out from the records as they are now:")
    tell_figures(figures, who=who)
    if record.open_because:
        console.say(f"Closed although something waits: {console.term(record.open_because)}")
    differs = tuple(figures.differences(record))
    for sentence in differs:
        console.say(f"NOT as the record says: {console.term(sentence)}")
    if not differs:
        console.say("The record says the same, line for line.")


def plain_agreed(closing: "tuple[Close, CloseFigures] | None") -> dict[str, object] | None:
    """The same for --json; None where nothing is closed."""
    if closing is None:
        return None
    record, figures = closing
    return {"record": record, **plain_figures(figures), "differs": tuple(figures.differences(record))}


def plain_figures(figures: "CloseFigures") -> dict[str, object]:
    """The figures for --json."""
    from salesrepo.domain.money import show_amount

    return {
        "rows": [
            {
                "payee": row.payee,
                "currency": row.currency,
                **{name: show_amount(amount, row.currency) for name, amount in row.balance._asdict().items()},
            }
            for row in figures.rows
        ],
        "pending": [{"line": line.key, "payee": line.payee, "needs": line.needs} for line in figures.pending],
        "digest": figures.digest,
    }
