"""A plan version as the page that a rep reads and signs: everything it says, from its structure alone."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from salesrepo.commission.describe.amounts import quotas_told, terms_told
from salesrepo.commission.describe.components import component_told
from salesrepo.commission.describe.currencies import currencies_told
from salesrepo.commission.describe.draws import draws_told
from salesrepo.commission.describe.lookups import metrics_told, rankings_told
from salesrepo.commission.describe.measures import measures_told
from salesrepo.commission.describe.settling import leaving_told, negative_told
from salesrepo.commission.describe.wording import About
from salesrepo.domain.kinds.plan import Plan
from salesrepo.domain.page import Block, Heading, Items, Page, Paragraph, ToFill
from salesrepo.domain.statement import PlanRef

_MOST_NAMED = 12
_VERSION_BY = {
    "signed": "The version in force on the day of a deal's signature pays for that deal, whatever happens later.",
    "event": "The version in force on the day of each event pays for that event.",
}
_TOTALS = {
    "continue": "Whoever comes to this version within a window keeps the running totals of measures of the same name.",
    "restart": "Whoever comes to this version within a window begins with every running total at zero.",
}


class Known(NamedTuple):
    """What stands around a plan version: where it stands, when a later one begins, the names of whom it pays."""

    ref: PlanRef
    later: date | None = None
    people: tuple[str, ...] = ()


def plan_page(plan: Plan, known: Known) -> Page:
    """The page. It needs no sound plan: what cannot be paid by is shown as it is written."""
    about = About(plan)
    components = enumerate(plan.components, 1)
    blocks = (
        Paragraph(" ".join(plan.summary.split())),
        *_section("Who and when", _frame(plan, known)),
        *_section("What counts", measures_told(plan.measures)),
        *_section("What is to be reached", (*terms_told(about), *quotas_told(about))),
        *_section("What is looked up", (*metrics_told(plan.metrics), *rankings_told(plan.rankings))),
        Heading("What is paid"),
        *(block for number, component in components for block in component_told(number, component, about)),
        *_section("From earned to paid", _paying(about)),
        Heading("What is signed"),
        Paragraph(
            f"The file {known.ref.path} with the content {known.ref.blob}. The file decides; this page tells it."
        ),
        ToFill(("Name", "Day", "Signature")),
    )
    return Page(plan.title, blocks)


def _section(title: str, sentences: Iterable[str]) -> Iterator[Block]:
    if items := tuple(sentences):
        yield Heading(title)
        yield Items(items)


def _frame(plan: Plan, known: Known) -> Iterator[str]:
    until = f"up to the day before {known.later}" if known.later else "until a later version begins"
    yield f"Plan {plan.plan}, in force from {plan.effective} {until}."
    if len(known.people) > _MOST_NAMED:
        yield f"It pays {len(known.people)} people."
    elif known.people:
        yield f"It pays {', '.join(known.people)}."
    yield _VERSION_BY[plan.version_by]
    yield _TOTALS[plan.running_totals]


def _paying(about: About) -> Iterator[str]:
    plan = about.plan
    yield f"Pay is settled each {plan.paid}; amounts are in {plan.currency}."
    yield from draws_told(about)
    yield from negative_told(plan.pay.negative, about)
    yield from leaving_told(plan.pay.leaving)
    yield from currencies_told(about)
