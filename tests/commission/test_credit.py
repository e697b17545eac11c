"""Do shares make up a whole where they must, and stand by themselves where policy says so?"""

import pytest

from salesrepo.commission.credit import credits_of, share_problem
from salesrepo.domain.kinds.deal import DealCredit
from salesrepo.errors import RefusedError
from tests.commission.samples import event

CLOSED = DealCredit(node="ana", role="closer", share="100%")


def engineer(node: str, share: str) -> DealCredit:
    return DealCredit(node=node, role="engineer", share=share)


def test_shares_of_a_loose_role_stand_each_by_itself() -> None:
    shares = [CLOSED, engineer("ben", "100%"), engineer("mia", "40%")]
    assert share_problem(shares) == "The shares of role engineer sum to 140%, not to 100%."
    assert share_problem(shares, loose=["engineer"]) is None
    found = credits_of(event(1000), shares, loose=["engineer"])
    assert [(one.payee, one.starts, one.ends) for one in found] == [
        ("ana", (0, 1), (1, 1)),
        ("ben", (0, 1), (1, 1)),
        ("mia", (0, 1), (2, 5)),
    ]


def test_nobody_has_more_than_the_whole_and_a_whole_stays_one() -> None:
    over = [CLOSED, engineer("ben", "100.000001%")]
    assert share_problem(over, loose=["engineer"]) == "ben has a share of 100.000001% as engineer, more than the whole."
    part = [DealCredit(node="ana", role="closer", share="90%"), engineer("ben", "10%")]
    assert share_problem(part, loose=["engineer"]) == "The shares of role closer sum to 90%, not to 100%."
    with pytest.raises(RefusedError, match="sum to 90%"):
        credits_of(event(1000), part, loose=["engineer"])


def test_who_brought_the_lead_is_beside_a_loose_role_too() -> None:
    shares = [CLOSED, engineer("ben", "50%"), DealCredit(node="mia", role="referrer", share="10%")]
    assert share_problem(shares, beside="referrer", loose=["engineer"]) is None
    assert share_problem(shares, loose=["engineer"]) == "The shares of role referrer sum to 10%, not to 100%."
