"""Does every forge in the registry keep the promises that base.Forge makes?"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from salesrepo.domain.change import digest_of
from salesrepo.domain.receipt import Receipt, read_receipt
from salesrepo.errors import ConflictError, RefusedError
from salesrepo.forge.base import (
    BOT_ID,
    Conflict,
    ForgeSettings,
    HeadApproval,
    HeadMoved,
    Judged,
    MainMoved,
    Merged,
    Proposal,
    ProposalState,
    Update,
    place,
)
from salesrepo.forge.registry import FORGES, open_forge
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import changed_paths, commit, merge_bases

NOW = 1_760_000_000
KEY, OTHER = "claims/aa/a/d-acme.com/core.yml", "claims/bb/b/d-other.com/core.yml"


# Where a key names the only actor and the bots are the server's, a caller cannot play every part: test_serve.py.
SERVED = {"ssh"}


@pytest.fixture(params=sorted(set(FORGES) - SERVED))
def bench(request: pytest.FixtureRequest, make_bench: Mapping[str, Callable[[Path], Any]], tmp_path: Path) -> Any:
    return make_bench[request.param](tmp_path / "forge")


# -- joining


def test_a_node_joins_once_and_keeps_its_number(bench: Any) -> None:
    assert bench.forge.join("ana") == bench.ids["ana"]
    assert len(set(bench.ids.values())) == 3 and BOT_ID not in bench.ids.values()
    assert bench.forge.user("bob") == bench.ids["bob"] and bench.forge.user("nobody") is None
    assert bench.forge.join("dan") not in bench.ids.values()


@pytest.mark.parametrize("name", ["", "Ana", "../x", "a/b", "-", "con", "a" * 51, "ä", "a b", "a.lock"])
def test_a_name_that_is_no_node_cannot_join(bench: Any, name: str) -> None:
    with pytest.raises(RefusedError):
        bench.forge.join(name)


def test_an_unknown_forge_or_an_empty_place_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no forge called"):
        open_forge(ForgeSettings("sourcehut", str(tmp_path), lambda: NOW))
    with pytest.raises(RefusedError, match="There is no forge"):
        open_forge(ForgeSettings("local", str(tmp_path), lambda: NOW))


# -- opening and updating


def test_a_proposal_says_what_was_sent(bench: Any) -> None:
    head = bench.head("ana", {KEY: "1"})
    number = bench.forge.open(bench.ids["ana"], head=head, title=" A\nclaim ", submission="s1", claims=[KEY])
    proposal = bench.forge.get(number)
    assert proposal == Proposal(
        number,
        bench.ids["ana"],
        "A claim",
        ProposalState.OPEN,
        head,
        NOW,
        (Update(proposal.updates[0].seq, head, (KEY,)),),
    )
    assert bench.forge.list() == bench.forge.list(ProposalState.OPEN) == (proposal,)
    assert bench.forge.list(ProposalState.MERGED) == ()
    with pytest.raises(RefusedError, match="no proposal 99"):
        bench.forge.get(99)


def test_sent_twice_it_is_opened_once(bench: Any) -> None:
    head = bench.head("ana", {KEY: "1"})
    send = {"title": "t", "submission": "s1", "claims": [KEY]}
    first = bench.forge.open(bench.ids["ana"], head=head, **send)
    assert bench.forge.open(bench.ids["ana"], head=head, **send) == first
    assert bench.forge.open(bench.ids["bob"], head=bench.head("bob", {KEY: "1"}), **send) != first
    again = bench.head("ana", {KEY: "2"})
    assert bench.forge.open(bench.ids["ana"], head=again, **send) == first
    assert [update.head for update in bench.forge.get(first).updates] == [head, again]
    bench.forge.close(first, actor=bench.ids["ana"], reason="no")
    assert bench.forge.open(bench.ids["ana"], head=head, **send) == first
    assert bench.forge.get(first).state is ProposalState.CLOSED


def test_what_cannot_be_proposed(bench: Any) -> None:
    head = bench.head("ana", {KEY: "1"})
    send = {"title": "t", "submission": "s", "claims": []}
    wrong = [
        (bench.ids["ana"], {"head": bench.head("ana", {})}),
        (bench.ids["ana"], {"head": bench.forge.main()}),
        (bench.ids["ana"], {"head": head, "claims": [OTHER]}),
        (bench.ids["ana"], {"head": "main"}),
        (bench.ids["ana"], {"head": head, "submission": "../x"}),
        ("77", {"head": head}),
        (BOT_ID, {"head": head}),
        ("../ana", {"head": head}),
    ]
    for actor, parts in wrong:
        with pytest.raises(RefusedError):
            bench.forge.open(actor, **{**send, **parts})
    assert bench.forge.list() == ()


def test_an_update_needs_its_author_and_an_open_proposal(bench: Any) -> None:
    number = bench.open("ana", {KEY: "1"})
    new = bench.head("ana", {KEY: "2"})
    with pytest.raises(RefusedError, match="someone else's"):
        bench.forge.update(number, actor=bench.ids["bob"], head=bench.head("bob", {KEY: "3"}), claims=[KEY])
    bench.forge.update(number, actor=bench.ids["ana"], head=new, claims=[KEY])
    bench.forge.update(number, actor=bench.ids["ana"], head=new, claims=[KEY])
    assert [update.head for update in bench.forge.get(number).updates][1:] == [new]
    bench.forge.close(number, actor=bench.ids["ana"], reason="")
    with pytest.raises(ConflictError, match="closed already"):
        bench.forge.update(number, actor=bench.ids["ana"], head=bench.head("ana", {KEY: "4"}), claims=[])


# -- place in line


def test_who_was_first_stands_first_until_the_key_is_dropped(bench: Any) -> None:
    first, second = bench.open("ana", {KEY: "a"}), bench.open("bob", {KEY: "b"})

    def places() -> list[int | None]:
        return [place(bench.forge.get(number), KEY) for number in (first, second)]

    before = places()
    assert before == sorted(before, key=lambda seq: seq or 0) and None not in before
    for number in (first, second):
        bench.forge.judged(number, head=bench.forge.get(number).head, verdict="review", summary="a person must look")
    bench.forge.update(first, actor=bench.ids["ana"], head=bench.head("ana", {KEY: "a2"}), claims=[KEY])
    assert places() == before  # an update that keeps the key keeps the place
    bench.forge.update(first, actor=bench.ids["ana"], head=bench.head("ana", {OTHER: "a"}), claims=[OTHER])
    assert places() == [None, before[1]]
    bench.forge.judged(first, head=bench.forge.get(first).head, verdict="auto", summary="")
    bench.forge.update(first, actor=bench.ids["ana"], head=bench.head("ana", {KEY: "a3"}), claims=[KEY])
    late, kept = places()
    assert kept == before[1] and late is not None and kept is not None and late > kept
    bench.forge.close(second, actor=bench.ids["bob"], reason="gave up")
    assert places() == [late, None]


def test_a_head_that_was_replaced_before_anybody_judged_it_gives_no_place(bench: Any) -> None:
    number, rival = bench.open("ana", {KEY: "rubbish"}), bench.open("bob", {KEY: "b"})
    bench.forge.update(number, actor=bench.ids["ana"], head=bench.head("ana", {KEY: "a"}), claims=[KEY])
    ours, theirs = (place(bench.forge.get(one), KEY) for one in (number, rival))
    assert ours is not None and theirs is not None and theirs < ours


def test_a_refused_head_loses_its_place_for_good(bench: Any) -> None:
    number = bench.open("ana", {KEY: "a"})
    head = bench.forge.get(number).head
    first = place(bench.forge.get(number), KEY)
    bench.forge.judged(number, head=head, verdict="waiting", summary="someone was first")
    assert place(bench.forge.get(number), KEY) == first
    bench.forge.judged(number, head=head, verdict="refused", summary="wrong")
    assert place(bench.forge.get(number), KEY) is None
    rival = place(bench.forge.get(bench.open("bob", {KEY: "b"})), KEY)
    bench.forge.judged(number, head=head, verdict="auto", summary="the policy changed")
    now = place(bench.forge.get(number), KEY)
    assert rival is not None and now is not None and now > rival
    bench.forge.update(number, actor=bench.ids["ana"], head=bench.head("ana", {KEY: "a2"}), claims=[KEY])
    assert place(bench.forge.get(number), KEY) == now


def test_a_verdict_belongs_to_one_head(bench: Any) -> None:
    number = bench.open("ana", {KEY: "a"})
    old = bench.forge.get(number).head
    bench.forge.update(number, actor=bench.ids["ana"], head=bench.head("ana", {KEY: "b"}), claims=[KEY])
    bench.forge.judged(number, head=old, verdict="refused", summary="\x1b[31mred\x00" + "x" * 20_000)
    first, second = bench.forge.get(number).updates
    assert first.verdict == "refused" and second.verdict is None
    assert first.summary.startswith("\ufffd[31mred\ufffd") and len(first.summary) == 16_000
    with pytest.raises(ConflictError, match="never had the head"):
        bench.forge.judged(number, head="ab" * 20, verdict="auto", summary="")


# -- talking and approving


def test_an_approval_is_for_one_head(bench: Any) -> None:
    number = bench.open("ana", {KEY: "a"})
    old = bench.forge.get(number).head
    approve = bench.forge.approve
    approve(number, actor=bench.ids["bob"], head=old)
    approve(number, actor=bench.ids["bob"], head=old)
    new = bench.head("ana", {KEY: "b"})
    bench.forge.update(number, actor=bench.ids["ana"], head=new, claims=[KEY])
    with pytest.raises(ConflictError, match="changed in the meantime"):
        approve(number, actor=bench.ids["cyd"], head=old)
    approve(number, actor=bench.ids["cyd"], head=new)
    expected = (HeadApproval(bench.ids["bob"], old), HeadApproval(bench.ids["cyd"], new))
    assert bench.forge.get(number).approvals == expected
    for stranger in ("99", BOT_ID, ""):
        with pytest.raises(RefusedError):
            approve(number, actor=stranger, head=new)


def test_an_approval_keeps_the_digest_of_what_was_shown(bench: Any) -> None:
    number = bench.open("ana", {KEY: "a"})
    head, main = bench.forge.get(number).head, bench.forge.main()
    digest = digest_of(changed_paths(bench.forge.repository(), main, head))
    with pytest.raises(ConflictError, match="changes something else"):
        bench.forge.approve(number, actor=bench.ids["bob"], head=head, digest="0" * 64)
    bench.forge.approve(number, actor=bench.ids["bob"], head=head, digest=digest)
    assert bench.forge.get(number).approvals == (HeadApproval(bench.ids["bob"], head, digest),)
    bench.merge(bench.open("cyd", {OTHER: "c"}))  # main moves on
    again = bench.head("ana", {KEY: "a"})
    bench.forge.update(number, actor=bench.ids["ana"], head=again, claims=[KEY])
    (given,) = bench.forge.get(number).approvals
    assert given.stands(head=again, digest=digest)
    assert not given.stands(head=head, digest="0" * 64)
    assert HeadApproval("1", head).stands(head=head, digest=digest)
    assert not HeadApproval("1", head).stands(head=again, digest=digest)


def test_only_its_sender_the_bot_or_a_reviewer_closes_one(bench: Any) -> None:
    number = bench.open("ana", {KEY: "a"})
    with pytest.raises(RefusedError, match="someone else's"):
        bench.forge.close(number, actor=bench.ids["bob"], reason="I want it")
    assert bench.forge.get(number).state is ProposalState.OPEN
    bench.forge.close(number, actor=bench.ids["bob"], reason="No", reviews=True)
    assert bench.forge.get(number).state is ProposalState.CLOSED


def test_comments_keep_their_order_and_any_text(bench: Any) -> None:
    number = bench.open("ana", {KEY: "a"})
    texts = ["Grüße\nzweite Zeile", "\ud800\x07", '{"x": 1}', "日本語"]
    for text in texts:
        bench.forge.comment(number, actor=bench.ids["bob"], text=text)
    bench.forge.comment(number, actor=BOT_ID, text="from the bot")
    comments = bench.forge.get(number).comments
    assert [comment.text for comment in comments] == [texts[0], "\ufffd\ufffd", *texts[2:], "from the bot"]
    assert [comment.seq for comment in comments] == sorted({comment.seq for comment in comments})
    with pytest.raises(RefusedError):
        bench.forge.comment(number, actor="99", text="who?")


def test_closing_is_final_and_says_why(bench: Any) -> None:
    number = bench.open("ana", {KEY: "a"})
    bench.forge.close(number, actor=BOT_ID, reason="stale")
    bench.forge.close(number, actor=BOT_ID, reason="again")
    closed = bench.forge.get(number)
    assert closed.state is ProposalState.CLOSED and [c.text for c in closed.comments] == ["stale"]
    assert bench.forge.list(ProposalState.CLOSED) == (closed,) and bench.forge.list(ProposalState.OPEN) == ()
    with pytest.raises(ConflictError, match="closed"):
        bench.forge.approve(number, actor=bench.ids["bob"], head=closed.head)
    with pytest.raises(ConflictError, match="closed"):
        bench.merge(number)


# -- merging


def test_a_merge_is_one_commit_with_its_receipt(bench: Any) -> None:
    before = bench.forge.main()
    number = bench.open("ana", {KEY: "a", "accounts/a.yml": None})
    outcome = bench.merge(number, when=NOW + 60)
    main = bench.forge.main()
    assert outcome == Merged(main)
    proposal, merged = bench.forge.get(number), commit(bench.forge.repository(), main)
    assert (proposal.state, proposal.merged) == (ProposalState.MERGED, main)
    assert merged.parents == (before, proposal.head) and merged.committed == NOW + 60
    receipt = read_receipt(merged.message)
    assert receipt is not None and (receipt.proposal, receipt.head) == (number, proposal.head)
    assert bench.texts() == {"policy/claims.yml": "days: 30\n", "folder/one.yml": "1\n", KEY: "a"}
    assert bench.merge(number, proposal=proposal, main=before) == Merged(main)  # sent twice
    with pytest.raises(ConflictError, match="merged already"):
        bench.forge.close(number, actor=BOT_ID, reason="too late")


def test_the_second_claim_on_a_key_is_a_conflict(bench: Any) -> None:
    first, second = bench.open("ana", {KEY: "a"}), bench.open("bob", {KEY: "b"})
    assert isinstance(bench.merge(second), Merged)
    assert bench.merge(first) == Conflict((KEY,))
    assert bench.texts()[KEY] == "b"
    assert bench.forge.get(first).state is ProposalState.OPEN


@pytest.mark.parametrize(
    ("theirs", "mine", "path"),
    [
        ({"f": "file"}, {"f/below.yml": "x"}, "f/below.yml"),
        ({"f/below.yml": "x"}, {"f": "file"}, "f"),
        ({"accounts/a.yml": "edited"}, {"accounts/a.yml": None}, "accounts/a.yml"),
        ({"accounts/a.yml": None}, {"accounts/a.yml": "edited"}, "accounts/a.yml"),
    ],
)
def test_what_main_changed_is_in_the_way(bench: Any, theirs: Any, mine: Any, path: str) -> None:
    base = bench.forge.main()
    assert isinstance(bench.merge(bench.open("bob", theirs)), Merged)
    files = bench.texts()
    assert bench.merge(bench.open("ana", mine, base=base)) == Conflict((path,))
    assert bench.texts() == files


def test_a_rename_elsewhere_leaks_nothing(bench: Any) -> None:
    text = "a long enough text for rename detection\n" * 8
    assert isinstance(bench.merge(bench.open("cyd", {"ana.yml": text})), Merged)
    base = bench.forge.main()
    assert isinstance(bench.merge(bench.open("bob", {"ana.yml": None, "bob.yml": text + "bob\n"})), Merged)
    assert bench.merge(bench.open("ana", {"ana.yml": text + "ana\n"}, base=base)) == Conflict(("ana.yml",))
    assert isinstance(bench.merge(bench.open("ana", {"new.yml": text}, base=base)), Merged)
    assert {path: content for path, content in bench.texts().items() if "/" not in path} == {
        "bob.yml": text + "bob\n",
        "new.yml": text,
    }


def test_what_was_judged_is_recorded_with_the_merge_and_only_then(bench: Any) -> None:
    number, root = bench.open("ana", {"x.yml": "1"}), bench.forge.main()
    assert isinstance(bench.merge(bench.open("bob", {"y.yml": "1"})), Merged)
    said = Judged("auto", "SR999 Nothing is wrong.")
    assert isinstance(bench.merge(number, main=root, judged=said), MainMoved)
    assert bench.forge.get(number).updates[-1].verdict is None
    assert isinstance(bench.merge(number, judged=said), Merged)
    last = bench.forge.get(number).updates[-1]
    assert (last.verdict, last.summary) == said
    assert bench.forge.get(bench.open("ana", {"z.yml": "1"})).updates[-1].seq > last.seq


def test_a_merge_of_what_was_not_judged_does_nothing(bench: Any) -> None:
    number, rival = bench.open("ana", {KEY: "a"}), bench.open("bob", {OTHER: "b"})
    seen, main = bench.forge.get(number), bench.forge.main()
    assert isinstance(bench.merge(rival), Merged)
    tip = bench.forge.main()
    assert bench.merge(number, proposal=seen, main=main) == MainMoved(tip)
    head = bench.head("ana", {KEY: "a2"}, base=main)
    bench.forge.update(number, actor=bench.ids["ana"], head=head, claims=[KEY])
    assert bench.merge(number, proposal=seen) == HeadMoved(head)
    assert bench.forge.main() == tip


def test_a_merge_must_be_of_the_heads_own_changes_with_its_own_receipt(bench: Any) -> None:
    number = bench.open("ana", {KEY: "a"})
    proposal, main = bench.forge.get(number), bench.forge.main()
    changes = changed_paths(bench.forge.repository(), main, proposal.head)
    base = {"head": proposal.head, "main": main, "when": NOW}
    with pytest.raises(RefusedError, match="receipt"):
        bench.forge.merge(number, changes=changes, message="Merge\n", **base)
    with pytest.raises(RefusedError):
        bench.merge(number, proposal=replace(proposal, actor="99"))
    good = Receipt(number, proposal.actor, main, proposal.head, "auto").message("m")
    with pytest.raises(RefusedError, match="Other changes"):
        bench.forge.merge(number, changes=(), message=good, **base)
    assert bench.forge.main() == main and bench.forge.get(number) == proposal


def test_a_clock_that_is_behind_merges_nothing(bench: Any) -> None:
    assert isinstance(bench.merge(bench.open("ana", {KEY: "a"}), when=NOW + 5_000), Merged)
    late = bench.open("bob", {OTHER: "b"})
    with pytest.raises(RefusedError, match="clock"):
        bench.merge(late, when=NOW)
    outcome = bench.merge(late, when=NOW + 4_900)
    assert isinstance(outcome, Merged)
    assert commit(bench.forge.repository(), outcome.commit).committed == NOW + 5_000


def test_several_ancestors_or_none_cannot_be_merged(bench: Any) -> None:
    with pytest.raises(RefusedError, match="one commit"):
        stranger = write_commits(bench.forge.fork("ana"), [Draft({KEY: ("100644", b"x")}, "m\n", NOW)], parent=None)[0]
        bench.forge.open(bench.ids["ana"], head=stranger, title="t", submission="s", claims=[KEY])


# -- the ledger


def test_the_ledger_only_grows_and_only_from_where_it_stood(bench: Any) -> None:
    def lines(files: dict[str, str], parent: str | None) -> str:
        draft = Draft({path: ("100644", text.encode()) for path, text in files.items()}, "settle\n", NOW)
        return write_commits(bench.forge.repository(), [draft], parent=parent)[0]

    assert bench.forge.ledger() is None
    one = lines({"aa/a/ana/2026-11/1.yml": "1"}, None)
    bench.forge.advance_ledger(one, old=None)
    two = lines({"aa/a/ana/2026-11/2.yml": "2"}, one)
    bench.forge.advance_ledger(two, old=one)
    with pytest.raises(ConflictError):
        bench.forge.advance_ledger(lines({"x": "late"}, one), old=one)
    for bad in (lines({"aa/a/ana/2026-11/1.yml": "more"}, two), lines({"x": "1"}, one)):
        with pytest.raises(RefusedError, match="only grows"):
            bench.forge.advance_ledger(bad, old=two)
    assert bench.forge.ledger() == two
    assert merge_bases(bench.forge.repository(), one, two) == (one,)
