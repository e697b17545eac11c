"""PL11: does the sentence speak of numbers that the component does not know?"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from salesrepo.commission.entry import quota_of
from salesrepo.commission.lint.reading import rate_tables
from salesrepo.commission.lint.says import spelt, texts_in, values_of
from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan import Component, Plan

_WHOLE = (Fraction(1), Fraction(100))  # `100 %` says nothing that could be wrong


@plan_warning("PL11", "says-number")
def PL11(look: Look) -> Iterator[Problem]:
    """Every number in `says` stands in the component, its measure, its quota or the target.

    ## Why
    The sentence is what people remember, the structure is what pays. A number that is in one of them alone is most
    often a rate that was changed in one place.

    ## Fix
    Correct the sentence or the structure. Numbers written as words are not looked at.
    """
    for place, component in enumerate(look.plan.components):
        known = {value for text in _texts(component, look.plan) for value in values_of(text)}
        strange = [text for text, value in spelt(component.says).items() if value not in known.union(_WHOLE)]
        if strange:
            yield Problem(
                ("components", place, "says"),
                f"The sentence of {component.name} speaks of {' and '.join(strange)}, which the component does not.",
                "Correct the sentence, or what it speaks of.",
            )


def _texts(component: Component, plan: Plan) -> Iterator[str]:
    """Everything that may stand behind a number: the component without its sentence, and what it names."""
    yield from texts_in(replace(component, says="-"))
    yield from texts_in(plan.measures.get(component.measure))
    yield from texts_in(plan.target)
    tables = [found.table for found in rate_tables(component)]
    tables += [factor.table for factor in component.factors if factor.table]
    names = {component.quota or "", *(table.by.partition(".")[2] for table in tables)}
    for name in names | {quota_of(table.by) for table in tables}:
        for found in (plan.quotas.get(name), plan.rankings.get(name), plan.metrics.get(name)):
            yield from texts_in(found)
