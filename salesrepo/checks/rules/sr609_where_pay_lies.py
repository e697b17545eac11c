"""SR609: does what is said of pay lie where those may read it who are meant to?"""

from collections.abc import Iterator
from typing import Any

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.main_pin import MAIN_PIN
from salesrepo.domain.kinds.node import Node
from salesrepo.domain.kinds.pay_terms import PAY_TERMS
from salesrepo.domain.kinds.settings import Settings
from salesrepo.domain.private_pay import is_finances, is_of_pay

_TO_FINANCE = "Send it from finance's copy; to make one: sr join PLACE/forge/finance --as NODE"


@rule("SR609", "where-pay-lies")
def SR609(ctx: CheckContext) -> Iterator[Finding]:
    """Where pay is private, what it rests on lies with finance alone, and everything else with everybody.

    Plans, terms, quotas, metrics, billing records, adjustments, closes, exports and questions about pay are sent from
    finance's copy, which takes nothing else. Where pay is open, they lie with all other records, and a node's plan,
    grade and currency stand in its own file. Which of the two holds is chosen when a company is founded.

    ## Why
    Whoever may read a record keeps it: what was once accepted among everybody's records is in everybody's copy, and
    no later change takes it away.

    ## Fix
    Send it from the other copy: `sr join PLACE/forge/finance --as NODE` makes finance's.
    """
    private = ctx.settings.pay == "private"
    finances = is_finances(ctx.tip)
    for change in ctx.change.changes:
        if fault := _of_company(change) or (_private(change, finances=finances) if private else _open(change)):
            message, hint = fault
            yield Finding("SR609", Severity.ERROR, message, Location(change.path), hint=hint)


def _of_company(change: RecordChange[Any]) -> tuple[str, str] | None:
    before, after = change.before, change.after
    if isinstance(before, Settings) and isinstance(after, Settings) and before.pay != after.pay:
        return "Whether pay is open or private was chosen when the company was founded.", f"Leave pay: {before.pay}."
    return None


def _private(change: RecordChange[Any], *, finances: bool) -> tuple[str, str] | None:
    if finances:
        if is_of_pay(change.path):
            return None
        message = "This is one of everybody's records, and finance's copy only follows those."
        return message, "Send it from your ordinary copy."
    if is_of_pay(change.path) or change.kind == MAIN_PIN.name:
        return "Pay is private here, and this lies with finance alone.", _TO_FINANCE
    node = change.after
    if isinstance(node, Node) and (node.plans or node.grades or node.currency):
        return f"Pay is private here, and what {node.name} is paid by lies with finance alone.", _TO_FINANCE
    return None


def _open(change: RecordChange[Any]) -> tuple[str, str] | None:
    if change.kind in (PAY_TERMS.name, MAIN_PIN.name):
        message = "Pay is open here, so a node's own file says what it is paid by."
        return message, "Write it there: salesrepo node change NODE --plan PLAN"
    return None
