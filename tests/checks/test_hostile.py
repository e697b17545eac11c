"""Can somebody take, by any path, mode or bytes, what is not theirs? What they send is refused, and no rule breaks."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.checks.registry import RULES
from salesrepo.domain.change import Blob, PathChange, blob_id
from salesrepo.domain.finding import Verdict
from salesrepo.domain.paths import place_of
from salesrepo.flows.proposals.judge import Case, judge, judge_files, node_of, result_of, snapshot_at
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes
from salesrepo.vcs.commit import Draft, Entry, write_commits
from salesrepo.vcs.merge import plan_merge
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.transfer import init_bare
from tests.checks.build import ACTORS, TODAY, Nothing, Written, bytes_at, company, path_of, propose, propose_blobs, show
from tests.helpers.texts import ANY

BEN_OWNS = {
    path_of(place)
    for place in (
        "account d-globex.com",  # held by him; sales operations look at what he changes of it
        "claim d-globex.com core",
    )
}
TIP = RecordSnapshot(overlay_bytes(Nothing(), company()), "0" * 40)


def verdict_on(files: dict[str, bytes | None], *, actor: str, today: date = TODAY) -> Verdict:
    forge_id = ACTORS.get(actor, actor)
    return judge_files(TIP, files, Case(actor_id=forge_id, actor=node_of(TIP, forge_id), today=today)).verdict


def bent(data: bytes) -> list[bytes | None]:
    """What somebody might make of a file: gone, empty, nonsense, in their own name, with a word more."""
    mine = data.replace(b"ana", b"ben").replace(b"dana", b"ben").replace(b"'11'", b"'12'")
    return [None, b"", b"nothing: here\n", b"\xff\xfe", mine, data + b"note: mine\n", data + b"\n"]


@pytest.mark.parametrize("actor", ["ben", "cleo", "zoe", "77"])
def test_no_file_of_others_changes_by_the_hand_of(actor: str) -> None:
    owns = BEN_OWNS if actor == "ben" else {path_of("request 99")} if actor == "cleo" else set()
    let_in = [
        (path, now)
        for path, data in company().items()
        for now in bent(data)
        if now != data and path not in owns and verdict_on({path: now}, actor=actor) is not Verdict.REFUSED
    ]
    assert let_in == []


def test_what_ben_may_do_with_his_own_is_looked_at_or_harmless() -> None:
    for path in BEN_OWNS:
        data = company()[path]
        assert verdict_on({path: None}, actor="ben") is Verdict.REFUSED
        assert verdict_on({path: data + b"country: DE\n"}, actor="ben") is Verdict.REFUSED


@pytest.mark.parametrize("mode", ["120000", "160000", "100755", "040000", "100664"])
@pytest.mark.parametrize(
    "place", ["profile ben", "claim d-initech.com core", "hold ben d-globex.com core", "request 77"]
)
def test_only_plain_files_are_records(mode: str, place: str) -> None:
    actor = "77" if place == "request 77" else "ben"
    report = propose_blobs({path_of(place): Blob(mode, blob_id(b""))}, actor=actor).judged_by()
    assert report.verdict is Verdict.REFUSED
    assert any("plain file" in f.message for f in report.findings), show(report)


def test_a_link_with_the_bytes_of_a_sound_record_is_still_a_link() -> None:
    sound = path_of("claim d-globex.com core")
    over: dict[str, Blob | None] = {sound: Blob("120000", blob_id(company()[sound]))}
    assert propose_blobs(over, actor="ben").judged_by().verdict is Verdict.REFUSED


NAMES = [
    "claims/../nodes/67/0/ben/node.yml",
    "/claims/53/a/d-acme.com/core.yml",
    "claims//53/a/d-acme.com/core.yml",
    "claims/53/a/d-acme.com/core.yml/",
    "claims/53/a/d-acme.com/./core.yml",
    "claims\\53\\a\\d-acme.com\\core.yml",
    "claims/53/a/d-acme.com/core.yml\n",
    "claims/53/a/d-acme.com/core.yml ",
    "claims/53/a/d-acme.com/core.yml.",
    "claims/53/a/d-acme.com/core.yml::$DATA",
    "claims/53/a/d-acme.com/CORE.yml",
    "CLAIMS/53/a/d-acme.com/core.yml",
    "claims/53/A/d-acme.com/core.yml",
    "claims/53/a/d-acme.com/core.YML",
    "claims/53/a/d-acme.com/co\udcffre.yml",
    "claims/53/a/d-acme.com/cor\u0435.yml",
    "claims/53/a/d-acme.com/core\u200b.yml",
    "claims/53/a/d-acme.com/",
    "claims",
    "requests/77.yml\n",
    "requests/٧٧.yml",
    "requests/077.yml",
    "requests/77.yml/x",
    "products/con.yml",
    "products/con.x.yml",
    "brand/nul.md",
    "plans/com1/2027-01-01.yml",
    "products/" + "a" * 300 + ".yml",
    "/".join(["territories", *["a"] * 200, "x.yml"]),
    "products/aux",
    "products/lpt9.yml",
    "products/conin$.yml",
    "products/COM¹.yml",
    "products/cafe\u0301.yml",
    "products/café.yml",
    "products/pro\uff0eyml",
    ".git/config",
    "git~1/config",
    ".g\u200cit/config",
    ".gitmodules",
    "products/.gitmodules",
    ".gitattributes",
    "policy/.gitattributes",
    ".mailmap",
    "CODEOWNERS",
    ".github/workflows/x.yml",
    "",
    "\n",
]


@pytest.mark.parametrize("path", NAMES)
@pytest.mark.parametrize("actor", ["77", "ana", "dana"])
def test_a_path_that_is_not_exactly_one_of_the_layout_is_refused(path: str, actor: str) -> None:
    over: dict[str, Blob | None] = {path: Blob("100644", blob_id(company()["salesrepo.yml"]))}
    assert propose_blobs(over, actor=actor).judged_by().verdict is Verdict.REFUSED


@given(st.text(ANY, min_size=1, max_size=80))
def test_no_name_breaks_a_rule_and_none_gets_in(path: str) -> None:
    report = propose_blobs({path: Blob("100644", blob_id(b""))}, actor="dana").judged_by()
    assert report.verdict is Verdict.REFUSED
    assert report.skipped == ()


PLACES = sorted(path for path in company() if place_of(path) is not None)


@given(
    st.sampled_from(PLACES), st.integers(0, 80), st.sampled_from("\u0301\u200d\u200c \t\n.A\uff41\u212a\x00\\\u2215")
)
def test_no_path_has_a_twin_that_some_system_takes_for_it(path: str, at: int, odd: str) -> None:
    assert path.isascii() and path == path.lower()  # no folding of case, no normal form changes it
    at %= len(path)
    for twin in (path[:at] + path[at].upper() + path[at + 1 :], path[:at] + odd + path[at:], path + odd):
        assert twin == path or place_of(twin) is None or (odd == "." and twin == twin.lower())


@given(st.sampled_from(PLACES), st.binary(max_size=60), st.integers(0, 400), st.integers(0, 30))
def test_no_bytes_break_a_rule(path: str, junk: bytes, at: int, cut: int) -> None:
    data = company()[path]
    mangled = data[:at] + junk + data[at + cut :]
    for actor in ("dana", "77"):
        assert verdict_on({path: mangled}, actor=actor) in (Verdict.REFUSED, Verdict.REVIEW, Verdict.AUTO)
    if mangled != data and path != path_of("request 99"):
        assert verdict_on({path: mangled}, actor="77") is Verdict.REFUSED


# --- a whole plan of attack each -------------------------------------------------------------------------------------

SOLD = {"currency": "USD", "opened": "2026-11-20", "lines": [{"product": "pro", "quantity": "1", "price": "1000.00"}]}
WON = {**SOLD, "stage": "won", "signed": "2026-11-20", "order": "PO-1"}
ALL_MINE = [{"node": "ben", "role": "closer", "share": "100%"}]
ATTACKS: dict[str, dict[str, Written]] = {
    "confirm one's own account, claim it in full, and win": {
        "account d-globex.com": {"amend": {"confirmed": {"by": "ben", "day": "2026-11-20", "how": "review"}}},
        "claim d-globex.com core": {"amend": {"provisional": None}},
        "deal d-globex.com d-globex.com-1": {**WON, "deal": "d-globex.com-1", "account": "d-globex.com", "node": "ben"},
    },
    "take over an account with the claim, its pointers and all": {
        "claim d-acme.com core": {"amend": {"holder": "ben", "since": "2026-11-20", "renewed": "2026-11-20"}},
        "hold ana d-acme.com core": None,
        "hold ben d-acme.com core": None,
    },
    "release a colleague's claim first": {
        "claim d-acme.com core": {"amend": {"status": "released"}},
        "hold ana d-acme.com core": None,
    },
    "make oneself the holder of the territory": {
        "territory world dach": {"amend": {"coverage": [{"role": "closer", "node": "ben", "starts": "2020-01-01"}]}},
        "claim d-initech.com core": {
            "account": "d-initech.com",
            "layer": "core",
            "status": "held",
            "holder": "ben",
            "territory": "world/dach",
            "since": "2026-11-20",
            "renewed": "2026-11-20",
            "until": "2027-02-18",
        },
        "hold ben d-initech.com core": None,
    },
    "write oneself into a colleague's won deal": {"deal d-acme.com d-acme.com-2": {"amend": {"credits": ALL_MINE}}},
    "move a colleague's deal to one's own account": {
        "deal d-acme.com d-acme.com-1": None,
        "deal-hold ana d-acme.com d-acme.com-1": None,
        "deal d-globex.com d-acme.com-1": {
            **SOLD,
            "deal": "d-acme.com-1",
            "account": "d-globex.com",
            "node": "ben",
            "stage": "lead",
        },
        "deal-hold ben d-globex.com d-acme.com-1": None,
    },
    "win a deal as history": {
        "deal d-globex.com 9x": {
            **WON,
            "deal": "9x",
            "account": "d-globex.com",
            "node": "ben",
            "credits": ALL_MINE,
            "imported": {"system": "crm", "id": "9X", "day": "2026-11-20"},
        },
    },
    "bring the billing record along": {
        "payment d-globex.com-1 ord-1": {
            "payment": "ord-1",
            "deal": "d-globex.com-1",
            "kind": "ordered",
            "amount": "1000.00",
            "currency": "USD",
            "day": "2026-11-20",
            "order": "PO-1",
        },
        "deal d-globex.com d-globex.com-1": {**WON, "deal": "d-globex.com-1", "account": "d-globex.com", "node": "ben"},
    },
    "lower the list and sell below it": {
        "product pro": {"amend": {"price": "1.00"}},
        "deal d-globex.com d-globex.com-1": {
            "deal": "d-globex.com-1",
            "account": "d-globex.com",
            "node": "ben",
            "stage": "lead",
            "opened": "2026-11-20",
            "currency": "USD",
            "lines": [{"product": "pro", "quantity": "1", "price": "1.00"}],
        },
        "deal-hold ben d-globex.com d-globex.com-1": None,
    },
    "give oneself a role and use it": {
        "node ben": {"amend": {"roles": [{"role": "sales_ops", "starts": "2020-01-01"}]}},
        "product pro": {"amend": {"price": "1.00"}},
    },
    "let one's own forge user be sales operations": {
        "user 12": {"forge_id": "12", "node": "dana"},
        "node dana": {"amend": {"forge_id": "12"}},
    },
    "send a renewal with what a colleague logged": {
        "claim d-globex.com core": {"amend": {"renewed": "2026-11-20", "until": "2027-02-18"}},
        "activity ana 2026 11 20 01kahvx0000000000000000000": [
            {
                "id": "01kahvx0000000000000000001",
                "at": "2026-11-20T09:00:00Z",
                "day": "2026-11-20",
                "type": "demo",
                "account": "d-globex.com",
                "outcome": "held",
            }
        ],
    },
    "claim one's own company's name for all its rivals": {
        "alias d-umbrella.com": {"alias": "d-umbrella.com", "account": "d-globex.com"},
        "alias n-us-umbrella": {"alias": "n-us-umbrella", "account": "d-globex.com"},
    },
}


@pytest.mark.parametrize("change", ATTACKS.values(), ids=ATTACKS)
def test_a_sellers_plan_of_attack_is_refused(change: dict[str, Written]) -> None:
    report = propose(change, actor="ben").judged_by()
    assert report.verdict is Verdict.REFUSED, show(report)
    assert report.skipped == ()


@pytest.mark.parametrize("days", [-3650, -30, 30, 365, 3650])
def test_no_day_makes_a_colleagues_live_claim_free(days: int) -> None:
    today = date.fromordinal(TODAY.toordinal() + days)
    theirs = propose(ATTACKS["take over an account with the claim, its pointers and all"], actor="ben", today=today)
    assert theirs.judged_by().verdict is Verdict.REFUSED


def test_an_older_base_does_not_make_a_taken_path_new() -> None:
    path = path_of("claim d-acme.com core")
    mine = bytes_at(
        path,
        {"amend": {"holder": "ben", "imported": {"system": "x", "id": "x", "day": "2026-11-20"}}},
        before=company()[path],
    )
    assert mine is not None
    tree = overlay_bytes(TIP.tree, {path: mine})
    unseen = (PathChange(path, None, tree.at(path)),)
    case = Case(actor_id="12", actor=node_of(TIP, "12"), today=TODAY)
    report = judge(TIP, unseen, RecordSnapshot(tree, TIP.commit), case).report
    assert any(f.code == "SR201" and "taken by Ana Lima" in f.message for f in report.findings), show(report)


# --- real objects ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A bare repository whose one commit holds the base company."""
    made = tmp_path_factory.mktemp("hostile") / "repo.git"
    init_bare(made)
    files: dict[str, Entry | None] = {path: ("100644", data) for path, data in company().items()}
    (root,) = write_commits(made, [Draft(files, "Found the company\n", 1_700_000_000)], parent=None)
    return made, root


@pytest.mark.parametrize(
    "entry",
    [("120000", b"../../../policy/roles.yml"), ("100755", b"node: ben\nname: Ben\n"), ("160000", "1" * 40)],
    ids=["link", "program", "submodule"],
)
@pytest.mark.parametrize("path", ["profile ben", "nodes/67/0/ben/log", "Claims/x", "a\nb", "co\udcffre"])
def test_what_git_can_hold_and_a_record_cannot_is_refused(repo: tuple[Path, str], entry: Entry, path: str) -> None:
    git_dir, root = repo
    draft = Draft({path_of(path): entry}, "Mine\n", 1_700_000_001)
    (head,) = write_commits(git_dir, [draft], parent=root)
    with Objects(git_dir) as objects:
        tip = snapshot_at(objects, root)
        plan = plan_merge(objects, root, head)
        case = Case(actor_id="12", actor=node_of(tip, "12"), today=TODAY, head=head)
        judgement = judge(tip, plan.changes, result_of(tip, objects, plan.changes), case)
    assert judgement.verdict is Verdict.REFUSED
    assert judgement.report.rules == tuple(rule.code for rule in RULES)
    assert judgement.report.skipped == ()
