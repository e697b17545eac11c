"""Does the public data set come in whole? The figures were counted by hand from the four files."""

import hashlib
from collections import Counter
from datetime import date, timedelta

import pytest

from salesrepo.domain.kinds.policy_territory import CoverageRole, TerritoryPolicy
from salesrepo.domain.kinds.territory import Territory
from salesrepo.domain.money import parse_amount
from salesrepo.importers.crm_csv import plan_import
from salesrepo.importers.job import ImportPlan
from salesrepo.territory.area import areas
from salesrepo.territory.overlap import overlaps
from salesrepo.territory.tree import problems
from tests.importers.export import DAY, DEALS, EXAMPLE, MAPPING, after, counts, drafts, example, of, terms

# Of the files as they were published; a changed line end would change what is imported.
DIGESTS = {
    "accounts.csv": "7afe89404278290bc774d8d3f50f16abdc58ccfc6c4288bff23b74fc451abfef",
    "products.csv": "5fb985638d44d53fa3b36276372dd9f5c3d1897a85822c92668e1b47f43167c5",
    "sales_pipeline.csv": "4362896c67b62eb2b783f7b91fdf03492b1d5a92b48fd1b5d536a5bfa5640276",
    "sales_teams.csv": "e97c6d82adc829c2d340f44425b05f0fd50f07e55d60414889e7630bef6da531",
}


@pytest.fixture(scope="module")
def plan() -> ImportPlan:
    return plan_import(example(), MAPPING, terms=terms())


def test_the_files_are_those_that_were_published() -> None:
    found = {name: hashlib.sha256((EXAMPLE / name).read_bytes()).hexdigest() for name in DIGESTS}
    assert found == DIGESTS


def test_every_row_is_placed_or_reported(plan: ImportPlan) -> None:
    assert counts(plan.report, "products.csv") == (7, 7, 0, 0)
    assert counts(plan.report, "sales_teams.csv") == (35, 35, 0, 0)
    assert counts(plan.report, "accounts.csv") == (85, 85, 0, 0)
    assert counts(plan.report) == (8800, 6736, 0, 2064)
    assert plan.report.reasons(DEALS) == {"no-account": 1425, "rival": 639}


def test_deals_by_stage(plan: ImportPlan) -> None:
    assert Counter(deal.stage for deal in of(plan, "deal")) == {"won": 4238, "lost": 2473, "connected": 21, "lead": 4}
    assert sum(deal.is_open for deal in of(plan, "deal")) == len(of(plan, "deal-hold")) == 25


def test_records_of_the_organisation(plan: ImportPlan) -> None:
    kinds = Counter(draft.kind.name for draft in plan.organisation)
    assert kinds == {"node": 41, "product": 7, "territory": 5, "named-account": 85}
    roles = Counter(term.role for node in of(plan, "node") for term in node.roles)
    assert roles == {"seller": 35, "manager": 6}
    assert {node.forge_id for node in of(plan, "node")} == {None}


def test_records_of_the_history(plan: ImportPlan) -> None:
    kinds = Counter(draft.kind.name for draft in plan.history)
    assert kinds == {"account": 85, "near": 85, "claim": 85, "hold": 85, "deal": 6736, "deal-hold": 25}


def test_no_path_is_written_twice(plan: ImportPlan) -> None:
    assert len({draft.path for draft in drafts(plan)}) == len(drafts(plan)) == 7239


def test_corrections_are_counted(plan: ImportPlan) -> None:
    assert {(fix.written, fix.meant): fix.rows for fix in plan.report.corrections} == {
        ("GTXPro", "GTX Pro"): 1480,
        ("technolgy", "technology"): 12,
        ("Philipines", "Philippines"): 1,
        ("Korea", "South Korea"): 1,
    }


def test_wins_under_the_price_floor_are_waived_with_their_day(plan: ImportPlan) -> None:
    assert len(plan.report.waivers) == 709
    assert {(waiver.subject, waiver.day) for waiver in plan.report.waivers} == {("price", DAY)}
    waived = [deal for deal in of(plan, "deal") if deal.imported.waived]
    assert {deal.imported.id for deal in waived} == {waiver.id for waiver in plan.report.waivers}
    assert {(deal.stage, deal.imported.day) for deal in waived} == {("won", DAY)}


def test_what_was_won_is_what_the_export_says(plan: ImportPlan) -> None:
    won = [deal for deal in of(plan, "deal") if deal.stage == "won"]
    assert sum(parse_amount(line.price, "USD") for deal in won for line in deal.lines) == 10_005_534_00
    assert all(deal.lines and deal.signed and deal.order and deal.credits[0].node == deal.node for deal in won)


def test_a_won_deal_word_for_word(plan: ImportPlan) -> None:
    deal = next(deal for deal in of(plan, "deal") if deal.deal == "1c1i7a6r")
    assert (deal.account, deal.node, deal.opened, deal.signed) == (
        "n-us-cancity",
        "moses-frase",
        date(2016, 10, 20),
        date(2017, 3, 1),
    )
    assert [(line.product, line.quantity, line.price) for line in deal.lines] == [("gtx-plus-basic", 1, "1054.00")]
    assert [(credit.node, credit.role, credit.share) for credit in deal.credits] == [("moses-frase", "closer", "100%")]
    assert (deal.order, deal.imported.id) == ("opportunity 1C1I7A6R", "1C1I7A6R")


def test_an_account_word_for_word(plan: ImportPlan) -> None:
    accounts = {account.account: account for account in of(plan, "account")}
    bluth = accounts["n-us-bluth"]
    assert (bluth.name, bluth.country, bluth.industry) == ("Bluth Company", "US", None)
    assert (bluth.employees, bluth.revenue, bluth.founded) == (3027, 1_242_320_000, 1993)
    assert (bluth.parent, bluth.confirmed.by, bluth.confirmed.how) == ("n-us-acme", "olga", "import")
    assert accounts["n-kr-hottechi"].country == "KR"
    assert accounts["n-us-rantouch"].industry == "517"
    assert sum(account.parent is not None for account in accounts.values()) == 15


def test_accounts_whose_sector_has_no_clear_code_are_counted(plan: ImportPlan) -> None:
    unclear = [remark.rows for remark in plan.report.remarks if remark.sentence.startswith("no industry")]
    assert sum(unclear) == sum(account.industry is None for account in of(plan, "account")) == 43


def test_claims_start_at_the_import_in_the_holders_office(plan: ImportPlan) -> None:
    claims = {claim.account: claim for claim in of(plan, "claim")}
    assert {(claim.since, claim.renewed, claim.until, claim.provisional) for claim in claims.values()} == {
        (DAY, DAY, date(2018, 4, 2), False)
    }
    offices = Counter(claim.territory for claim in claims.values())
    assert offices == {"world/offices/west": 30, "world/offices/central": 28, "world/offices/east": 27}
    locks = {lock.account: lock.territory for lock in of(plan, "named-account")}
    assert locks == {account: claim.territory for account, claim in claims.items()}


def test_who_bought_of_late_is_a_customer_of_its_holder() -> None:
    plan = plan_import(example(), MAPPING, terms=terms(customer_days=365))
    bought = {(deal.account, deal.node) for deal in of(plan, "deal") if deal.stage == "won"}
    claims = of(plan, "claim")
    assert {claim.standing for claim in claims if (claim.account, claim.holder) in bought} == {"customer"}
    assert {claim.until for claim in claims if claim.standing == "customer"} == {DAY + timedelta(days=365)}
    others = [claim for claim in claims if claim.standing != "customer"]
    assert {(claim.standing, claim.until) for claim in others} <= {("registered", date(2018, 4, 2))}
    long_ago = plan_import(example(), MAPPING, terms=terms(day=date(2019, 6, 1), customer_days=365))
    assert {claim.standing for claim in of(long_ago, "claim")} == {"registered"}


def test_of_equally_late_engagements_the_highest_id_holds(plan: ImportPlan) -> None:
    rows = [row.split(",") for row in (EXAMPLE / DEALS).read_text(encoding="utf-8").splitlines()[1:]]
    last: dict[str, tuple[str, str, str]] = {}
    for number, seller, _, account, _, engaged, *_ in rows:
        if account and engaged:
            month, day, year = engaged.split("/")
            last[account] = max(last.get(account, ("", "", "")), (f"{year}{month:0>2}{day:0>2}", number, seller))
    holders = {claim.imported.id: claim.holder for claim in of(plan, "claim")}
    assert holders == {name: seller.lower().replace(" ", "-") for name, (_, _, seller) in last.items()}


def test_territories_are_sound_beside_those_of_a_new_company(plan: ImportPlan) -> None:
    world = Territory(territory="world/world", name="World", kind="group", starts=date(2000, 1, 1))
    rest = Territory(territory="world/open", name="Open market", kind="residual", starts=date(2000, 1, 1))
    drawn = areas([world, rest, *of(plan, "territory")])
    policy = TerritoryPolicy(
        layers=("core",), roles={"closer": CoverageRole(exclusive=True), "open_seller": CoverageRole()}
    )
    assert list(overlaps(drawn)) == []
    assert list(problems(drawn, policy=policy, named=of(plan, "named-account"))) == []
    coverage = {territory.id: len(territory.coverage) for territory in of(plan, "territory")}
    assert coverage == {"offices": 0, "central": 11, "east": 12, "west": 12, "open": 35}


def test_a_second_run_plans_nothing_and_reports_the_same_rows(plan: ImportPlan) -> None:
    again = plan_import(example(), MAPPING, terms=terms(date(2018, 2, 1)), known=after(plan))
    assert drafts(again) == ()
    assert counts(again.report) == (8800, 0, 6736, 2064)
    assert again.report.reasons(DEALS) == plan.report.reasons(DEALS)
    assert [row.id for row in again.report.rows] == [row.id for row in plan.report.rows]
    assert again.report.corrections == plan.report.corrections
