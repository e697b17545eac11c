"""Does a condition of a plan fit an event, and which fields may it ask for?

A field that an event does not record fits no test: it is told as missing, never taken for zero.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.entry import METRIC, RANK
from salesrepo.commission.figures import quantity
from salesrepo.commission.shape import Problem
from salesrepo.commission.values import Fact
from salesrepo.commission.version import ReadyCondition, ReadyTest
from salesrepo.errors import RefusedError

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_when import Condition, Facts, Given, Range

WORD, NUMBER, MONEY, SHARE, DAY, FIGURE = "word", "number", "money", "share", "day", "figure"

FIELDS: Mapping[str, str] = {
    "product": WORD,
    "category": WORD,
    "series": WORD,
    "kind": WORD,
    "currency": WORD,
    "source": WORD,
    "amount": MONEY,
    "units": NUMBER,
    "discount": SHARE,
    "term": NUMBER,
    "margin_of_price": SHARE,
    "margin_of_cost": SHARE,
    "signed": DAY,
    "date": DAY,
    "account.country": WORD,
    "account.industry": WORD,
    "account.employees": NUMBER,
    "account.territory": WORD,
    "credit.role": WORD,
    "payee.grade": WORD,
    "payee.team": WORD,
    "payee.tenure_month": NUMBER,
}
ATTAINMENT = ("attainment_before", "attainment_after")
FINAL = "attainment_final"  # of a member's own plan, where a team's pay is shared out
_KINDS = {FINAL: SHARE, METRIC: FIGURE, RANK: NUMBER}
_BOUNDS = ("at_least", "above", "up_to", "below")
_NUMBER = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?"
_FORMS = {
    NUMBER: 'Write a number such as "36".',
    MONEY: 'Write an amount such as "10000.00".',
    SHARE: "Write a share such as 15%.",
    FIGURE: 'Write a figure such as 15% or "0.8".',
    DAY: 'Write a day such as "2027-03-01".',
}


class Fit(NamedTuple):
    """Whether a condition fits, and which fields it asked for that the event does not record."""

    fits: bool
    missing: tuple[str, ...] = ()


def kind_of(field: str, quotas: Iterable[str] = (), others: Iterable[str] = ()) -> str | None:
    """How a field's values are written; None where nothing is called so.

    `others` are further fields that can be asked for here: `metric.<name>`, `rank.<name>`, `attainment_final.<quota>`.
    """
    name, _, quota = field.partition(".")
    if name in _KINDS:
        return _KINDS[name] if field in others else None
    if name in ATTAINMENT:
        return SHARE if quota in quotas else None
    return FIELDS.get(field)


def fit(condition: ReadyCondition, facts: Mapping[str, Fact]) -> Fit:
    """Whether one of a condition's alternatives fits as a whole. No alternatives: no filter, it always fits."""
    if not condition:
        return Fit(True)
    missing: dict[str, None] = {}
    for tests in condition:
        lacking = [test.field for test in tests if test.field not in facts]
        if not lacking and all(_passes(test, facts[test.field]) for test in tests):
            return Fit(True)
        missing.update(dict.fromkeys(lacking))
    return Fit(False, tuple(missing))


def _passes(test: ReadyTest, value: Fact) -> bool:
    if isinstance(value, str):
        return (not test.words or value in test.words) and value not in test.not_words
    return _over(test, value) and _under(test, value)


def _over(test: ReadyTest, value: int | Fraction | date) -> bool:
    least = test.least
    return least is None or value > least or (test.least_owned and value == least)  # type: ignore[operator]


def _under(test: ReadyTest, value: int | Fraction | date) -> bool:
    most = test.most
    return most is None or value < most or (test.most_owned and value == most)  # type: ignore[operator]


def ready_condition(condition: "Condition | None", currency: str) -> ReadyCondition:
    """A condition ready to be tested. It has no problems."""
    return tuple(
        tuple(_ready_test(field, asked, currency) for field, asked in facts.items())
        for facts in _alternatives(condition)
    )


def condition_problems(
    condition: "Condition | None", currency: str, quotas: Iterable[str], others: Iterable[str] = ()
) -> Iterator[Problem]:
    """Fields that nothing is called by, values that are none of theirs, bounds on words; routes begin below `when`."""
    several = isinstance(condition, tuple)
    known = (tuple(quotas), tuple(others))
    for place, facts in enumerate(_alternatives(condition)):
        if not facts:
            yield Problem((place,) if several else (), "This condition asks for nothing.", "Leave `when` out.")
        for field, asked in facts.items():
            route = (place, field) if several else (field,)
            for message, hint in _faults(field, asked, currency, known):
                yield Problem(route, message, hint)


def _alternatives(condition: "Condition | None") -> "tuple[Facts, ...]":
    if condition is None:
        return ()
    return condition if isinstance(condition, tuple) else (condition,)


def _faults(
    field: str,
    asked: "Given | tuple[Given, ...] | Range",
    currency: str,
    known: tuple[tuple[str, ...], tuple[str, ...]],
) -> Iterator[tuple[str, str]]:
    quotas, others = known
    kind = kind_of(field, quotas, others)
    if kind is None:
        names = sorted((*FIELDS, *(f"{name}.{quota}" for name in ATTAINMENT for quota in quotas), *others))
        yield f"No condition can ask for {field}.", f"Use one of: {', '.join(names)}."
        return
    if isinstance(asked, tuple) and (kind != WORD or not asked):
        hint = "Name the words that fit." if kind == WORD else "Use at_least, above, up_to or below."
        yield f"{field} is a {kind}, which this list does not say.", hint
        return
    if not isinstance(asked, (str, tuple)):
        yield from _range_faults(field, asked, kind)
    for text in _texts(asked):
        try:
            _read(text, kind, currency)
        except (RefusedError, ValueError):
            yield f"{text} is no value of {field}.", _FORMS[kind]


def _range_faults(field: str, asked: "Range", kind: str) -> Iterator[tuple[str, str]]:
    given = [name for name in _BOUNDS if getattr(asked, name) is not None]
    if kind == WORD and given:
        yield f"{field} is a word, which has no {given[0]}.", "Name the words that fit, or none_of."
    if kind != WORD and asked.none_of:
        yield f"{field} is a {kind}, of which none_of says nothing.", "Use at_least, above, up_to or below."
    if not given and not asked.none_of:
        yield f"The test of {field} says nothing.", "Name values or bounds."
    if {"at_least", "above"} <= set(given) or {"up_to", "below"} <= set(given):
        yield f"{field} has two bounds on one side.", "Keep one of the two."


def _texts(asked: "Given | tuple[Given, ...] | Range") -> tuple[str, ...]:
    if isinstance(asked, str):
        return (asked,)
    if isinstance(asked, tuple):
        return asked
    return (*(text for name in _BOUNDS if (text := getattr(asked, name)) is not None), *asked.none_of)


def _read(text: str, kind: str, currency: str) -> Fact:
    if kind == MONEY:
        return quantity(text, currency)
    if kind == DAY:
        return date.fromisoformat(text)
    if kind == WORD:
        return text
    share = text.endswith("%")
    number = text.removesuffix("%")
    if re.fullmatch(_NUMBER, number, re.ASCII) is None or (kind != FIGURE and (kind == SHARE) != share):
        raise RefusedError(f"{text} is no {kind}.", hint=_FORMS[kind])
    return Fraction(number) / (100 if share else 1)


def _ready_test(field: str, asked: "Given | tuple[Given, ...] | Range", currency: str) -> ReadyTest:
    kind = kind_of(field, (field.partition(".")[2],), (field,)) or WORD
    if not isinstance(asked, (str, tuple)):
        sides = {name: _bound(getattr(asked, name), kind, currency) for name in _BOUNDS}
        return ReadyTest(
            field,
            not_words=frozenset(asked.none_of),
            least=sides["above"] if asked.above is not None else sides["at_least"],
            least_owned=asked.above is None,
            most=sides["below"] if asked.below is not None else sides["up_to"],
            most_owned=asked.below is None,
        )
    if kind == WORD:
        return ReadyTest(field, words=frozenset(_texts(asked)))
    exactly = _bound(_texts(asked)[0], kind, currency)
    return ReadyTest(field, least=exactly, most=exactly)


def _bound(text: str | None, kind: str, currency: str) -> "Fraction | date | None":
    if text is None or kind == WORD:
        return None
    value = _read(text, kind, currency)
    return value if isinstance(value, date) else Fraction(value)
