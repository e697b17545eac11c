"""Are the areas encoded once for all rules of territories, and only where a change touches them?"""

import pytest

from salesrepo.checks.borders import borders
from salesrepo.checks.engine import run_checks
from salesrepo.checks.registry import RULES
from salesrepo.checks.rule import CheckContext
from salesrepo.domain.change import PathChange
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY
from salesrepo.store.changes import read_changes
from salesrepo.store.model import problems
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes
from salesrepo.territory import area
from tests.checks.build import ACTORS, TODAY, Nothing, Written, company, propose

OWN = tuple(rule for rule in RULES if "SR211" <= rule.code <= "SR223")
UK = {"territory": "world/uk", "name": "Britain", "starts": "2026-01-01", "rules": [{"geo": ["GB"]}]}


def test_one_judgement_encodes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[str] = []
    inner = area.area
    monkeypatch.setattr(area, "area", lambda one, codes: encoded.append(one.territory) or inner(one, codes))
    proposal = propose({"territory world uk": UK}, actor="dana")
    assert proposal.judged_by(*OWN).findings == ()
    assert sorted(encoded) == ["world/dach", "world/open", "world/uk", "world/world"]
    assert borders(proposal.ctx) is borders(proposal.ctx)


def test_what_touches_no_border_reads_no_territory() -> None:
    activity = {"product pro": {"amend": {"price": "1100.00"}}}
    proposal = propose(activity, actor="dana", given={"territory world broken": "no: [record"})
    assert proposal.judged_by(*OWN).skipped == ()
    assert borders(proposal.ctx) is None
    touched = propose({"territory world uk": UK}, actor="dana", given={"territory world broken": "no: [record"})
    assert {skipped.code for skipped in touched.judged_by(*OWN).skipped} == {rule.code for rule in OWN}


def audited(given: dict[str, Written]) -> list[str]:
    tree = overlay_bytes(Nothing(), company(given))
    whole = RecordSnapshot(tree, "0" * 40)
    changes = tuple(PathChange(path, None, blob) for path, blob in tree.list("") if path.startswith("territories/"))
    ctx = CheckContext(
        change=read_changes(changes, whole, whole),
        tip=whole,
        result=whole,
        actor_id=ACTORS["dana"],
        actor=None,
        today=TODAY,
    )
    return sorted(finding.code for finding in run_checks(ctx, OWN).findings)


def test_an_audit_judges_what_stood_before() -> None:
    assert audited({}) == []
    left = [{"role": "closer", "node": "zoe", "starts": "2020-01-01"}]
    assert audited({"territory world dach": {"amend": {"coverage": left}}}) == ["SR221"]
    bavaria = {**UK, "territory": "world/by", "rules": [{"geo": ["DE-BY"]}]}
    assert audited({"territory world by": bavaria}) == ["SR211"]
    assert audited({"territory world open": None}) == ["SR217"]


@pytest.mark.parametrize("code", ["DE-BYXX", "DEX-BY", "D", "de", "EMEA-X", "E" * 21, "DE\n"])
def test_what_is_neither_a_code_nor_a_region(code: str) -> None:
    rules = [{"geo": [code]}]
    assert problems(TERRITORY, {**UK, "rules": rules}) != []


def test_a_region_is_not_called_like_a_country() -> None:
    policy = {"layers": ["core"], "regions": {"DE": ["FR"]}}
    assert problems(TERRITORY_POLICY, policy) != []
    assert problems(TERRITORY_POLICY, {**policy, "regions": {"DACH": ["DE", "AT", "CH", "DE-BY"]}}) == []
    assert problems(TERRITORY_POLICY, {**policy, "regions": {"ALL": ["DACH"]}}) != []
