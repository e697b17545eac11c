"""Is a deal paid whose lead somebody brought, and by what kind of deal it is?"""

import re
from pathlib import Path

from salesrepo.flows.books.settle import PlainLedger, Settlement, settle
from tests.helpers.company import Company, build_company, deal, flat_plan, node, product
from tests.helpers.office import Office

TERMS = 'days: "90"\nname_key_days: "14"\nreview_days: "3"\nmeaningful: [call.connected]\n'
PROMISED = {"policy/claims.yml": f"{TERMS}referral: {{share: 10%}}\n"}
CLOSERS = flat_plan("10%")
BOTH = {path: text.replace("role: closer", "role: [closer, referrer]") for path, text in CLOSERS.items()}


def company(tmp_path: Path, *parts: dict[str, str]) -> Company:
    files = {**node("ana", forge_id=1), **node("ben", forge_id=2), **product()}
    for part in parts:
        files |= part
    return build_company(tmp_path / "master.git", files)


def settled(of: Company) -> Settlement:
    return settle(PlainLedger(of.git_dir))


def brought(share: str = "10%") -> dict[str, str]:
    """A deal of Ana's, beside whom Ben is credited for the lead."""
    ben = f"  - {{node: ben, role: referrer, share: {share}}}\n"
    return {path: text.replace("signed:", f"{ben}signed:") for path, text in deal("d-acme.com-1").items()}


def of_kind(kind: str) -> dict[str, str]:
    return {path: f"{text}kind: {kind}\n" for path, text in deal("d-acme.com-1").items()}


def test_who_closed_is_paid_where_no_plan_pays_who_brought_the_lead(tmp_path: Path) -> None:
    acme = company(tmp_path, PROMISED, CLOSERS)
    acme.merge(brought())
    done = settled(acme)
    assert done.totals == {("ana", "USD"): 10000} and not done.unrated


def test_a_plan_may_pay_who_brought_the_lead(tmp_path: Path) -> None:
    acme = company(tmp_path, PROMISED, BOTH)
    acme.merge(brought())
    assert settled(acme).totals == {("ana", "USD"): 10000, ("ben", "USD"): 1000}


def test_a_promise_that_policy_has_ended_keeps_no_deal_from_being_paid(tmp_path: Path) -> None:
    acme = company(tmp_path, {"policy/claims.yml": TERMS}, BOTH)
    acme.merge(brought())
    assert settled(acme).totals == {("ana", "USD"): 10000, ("ben", "USD"): 1000}


def test_the_role_is_the_one_that_policy_names(tmp_path: Path) -> None:
    other = {"policy/claims.yml": f"{TERMS}referral: {{role: scout, share: 10%}}\n"}
    acme = company(tmp_path, other, CLOSERS)
    acme.merge(brought())
    done = settled(acme)
    assert not done.totals
    assert "The shares of role referrer sum to 10%, not to 100%." in done.unrated[0].because


def test_nobody_brings_more_than_the_whole(tmp_path: Path) -> None:
    acme = company(tmp_path, PROMISED, BOTH)
    acme.merge(brought("110%"))
    done = settled(acme)
    assert not done.totals and "sum to 110%" in done.unrated[0].because


def test_a_plan_pays_by_the_kind_of_deal_and_takes_back_when_it_changes(tmp_path: Path) -> None:
    paid = {
        path: text.replace("value: amount}", "value: amount, when: {kind: renewal}}") for path, text in CLOSERS.items()
    }
    acme = company(tmp_path, paid)
    acme.merge(of_kind("renewal"))
    assert settled(acme).totals == {("ana", "USD"): 10000}
    acme.merge(of_kind("expansion"))
    assert sum(settled(acme).totals.values()) == -10000


def test_from_the_referral_to_the_pay(office: Office) -> None:
    office.run("dana", "sync")
    policy = office.top / "dana" / "policy" / "claims.yml"
    policy.write_text(policy.read_text() + "referral: {share: 10%}\n")
    office.run("dana", "submit")
    office.run("ben", "refer", "delta.com", "--to", "ana", "--company", "Delta", "--country", "US")
    office.run("ana", "refer", "delta.com", "--accept")
    office.run("ana", "claim", "delta.com")
    office.confirm("d-delta.com")
    office.run("ana", "sync")
    office.run("ana", "log", "deal", "delta.com", "--product", "pro", "--quantity", "2")
    office.run("ana", "submit")
    office.run("ana", "win", "delta/1", "--order", "PO-1")
    office.run("ana", "submit")
    (number,) = [str(one["number"]) for one in office.run("max", "review", "list", "--json").json["proposals"]]
    office.run("max", "review", "approve", number)
    office.run("max", "review", "merge", number)
    assert "role: referrer" in office.file("deals", "d-delta.com-1.yml")
    said = office.run("dana", "commission", "settle").said
    assert "Not paid" not in said
    office.run("ana", "sync")
    assert re.search(r"d-delta\.com|delta/1|Delta", office.run("ana", "pay").out)
    office.run("dana", "commission", "verify")
