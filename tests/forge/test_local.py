"""What is the embedded forge's own: its folder, its guard, and notes that somebody damaged."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.errors import ConflictError, RefusedError
from salesrepo.forge.base import Comment, HeadApproval, Merged, Proposal, ProposalState, Update
from salesrepo.forge.local import LocalForge
from salesrepo.forge.local_codec import dump_proposal, load_proposal
from salesrepo.forge.local_state import STATE
from salesrepo.vcs.commit import Draft, write_commit, write_commits
from salesrepo.vcs.history import commit, first_parents
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref, resolve
from tests.helpers.refs import refs
from tests.helpers.texts import ANY

NOW = 1_760_000_000
KEY = "claims/aa/a/d-acme.com/core.yml"


def by_hand(repo: Path, *argv: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", "--git-dir", str(repo), *argv], capture_output=True, check=False)


# -- the folder


@pytest.mark.parametrize(
    "ref", ["refs/heads/main", "refs/heads/ledger", "refs/forge/state", "refs/pull/1/head", "refs/heads/mine"]
)
def test_nobody_pushes_past_the_checks(local: Any, sealed_home: Path, ref: str) -> None:
    head = local.head("ana", {KEY: "a"})
    local.open("ana", {KEY: "b"})
    before = refs(local.forge.repository(), "refs/")
    by_hand(local.forge.repository(), "config", "--global", "core.hooksPath", str(sealed_home))
    for spec in (f"+{head}:{ref}", f":{ref}"):
        done = by_hand(local.forge.fork("ana"), "push", "-q", str(local.forge.repository()), spec)
        assert done.returncode != 0
    assert refs(local.forge.repository(), "refs/") == before


def test_a_fork_takes_pushes_forward_and_backward(local: Any, tmp_path: Path) -> None:
    fork = local.forge.fork("ana")
    for spec in (f"{local.forge.main()}:refs/heads/x", f"+{local.head('bob', {KEY: 'b'})}:refs/heads/x"):
        assert by_hand(local.forge.fork("bob"), "push", "-q", str(fork), spec).returncode == 0


def test_making_it_again_finishes_it_and_loses_nothing(local: Any) -> None:
    number = local.open("ana", {KEY: "a"})
    again = LocalForge.create(local.place, clock=lambda: NOW)
    assert again.get(number) == local.forge.get(number) and again.main() == local.forge.main()
    with pytest.raises(ConflictError, match="already"):
        again.found({}, message="m\n", when=NOW)


def test_before_it_is_founded_nodes_join_and_nothing_else(tmp_path: Path) -> None:
    forge = LocalForge.create(tmp_path / "f", clock=lambda: NOW)
    ana = forge.join("ana")
    with pytest.raises(RefusedError, match="no main yet"):
        forge.main()
    (head,) = write_commits(forge.fork("ana"), [Draft({KEY: ("100644", b"x")}, "m\n", NOW)], parent=None)
    with pytest.raises(RefusedError, match="not founded"):
        forge.open(ana, head=head, title="t", submission="s", claims=[])
    root = forge.found({"a": ("100644", b"x")}, message="Found\n", when=NOW)
    assert forge.main() == root and forge.user("ana") == ana


def test_it_can_be_moved_as_a_whole(local: Any, tmp_path: Path) -> None:
    head = local.head("ana", {KEY: "a"})
    moved = LocalForge(local.place.rename(tmp_path / "elsewhere"), lambda: NOW)
    number = moved.open(local.ids["ana"], head=head, title="t", submission="s", claims=[KEY])
    assert moved.get(number).head == head


def test_it_says_that_nobody_signs_in_and_that_it_has_no_pages(local: Any) -> None:
    assert local.forge.authenticated is False and local.forge.page is None and local.forge.name == "local"


def test_a_folder_that_cannot_be_written_is_a_sentence(local: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RefusedError, match="cannot be written"):
        LocalForge.create(tmp_path / "file" / "forge", clock=lambda: NOW)
    (local.place / "lock").unlink()
    (local.place / "lock").mkdir()
    with pytest.raises(RefusedError, match="cannot be written"):
        local.forge.join("dan")


# -- the chain


def test_the_chain_only_grows_and_holds_every_head(local: Any) -> None:
    number = local.open("ana", {KEY: "a"})
    first = local.forge.get(number).head
    second = local.head("ana", {KEY: "b"})
    local.forge.update(number, actor=local.ids["ana"], head=second, claims=[KEY])
    local.forge.comment(number, actor=local.ids["bob"], text="hm")
    local.merge(number)
    repo = local.forge.repository()
    tip = resolve(repo, STATE)
    assert tip is not None
    parents = {parent for entry in first_parents(repo, tip) for parent in entry.parents[1:]}
    assert parents == {first, second}
    by_hand(repo, "-c", "gc.pruneExpire=now", "gc", "-q")
    assert commit(repo, first).oid == first


def test_the_derived_ref_follows_the_open_head_and_goes_with_it(local: Any) -> None:
    repo = local.forge.repository()
    number = local.open("ana", {KEY: "a"})
    assert refs(repo, "refs/pull/") == {f"refs/pull/{number}/head": local.forge.get(number).head}
    local.forge.close(number, actor=local.ids["ana"], reason="")
    assert refs(repo, "refs/pull/") == {}


def test_a_merge_that_was_cut_off_after_main_moved_is_found(local: Any) -> None:
    number, other = local.open("ana", {KEY: "a"}), local.open("bob", {"x.yml": "b"})
    repo = local.forge.repository()
    before = resolve(repo, STATE)
    outcome = local.merge(number)
    now = resolve(repo, STATE)
    assert before and now and isinstance(outcome, Merged)
    move_ref(repo, STATE, before, now)  # as if killed between the two refs
    move_ref(repo, f"refs/pull/{number}/head", local.forge.get(number).head, None)
    for _ in range(2):  # a reader sees it; then a writer has put it right
        proposal = local.forge.get(number)
        assert (proposal.state, proposal.merged) == (ProposalState.MERGED, outcome.commit)
        assert [p.number for p in local.forge.list(ProposalState.OPEN)] == [other]
        assert [p.number for p in local.forge.list(ProposalState.MERGED)] == [number]
        local.forge.comment(other, actor=local.ids["ana"], text="next")
    assert list(refs(repo, "refs/pull/")) == [f"refs/pull/{other}/head"]
    assert local.merge(number, proposal=proposal, main=local.forge.main()) == outcome


def test_left_locks_are_cleared_by_the_next_writer(local: Any) -> None:
    repo = local.forge.repository()
    number = local.open("ana", {KEY: "a"})
    left = [
        "packed-refs.lock",
        "HEAD.lock",
        "refs/heads/main.lock",
        "refs/forge/state.lock",
        f"refs/pull/{number}/head.lock",
    ]
    for name in left:
        (repo / name).write_bytes(b"")
    assert isinstance(local.merge(number), Merged)
    assert [name for name in left if (repo / name).exists()] == []


def test_another_hand_that_moved_main_forward_is_lived_with(local: Any) -> None:
    repo, main = local.forge.repository(), local.forge.main()
    number = local.open("ana", {KEY: "a"})
    new = write_commit(
        repo, ref="refs/heads/main", parent=main, changes={"by-hand": ("100644", b"")}, message="m\n", when=NOW
    )
    assert local.forge.main() == new
    assert isinstance(local.merge(number), Merged)


def test_a_main_that_was_rewritten_or_removed_is_refused(local: Any) -> None:
    number = local.open("ana", {KEY: "a"})
    local.merge(number)
    repo, main = local.forge.repository(), local.forge.main()
    (other,) = write_commits(repo, [Draft({"a": ("100644", b"")}, "m\n", NOW)], parent=None)
    move_ref(repo, "refs/heads/main", other, main)
    with pytest.raises(RefusedError, match="rewritten"):
        local.forge.get(number)
    by_hand(repo, "update-ref", "-d", "refs/heads/main")
    with pytest.raises(RefusedError, match="Main is gone"):
        local.forge.get(number)
    move_ref(repo, "refs/heads/main", main, None)
    assert local.forge.get(number).state is ProposalState.MERGED


# -- damaged notes


def damage(local: Any, path: str, content: bytes | None) -> None:
    repo = local.forge.repository()
    changes = {path: None if content is None else ("100644", content)}
    write_commit(repo, ref=STATE, parent=resolve(repo, STATE), changes=changes, message="m\n", when=NOW)


GARBAGE = [b"", b"\xff\xfe", b"null", b"[]", b"{}", b"[" * 100_000, b'{"version": 1}', b'{"number": true}', b"9" * 5000]


@pytest.mark.parametrize("content", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_in_the_notes_is_a_sentence(local: Any, content: bytes) -> None:
    number = local.open("ana", {KEY: "a"})
    calls: list[tuple[str, Callable[[], object]]] = [
        (f"open/{number}.json", lambda: local.forge.get(number)),
        (f"open/{number}.json", local.forge.list),
        ("users/ana.json", lambda: local.forge.user("ana")),
        ("counters.json", lambda: local.forge.comment(number, actor=local.ids["ana"], text="x")),
    ]
    for path, call in calls:
        damage(local, path, content)
        with pytest.raises(RefusedError, match="damaged") as caught:
            call()
        assert "state~1" in caught.value.hint
        by_hand(local.forge.repository(), "update-ref", STATE, f"{STATE}~1")  # as the hint says
    assert local.forge.get(number).number == number


def test_counters_that_are_gone_are_a_sentence(local: Any) -> None:
    damage(local, "counters.json", None)
    with pytest.raises(RefusedError, match="damaged"):
        local.forge.list()


def test_notes_of_a_newer_version_are_left_alone(local: Any) -> None:
    with Objects(local.forge.repository()) as objects:
        blob = objects.at(objects.tip(STATE) or "", "counters.json")
        assert blob is not None
        value = json.loads(objects.read(blob.oid, 1000))
    damage(local, "counters.json", json.dumps({**value, "version": 2}).encode())
    with pytest.raises(RefusedError, match="newer salesrepo"):
        local.forge.list()


def test_a_half_made_forge_says_so(tmp_path: Path) -> None:
    forge = LocalForge.create(tmp_path / "f", clock=lambda: NOW)
    by_hand(forge.repository(), "update-ref", "-d", STATE)
    with pytest.raises(RefusedError, match="not whole"):
        forge.list()


text = st.text(ANY, max_size=20)
updates = st.lists(st.builds(Update, st.integers(0, 99), text, st.lists(text).map(tuple), st.none(), text), min_size=1)
proposals = st.builds(
    Proposal,
    st.integers(1, 99),
    text,
    text,
    st.sampled_from(ProposalState),
    text,
    st.integers(0, 2**40),
    updates.map(tuple),
    st.lists(st.builds(HeadApproval, text, text, text)).map(tuple),
    st.lists(st.builds(Comment, text, text, st.integers(0, 99))).map(tuple),
    st.none() | text.filter(bool),
)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(proposals)
def test_what_is_written_is_read_back(proposal: Proposal) -> None:
    assert load_proposal(dump_proposal(proposal), "x") == proposal


def test_an_approval_from_before_digests_counts_for_its_commit_alone(local: Any) -> None:
    number = local.open("ana", {"x": "1"})
    local.forge.approve(number, actor=local.ids["bob"], head=local.forge.get(number).head)
    plain = json.loads(dump_proposal(local.forge.get(number)))
    del plain["approvals"][0]["digest"]
    (old,) = load_proposal(json.dumps(plain).encode(), "x").approvals
    assert old == HeadApproval(local.ids["bob"], local.forge.get(number).head)
    assert old.stands(head=old.head, digest="d") and not old.stands(head="other", digest="d")


@pytest.mark.skipif(sys.platform == "win32", reason="groups of POSIX")
def test_a_group_can_share_it(local: Any) -> None:
    assert (local.place / "lock").stat().st_mode & 0o660 == 0o660
    assert (local.forge.repository() / "objects").stat().st_mode & 0o070 == 0o070
