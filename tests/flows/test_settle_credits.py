"""Is a colleague whose role stands by itself paid in full beside the closer, by the policy that stood before?"""

from pathlib import Path

from salesrepo.flows.books.settle import PlainLedger, settle
from tests.helpers.company import build_company, deal, flat_plan, node, product

CREDITS = "policy/credits.yml"
LOOSE = "roles: {closer: {shares: whole}, engineer: {shares: any}}\n"
WHOLE = "roles: {closer: {shares: whole}, engineer: {shares: whole}}\n"
PAID = {path: text.replace("role: closer", "role: [closer, engineer]") for path, text in flat_plan("10%").items()}
PEOPLE = {**node("ana", forge_id=1), **node("ben", forge_id=2), **product()}


def helped(name: str, share: str) -> dict[str, str]:
    """A deal of Ana's in which Ben is credited as the engineer."""
    ben = f"  - {{node: ben, role: engineer, share: {share}}}\n"
    return {path: text.replace("signed:", f"{ben}signed:") for path, text in deal(name).items()}


def test_double_credit_is_paid_in_full_where_policy_lets_the_role_stand_by_itself(tmp_path: Path) -> None:
    acme = build_company(tmp_path / "master.git", {**PEOPLE, **PAID, CREDITS: LOOSE})
    acme.merge(helped("d-acme.com-1", "40%"))
    assert settle(PlainLedger(acme.git_dir)).totals == {("ana", "USD"): 10000, ("ben", "USD"): 4000}


def test_without_the_policy_or_by_another_such_a_deal_pays_nobody(tmp_path: Path) -> None:
    acme = build_company(tmp_path / "master.git", {**PEOPLE, **PAID})
    acme.merge(helped("d-acme.com-1", "40%"))
    acme.merge({CREDITS: WHOLE})
    acme.merge(helped("d-acme.com-2", "40%"))
    done = settle(PlainLedger(acme.git_dir))
    assert not done.totals and len(done.unrated) == 2
    assert all("The shares of role engineer sum to 40%, not to 100%." in one.because for one in done.unrated)
