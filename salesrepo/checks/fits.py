"""To whom is a product not to be sold, by the facts that are known of them?"""

from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.policy_pricing import Whom
from salesrepo.domain.kinds.territory import Headcount, Turnover
from salesrepo.territory import industry
from salesrepo.territory.intervals import contains


def is_one_of(account: Account, whom: Whom) -> bool:
    """Whether an account matches every condition given; a fact that nobody has stated matches none."""
    told = (
        (whom.countries, account.country in whom.countries),
        (whom.industries, _in_industries(account.industry, whom.industries)),
        (whom.employees, _between(account.employees, whom.employees)),
        (whom.revenue, _between(account.revenue, whom.revenue)),
    )
    asked = [matches for condition, matches in told if condition]
    return bool(asked) and all(asked)


def _between(number: int | None, bounds: Headcount | Turnover | None) -> bool:
    if number is None or bounds is None:
        return False
    return (bounds.min is None or bounds.min <= number) and (bounds.max is None or number <= bounds.max)


def _in_industries(code: str | None, prefixes: tuple[str, ...]) -> bool:
    number = industry.number_of(code) if code else None
    if number is None:
        return False
    return any(contains(branch, number) for prefix in prefixes if (branch := industry.branch(prefix)))
