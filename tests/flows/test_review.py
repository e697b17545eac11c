"""Does a person's word count where it should, and nowhere else?"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

import pytest

from salesrepo.domain.change import FILE_MODE
from salesrepo.flows.here.workspace import forge_at
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.merge import plan_merge
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref, resolve
from salesrepo.vcs.transfer import fetch_objects
from tests.helpers.hand import by_hand, noted
from tests.helpers.office import NOON, Office, office_after

NOW = datetime.fromisoformat(NOON.replace("Z", "+00:00"))


@office_after
def waiting(office: Office) -> None:
    """Ana's won deal waits; its number is the newest."""
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")


def number_of(office: Office) -> str:
    return str(office.run("fay", "review", "list", "--json").json["proposals"][0]["number"])


def test_a_reviewer_sees_what_changes_why_it_waits_and_for_whom(waiting: Office) -> None:
    listed = waiting.run("fay", "review", "list").out
    assert listed.startswith("Waits for you (1)\n") and "Ana Lima  Acme: new deal of Ana Lima, stage won" in listed
    shown = waiting.run("fay", "review", "show", number_of(waiting)).out
    assert "Deal acme/1, from Ana Lima" in shown and "SR401" in shown
    assert "1 x pro at 1,000.00 USD" in shown and "+ deals/" not in shown
    assert "One of these must approve: finance, manager, sales_ops." in shown
    assert f"Next: salesrepo review approve {number_of(waiting)}" in shown
    assert "+ deals/" in waiting.run("fay", "review", "show", number_of(waiting), "--verbose").out


def test_the_queue_says_who_must_act_and_since_when(waiting: Office) -> None:
    waiting.now = "2026-03-05T09:00:00Z"
    assert "Waits for finance or manager or sales ops (1)" in waiting.run("ben", "review", "list").out
    assert "3 days" in waiting.run("max", "review", "list").out
    (plain,) = waiting.run("ben", "review", "list", "--json").json["proposals"]
    assert (plain["days"], plain["yours"], plain["routine"]) == (3, False, False)
    assert "you are seller" in plain["objection"]
    assert plain["changes"][0]["about"] == "Acme" and plain["roles"] == ["finance", "manager", "sales_ops"]


def test_a_verdict_has_one_shape_wherever_it_is_asked_for(waiting: Office) -> None:
    number = number_of(waiting)
    shape = {"verdict", "roles", "nodes", "reasons", "rivals", "findings", "skipped", "checked"}
    shown = waiting.run("fay", "review", "show", number, "--json").json
    judged = waiting.run("fay", "ci", "check", number, "--json").json
    assert shape <= shown.keys() and {key: shown[key] for key in shape} == {key: judged[key] for key in shape}
    assert shown["reasons"] == ["A won deal is paid for, so somebody who gets no credit in it must agree."]
    assert {"code", "severity", "message", "hint", "path", "roles", "not_by"} <= shown["findings"][0].keys()


def test_a_word_that_does_not_count_is_refused_with_the_reason(waiting: Office) -> None:
    number = number_of(waiting)
    for who, told in (
        ("ana", "what they sent themselves"),
        ("ben", "This needs finance or manager or sales ops, and you are seller."),
    ):
        assert told in waiting.run(who, "review", "approve", number, code=3).err
    waiting.run("fay", "review", "approve", number)
    waiting.run("fay", "review", "approve", number)  # said twice, meant once
    assert "Nobody's agreement is missing." in waiting.run("max", "review", "approve", number, code=3).err
    (given,) = waiting.run("max", "review", "show", number, "--json").json["approved_by"]
    assert given == "Fay Long"


def test_many_are_approved_at_once_and_one_refusal_keeps_back_no_other(waiting: Office) -> None:
    waiting.run("ben", "log", "deal", "beta", "--product", "pro")
    waiting.run("ben", "win", "beta/1", "--order", "PO-2")
    waiting.run("ben", "submit")
    numbers = [str(one["number"]) for one in waiting.run("fay", "review", "list", "--json").json["proposals"]]
    reply = waiting.run("fay", "review", "approve", numbers[0], "999", numbers[1], code=3)
    assert "999: There is no proposal 999." in reply.err and reply.out.count("Ready.") == 2
    assert "Ready to be merged (2)" in waiting.run("fay", "review", "list").out
    assert "--routine" in waiting.run("fay", "review", "approve", code=2).err


def test_what_is_routine_is_listed_and_approved_together(office: Office) -> None:
    for node, domain in (("ana", "acme"), ("ben", "beta")):
        (path,) = (path for path in office.files("accounts/") if path.endswith(f"d-{domain}.com.yml"))
        text = office.files(path)[path].decode()
        lines = [line for line in text.splitlines() if not line.startswith("confirmed")]
        (office.top / node / path).write_text("\n".join([*lines, 'employees: "900"', ""]))
        office.run(node, "submit")
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    waits = office.run("dana", "review", "list", "--json").json["proposals"]
    routine = [one["number"] for one in waits if one["routine"]]
    assert len(routine) == 2 and len(waits) == 3, waits
    assert "--yes" in office.run("dana", "review", "approve", "--routine", code=2).err
    office.run("dana", "review", "approve", "--routine", "--dry-run")
    assert office.run("dana", "review", "approve", "--routine", "--yes", "--json").json["changed"] is True
    left = office.run("dana", "review", "list", "--json").json["proposals"]
    assert [one["verdict"] for one in left if one["number"] in routine] == ["auto", "auto"]
    assert [one["verdict"] for one in left if one["number"] not in routine] == ["review"]


def test_an_approval_lasts_over_a_newer_main_and_not_over_another_change(waiting: Office) -> None:
    number = number_of(waiting)
    waiting.run("fay", "review", "approve", number)
    waiting.run("ben", "log", "call", "beta", "Something else")
    waiting.run("ben", "submit")  # main moves on
    old = head_of(waiting, number)
    resent(waiting, number)
    assert head_of(waiting, number) != old
    assert waiting.run("max", "review", "show", number, "--json").json["verdict"] == "auto"
    resent(waiting, number, {"accounts/x.yml": b"more"})
    assert waiting.run("max", "review", "show", number, "--json").json["approved_by"] == []
    resent(waiting, number)
    waiting.run("max", "review", "merge", number)
    assert waiting.run("dana", "commission", "verify").code == 0


def head_of(office: Office, number: str) -> str:
    return forge_at("local", str(office.forge), NOW).get(int(number)).head


def resent(office: Office, number: str, more: Mapping[str, bytes] = MappingProxyType({})) -> None:
    """What proposed `number` says, as a new commit over main's tip; with more, something else."""
    forge = forge_at("local", str(office.forge), NOW)
    proposal = forge.get(int(number))
    with Objects(office.master) as objects:
        plan = plan_merge(objects, forge.main(), proposal.head)
    said = {c.path: (c.after.mode, c.after.oid) if c.after else None for c in plan.changes if c.path not in more}
    if "accounts/x.yml" in said and not more:
        del said["accounts/x.yml"]
    changes = {**said, **{path: (FILE_MODE, data) for path, data in more.items()}}
    fork = office.forge / "forks" / "ana.git"
    fetch_objects(fork, office.master, proposal.head, forge.main())
    (head,) = write_commits(fork, [Draft(changes, "again\n", int(NOW.timestamp()))], parent=forge.main())
    if resolve(fork, f"refs/heads/out/{head}") is None:
        move_ref(fork, f"refs/heads/out/{head}", head, None)
    forge.update(int(number), actor=proposal.actor, head=head, claims=())


def test_a_rejection_needs_a_reason_and_somebody_who_may(waiting: Office) -> None:
    number = number_of(waiting)
    assert "--message" in waiting.run("fay", "review", "reject", number, code=2).err
    assert "Only its sender" in waiting.run("ben", "review", "reject", number, "-m", "No", code=3).err
    waiting.run("fay", "review", "reject", number, "-m", "No", "--dry-run")
    assert "says why" in waiting.run("fay", "review", "reject", number, "-m", "  ", code=3).err
    assert number_of(waiting) == number
    waiting.run("ana", "review", "reject", number, "-m", "My own mistake")
    assert waiting.run("fay", "review", "list").out == "Nothing waits.\n"
    assert "is closed already" in waiting.run("fay", "review", "approve", number, code=3).err


def test_who_decides_about_other_things_rejects_nothing(waiting: Office) -> None:
    waiting.run("", "join", ".", "--as", "bea", "--name", "Bea Hart")
    waiting.run("dana", "node", "admit", "bea", "--role", "brand")
    waiting.run("bea", "sync")
    number = number_of(waiting)
    assert "whose word it waits for" in waiting.run("bea", "review", "reject", number, "-m", "No", code=3).err
    waiting.run("max", "review", "reject", number, "-m", "No")


def test_a_rival_does_not_reject_a_claim_where_they_sell_themselves(office: Office) -> None:
    (path,) = (path for path in office.files("territories/") if path.endswith("open.yml"))
    office.run("dana", "sync")
    rows = '  - {role: open_seller, node: max, starts: "2020-01-01"}\n'
    (office.top / "dana" / path).write_text(office.file(path) + rows)
    policy = office.top / "dana" / "policy" / "roles.yml"
    policy.write_text(policy.read_text().replace("facts: [sales_ops]", "facts: [sales_ops, manager]"))
    office.run("dana", "submit")
    for waits in office.run("fay", "review", "list", "--json").json["proposals"]:
        office.run("fay", "review", "approve", str(waits["number"]))
        office.run("fay", "review", "merge", str(waits["number"]))
    office.run("ben", "sync")
    office.run("ben", "claim", "acme-corp.com", "--company", "Acme", "--country", "US")
    number = number_of(office)
    told = office.run("max", "review", "reject", number, "-m", "Mine", code=3).err
    assert "You sell in" in told and "somebody else decides" in told
    office.run("dana", "review", "reject", number, "-m", "The same company", "--dry-run")
    office.run("ben", "review", "reject", number, "-m", "My own mistake")


def test_a_seller_rejects_no_deal_of_a_colleague_whatever_else_they_may_look_at(office: Office) -> None:
    policy = office.top / "dana" / "policy" / "roles.yml"
    office.run("dana", "sync")
    policy.write_text(policy.read_text().replace("facts: [sales_ops]", "facts: [sales_ops, manager, seller]"))
    office.run("dana", "submit")
    for waits in office.run("fay", "review", "list", "--json").json["proposals"]:
        office.run("fay", "review", "approve", str(waits["number"]))
        office.run("fay", "review", "merge", str(waits["number"]))
    office.run("ana", "sync")
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    (account,) = (path for path in office.files("accounts/") if path.endswith("/d-acme.com.yml"))
    known = office.files()[account].partition(b"confirmed:")[0]
    fact = known.replace(b"country: US", b"country: US\nemployees: '50'") + b"stated_by: ana\n"
    number, outcome = by_hand(office, "ana", {**noted(office, "ana"), account: fact})
    assert outcome == "review"
    told = office.run("ben", "review", "reject", str(number), "-m", "No", code=3).err
    assert "You sell yourself, so somebody else decides about a colleague's deal." in told
    office.run("max", "review", "reject", str(number), "-m", "No")


def test_a_dry_run_decides_nothing(waiting: Office) -> None:
    number, main = number_of(waiting), waiting.main()
    waiting.run("fay", "review", "approve", number, "--dry-run")
    waiting.run("fay", "review", "merge", number, "--dry-run", code=3)
    waiting.run("fay", "review", "approve", number)
    assert "would be merged" in waiting.run("fay", "review", "merge", number, "--dry-run").out
    assert waiting.main() == main


def test_bots_merge_what_is_agreed_and_leave_the_rest(waiting: Office) -> None:
    number = number_of(waiting)
    waiting.run("fay", "ci", "check", number)
    assert waiting.run("fay", "ci", "merge", "--json").json["changed"] is False
    waiting.run("fay", "review", "approve", number)
    assert waiting.run("fay", "ci", "merge", "--json").json["changed"] is True
    assert waiting.run("fay", "ci", "merge").out == "Nothing waits.\n"


@pytest.mark.parametrize("verb", ["show", "approve", "merge"])
def test_a_number_that_is_none_is_answered_with_the_next_step(unchanged: Office, verb: str) -> None:
    assert "There is no proposal 999." in unchanged.run("fay", "review", verb, "999", code=3).err
    unchanged.run("fay", "review", verb, "first", code=2)


def test_what_would_be_sent_is_judged_in_the_same_shape(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    (sent,) = office.run("ana", "submit", "--dry-run", "--json").json["sent"]
    verdict = sent["verdict"]
    assert verdict["verdict"] == "review" and verdict["roles"] == ["finance", "manager", "sales_ops"]
    checked = office.run("ana", "check", "--json").json
    shared = verdict.keys() & checked.keys()
    assert {"verdict", "findings", "skipped", "checked"} <= shared
    assert checked["verdict"] == "review"


def test_a_long_text_is_cut_until_all_is_asked_for(office: Office) -> None:
    page = office.top / "ana" / "playbooks" / "calls.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("# Calls\n\n" + "Ask first, then listen. " * 40 + "The end.\n")
    office.run("ana", "submit")
    (waits,) = office.run("dana", "review", "list", "--json").json["proposals"]
    shown = office.run("dana", "review", "show", str(waits["number"])).out
    assert "new playbook: folder calls, text # Calls Ask first" in shown and "The end." not in shown
    assert "(--verbose shows it)" in shown
    whole = office.run("dana", "review", "show", str(waits["number"]), "--verbose").out
    assert "The end." in whole and "cut short" not in whole
    assert "The end." in waits["changes"][0]["words"][0]


def test_the_next_step_of_the_sender_is_no_reviewers(waiting: Office) -> None:
    number = number_of(waiting)
    hints = [one["hint"] for one in waiting.run("max", "review", "show", number, "--json").json["findings"]]
    for said in (
        waiting.run("max", "review", "show", number).out,
        waiting.run("max", "review", "merge", number, code=3).out,
    ):
        assert any(hints) and not any(hint in said for hint in hints if hint), said


def test_what_the_rules_refuse_is_told_to_go_back_and_waits_for_nobody(office: Office) -> None:
    number, _ = by_hand(office, "ana", {"accounts/x.yml": b"more"}, judged=False)
    tried = office.run("dana", "review", "merge", str(number), "--dry-run", code=1).out
    assert "It would be closed and given back to Ana Lima." in tried
    told = office.run("dana", "review", "merge", str(number), code=1).out
    assert "It is closed and given back to Ana Lima." in told and "waits for" not in told
