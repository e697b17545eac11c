"""Does verifying find one changed cent, and everything else that is missing, modified, forged or not allowed?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from salesrepo.domain.change import FILE_MODE, PathChange
from salesrepo.domain.receipt import Receipt, read_receipt
from salesrepo.domain.record import shard
from salesrepo.domain.verification import Fault, VerifyReport
from salesrepo.flows.books.settle import PlainLedger, settle
from salesrepo.flows.books.verify import verify
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import changed_paths, commit, first_parents
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref
from salesrepo.vcs.transfer import fetch_objects, init_bare
from tests.helpers.company import MAIN, Company, build_company, deal, flat_plan, node, noon, product

Files = Mapping[str, bytes | None]
NOW = 4_000_000_000


@pytest.fixture
def acme(tmp_path: Path) -> Company:
    people = {**node("ana"), **node("ben", forge_id=2)}
    made = build_company(tmp_path / "master.git", {**people, **flat_plan(), **product()})
    made.merge(deal("d-acme.com-1", credits={"ana": "50%", "ben": "50%"}), on=date(2017, 3, 2), title="Win acme/1")
    made.merge(deal("d-acme.com-2", "1200"), on=date(2017, 3, 3), title="Win acme/2", approvals=("2",))
    made.merge(deal("d-acme.com-3", stage="demo"), on=date(2017, 3, 3))
    settle(PlainLedger(made.git_dir))
    return made


def report(of: Company, ledger: str | None = None) -> VerifyReport:
    return verify(of.git_dir, of.main, ledger or of.ledger, judge=None, now=NOW)


def faults(of: Company, ledger: str | None = None) -> list[Fault]:
    return [found.fault for found in report(of, ledger).differences]


def forge(of: Company, at: int, change: Files, **words: object) -> str:
    """The ledger with its commit number `at` changed (None: the file is left out), all later ones written anew."""
    drafts = []
    for number, booked in enumerate(first_parents(of.git_dir, of.ledger or "")):
        parent = booked.parents[0] if booked.parents else None
        files: dict[str, tuple[str, str | bytes] | None] = {
            c.path: (c.after.mode, c.after.oid) for c in changed_paths(of.git_dir, parent, booked.oid) if c.after
        }
        draft = Draft(files, booked.message, booked.committed)
        if number == at:
            for path, data in change.items():
                files.pop(path, None)
                if data is not None:
                    files[path] = (FILE_MODE, data)
            draft = replace(draft, **words)  # type: ignore[arg-type]
        drafts.append(draft)
    return write_commits(of.git_dir, drafts, parent=None)[-1]


def append(of: Company, change: Files, message: str = "Settle more\n") -> str:
    files = {path: None if data is None else (FILE_MODE, data) for path, data in change.items()}
    return write_commits(of.git_dir, [Draft(files, message, noon(date(2017, 5, 1)))], parent=of.ledger)[0]


def content(of: Company, start: str) -> tuple[str, bytes]:
    """The path that begins so, and its bytes."""
    with Objects(of.git_dir) as objects:
        ((path, blob),) = [(p, b) for p, b in objects.files(of.ledger or "") if start in p]
        return path, objects.read(blob.oid, 1 << 20)


def test_what_settle_wrote_is_clean(acme: Company) -> None:
    found = report(acme)
    assert found.clean, found.differences
    assert (found.merges, found.bookings, found.lines, found.to_settle, found.authority) == (3, 2, 3, 0, False)


def test_nothing_is_written_to_a_ref(acme: Company) -> None:
    before = (acme.main, acme.ledger)
    report(acme)
    assert (acme.main, acme.ledger) == before


def test_one_changed_cent_is_named(acme: Company) -> None:
    path, data = content(acme, "/ana/2017-03/000002")
    forged = forge(acme, 1, {path: data.replace(b'amount: "120.00"', b'amount: "120.01"')})
    (found,) = report(acme, forged).differences
    assert (found.fault, found.path, found.key) == (Fault.AMOUNT, path, "d-acme.com-2 won ana commission 2017-01-01 1")
    assert (found.booked, found.expected, found.currency) == (12001, 12000, "USD")
    assert "pays 120.01 USD; recomputed it is 120.00 USD" in found.sentence


def test_a_changed_cent_in_a_middle_commit_blames_that_commit_alone(acme: Company) -> None:
    path, data = content(acme, "/ben/2017-03/000001")
    forged = forge(acme, 0, {path: data.replace(b'amount: "50.00"', b'amount: "50.01"')})
    (found,) = report(acme, forged).differences
    assert found.commit == next(c.oid for c in first_parents(acme.git_dir, forged))


def test_a_changed_balance_or_reason_is_named(acme: Company) -> None:
    path, data = content(acme, "/ana/2017-03/000002")
    (found,) = report(acme, forge(acme, 1, {path: data.replace(b'USD: "170.00"', b'USD: "999.00"')})).differences
    assert (found.fault, found.sentence.endswith("says something else in: closing.")) == (Fault.LINE, True)
    (found,) = report(acme, forge(acme, 1, {path: data.replace(b"of 1,200.00", b"of 1,300.00")})).differences
    assert found.sentence.endswith("says something else in: because.")


def test_the_way_to_a_deal_s_lines_is_verified_too(acme: Company) -> None:
    path, data = content(acme, f"by-deal/{shard('d-acme.com-2')}")
    forged = forge(acme, 1, {path: data.replace(b'batch: "2"', b'batch: "1"')})
    assert faults(acme, forged) == [Fault.LINE]


def test_a_missing_file_is_named(acme: Company) -> None:
    path, _ = content(acme, "/ben/2017-03/000001")
    (found,) = report(acme, forge(acme, 0, {path: None})).differences
    assert (found.fault, found.path) == (Fault.MISSING, path)


def test_a_missing_and_a_forged_line_are_named(acme: Company) -> None:
    path, data = content(acme, "/ana/2017-03/000002")
    forged = forge(acme, 1, {path: data.replace(b"commission 2017-01-01 1", b"commission 2017-01-01 7")})
    assert faults(acme, forged) == [Fault.MISSING, Fault.FORGED]


def test_a_forged_file_is_named(acme: Company) -> None:
    _, data = content(acme, "/ana/2017-03/000002")
    path = "24/d/ana/2017-03/000009.yml"
    (found,) = report(acme, forge(acme, 1, {path: data})).differences
    assert (found.fault, found.path) == (Fault.FORGED, path)


def test_a_commit_on_top_that_modifies_or_deletes_is_named(acme: Company) -> None:
    path, data = content(acme, "/ana/2017-03/000002")
    assert faults(acme, append(acme, {path: data + b"\n"})) == [Fault.FORGED, Fault.REWRITTEN]
    found = report(acme, append(acme, {path: None})).differences
    assert f"deletes {path}" in found[1].sentence


def test_a_rewriting_commit_that_claims_a_real_merge_is_named(acme: Company) -> None:
    path, data = content(acme, "/ben/2017-03/000001")
    forged = forge(acme, 1, {path: data.replace(b"50.00", b"90.00")})
    (found,) = report(acme, forged).differences
    assert (found.fault, found.path) == (Fault.REWRITTEN, path)


def test_a_forged_commit_for_a_merge_that_books_nothing_is_named(acme: Company) -> None:
    message = f"Settle more\n\nSettled-Through: {acme.main}\n"
    assert faults(acme, append(acme, {"24/d/ana/2017-03/000003.yml": b"x\n"}, message)) == [Fault.FORGED]


def test_a_missing_commit_is_named(acme: Company) -> None:
    second = [*first_parents(acme.git_dir, acme.ledger or "")][1]
    files = {
        c.path: (FILE_MODE, c.after.oid) for c in changed_paths(acme.git_dir, second.parents[0], second.oid) if c.after
    }
    (alone,) = write_commits(acme.git_dir, [Draft(files, second.message, second.committed)], parent=None)
    assert faults(acme, alone) == [Fault.MISSING]


def test_another_date_author_or_message_is_named(acme: Company) -> None:
    assert faults(acme, forge(acme, 1, {}, when=noon(date(2017, 3, 4)))) == [Fault.FORGED]
    assert faults(acme, forge(acme, 1, {}, author=("Eve", "eve@example.invalid"))) == [Fault.FORGED]


def test_another_root_is_named(acme: Company) -> None:
    first = next(iter(first_parents(acme.git_dir, acme.ledger or "")))
    assert faults(acme, forge(acme, 0, {}, message=first.message.replace(acme.root, "0" * 40))) == [Fault.FORGED]


@pytest.mark.parametrize("word", [b'engine: "1"', b"lines:"], ids=["engine", "format"])
def test_what_this_version_does_not_know_is_not_verified(acme: Company, word: bytes) -> None:
    path, data = content(acme, "/ana/2017-03/000002")
    forged = forge(acme, 1, {path: data.replace(word, word.replace(b"1", b"2").replace(b"lines", b"items"), 1)})
    found = report(acme, forged)
    assert [one.fault for one in found.differences] == [Fault.UNKNOWN]
    assert not found.clean


def test_a_main_of_another_format_is_not_verified(acme: Company) -> None:
    acme.merge({"salesrepo.yml": 'name: X\nformat: "2"\n'}, on=date(2017, 3, 4))
    acme.merge(deal("d-acme.com-4"), on=date(2017, 3, 5))
    found = report(acme)
    assert [one.fault for one in found.differences] == [Fault.UNKNOWN]
    assert not found.clean


def test_a_ledger_behind_main_is_work_and_no_fault(acme: Company) -> None:
    booked = report(acme).lines  # what waits to be booked is no line yet
    acme.merge(deal("d-acme.com-4"), on=date(2017, 3, 4))
    acme.merge(deal("d-acme.com-5"), on=date(2017, 3, 5))
    found = report(acme)
    assert (found.clean, found.to_settle, found.lines) == (True, 2, booked)
    none = verify(acme.git_dir, acme.main, None, judge=None, now=NOW)
    assert (none.clean, none.to_settle, none.bookings, none.lines) == (True, 4, 0, 0)


def test_a_copy_with_nothing_but_the_two_tips_is_enough(acme: Company, tmp_path: Path) -> None:
    copy = tmp_path / "copy.git"
    init_bare(copy)
    for tip in (acme.main, acme.ledger or ""):
        fetch_objects(copy, acme.git_dir, tip)
    assert verify(copy, acme.main, acme.ledger, judge=None, now=NOW).clean


# --- merges ----------------------------------------------------------------------------------------------------------


def land(of: Company, message: str, *, parents: tuple[str, ...], files: dict[str, str], when: date) -> None:
    """A commit on main as somebody with access to the disk might write it."""
    changes = {path: (FILE_MODE, text.encode()) for path, text in files.items()}
    main = of.main
    (oid,) = write_commits(of.git_dir, [Draft(changes, message, noon(when), also_parents=parents)], parent=main)
    move_ref(of.git_dir, MAIN, oid, main)


def head_of(of: Company, files: dict[str, str]) -> str:
    changes = {path: (FILE_MODE, text.encode()) for path, text in files.items()}
    return write_commits(of.git_dir, [Draft(changes, "Proposal", noon(date(2017, 4, 1)))], parent=of.main)[0]


GOOD = {"products/new.yml": 'sku: new\nname: New\nprice: "1"\ncurrency: USD\n'}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"verdict": "refused"}, "verdict 'refused'"),
        ({"actor": "ana"}, "no forge users"),
        ({"approvals": ("eve",)}, "no forge users"),
        ({"base": "0" * 12}, "whole commit ids"),
        ({"base": "0" * 40}, "was not proposed from"),
        ({"head": "1" * 40}, "is not a merge of the head"),
    ],
)
def test_a_receipt_that_does_not_fit_is_named(acme: Company, change: dict[str, str], said: str) -> None:
    head = head_of(acme, GOOD)
    receipt = replace(Receipt(4, "1", acme.main, head, "auto"), **change)  # type: ignore[arg-type]
    land(acme, receipt.message("New"), parents=(head,), files=GOOD, when=date(2017, 4, 2))
    (found,) = report(acme).differences
    assert found.fault is Fault.RECEIPT
    assert said in found.sentence


def test_a_merge_that_holds_more_than_its_proposal_is_named(acme: Company) -> None:
    head = head_of(acme, GOOD)
    message = Receipt(4, "1", acme.main, head, "auto").message("New")
    land(acme, message, parents=(head,), files={**GOOD, **flat_plan("90%")}, when=date(2017, 4, 2))
    (found, edited) = report(acme).differences
    assert edited.fault is Fault.PLAN
    assert "other files than the proposal" in found.sentence


def test_a_commit_without_a_receipt_is_named(acme: Company) -> None:
    land(acme, "Sneak in", parents=(), files=GOOD, when=date(2017, 4, 2))
    (found,) = report(acme).differences
    assert (found.fault, "carries no receipt" in found.sentence) == (Fault.RECEIPT, True)


def test_time_that_runs_backwards_is_named(acme: Company) -> None:
    head = head_of(acme, GOOD)
    message = Receipt(4, "1", acme.main, head, "auto").message("New")
    land(acme, message, parents=(head,), files=GOOD, when=date(2017, 3, 1))
    assert faults(acme) == [Fault.CLOCK]


def test_a_proposal_from_an_older_main_is_fine(acme: Company) -> None:
    old = commit(acme.git_dir, acme.main).parents[0]
    acme.merge(GOOD, on=date(2017, 4, 2), base=old)
    assert read_receipt(commit(acme.git_dir, acme.main).message) is not None
    assert report(acme).clean


def test_authority_is_replayed_over_every_merge(acme: Company) -> None:
    asked: list[tuple[str, tuple[str, ...], date, tuple[str, ...]]] = []

    def judge(
        parent: RecordSnapshot,
        changes: tuple[PathChange, ...],
        *,
        after: RecordSnapshot,
        receipt: Receipt,
        day: date,
    ) -> str | None:
        assert parent.commit != after.commit
        asked.append((receipt.actor, receipt.approvals, day, tuple(change.path for change in changes)))
        return None if len(asked) < 3 else "nobody may."

    found = verify(acme.git_dir, acme.main, acme.ledger, judge=judge, now=NOW)
    assert [(actor, approvals, day) for actor, approvals, day, _ in asked] == [
        ("1", (), date(2017, 3, 2)),
        ("1", ("2",), date(2017, 3, 3)),
        ("1", (), date(2017, 3, 3)),
    ]
    assert asked[1][3] == tuple(deal("d-acme.com-2"))
    (one,) = found.differences
    assert (one.fault, found.authority) == (Fault.AUTHORITY, True)
    assert one.sentence.endswith("(proposal 3) was not allowed: nobody may.")
