"""How is a simulation told: tables for people, figures for programs, the faults of a plan that is none?"""

from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.domain.page import Page
    from salesrepo.domain.simulation import Outcome, Simulation
    from salesrepo.flows.books.simulate import Candidate

_WORDS = ("", "plan", "payee", "month", "quota", "window", "waits")  # columns that hold no figures


def tell_faults(candidates: "Sequence[Candidate]", *, json: bool) -> int:
    """Say everything that keeps files from being plans to pay by; exit code as `salesrepo check` has it."""
    if json:
        plain = [{"plan": one.name, "problems": [fault._asdict() for fault in one.faults]} for one in candidates]
        console.say_json({"refused": plain})
        return ExitCode.FINDINGS
    for one in candidates:
        console.say(f"{console.term(one.name)} cannot be paid by:")
        for fault in one.faults:
            named = fault.message.startswith(fault.where.partition(".")[0])  # a field that cannot be read names itself
            console.say(console.term(f"  - {fault.message}" if named else f"  - {fault.where}: {fault.message}"))
            if fault.hint:
                console.say(f"    {console.term(fault.hint)}")
    return ExitCode.FINDINGS


def tell_page(page: "Page") -> None:
    """Print a page: headings, sentences, tables."""
    from salesrepo.domain.page import Grid, Heading, Paragraph

    console.say(console.term(page.title))
    for block in page.blocks:
        if isinstance(block, Heading):
            console.say(f"\n{console.term(block.text)}")
        elif isinstance(block, Paragraph):
            console.say(console.term(block.text))
        elif isinstance(block, Grid):
            console.table(block.head, block.rows, right=[name for name in block.head if name not in _WORDS])


def plain_simulation(found: "Simulation") -> dict[str, object]:
    """The simulation for --json: amounts as records write them."""
    from salesrepo.commission.shown.compare import shifts_of

    return {
        "instead_of": found.instead_of,
        "since": str(found.since or ""),
        "until": str(found.until),
        "deals": found.deals,
        "now": _plain_outcome(found.now),
        "candidates": [
            {
                **_plain_outcome(other),
                "shifts": [_plain_money(vars(shift), ("gained", "lost")) for shift in shifts_of(found, other)],
            }
            for other in found.others
        ],
    }


def _plain_outcome(outcome: "Outcome") -> dict[str, object]:
    from salesrepo.commission.shown.compare import spread_of
    from salesrepo.domain.money import show_amount

    spreads = [spread for currency in outcome.totals if (spread := spread_of(outcome, currency))]
    sums = ("least", "first", "median", "third", "most")
    return {
        "plan": outcome.name,
        "waits": outcome.waits,
        "cost": {currency: show_amount(cost, currency) for currency, cost in outcome.totals.items()},
        "spread": [_plain_money(vars(spread), sums) for spread in spreads],
        "months": [
            {"month": month, "currency": currency, "cost": show_amount(cost, currency)}
            for (month, currency), cost in outcome.months.items()
        ],
        "payees": [
            {
                "payee": paid.payee,
                "currency": paid.currency,
                "earned": show_amount(paid.earned, paid.currency),
                "months": {month: show_amount(sum_, paid.currency) for month, sum_ in paid.months.items()},
                "attained": [
                    {
                        "quota": each.quota,
                        "window": each.window,
                        "reached": show_amount(each.reached, each.unit) if each.unit else str(each.reached),
                        "share": f"{each.share.numerator}/{each.share.denominator}",
                    }
                    for each in paid.attained
                ],
            }
            for paid in outcome.payees
        ],
    }


def _plain_money(held: dict[str, object], sums: "Sequence[str]") -> dict[str, object]:
    from salesrepo.domain.money import show_amount

    currency = str(held["currency"])
    return {
        name: show_amount(value, currency) if name in sums and isinstance(value, int) else value
        for name, value in held.items()
    }
