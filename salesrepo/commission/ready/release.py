"""What is wrong with how a plan releases what is earned?"""

from collections.abc import Iterator
from fractions import Fraction

from salesrepo.commission.figures import multiple, show_multiple
from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan_pay import Moment, Part, Release


def release_problems(release: Release) -> Iterator[Problem]:
    """What is wrong with a release; routes begin there."""
    if release == "at_once":
        return
    for place, part in enumerate(release):
        yield from _part_problems(place, part)
    whole = sum((multiple(part.share) for part in release), Fraction(0))
    if whole != 1:
        yield Problem((), f"The shares of this release sum to {show_multiple(whole)}.", "Write shares of 100% in all.")


def _part_problems(place: int, part: Part) -> Iterator[Problem]:
    said = [key for key in ("at", "in_proportion_to", "instalments") if getattr(part, key) is not None]
    if len(said) != 1:
        message = "A part is released at a moment, in proportion or in instalments."
        yield Problem((place,), message, "Write one of at, in_proportion_to and instalments.")
        return
    if not multiple(part.share):
        yield Problem((place, "share"), "A part of nothing is never released.", "Leave the part out.")
    if part.at is not None and part.at != "earned" and _named(part.at) != 1:
        message = "A moment is one: a month of service or an invoice is paid, or months are over."
        yield Problem((place, "at"), message, "Write one of paid_month, invoice and months_after.")
    for key, asks, choices in (
        ("every", "How often is an instalment due?", "every: month"),
        ("leftover", "Which instalment takes the odd cents?", "leftover: first or last"),
    ):
        if part.instalments is not None and getattr(part, key) is None:
            yield Problem((place, key), asks, f"Write {choices}.")
        if part.instalments is None and getattr(part, key) is not None:
            yield Problem((place, key), f"Only instalments say {key}.", f"Leave {key} out.")


def _named(moment: Moment) -> int:
    return sum(value is not None for value in (moment.paid_month, moment.invoice, moment.months_after))
