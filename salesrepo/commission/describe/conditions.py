"""`when`: which events, deals or people does a plan mean?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from salesrepo.commission.condition import FIELDS, MONEY, NUMBER
from salesrepo.commission.describe.wording import figure, listed

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_when import Condition, Facts, Given, Range

_NAMES = {
    "accepted_by": "the role of who accepted it",
    "amount": "the amount",
    "credit.role": "the role of the credit",
    "date": "the event's day",
    "signed": "the day of the signature",
    "payee.grade": "your grade",
    "payee.group": "your group",
    "payee.team": "your team",
    "payee.tenure_month": "your month of service (1 is that of your start)",
}
_LOOKED_UP = {
    "attainment_before": "your attainment of {} before the event",
    "attainment_after": "your attainment of {} after the event",
    "attainment_final": "the final attainment of {}",
    "account": "the account's {}",
}
_BOUNDS = {"at_least": "at least", "above": "above", "up_to": "at most", "below": "below"}


def asked(condition: "Condition | None") -> str:
    """A condition as a clause (`category is scanner and units are at least 5`); "" where there is none."""
    if condition is None:
        return ""
    if isinstance(condition, tuple):
        return listed((f"({_all(facts)})" for facts in condition), "or")
    return _all(condition)


def where(condition: "Condition | None", *, word: str = "where") -> str:
    """A condition as the end of a sentence, with a comma before it; "" where there is none."""
    return f", {word} {asked(condition)}" if condition is not None else ""


def field_named(field: str) -> str:
    """What a condition or a table asks for, as people call it."""
    room, _, rest = field.partition(".")
    if field in _NAMES:
        return _NAMES[field]
    if room in _LOOKED_UP and rest:
        return _LOOKED_UP[room].format(rest.replace("_", " "))
    return field.replace("_", " ")


def _all(facts: "Facts") -> str:
    return " and ".join(f"{field_named(field)} is {_test(field, test)}" for field, test in facts.items()) or "anything"


def _test(field: str, test: "Given | tuple[Given, ...] | Range") -> str:
    if isinstance(test, tuple):
        return listed((_value(field, one) for one in test), "or")
    if isinstance(test, str):
        return _value(field, test)
    return listed(_bounds(field, test), "and") or "anything"


def _value(field: str, text: str) -> str:
    return figure(text) if FIELDS.get(field) in (MONEY, NUMBER) else text


def _bounds(field: str, test: "Range") -> Iterator[str]:
    for name, word in _BOUNDS.items():
        if (bound := getattr(test, name)) is not None:
            yield f"{word} {_value(field, bound)}"
    if test.none_of:
        yield f"none of {listed(test.none_of, 'or')}"
