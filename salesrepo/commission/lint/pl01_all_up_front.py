"""PL01: is everything paid when a deal is won, whatever becomes of it?"""

from collections.abc import Iterator

from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan import Component

_PROMISES = ("won", "qualified")


@plan_warning("PL01", "all-up-front")
def PL01(look: Look) -> Iterator[Problem]:
    """What is paid as soon as a deal is won, before any money has come in, has a way back.

    ## Why
    With everything at once and nothing taken back, a deal that is cancelled the day after earns as much as one that
    stays for years. It pays for the signature alone, and some will sell signatures.

    ## Fix
    Write a `release` in parts (as the customer pays), or a `reversal` for cancelled and refunded deals. If it is meant
    like this, leave it: this is a warning.
    """
    for place, component in enumerate(look.plan.components):
        measure = look.plan.measures.get(component.measure)
        early = measure is not None and measure.event in _PROMISES and component.lines == "event"
        if early and component.reversal == "none" and _at_once(component):
            yield Problem(
                ("components", place, "release"),
                f"{component.name} pays all when a deal is {measure.event if measure else ''}, and takes nothing back.",
                "Release a part as the customer pays (in_proportion_to: cash), or write a reversal.",
            )


def _at_once(component: Component) -> bool:
    release = component.release
    return isinstance(release, str) or all(part.at == "earned" for part in release)
