"""Where does a deal stand in its pipeline, what must be known there, and what is missing?"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import get_args

from salesrepo.domain.kinds.activity import Activity, NextStep
from salesrepo.domain.kinds.deal import CLOSED, Category, ContactRole, Deal, Framework
from salesrepo.domain.kinds.policy_pipeline import PipelinePolicy, StageTerms
from salesrepo.domain.money import parse_amount
from salesrepo.domain.qualification import SUBJECTS, answer_to, framework_of, question_for
from salesrepo.errors import RefusedError

CATEGORIES: tuple[Category, ...] = get_args(Category)

# What a field tells, and the words that tell it to salesrepo.
_FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "source": ("where it came from", "--source WORD"),
        "contacts": ("whom at the customer you speak with", "--contact c-1a:user"),
        "amount": ("what is sold at which price", "--product SKU --price AMOUNT"),
        "closes": ("on which day it is to close", "--close DAY"),
        "competitors": ("who else is asked, or none", "--competitor NAME"),
        "term": ("for how many months it runs", "--term MONTHS"),
        "billing": ("how it is invoiced", "--billing annual"),
        "starts": ("from which day it runs", "--start DAY"),
        "schedule": ("when how much is invoiced", "--invoice DAY:AMOUNT"),
    }
)
_ROLES = frozenset(f"contacts.{role}" for role in get_args(ContactRole))
DECIDES = "contacts.decides"  # somebody of any of the roles below
_DECIDING: tuple[ContactRole, ...] = ("authority", "buyer", "signer")
REQUIREMENTS = frozenset(_FIELDS) | _ROLES | {DECIDES} | SUBJECTS
_OFFERED = ("proposal", "negotiation")
AT_A_WIN = ("term", "billing", "starts", "schedule")


def place(stages: tuple[StageTerms, ...], stage: str) -> int:
    """Where a stage stands, from 0; -1 where it is none of this pipeline's."""
    return next((index for index, terms in enumerate(stages) if terms.stage == stage), -1)


def passed(stages: tuple[StageTerms, ...], old: str, new: str) -> tuple[StageTerms, ...]:
    """The stages that a move leaves behind, first to last; none for a move back, or out of the pipeline."""
    start, end = max(place(stages, old), 0), place(stages, new)
    return stages[start:end] if end > start else ()


def asked_for(stages: tuple[StageTerms, ...], old: str, new: str) -> tuple[StageTerms, ...]:
    """The stages left behind whose evidence a move must name: the last, and with an offer on the table every one."""
    left = passed(stages, old, new)
    offered = any(terms.stage in _OFFERED for terms in stages[: place(stages, new) + 1])
    return tuple(terms for terms in (left if offered else left[-1:]) if terms.evidence)


def required_at(stages: tuple[StageTerms, ...], stage: str) -> tuple[str, ...]:
    """What must be known of a deal at a stage: all that the stages before it require."""
    before = stages[: max(place(stages, stage), 0)]
    return tuple(dict.fromkeys(name for terms in before for name in terms.requires))


def missing(deal: Deal, names: Iterable[str], usual: Framework = "gpct") -> tuple[str, ...]:
    """Which of these fields say nothing; a subject that the deal's framework does not ask about is not missed."""
    return tuple(name for name in names if not _is_known(deal, name, usual))


def newly_missing(policy: PipelinePolicy, before: Deal | None, deal: Deal) -> tuple[str, ...]:
    """What a change leaves unsaid: asked for by the stage that the deal comes to, or taken out by the change.

    A win asks for `win_requires`, and for what the last stage requires where the deal stood there.
    """
    if deal.stage == "lost":
        return ()
    stages, usual = policy.stages(deal.kind), policy.frameworks[0]
    won = deal.stage == "won"
    names = _required_to_win(policy, before, stages) if won else required_at(stages, deal.stage)
    lacks = missing(deal, names, usual)
    if before is None:
        return lacks
    enters = before.stage != "won" if won else place(stages, deal.stage) > place(stages, before.stage)
    return lacks if enters else tuple(name for name in lacks if name not in missing(before, names, usual))


def _required_to_win(policy: PipelinePolicy, before: Deal | None, stages: tuple[StageTerms, ...]) -> tuple[str, ...]:
    last = stages[-1]
    left = last.requires if before is not None and before.stage == last.stage else ()
    return tuple(dict.fromkeys((*policy.win_requires, *left)))


def _is_known(deal: Deal, name: str, usual: Framework) -> bool:
    if name == DECIDES:
        return any(contact.role in _DECIDING for contact in deal.contacts)
    if name in _ROLES:
        return any(f"contacts.{contact.role}" == name for contact in deal.contacts)
    if name == "amount":
        return bool(deal.lines)
    if name in SUBJECTS:
        return answer_to(deal, name) is not None or question_for(framework_of(deal, usual), name) is None
    return bool(getattr(deal, name, None))


def told_as(deal: Deal, name: str, handle: str, usual: Framework = "gpct") -> tuple[str, str]:
    """What a missing field would say, and the command by which the seller says it."""
    if name in SUBJECTS:
        question = question_for(framework_of(deal, usual), name) or name
        return f"what is known of the customer's {question.replace('_', ' ')}", f"sr qualify {handle} {question} TEXT"
    what, option = _FIELDS.get(name, ("", ""))
    if name == DECIDES:
        what, option = "who at the customer may decide", "--contact c-1a:authority"
    if name in _ROLES:
        role = name.partition(".")[2]
        what, option = f"who is the {role} at the customer", f"--contact c-1a:{role}"
    return what, f"sr win {handle} {option}" if name in AT_A_WIN else f"sr log deal {handle} {option}"


def category_of(deal: Deal, policy: PipelinePolicy) -> Category:
    """The forecast category that the deal's stage stands for; a closed deal, or an unknown stage, counts nowhere."""
    stages = policy.stages(deal.kind)
    at = place(stages, deal.stage)
    return stages[at].category if at >= 0 and deal.stage not in CLOSED else "omitted"


def called(deal: Deal, policy: PipelinePolicy) -> Category:
    """The category in which the deal is forecast: the seller's own call, else that of the stage."""
    return deal.category or category_of(deal, policy)


def is_advanced(deal: Deal, policy: PipelinePolicy) -> bool:
    """Whether the customer holds an offer: best case or better by stage (proposal and later)."""
    return CATEGORIES.index(category_of(deal, policy)) >= CATEGORIES.index("best_case")


def since(deal: Deal) -> date:
    """The day on which the deal came to its stage; the day it was opened where no move says."""
    return deal.moves[-1].day if deal.moves else deal.opened


def next_step(activities: Iterable[Activity]) -> NextStep | None:
    """The step told last, unless something was done since on its due day or later; activities are oldest first."""
    step: NextStep | None = None
    for activity in activities:
        if activity.next is not None:
            step = activity.next
        elif step is not None and activity.day >= (step.due or date.min):
            step = None
    return step


def value_of(deal: Deal) -> int | None:
    """All lines in minor units; None where a price cannot be read."""
    try:
        return sum(line.quantity * parse_amount(line.price, deal.currency) for line in deal.lines)
    except RefusedError:
        return None
