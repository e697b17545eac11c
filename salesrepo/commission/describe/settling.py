"""What happens to a balance below zero, and to the pay of somebody who leaves?"""

from collections.abc import Iterator

from salesrepo.commission.describe.wording import About, begun
from salesrepo.domain.kinds.plan_pay import Leaving, Negative

_UNRELEASED = {"pay": "it goes on becoming payable", "forfeit": "it is cancelled"}
_OWED = {
    "written_off": "What is owed then (draws, balances below zero) is written off.",
    "deducted_from_last_pay": "What is owed then (draws, balances below zero) is deducted from the last pay.",
    "invoiced": "What is owed then (draws, balances below zero) is invoiced.",
}


def negative_told(negative: Negative, about: About) -> Iterator[str]:
    """What becomes of a balance below zero."""
    most = "" if negative.limit == "none" else f", down to {about.money(negative.limit)} below zero"
    carried = f"a balance below zero is carried to the {negative.carry.replace('_', ' ')}{most}"
    yield f"{begun(carried)} {begun(f'{negative.written_off_by} may write it off')}"


def leaving_told(leaving: Leaving) -> Iterator[str]:
    """What somebody who has left is still paid."""
    first = "When you leave, what is earned and not payable yet"
    fates = "; ".join(
        f"{'for any other reason' if reason == 'otherwise' else reason.replace('_', ' ')}: {_UNRELEASED[fate]}"
        for reason, fate in leaving.unreleased.items()
    )
    if leaving.unreleased.keys() == {"otherwise"}:
        yield begun(f"{first} has one fate, whatever the reason: {_UNRELEASED[leaving.unreleased['otherwise']]}")
    else:
        yield begun(f"{first} depends on the reason: {fates or 'none is named'}")
    if leaving.residuals == "stop":
        yield "What happens after you have left counts no more."
    else:
        yield f"What happens after you have left still counts for {leaving.residuals}."
    yield _OWED[leaving.owed]
