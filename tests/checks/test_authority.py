"""Does the one table name only who exists, leave nothing out, and refuse what stands nowhere?"""

from dataclasses import fields
from typing import Any

import pytest

from salesrepo.checks.authority import (
    ANSWERER,
    ASKER,
    BY_KIND,
    BY_OWNER,
    DUE,
    HANDOVER,
    IMPORT,
    SELF,
    Row,
    allowed,
    may,
    review_class,
    roles_for,
)
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY, Reviewers, Writers
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.record import Owner
from tests.checks.build import ACTORS, path_of, propose

CLASSES = {field.name for field in fields(Writers)}
POLICY = propose({}, actor="dana").ctx.tip.get(ROLES_POLICY)


def test_every_class_of_files_has_a_row_and_every_row_names_who_exists() -> None:
    assert set(BY_OWNER) == set(Owner)
    assert set(BY_KIND) <= {kind.name for kind in KINDS}
    rows = [*BY_OWNER.values(), *BY_KIND.values()]
    named = {name for row in rows for name in (*row.add, *row.change, *row.remove)}
    assert named <= CLASSES | {SELF, ASKER, ANSWERER, IMPORT, HANDOVER, DUE}
    assert BY_OWNER[Owner.BOT] == Row()


@pytest.mark.parametrize("actor", [*ACTORS, "77"])
def test_what_stands_nowhere_is_refused_to_everybody(actor: str) -> None:
    for path in (
        "nowhere/x.yml",
        ".github/workflows/x.yml",
        "policy/other.yml",
        "CODEOWNERS",
        "nodes/00/0/ana/node.yml",
    ):
        (change,) = propose({path: "x: 1\n"}, actor=actor).ctx.change.changes
        assert allowed(change) == () and not may(propose({path: "x: 1\n"}, actor=actor).ctx, change)


@pytest.mark.parametrize(
    ("actor", "record", "written", "granted"),
    [
        ("dana", "product pro", {"amend": {"price": "1100.00"}}, True),
        ("ana", "product pro", {"amend": {"price": "1.00"}}, False),
        ("mia", "product pro", None, False),
        ("fin", "payment d-acme.com-2 i", "payment: i\n", True),
        ("dana", "payment d-acme.com-2 i", "payment: i\n", True),
        ("ana", "payment d-acme.com-2 i", "payment: i\n", False),
        ("ana", "profile ana", "node: ana\n", True),
        ("dana", "profile ana", "node: ana\n", False),
        ("zoe", "product pro", {"amend": {"price": "1.00"}}, False),
        ("77", "product pro", {"amend": {"price": "1.00"}}, False),
        ("cleo", "request 99", None, True),
        ("dana", "request 99", None, True),
        ("dana", "request 99", {"amend": {"name": "X"}}, False),
        ("ana", "request 99", None, False),
    ],
)
def test_the_senders_roles_on_main_decide(actor: str, record: str, written: Any, granted: bool) -> None:
    given = {"node dana": {"amend": {"roles": [{"role": "sales_ops", "starts": "2020-01-01"}]}}}
    if record.startswith("payment") and actor == "dana":
        given = {"node dana": {"amend": {"roles": [{"role": "finance", "starts": "2020-01-01"}]}}}
    ctx = propose({record: written}, actor=actor, given=given).ctx
    (change,) = ctx.change.changes
    assert may(ctx, change) is granted


def test_roles_are_named_for_whoever_is_refused() -> None:
    assert POLICY is not None
    (change,) = propose({"product pro": {"amend": {"price": "1.00"}}}, actor="ana").ctx.change.changes
    assert roles_for(change, POLICY) == POLICY.write.maintainer


@pytest.mark.parametrize(
    ("code", "record", "expected"),
    [
        ("SR206", "account d-acme.com", "facts"),
        ("SR204", "alias n-de-acme", "facts"),
        ("SR208", "claim d-acme.com core", "claims"),
        ("SR303", "deal d-acme.com d-acme.com-1", "deals"),
        ("SR401", "deal d-acme.com d-acme.com-1", "pay"),
        ("SR603", "account d-acme.com", "imports"),
        ("SR604", "node ben", "organisation"),
        ("SR999", "nowhere/x.yml", ""),
    ],
)
def test_what_a_review_is_about(code: str, record: str, expected: str) -> None:
    finding = Finding(code, Severity.REVIEW, "A person.", Location(path_of(record)), roles=("manager",))
    assert review_class(finding) == expected
    assert expected in {"", *(field.name for field in fields(Reviewers))}
