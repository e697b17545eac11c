"""Which questions does each way of qualifying ask, and how well are they answered?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from salesrepo.domain.kinds.deal import Answer, Deal, Framework, Qualification

# By framework, each question and the subject that it asks about: a stage requires subjects, whatever the framework.
QUESTIONS: Mapping[Framework, Mapping[str, str]] = MappingProxyType(
    {
        "gpct": {
            name: name
            for name in (
                "goal",
                "plan",
                "challenges",
                "timeline",
                "budget",
                "authority",
                "consequences",
                "implications",
            )
        },
        "bant": {"budget": "budget", "authority": "authority", "need": "challenges", "timeline": "timeline"},
        "meddpicc": {
            "metrics": "goal",
            "economic_buyer": "authority",
            "decision_criteria": "criteria",
            "decision_process": "plan",
            "paper_process": "paper",
            "pain": "challenges",
            "champion": "champion",
            "competition": "competition",
        },
        "spiced": {
            "situation": "situation",
            "pain": "challenges",
            "impact": "goal",
            "critical_event": "timeline",
            "decision": "authority",
        },
    }
)
SUBJECTS = frozenset(subject for questions in QUESTIONS.values() for subject in questions.values())


class Score(NamedTuple):
    """Points of what may be had; `percent` is rounded down."""

    points: int
    most: int

    @property
    def percent(self) -> int:
        """Whole per cent."""
        return 100 * self.points // self.most if self.most else 0


def framework_of(deal: Deal, usual: Framework = "gpct") -> Framework:
    """The framework by which a deal is qualified."""
    return deal.qualification.framework if deal.qualification else usual


def question_for(framework: Framework, subject: str) -> str | None:
    """The question by which a framework asks about a subject; None where it does not ask."""
    return next((name for name, about in QUESTIONS[framework].items() if about == subject), None)


def answer_to(deal: Deal, subject: str) -> Answer | None:
    """What is known about a subject, in the words of whatever framework the deal goes by."""
    if deal.qualification is None:
        return None
    name = question_for(deal.qualification.framework, subject)
    return deal.qualification.fields.get(name) if name else None


def score_of(qualification: Qualification | None, framework: Framework = "gpct") -> Score:
    """The points of all answers that name their evidence; two for each question are the most."""
    questions = QUESTIONS[qualification.framework if qualification else framework]
    answers = qualification.fields if qualification else {}
    points = sum(answer.score for name, answer in answers.items() if name in questions and answer.evidence)
    return Score(points, 2 * len(questions))
