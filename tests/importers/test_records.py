"""What does each word of the export become in the records?"""

from dataclasses import replace

import pytest

from salesrepo.importers.slugs import distinct, slug_of
from tests.importers.export import DAY, MAPPING, ROWS, deals, of, planned

OPEN = "ID2,Ana Lima,GTX Pro,Acme Corporation,{stage},{opened},{closed},{value}"


def test_an_open_deal_without_a_value_keeps_its_product_and_invents_no_price() -> None:
    (deal,) = of(planned(deals(OPEN.format(stage="Engaging", opened="11/1/2017", closed="", value=""))), "deal")
    assert (deal.stage, deal.lines, deal.closes) == ("connected", (), None)
    assert deal.note == "Product: GTX Pro. The export gives no value."


def test_an_open_deal_with_a_value_and_a_day_has_both() -> None:
    row = OPEN.format(stage="Engaging", opened="11/1/2017", closed="3/1/2018", value="4000")
    (deal,) = of(planned(deals(row)), "deal")
    assert [(line.product, line.price) for line in deal.lines] == [("gtx-pro", "4000.00")]
    assert (str(deal.closes), deal.signed, deal.closed, deal.note) == ("2018-03-01", None, None, None)
    assert deal.imported.waived == ("price",)


def test_a_deal_without_an_engagement_is_opened_by_the_import() -> None:
    engaged = "ID1,Ana Lima,GTX Basic,Acme Corporation,Lost,10/20/2016,3/1/2017,0"
    plan = planned(deals(engaged, OPEN.format(stage="Prospecting", opened="", closed="", value="")))
    assert [deal.opened for deal in of(plan, "deal")][1] == DAY
    assert [r.rows for r in plan.report.remarks if "opened on the day of the import" in r.sentence] == [1]


@pytest.mark.parametrize(("value", "waived"), [("494.99", True), ("495", False), ("495.00", False), ("0", True)])
def test_the_floor_is_met_exactly(value: str, waived: bool) -> None:
    plan = planned(deals(f"ID1,Ana Lima,GTX Basic,Acme Corporation,Won,10/20/2016,3/1/2017,{value}"))
    assert (of(plan, "deal")[0].imported.waived == ("price",)) is waived
    assert [waiver.id for waiver in plan.report.waivers] == ["ID1"] * waived


def test_a_lost_deal_needs_no_waiver() -> None:
    (deal,) = of(planned(deals("ID1,Ana Lima,GTX Basic,Acme Corporation,Lost,10/20/2016,3/1/2017,0")), "deal")
    assert (deal.imported.waived, deal.reason, str(deal.closed)) == ((), "imported without a reason", "2017-03-01")


def test_a_seller_has_role_manager_and_plan_from_the_mappings_day() -> None:
    ana, _, mia = of(planned(), "node")
    assert (ana.node, ana.forge_id, ana.kind, ana.status) == ("ana-lima", None, "person", "active")
    starts = MAPPING.employment.starts
    assert [(term.role, term.starts) for term in ana.roles] == [("seller", starts)]
    assert [(term.node, term.starts) for term in ana.managers] == [("mia-moss", starts)]
    assert [(term.plan, term.starts) for term in ana.plans] == [("account-executive", starts)]
    assert [(term.plan, term.starts) for term in mia.plans] == [("sales-manager", starts)]
    assert ([term.role for term in mia.roles], mia.managers) == (["manager"], ())


def test_a_manager_who_sells_is_one_node_with_both_roles() -> None:
    plan = planned({"sales_teams.csv": ("Ana Lima,Mia Moss,East", "Mia Moss,Mia Moss,East")})
    ana, mia = of(plan, "node")
    assert [term.role for term in mia.roles] == ["seller", "manager"]
    assert (mia.managers, [term.node for term in ana.managers]) == ((), ["mia-moss"])


def test_two_people_of_one_short_name_stay_two() -> None:
    plan = planned({"sales_teams.csv": (*ROWS["sales_teams.csv"], "Ana-Lima,Mia Moss,West")})
    assert [node.node for node in of(plan, "node")] == ["ana-lima", "ben-oduya", "ana-lima-2", "mia-moss"]
    assert any("Ana-Lima is ana-lima-2" in remark.sentence for remark in plan.report.remarks)


def test_an_office_that_is_called_as_the_group_gets_a_name_of_its_own() -> None:
    plan = planned({"sales_teams.csv": ("Ana Lima,Mia Moss,Offices", "Ben Oduya,Mia Moss,Open")})
    assert [territory.territory for territory in of(plan, "territory")] == [
        "world/offices/offices",
        "world/offices/offices-2",
        "world/offices/open-2",
        "world/offices/open",
    ]


def test_without_a_plan_or_an_outer_group_none_is_written() -> None:
    mapping = replace(
        MAPPING,
        employment=replace(MAPPING.employment, plan=None, manager_plan=None),
        offices=replace(MAPPING.offices, within=None),
    )
    plan = planned(mapping=mapping)
    assert {node.plans for node in of(plan, "node")} == {()}
    assert of(plan, "territory")[0].territory == "offices/offices"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Anna Snelling", "anna-snelling"),
        ("Mei-Mei Johns", "mei-mei-johns"),
        ("  José  Ángel ", "jose-angel"),
        ("GTX Plus+", "gtx-plus"),
        ("O'Neil & Søn", "o-neil-and-son"),
        ("李雷", "x3a47328a60"),
        ("…", "xab5df625bc"),
    ],
)
def test_a_short_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_long_name_is_cut_and_stays_apart() -> None:
    one, two = distinct([f"{'a' * 80} one", f"{'a' * 80} two"]).values()
    assert one != two
    assert max(len(one), len(two)) <= 50


def test_no_short_name_is_a_device_of_windows() -> None:
    assert distinct(["Con", "CON", "Nul"]) == {"Con": "con-2", "CON": "con-3", "Nul": "nul-2"}
