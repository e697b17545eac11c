"""Whose word counts where nobody holds the role that is asked for?"""

from datetime import date
from typing import Any

import pytest

from salesrepo.domain.finding import Approval, Finding, Location, Severity, missing_reviews
from salesrepo.domain.kinds.node import DeputyTerm, ManagerTerm, Node, RoleTerm
from salesrepo.domain.standing_in import stand_ins

START, TODAY, LATER = date(2020, 1, 1), date(2026, 3, 2), date(2026, 4, 1)
ASKED = Finding("SR401", Severity.REVIEW, "A person.", Location("x"), roles=("finance",), not_by=("ana",))


def node(name: str, *roles: str, manager: str = "", deputy: str = "", **more: Any) -> Node:
    """A node at work since long ago; `deputy` stands in for good."""
    return Node(
        **{
            "node": name,
            "name": name.title(),
            "forge_id": "1",
            "roles": tuple(RoleTerm(role=role, starts=START) for role in roles),
            "managers": (ManagerTerm(node=manager, starts=START),) if manager else (),
            "deputies": (DeputyTerm(node=deputy, starts=START),) if deputy else (),
            **more,
        }
    )


AWAY = (DeputyTerm(node="ben", starts=TODAY, ends=LATER),)
FORMER = (RoleTerm(role="finance", starts=START, ends=TODAY),)
CASES: list[tuple[str, list[Node], set[str]]] = [
    ("somebody is there", [node("fin", "finance", deputy="ben"), node("ben")], set()),
    ("away: the deputy", [node("fin", "finance", deputies=AWAY), node("ben")], {"ben"}),
    ("one of two is away", [node("fin", "finance", deputies=AWAY), node("fay", "finance"), node("ben")], set()),
    ("left: the deputy for good", [node("fin", "finance", deputy="ben", left=TODAY), node("ben")], {"ben"}),
    ("holds the role no more", [node("fin", deputy="ben", roles=FORMER), node("ben")], {"ben"}),
    ("left: no deputy, the manager", [node("fin", "finance", manager="mia", left=TODAY), node("mia")], {"mia"}),
    (
        "the manager left as well: the one above",
        [node("fin", "finance", manager="mia", left=TODAY), node("mia", manager="boss", status="left"), node("boss")],
        {"boss"},
    ),
    (
        "the manager's term ended with the node",
        [
            node("fin", "finance", left=TODAY, managers=(ManagerTerm(node="mia", starts=START, ends=TODAY),)),
            node("mia"),
        ],
        {"mia"},
    ),
    (
        "managers in a circle",
        [node("fin", "finance", manager="mia", left=TODAY), node("mia", manager="fin", left=TODAY)],
        set(),
    ),
    ("a deputy who is away", [node("fin", "finance", deputy="ben", left=TODAY), node("ben", deputies=AWAY)], set()),
    ("a deputy who gains by it", [node("fin", "finance", deputy="ana", left=TODAY), node("ana")], set()),
    ("whoever gains holds the role alone", [node("ana", "finance", manager="mia"), node("mia")], set()),
    ("a deputy that nobody knows", [node("fin", "finance", deputy="zoe", left=TODAY)], set()),
    ("nobody ever held the role", [node("mia", "manager"), node("ben")], set()),
    (
        "a role that begins later",
        [node("fin", roles=(RoleTerm(role="finance", starts=LATER),), manager="mia"), node("mia")],
        set(),
    ),
    ("no user on the forge", [node("fin", "finance", deputy="ben", forge_id=None), node("ben")], {"ben"}),
]


@pytest.mark.parametrize(("nodes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_stands_in(nodes: list[Node], expected: set[str]) -> None:
    assert stand_ins(ASKED, nodes, TODAY) == expected


def test_who_is_named_and_gone_is_stood_in_for() -> None:
    consent = Finding("SR236", Severity.REVIEW, "The holder.", Location("x"), nodes=("fin",))
    assert stand_ins(consent, [node("fin", deputy="ben", left=TODAY), node("ben")], TODAY) == {"ben"}
    assert stand_ins(consent, [node("fin", deputy="ben"), node("ben")], TODAY) == frozenset()


def test_stand_ins_are_asked_for_only_where_nobody_answers() -> None:
    asked: list[Finding] = []

    def vacancy(finding: Finding) -> frozenset[str]:
        asked.append(finding)
        return frozenset({"ben"})

    def missing(*approvals: Approval) -> tuple[Finding, ...]:
        return missing_reviews([ASKED], approvals, head="h", digest="d", stand_ins=vacancy)

    assert missing() == (ASKED,) and asked == []
    assert missing(Approval("fin", ("finance",), "h")) == () and asked == []
    assert missing(Approval("ben", (), "h")) == () and asked == [ASKED]
    assert missing(Approval("ana", ("finance",), "h")) == (ASKED,)


@pytest.mark.parametrize(
    ("head", "digest", "stands"),
    [("h", "", True), ("other", "", False), ("other", "d", True), ("h", "other", False)],
)
def test_a_yes_is_to_what_was_shown_and_else_to_one_commit(head: str, digest: str, stands: bool) -> None:
    assert Approval("fin", ("finance",), head, digest).stands(head="h", digest="d") is stands
