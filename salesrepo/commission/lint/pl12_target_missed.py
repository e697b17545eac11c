"""PL12: does reaching the quota pay the target?"""

from collections.abc import Iterator
from fractions import Fraction

from salesrepo.commission.entry import quota_of
from salesrepo.commission.lint.reading import rate_cells
from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem
from salesrepo.commission.version import ReadyComponent, Terms, Way
from salesrepo.domain.kinds.plan import Component
from salesrepo.domain.money import group_amount, round_half_away

_QUOTA = 10**12  # of any size: what a target rate pays for the whole of a quota does not depend on it


@plan_warning("PL12", "target-missed")
def PL12(look: Look) -> Iterator[Problem]:
    """Who reaches exactly 100 % of the quota is paid the target.

    ## Why
    The target is the promise in the contract: so much for reaching the quota. Where the rows below 100 % pay less than
    the whole rate, reaching it pays less than was promised, and nobody notices before the first one does.

    ## Fix
    Let the rows up to 100 % pay the target rate once on the whole of the way, or the shares of the target that several
    components pay sum to 100 %.
    """
    plan, version = look.plan, look.version
    if plan.target is None or version is None or version.target is None:
        return
    pairs = list(zip(plan.components, version.components, strict=True))
    paying = [(component, ready) for component, ready in pairs if _by_target(component)]
    target = version.target.amount.amount
    sums = [_at_quota(component, ready, plan.target.per, target) for component, ready in paying]
    if not sums or None in sums:
        return
    together = sum((each for each in sums if each is not None), Fraction(0))
    if together != target:
        names = " and ".join(component.name for component, _ in paying)
        paid = group_amount(round_half_away(together.numerator, together.denominator), plan.currency)
        yield Problem(
            ("components", plan.components.index(paying[0][0]), "rate"),
            f"At 100% of quota {names} {'pays' if len(paying) == 1 else 'pay'} {paid} {plan.currency}, and the target "
            f"is {group_amount(target.numerator, plan.currency)} each {plan.target.per}.",
            "Let the rows up to 100% pay the whole target.",
        )


def _by_target(component: Component) -> bool:
    return any(cell.target is not None or cell.target_rate is not None for cell in rate_cells(component))


def _at_quota(component: Component, ready: ReadyComponent, per: str, target: Fraction) -> Fraction | None:
    """What a component pays for the whole of a quota by itself; None where that depends on more than the attainment."""
    rule = ready.rules[0]
    plain = len(ready.rules) == 1 and not ready.when and not ready.factors and component.over in (None, per)
    if not plain or not (rule.by == "" or quota_of(rule.by)):
        return None
    return rule.formula.pay(_QUOTA, Way(Fraction(0), Fraction(1)), Fraction(1), Terms(target, Fraction(_QUOTA))).exact
