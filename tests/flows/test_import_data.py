"""Does an export become two proposals that every rule lets pass, and a second one nothing at all?"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS, Alias
from salesrepo.domain.kinds.node import NODE, Node, RoleTerm
from salesrepo.errors import RecordError, RefusedError, UsageError
from salesrepo.flows.here.place import Desk
from salesrepo.flows.here.workspace import SEEN_MAIN, Workspace, open_workspace
from salesrepo.flows.import_data import prepare_import
from salesrepo.flows.init import Wanted, found
from salesrepo.flows.proposals.judge import Case, Judgement, judge_files, node_of
from salesrepo.resources import resource
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.refs import move_ref
from tests.importers.export import DEALS, HEADS, counts, deals, export

NOW = datetime(2018, 1, 2, 9, tzinfo=UTC)
ROWS = deals(
    "ID1,Ana Lima,GTXPro,Acme Corporation,Won,10/20/2016,3/1/2017,4000",
    "ID2,Ana Lima,GTX Basic,Acme Corporation,Engaging,11/1/2017,,",
    "ID3,Ben Oduya,GTX Basic,Acme Corporation,Engaging,10/1/2017,,",
    "ID4,Ben Oduya,GTX Basic,Acme Corporation,Lost,10/1/2017,12/1/2017,0",
    "ID5,Ben Oduya,GTX Basic,,Prospecting,,,",
)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    wanted = Wanted(company="Hardware Inc.", currency="USD", time_zone="UTC", node="olga", name="Olga Ops")
    return found(tmp_path_factory.mktemp("import") / "company", wanted, now=NOW).joined.folder


@pytest.fixture
def ws(company: Path, tmp_path: Path) -> Iterator[Workspace]:
    copy = shutil.copytree(company, tmp_path / "olga")
    opened = open_workspace(Desk(root=copy, git_dir=copy / ".git", now=NOW))
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "export", ROWS)


def written(folder: Path, rows: dict[str, tuple[str, ...]]) -> Path:
    folder.mkdir()
    for name, data in export(rows).items():
        (folder / name).write_bytes(data)
    return folder


def judged(ws: Workspace, files: dict[str, bytes | None], *, upon: dict[str, bytes | None] | None = None) -> Judgement:
    """What the bots say of files, once `upon` has been accepted."""
    tip = RecordSnapshot(overlay_bytes(ws.tip.tree, upon or {}), ws.tip.commit)
    me = ws.identity.forge_id
    return judge_files(tip, files, Case(actor_id=me, actor=node_of(tip, me), today=ws.today))


def accepted(ws: Workspace, *parcels: dict[str, bytes | None]) -> Workspace:
    """The workspace once main holds these files."""
    changes = {path: (FILE_MODE, data) for files in parcels for path, data in files.items() if data is not None}
    (commit,) = write_commits(
        ws.desk.git_dir, [Draft(changes=changes, message="accepted\n", when=int(NOW.timestamp()))], parent=ws.main
    )
    move_ref(ws.desk.git_dir, SEEN_MAIN, commit, ws.main)
    return open_workspace(ws.desk)


def errors(judgement: Judgement) -> list[str]:
    return [f"{found.code} {found.at.path}: {found.message}" for found in judgement.report.of(Severity.ERROR)]


def test_both_proposals_pass_every_rule_and_the_history_needs_another_person(ws: Workspace, folder: Path) -> None:
    ready = prepare_import(ws, "crm-csv", folder)
    assert counts(ready.report) == (5, 3, 0, 2)
    assert errors(judged(ws, ready.organisation.files)) == []
    history = judged(ws, ready.history.files, upon=ready.organisation.files)
    assert errors(history) == []
    assert history.report.skipped == ()
    assert {finding.code for finding in history.report.of(Severity.REVIEW)} == {"SR603"}
    assert history.missing


def test_the_history_cannot_go_first(ws: Workspace, folder: Path) -> None:
    ready = prepare_import(ws, "crm-csv", folder)
    assert any("SR302" in error for error in errors(judged(ws, ready.history.files)))


def test_parcels_hold_what_belongs_together(ws: Workspace, folder: Path) -> None:
    ready = prepare_import(ws, "crm-csv", folder)
    assert {path.partition("/")[0] for path in ready.organisation.files} == {"nodes", "products", "territories"}
    assert {path.partition("/")[0] for path in ready.history.files} == {"accounts", "claims", "holds", "deals"}
    assert ready.organisation.title != ready.history.title


def test_a_second_import_has_nothing_to_say(ws: Workspace, folder: Path) -> None:
    first = prepare_import(ws, "crm-csv", folder)
    later = accepted(ws, first.organisation.files, first.history.files)
    second = prepare_import(later, "crm-csv", folder)
    later.close()
    assert (second.organisation.files, second.history.files) == ({}, {})
    assert counts(second.report) == (5, 0, 3, 2)


def test_an_account_that_goes_by_another_key_keeps_it(ws: Workspace, folder: Path) -> None:
    known = ACCOUNT.path.fill(account="d-acme.com")
    account = b"account: d-acme.com\nname: Acme\nadded_by: olga\nadded: '2018-01-01'\naliases: [n-us-acme]\n"
    later = accepted(ws, {known: account}, dict([file_of(ALIAS, Alias(alias="n-us-acme", account="d-acme.com"))]))
    ready = prepare_import(later, "crm-csv", folder)
    later.close()
    assert {path.split("/")[3] for path in ready.history.files if path.startswith("deals/")} == {"d-acme.com"}
    assert [path for path in ready.history.files if path.startswith("accounts/")] == []


def test_progress_is_told_to_the_end(ws: Workspace, folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    prepare_import(ws, "crm-csv", folder, progress=lambda label, done, total: told.append((label, done, total)))
    ends = {label: (done, total) for label, done, total in told}
    assert ends[DEALS] == (5, 5)
    assert set(ends) == {*HEADS, "organisation", "history"}
    assert all(done == total for done, total in ends.values())


def test_a_row_that_no_record_can_hold_is_reported(ws: Workspace, tmp_path: Path) -> None:
    rows = {
        "accounts.csv": ("Acme\u3164Corporation,,,,,Japan,", "Cafe\u0301,,,,,Japan,", "Acme Corporation,,,,,Japan,")
    }
    ready = prepare_import(ws, "crm-csv", written(tmp_path / "odd", {**ROWS, **rows}))
    assert [(row.line, row.reason) for row in ready.report.rows][:2] == [(2, "bad-text"), (3, "bad-text")]


def test_only_the_role_import_imports(ws: Workspace, folder: Path) -> None:
    without = Node(node="olga", name="Olga Ops", forge_id="1", roles=(RoleTerm(role="sales_ops", starts=ws.today),))
    later = accepted(ws, dict([file_of(NODE, without)]))
    with pytest.raises(RefusedError, match="does not have the role import"):
        prepare_import(later, "crm-csv", folder)
    later.close()


@pytest.mark.parametrize(
    ("before", "then", "sentence"),
    [
        ("currency: USD", "currency: EUR", "company's money is USD"),
        ("plan: account-executive", "plan: nobodys", "The plan nobodys"),
        ('starts: "2016-10-01"', 'starts: "2015-10-01"', "not in force on that day"),
        ("  price: sales_price", "  price: list_price", r"products\.csv has no column list_price"),
        ("file: products.csv", "file: goods.csv", r"lacks the file goods\.csv"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(
    ws: Workspace, folder: Path, tmp_path: Path, before: str, then: str, sentence: str
) -> None:
    own = tmp_path / "own.yml"
    shipped = (resource("templates") / "importers" / "crm-csv.yml").read_text(encoding="utf-8")
    own.write_text(shipped.replace(before, then, 1), encoding="utf-8")
    with pytest.raises(RefusedError, match=sentence):
        prepare_import(ws, "crm-csv", folder, mapping=own)


def test_what_cannot_be_read_is_refused(ws: Workspace, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nothing here reads excel"):
        prepare_import(ws, "excel", folder)
    with pytest.raises(RefusedError, match="is not a folder"):
        prepare_import(ws, "crm-csv", tmp_path / "nowhere")
    with pytest.raises(RefusedError, match="cannot be read"):
        prepare_import(ws, "crm-csv", folder, mapping=tmp_path / "none.yml")
    (tmp_path / "bad.yml").write_text("system: [crm\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"bad\.yml:"):
        prepare_import(ws, "crm-csv", folder, mapping=tmp_path / "bad.yml")
