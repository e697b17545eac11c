"""Does a claim keep its lease, and a deal all but its seller, when they pass on?"""

from dataclasses import replace
from datetime import date

from salesrepo.domain.handover import lease_changes, moved, passed
from salesrepo.domain.kinds.deal import Answer, Deal, DealCredit, Evidence, Move, Qualification
from tests.domain.claims import DAY, held_claim

CLAIM = replace(held_claim(until=date(2026, 5, 31)), extensions=1, given_back=2, note="Met at the fair.")
PROOF = Evidence(day=DAY, id="01kahvx0000000000000000001")
DEAL = Deal(
    deal="d-acme.com-1",
    account="d-acme.com",
    node="ana",
    stage="demo",
    opened=DAY,
    currency="USD",
    credits=(
        DealCredit(node="ana", role="closer", share="60%"),
        DealCredit(node="ben", role="closer", share="40%"),
        DealCredit(node="ana", role="opener", share="100%"),
    ),
    moves=(Move(stage="demo", day=DAY, evidence=(PROOF,)),),
    qualification=Qualification(fields={"goal": Answer(text="Less waste", score=2, evidence=PROOF)}),
)


def test_a_claim_that_passes_on_keeps_its_lease() -> None:
    after = passed(CLAIM, "ben", day=DAY, how="transferred", territory="world/dach", provisional=True)
    assert (after.holder, after.territory, after.ending, after.ended) == ("ben", "world/dach", "transferred", DAY)
    assert lease_changes(CLAIM, after) == ()
    assert lease_changes(CLAIM, replace(after, until=DAY, extensions=0)) == ("until", "extensions")


def test_a_deal_goes_with_its_credits_and_two_of_one_become_one() -> None:
    after = moved(DEAL, "ben")
    assert after.node == "ben" and after.stage == DEAL.stage
    assert [(c.node, c.role, c.share) for c in after.credits] == [("ben", "closer", "100%"), ("ben", "opener", "100%")]


def test_what_is_known_of_a_deal_still_rests_on_the_givers_log() -> None:
    after = moved(DEAL, "ben")
    assert after.qualification is not None
    assert after.qualification.fields["goal"].evidence == replace(PROOF, node="ana")
    assert moved(moved(DEAL, "ben"), "ana").qualification == after.qualification
    assert after.moves == (Move(stage="demo", day=DAY, evidence=(replace(PROOF, node="ana"),)),)
    assert moved(after, "cleo").moves == after.moves
