"""Does a commit of finance's say which of everybody's it brings over, and is it then no merge of finance's own?"""

from datetime import date

import pytest

from salesrepo.domain.kinds.node import GradeTerm, Node, PlanTerm
from salesrepo.domain.kinds.pay_terms import PayTerms
from salesrepo.domain.private_pay import is_of_pay, mirror_message, mirrored
from salesrepo.domain.receipt import Receipt, read_receipt

OID = "1" * 40


def test_a_merge_that_is_brought_over_is_no_merge_here() -> None:
    merge = Receipt(7, "3", OID, OID, "auto").message("1 deal")
    brought = mirror_message(merge, OID)
    assert read_receipt(merge) is not None and mirrored(merge) is None
    assert read_receipt(brought) is None and mirrored(brought) == OID
    assert brought.startswith(merge)  # the words and trailers of the merge, whole


@pytest.mark.parametrize("said", ["Found Acme\n", "Mirrors: " + OID, f"Found\n\nMirrors: {OID}\n\nmore\n"])
def test_only_the_last_paragraph_says_it(said: str) -> None:
    assert mirrored(said) is None
    assert mirrored(mirror_message(said, "2" * 40)) == "2" * 40


@pytest.mark.parametrize(
    ("path", "of_pay"),
    [
        ("plans/ae/2026-01-01.yml", True),
        ("terms/2c/9/ana.yml", True),
        ("disputes/pay/ab/c/x/question.yml", True),
        ("disputes/ab/c/x/decision.yml", False),
        ("plans.yml", False),
        ("nodes/2c/9/ana/node.yml", False),
        ("deals/ab/c/d-acme.com/d-acme.com-1.yml", False),
    ],
)
def test_what_belongs_to_finance_alone(path: str, of_pay: bool) -> None:
    assert is_of_pay(path) is of_pay


def test_terms_end_when_their_node_leaves() -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 1)
    terms = PayTerms(
        node="ana",
        plans=(PlanTerm(plan="a", starts=first), PlanTerm(plan="b", starts=date(2026, 7, 1))),
        grades=(GradeTerm(grade="one", starts=first, ends=date(2026, 3, 1)),),
        currency="EUR",
    )
    node = Node(node="ana", name="Ana", left=last)
    assert terms.on(node).plans == (PlanTerm(plan="a", starts=first, ends=last),)
    assert terms.on(node).grades == terms.grades and terms.on(node).currency == "EUR"
    assert terms.on(Node(node="ana", name="Ana")).plans == terms.plans
