"""A small company on the embedded forge whose pay is private; what it pays are numbers that stand nowhere else."""

from pathlib import Path

import pytest

from tests.helpers.office import PRODUCT, TERMS, Office, built

RATE, EARNED, QUOTA, PAID, ADJUSTED, PLAN = "7.13%", "71.30", "43219.00", "317.77", "52.39", "hush-hush"
SECRETS = ("7.13", EARNED, QUOTA, PAID, ADJUSTED, PLAN)
"""What nobody but finance knows of Ana's pay: rate, line, quota, billing, adjustment, and the name of the plan."""

_PLAN = f"""\
plan: {PLAN}
effective: "2026-01-01"
title: Hush
summary: What Ana is paid.
currency: USD
paid: month
version_by: signed
fx: refuse
pay_in: plan
running_totals: continue
measures:
  closed: {{event: won, credit: {{role: closer, of: own}}, value: amount}}
components:
  - name: base
    says: A share of all that is closed.
    measure: closed
    rate: {RATE}
    lines: event
    release: at_once
    reversal: none
pay:
  draws: []
  negative: {{carry: next_period, limit: none, written_off_by: finance}}
  leaving: {{unreleased: {{otherwise: pay}}, residuals: stop, owed: written_off}}
"""


def found_private(top: Path) -> Office:
    """Dana founds it, Ana and Ben sell, Fay and Guy are finance; Ana sold to Acme, and it is booked."""
    office = Office(top)
    top.parent.mkdir(parents=True, exist_ok=True)
    Office(top.parent).run("", "init", str(top), "--as", "dana", "--name", "Acme Sales", "--pay", "private")
    (top / "dana" / "products").mkdir()
    (top / "dana" / "products" / "pro.yml").write_text(PRODUCT)
    (top / "dana" / "policy" / "claims.yml").write_text(TERMS)
    office.run("dana", "submit")
    seller, finance = ("--territory", "world/open"), ("--role", "finance")
    for node, options in {"ana": seller, "ben": seller, "fay": finance, "guy": finance}.items():
        office.run("", "join", ".", "--as", node)
        office.run("dana", "node", "admit", node, *options)
    agree(office, "fay")
    for node in ("fay", "guy"):
        office.run("", "join", "forge/finance", "--as", node)
    terms(office)
    sell(office)
    return office


def terms(office: Office) -> None:
    """Fay writes Ana's plan and terms, and a quota."""
    plan = office.top / "fay-finance" / "plans" / PLAN / "2026-01-01.yml"
    plan.parent.mkdir(parents=True)
    plan.write_text(_PLAN)
    office.run("fay-finance", "submit")
    agree(office, "guy-finance")
    office.run("fay-finance", "sync")
    office.run("fay-finance", "node", "change", "ana", "--plan", PLAN)
    rows = office.top / "quotas.csv"
    rows.write_text(f"quota,window,node,amount,currency\nyear,2027,ana,{QUOTA},USD\n")
    office.run("fay-finance", "quota", "import", str(rows))
    rows.unlink()


def sell(office: Office) -> None:
    """Ana sells to Acme; finance records what billing says, adjusts her pay, and settles."""
    office.run("ana", "sync")
    office.run("ana", "claim", "acme.com", "--company", "Acme", "--country", "US")
    office.confirm("d-acme.com")
    office.run("ana", "sync")
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    agree(office, "fay")
    office.run("fay-finance", "sync")
    office.run("fay-finance", "payment", "add", "acme/1", "--kind", "paid", "--amount", PAID, "--invoice", "inv-1")
    office.run("fay-finance", "commission", "adjust", "ana", "--amount", ADJUSTED, "--reason", "Made good.")
    agree(office, "guy-finance")
    office.run("fay-finance", "commission", "settle")
    for who in ("ana", "ben", "dana", "fay", "fay-finance", "guy-finance"):
        office.run(who, "sync")


def agree(office: Office, who: str) -> None:
    """Somebody agrees to all that waits, as far as it is theirs to agree to."""
    office.run(who, "sync")
    for waits in office.run(who, "review", "list", "--json").json["proposals"]:
        office.run(who, "review", "approve", str(waits["number"]))
        office.run(who, "review", "merge", str(waits["number"]))


@pytest.fixture(scope="session")
def private(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The company, shared by all tests that change nothing."""
    return built(tmp_path_factory, "private", found_private)
