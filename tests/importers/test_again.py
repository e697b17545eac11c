"""Does a later export add what is new, and leave alone what is there?"""

from datetime import date

import pytest

from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.importers.job import Known
from tests.importers.export import ROWS, after, counts, deals, drafts, of, planned, reasons

WON = "ID1,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,550"
OPEN = "ID2,Ana Lima,GTX Pro,Acme Corporation,Engaging,11/1/2017,,"
LATER = date(2018, 2, 1)


def test_only_what_is_new_is_planned() -> None:
    first = planned(deals(WON, OPEN))
    second = planned(
        {
            **deals(
                WON,
                OPEN,
                "ID3,Ben Oduya,GTX Pro,Beta,Prospecting,,,",
                "ID4,Ben Oduya,GTX Pro,Beta,Lost,1/9/2018,1/10/2018,0",
            ),
            "accounts.csv": (*ROWS["accounts.csv"], "Beta,retail,1996,1,1,Japan,"),
            "products.csv": (*ROWS["products.csv"], "MG Special,MG,55"),
        },
        known=after(first),
        day=LATER,
    )
    assert [draft.path.rpartition("/")[2] for draft in drafts(second)] == [
        "mg-special.yml",
        "n-jp-beta.core.yml",
        "n-jp-beta.yml",
        "n-jp-beta",
        "core.yml",
        "n-jp-beta.core",
        "id3.yml",
        "id3",
        "id4.yml",
    ]
    assert counts(second.report) == (4, 2, 2, 0)
    assert counts(second.report, "accounts.csv") == (2, 1, 1, 0)


def test_a_claim_that_is_there_stays_with_its_holder() -> None:
    first = planned(deals(OPEN))
    second = planned(
        deals(OPEN, "ID3,Ben Oduya,GTX Pro,Acme Corporation,Engaging,1/9/2018,,"), known=after(first), day=LATER
    )
    assert drafts(second) == ()
    assert reasons(second.report) == [(3, "rival")]
    assert "Ana Lima's" in second.report.rows[0].sentence


def test_the_holder_is_read_from_the_pointer_of_the_claim() -> None:
    claim = CLAIM.path.fill(account="n-us-acme", layer="core")
    hold = HOLD.path.fill(node="ben-oduya", account="n-us-acme", layer="core")
    plan = planned(
        deals(OPEN, "ID3,Ben Oduya,GTX Pro,Acme Corporation,Engaging,1/9/2017,,"), known=Known({claim, hold})
    )
    assert [deal.deal for deal in of(plan, "deal")] == ["id3"]
    assert of(plan, "claim") == of(plan, "named-account") == []


def test_an_account_given_back_gets_no_open_deal() -> None:
    plan = planned(deals(OPEN), known=Known({CLAIM.path.fill(account="n-us-acme", layer="core")}))
    assert reasons(plan.report) == [(2, "rival")]
    assert "somebody else's, or was given back" in plan.report.rows[0].sentence


def test_a_claim_on_an_account_that_was_here_before_is_provisional() -> None:
    known = Known({draft.path for draft in drafts(planned()) if draft.kind.name == "account"})
    (claim,) = of(planned(deals(OPEN), known=known), "claim")
    assert (claim.provisional, claim.holder) == (True, "ana-lima")


def test_an_account_known_by_an_alias_takes_the_deals() -> None:
    known = Known({ALIAS.path.fill(alias="n-us-acme")}, {"n-us-acme": "d-acme.com"}.get)
    plan = planned(deals(WON), known=known)
    assert of(plan, "account") == []
    assert [deal.account for deal in of(plan, "deal")] == ["d-acme.com"]
    assert [remark.sentence for remark in plan.report.remarks if "already" in remark.sentence] == [
        "known here already as d-acme.com"
    ]


def test_a_deal_is_found_again_though_its_account_was_renamed() -> None:
    first = planned(deals(WON))
    moved = WON.replace("Acme Corporation", "Acme Rockets")
    second = planned(
        {**deals(moved), "accounts.csv": ("Acme Rockets,retail,1996,1,1,United States,",)},
        known=after(first),
        day=LATER,
    )
    assert of(second, "deal") == []
    assert counts(second.report) == (1, 0, 1, 0)


def test_a_deal_closed_in_the_export_and_open_here_is_said() -> None:
    first = planned(deals(OPEN))
    assert DEAL_HOLD.path.fill(node="ana-lima", account="n-us-acme", deal="id2") in after(first).paths
    won = OPEN.replace("Engaging,11/1/2017,,", "Won,11/1/2017,1/15/2018,4821")
    second = planned(deals(won), known=after(first), day=LATER)
    assert drafts(second) == ()
    assert [r.rows for r in second.report.remarks if "still open here" in r.sentence] == [1]


def test_a_new_seller_of_an_office_that_is_there_is_said() -> None:
    team = (*ROWS["sales_teams.csv"], "Cy Fox,Mia Moss,East")
    second = planned({"sales_teams.csv": team}, known=after(planned()), day=LATER)
    assert [draft.kind.name for draft in drafts(second)] == ["node"]
    assert [(r.sentence.partition(",")[0], r.rows) for r in second.report.remarks if "coverage" in r.sentence] == [
        ("new seller to be added to the coverage of world/offices/east", 1),
        ("new seller to be added to the coverage of world/offices/open", 1),
    ]


@pytest.mark.parametrize("turn", [1, -1])
def test_the_last_engaged_holds_and_on_one_day_the_highest_id(turn: int) -> None:
    rows = (
        "IDB,Ana Lima,GTX Pro,Acme Corporation,Engaging,11/1/2017,,",
        "IDA,Ben Oduya,GTX Pro,Acme Corporation,Engaging,11/1/2017,,",
        "IDZ,Ben Oduya,GTX Pro,Acme Corporation,Lost,10/31/2017,11/2/2017,0",
        "IDY,Ben Oduya,GTX Pro,Acme Corporation,Prospecting,,,",
    )[::turn]
    plan = planned(deals(*rows))
    assert [claim.holder for claim in of(plan, "claim")] == ["ana-lima"]
    assert [row.id for row in plan.report.rows] == ["IDA", "IDY"][::turn]


def test_nobody_holds_what_nobody_was_engaged_with() -> None:
    plan = planned(deals("IDY,Ben Oduya,GTX Pro,Acme Corporation,Prospecting,,,"))
    assert of(plan, "claim") == of(plan, "named-account") == []
    assert "nobody holds" in plan.report.rows[0].sentence
