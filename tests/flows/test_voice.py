"""Whose word turns a proposal down: does whoever only sells decide nothing about a colleague's deal?"""

from datetime import date

import pytest

from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.flows.proposals.voice import Voice
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes
from tests.checks.build import ACTORS, Nothing, company, path_of, propose

TIP = RecordSnapshot(overlay_bytes(Nothing(), company()), "0" * 40)
DEAL = "deal d-acme.com d-acme.com-1"  # Ana's


def asks(*roles: str, nodes: tuple[str, ...] = ()) -> Finding:
    at = Location(path_of(DEAL))
    return Finding("SR341", Severity.REVIEW, "Somebody must agree.", at, roles=roles, nodes=nodes)


def voice(who: str) -> Voice:
    return Voice(TIP, ACTORS[who], date(2026, 11, 20))


@pytest.mark.parametrize(
    ("who", "finding", "counts", "decides"),
    [
        ("ben", asks("seller", "manager"), True, False),
        ("ben", asks(nodes=("ben",)), True, True),
        ("ben", asks("manager"), False, False),
        ("mia", asks("seller", "manager"), True, True),
        ("fin", asks("finance"), True, True),
        ("cleo", asks("seller"), False, False),
    ],
)
def test_a_word_decides_by_more_than_that_somebody_sells(
    who: str, finding: Finding, counts: bool, decides: bool
) -> None:
    assert (voice(who).counts_for(finding), voice(who).decides(finding)) == (counts, decides)


def test_whose_deals_change() -> None:
    changes = propose({DEAL: {"amend": {"note": "They call back."}}}, actor="ana").ctx.change
    assert voice("ben").changes_deals_of_others(changes) and not voice("ana").changes_deals_of_others(changes)
