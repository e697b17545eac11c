"""At most, at least, so many times: what holds an amount?"""

from collections.abc import Iterator

from salesrepo.commission.describe.wording import A_WINDOW, About, begun, some
from salesrepo.domain.kinds.plan import Component, Limit

_EXCESS = {"lost": "what lies above that is lost", "carried": "what lies above that comes in the next window"}


def limits_told(component: Component, about: About) -> Iterator[str]:
    """Each limit in the order in which they are applied."""
    return (begun(_said(limit, about)) for limit in component.limits)


def _said(limit: Limit, about: About) -> str:
    said = []
    if limit.max is not None:
        said.append(f"at most {about.money(limit.max)}")
    if limit.min is not None:
        said.append(f"at least {about.money(limit.min)}")
    if limit.times is not None:
        said.append(f"at most {some(limit.times, 'paying line')}")
    excess = f"; {_EXCESS[limit.excess]}" if limit.excess else ""
    return f"{' and '.join(said) or 'no limit'} for {A_WINDOW[limit.per]}{excess}"
