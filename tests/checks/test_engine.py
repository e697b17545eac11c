"""What do the rules together say: order, verdict, what could not run, and what an approval answers?"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from salesrepo.checks.engine import run_checks
from salesrepo.checks.registry import RULES
from salesrepo.checks.rule import CannotJudge, CheckContext, Rival, Rule, sentence
from salesrepo.domain.change import Blob
from salesrepo.domain.finding import Approval, Finding, Location, Severity, Verdict, missing_reviews
from salesrepo.errors import RecordError, RefusedError, UnavailableError
from salesrepo.store.trees import OverlayTree
from tests.checks.build import Nothing, Written, path_of, propose, show

CALLED = {
    "id": "01kahvx0000000000000000001",
    "at": "2026-11-20T09:00:00Z",
    "day": "2026-11-20",
    "type": "call",
    "account": "d-acme.com",
    "outcome": "connected",
}
INITECH = {
    "account": "d-initech.com",
    "layer": "core",
    "status": "held",
    "holder": "ana",
    "territory": "world/dach",
    "since": "2026-11-20",
    "renewed": "2026-11-20",
    "until": "2027-02-18",
}
WON: Mapping[str, Any] = {
    "stage": "won",
    "signed": "2026-11-20",
    "order": "PO-1",
    "contacts": [{"contact": "c-7h2", "role": "signer"}],
}
DAYS: dict[str, tuple[str, Mapping[str, Written], Verdict]] = {
    "a free account is claimed": (
        "ana",
        {"claim d-initech.com core": INITECH, "hold ana d-initech.com core": None},
        Verdict.AUTO,
    ),
    "a new company is claimed on the seller's word": (
        "ben",
        {
            "account n-us-umbrella": {
                "account": "n-us-umbrella",
                "name": "Umbrella",
                "country": "US",
                "added_by": "ben",
                "added": "2026-11-20",
            },
            "claim n-us-umbrella core": {
                **INITECH,
                "account": "n-us-umbrella",
                "holder": "ben",
                "territory": "world/open",
                "until": "2026-12-04",
                "provisional": "true",
            },
            "near n-us-umbr n-us-umbrella": None,
            "hold ben n-us-umbrella core": None,
        },
        Verdict.AUTO,
    ),
    "a call renews a claim": (
        "ana",
        {
            "activity ana 2026 11 20 01kahvx0000000000000000000": [CALLED],
            "claim d-acme.com core": {"amend": {"renewed": "2026-11-20", "until": "2027-02-18"}},
        },
        Verdict.AUTO,
    ),
    "an open deal is told more of": (
        "ana",
        {"deal d-acme.com d-acme.com-1": {"amend": {"closes": "2026-12-10", "note": "Sent the offer."}}},
        Verdict.AUTO,
    ),
    "an open deal is said to be further than anything shows": (
        "ana",
        {"deal d-acme.com d-acme.com-1": {"amend": {"stage": "proposal"}}},
        Verdict.REFUSED,
    ),
    "a deal is won": (
        "ana",
        {
            "deal d-acme.com d-acme.com-1": {"amend": WON},
            "deal-hold ana d-acme.com d-acme.com-1": None,
        },
        Verdict.REVIEW,
    ),
    "a deal is lost": (
        "ana",
        {
            "deal d-acme.com d-acme.com-1": {"amend": {"stage": "lost", "closed": "2026-11-20", "reason": "budget"}},
            "deal-hold ana d-acme.com d-acme.com-1": None,
        },
        Verdict.AUTO,
    ),
    "a claim is given back": (
        "ben",
        {"claim d-globex.com core": {"amend": {"status": "released"}}, "hold ben d-globex.com core": None},
        Verdict.AUTO,
    ),
    "somebody asks to join": (
        "77",
        {"request 77": {"forge_id": "77", "node": "max", "name": "Max", "asked": "2026-11-20"}},
        Verdict.AUTO,
    ),
    "somebody is admitted": (
        "dana",
        {
            "request 99": None,
            "node cleo": {"node": "cleo", "name": "Cleo Diaz", "forge_id": "99"},
            "user 99": {"forge_id": "99", "node": "cleo"},
        },
        Verdict.AUTO,
    ),
    "a held account is claimed": ("ben", {"claim d-acme.com core": {"amend": {"holder": "ben"}}}, Verdict.REFUSED),
}


@pytest.mark.parametrize(("actor", "change", "verdict"), DAYS.values(), ids=DAYS)
def test_a_working_day_gets_the_verdicts_that_it_should(
    actor: str, change: Mapping[str, Written], verdict: Verdict
) -> None:
    report = propose(change, actor=actor).judged_by()
    assert report.verdict is verdict, show(report)
    assert report.rules == tuple(rule.code for rule in RULES)
    assert report.skipped == ()


def test_a_rival_makes_a_sound_claim_wait() -> None:
    change = {"claim d-initech.com core": INITECH, "hold ana d-initech.com core": None}
    rivals = (Rival(path_of("claim d-initech.com core"), "ben", 3),)
    assert propose(change, actor="ana", rivals=rivals).judged_by().verdict is Verdict.WAITING


# --- the engine with rules of our own --------------------------------------------------------------------------------


def made(code: str, check: Callable[[CheckContext], Iterator[Finding]]) -> Rule:
    return Rule(code, code.lower(), check)


def saying(code: str, *severities: Severity, path: str = "a") -> Rule:
    def check(_: CheckContext) -> Iterator[Finding]:
        for severity in severities:
            yield Finding(code, severity, "Said.", Location(path))

    return made(code, check)


def stopping(code: str, error: Exception) -> Rule:
    def check(_: CheckContext) -> Iterator[Finding]:
        yield Finding(code, Severity.NOTE, "Begun.", Location("z"))
        raise error

    return made(code, check)


@pytest.fixture
def ctx() -> CheckContext:
    return propose({"profile ben": {"node": "ben", "name": "Ben"}}, actor="ben").ctx


@pytest.mark.parametrize(
    ("severities", "verdict"),
    [
        ((), Verdict.AUTO),
        ((Severity.NOTE, Severity.WARNING), Verdict.AUTO),
        ((Severity.REVIEW, Severity.NOTE), Verdict.REVIEW),
        ((Severity.WAIT, Severity.REVIEW), Verdict.WAITING),
        ((Severity.WAIT, Severity.REVIEW, Severity.ERROR), Verdict.REFUSED),
    ],
)
def test_the_heaviest_finding_decides(ctx: CheckContext, severities: tuple[Severity, ...], verdict: Verdict) -> None:
    assert run_checks(ctx, [saying("SR901", *severities)]).verdict is verdict


@pytest.mark.parametrize(
    "error",
    [CannotJudge("the policy is missing"), RecordError("broken", path="policy/x.yml"), RefusedError("no money")],
)
def test_a_rule_that_has_to_stop_is_told_and_never_counts_as_passed(ctx: CheckContext, error: Exception) -> None:
    report = run_checks(ctx, [stopping("SR901", error), saying("SR902", Severity.NOTE)])
    assert [skipped.code for skipped in report.skipped] == ["SR901"]
    assert str(error) in report.skipped[0].reason
    assert [finding.code for finding in report.findings] == ["SR902", "SR901"], "what was found before is kept"
    assert report.rules == ("SR901", "SR902")
    assert report.verdict is Verdict.REVIEW


def test_a_refusal_weighs_more_than_a_rule_that_was_skipped(ctx: CheckContext) -> None:
    rules = [stopping("SR901", CannotJudge("no")), saying("SR902", Severity.ERROR)]
    assert run_checks(ctx, rules).verdict is Verdict.REFUSED


def test_a_repository_that_cannot_be_read_is_no_verdict(ctx: CheckContext) -> None:
    with pytest.raises(UnavailableError):
        run_checks(ctx, [stopping("SR901", UnavailableError("objects are missing"))])


def test_findings_come_in_the_order_of_their_places(ctx: CheckContext) -> None:
    rules = [saying("SR902", Severity.NOTE, path="b"), saying("SR901", Severity.NOTE, path="b"), saying("SR903", *[])]
    rules.append(saying("SR904", Severity.NOTE, path="a"))
    report = run_checks(ctx, rules)
    assert [(f.at.path, f.code) for f in report.findings] == [("a", "SR904"), ("b", "SR901"), ("b", "SR902")]
    assert report.checked == 1


# --- approvals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("approval", "answered"),
    [
        (Approval("mia", ("manager",), "head"), True),
        (Approval("mia", ("manager",), "another head"), False),
        (Approval("mia", ("seller",), "head"), False),
        (Approval("ana", ("manager",), "head"), False),
        (Approval("ben", ("finance", "manager"), "head"), True),
    ],
)
def test_only_the_right_role_that_gains_nothing_answers_a_review(approval: Approval, answered: bool) -> None:
    actor, change, _ = DAYS["a deal is won"]
    reviews = propose(change, actor=actor).judged_by().of(Severity.REVIEW)
    assert len(reviews) == 1
    assert (missing_reviews(reviews, [approval], head="head") == ()) is answered


# --- the size of a proposal ------------------------------------------------------------------------------------------


def products(count: int) -> dict[str, Any]:
    return {f"product p{n}": {"sku": f"p{n}", "name": "P", "price": "1.00", "currency": "USD"} for n in range(count)}


@pytest.mark.parametrize(("actor", "count", "refused"), [("fin", 200, False), ("fin", 201, True), ("dana", 201, False)])
def test_a_flood_is_refused_unless_it_is_an_import(actor: str, count: int, refused: bool) -> None:
    size = next(rule for rule in RULES if rule.code == "SR105")
    report = propose(products(count), actor=actor).judged_by(size)
    assert [f.message for f in report.findings] == (
        [f"This changes {count} files; 200 are the most."] if refused else []
    )


class Counted(dict[str, Blob | None]):
    """Paths and blobs that count how often somebody walks through all of them."""

    walks = 0

    def __iter__(self) -> Iterator[str]:
        self.walks += 1
        return super().__iter__()

    def items(self) -> Any:
        self.walks += 1
        return super().items()

    def values(self) -> Any:
        self.walks += 1
        return super().values()


def test_questions_about_a_large_import_do_not_walk_through_all_of_it() -> None:
    over = Counted({f"accounts/aa/{n % 10}/d-{n}.com.yml": Blob("100644", f"{n:040}") for n in range(2000)})
    tree = OverlayTree(Nothing(), over, lambda oid, _: oid.encode())
    for n in range(500):
        assert tree.at(f"accounts/aa/0/d-{n}.net.yml") is None
        assert tree.read(f"{n:040}", 100) == f"{n:040}".encode()
        assert tree.list(f"claims/aa/{n}") == ()
    folder = tree.at("accounts/aa")
    assert folder is not None
    assert folder.mode == "040000"
    assert len(tree.list("accounts/aa/3")) == 200
    assert len(tree.list("")) == 2000
    assert over.walks < 10


def test_folders_that_a_hostile_path_spells_out_are_not_kept() -> None:
    deep = "/".join(["a"] * 5000)
    over: dict[str, Blob | None] = {f"{deep}/{n}": Blob("100644", "0" * 40) for n in range(50)}
    tree = OverlayTree(Nothing(), over, lambda oid, _: oid.encode())
    assert tree.at("a/a") is not None
    assert tree.at(deep) is not None
    assert len(tree.list(deep)) == 50


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("no rule covers it", "No rule covers it."),
        ("world/dach is a group", "world/dach is a group."),
        ("d-acme.com is named", "d-acme.com is named."),
        ("It ends.", "It ends."),
    ],
)
def test_a_clause_becomes_a_sentence_and_a_path_keeps_its_letters(clause: str, said: str) -> None:
    assert sentence(clause) == said
