"""What is wrong with how a plan shares out what a team earns?"""

from collections.abc import Iterator

from salesrepo.commission.condition import FINAL, condition_problems
from salesrepo.commission.shape import Problem, below
from salesrepo.commission.share_out import EQUAL, WEIGHT
from salesrepo.domain.kinds.plan import Component, Plan
from salesrepo.domain.kinds.plan_pay import ShareOut


def share_problems(component: Component, plan: Plan) -> Iterator[Problem]:
    """What is wrong with how a component is shared out; routes begin at the component."""
    terms = component.share_out
    if terms is None:
        return
    route = ("share_out", "by")
    if terms.by not in (EQUAL, WEIGHT):
        measure = plan.measures.get(terms.by)
        if measure is None:
            known = ", ".join((EQUAL, WEIGHT, *plan.measures))
            yield Problem(route, f"Nothing is shared by {terms.by}.", f"Use one of {known}.")
        elif measure.credit.of != "members":
            message = f"{terms.by} does not count what each member brings."
            yield Problem(route, message, "Use a measure with credit: {of: members}.")
        elif component.over in (None, "each", "always"):
            message = f"In which window does each member's {terms.by} count?"
            yield Problem(("over",), message, "Write over: month, quarter, half-year or year.")
    if plan.pay_in != "plan":
        hint = "Write pay_in: plan."
        yield Problem(("share_out",), "What is shared is in one currency for all members.", hint)
    yield from below(("share_out", "when"), _when_problems(terms, plan.currency))


def _when_problems(terms: ShareOut, currency: str) -> Iterator[Problem]:
    alternatives = terms.when if isinstance(terms.when, tuple) else (terms.when or {},)
    asked = [field for facts in alternatives for field in facts]
    final = [field for field in asked if field.startswith(f"{FINAL}.")]
    yield from condition_problems(terms.when, currency, (), final)
    for field in asked:
        if field not in final and not field.startswith("payee."):
            message = f"{field} is no fact of a member."
            yield Problem((), message, f"Use payee.grade, payee.team, payee.tenure_month or {FINAL}.QUOTA.")
