"""Do the rules look at everything that settlement pays by?"""

import ast
import inspect
from typing import Any

import pytest

from salesrepo.checks.rules.sr401_pay_review import SR401
from salesrepo.checks.rules.sr607_exchange_rate import OLDEST
from salesrepo.commission import fx
from salesrepo.domain.finding import Severity
from salesrepo.domain.quote import PAID
from salesrepo.flows.books import settle_events
from tests.checks.build import propose, show

WON = "deal d-acme.com d-acme.com-2"
OTHERWISE: dict[str, Any] = {
    "signed": "2026-10-16",
    "kind": "renewal",
    "source": "self-sourced",
    "term": "12",
    "starts": "2026-01-01",
    "currency": "EUR",
    "lines": [{"product": "pro", "quantity": "2", "price": "950.00"}],
    "credits": [{"node": "ana", "role": "closer", "share": "100%"}],
    "layer": "services",
    "apart": "for another plant",
    "order": "PO-3",
}
FIXED = {"deal", "account", "opened", "stage"}  # names the deal, or is judged as a win
PIPELINE = {"moves"}  # asked of open deals alone


@pytest.mark.parametrize("field", (*PAID, "layer", "apart", "order"))
def test_no_fact_of_a_won_deal_changes_on_ones_own_word(field: str) -> None:
    report = propose({WON: {"amend": {field: OTHERWISE[field]}}}, actor="ana").judged_by(SR401)
    assert [found.severity for found in report.findings] == [Severity.REVIEW], show(report)


def test_settlement_pays_by_no_other_field_of_a_deal() -> None:
    tree = ast.parse(inspect.getsource(settle_events))
    read = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "deal"
    }
    assert read >= {"source", "lines", "credits"}
    assert read - FIXED - PIPELINE <= set(OTHERWISE)


def test_the_rule_knows_for_how_long_a_rate_holds() -> None:
    assert OLDEST == fx.OLDEST
