"""Where pay is private: is finance's books' work done as ever, and does nobody else's copy hold anything of it?"""

import os
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from salesrepo.ci.serve import serve as open_door
from salesrepo.domain.private_pay import mirrored
from salesrepo.domain.verification import Fault
from salesrepo.errors import RefusedError
from salesrepo.flows.books.verify import verify
from salesrepo.flows.proposals.mirror import catch_up
from salesrepo.flows.proposals.replay import was_allowed
from salesrepo.flows.proposals.serve import signed_in
from salesrepo.forge.base import ProposalState
from salesrepo.forge.local import LocalForge
from salesrepo.forge.wire import COMMAND, Request, write_request
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import first_parents
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref
from tests.helpers.office import NOON, Office
from tests.helpers.private import ADJUSTED, EARNED, PLAN, SECRETS, agree, private
from tests.helpers.words import git_words

__all__ = ["private"]  # a fixture
NOW = datetime.fromisoformat(NOON.replace("Z", "+00:00"))


@pytest.fixture
def company(private: Office, tmp_path: Path) -> Office:
    """A copy of it that may be changed."""
    return private.copy(tmp_path / "acme")


def finance(office: Office) -> LocalForge:
    return LocalForge(office.forge / "finance", lambda: int(NOW.timestamp()))


def everything(repo: Path) -> bytes:
    """All objects of a repository, also those that no branch leads to."""
    call = ["git", "--git-dir", str(repo), "cat-file", "--batch-all-objects", "--buffer", "--unordered", "--batch"]
    return subprocess.run(call, check=True, capture_output=True).stdout


def texts(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Everything below a folder that is no packed object; what Git keeps as objects is read by `everything`."""
    for file in folder.rglob("*"):
        if file.is_file() and "objects" not in file.parts:
            yield file, file.read_bytes()


def test_finance_pays_and_verifies_as_where_pay_is_open(private: Office) -> None:
    told = private.run("fay-finance", "commission", "statement", "ana").out
    assert EARNED in told and ADJUSTED in told
    report = private.run("guy-finance", "commission", "verify", "--json").json["report"]
    assert (report["lines"], report["to_settle"], report["pay"], report["differences"]) == (2, 0, True, [])
    own = sum(
        mirrored(one.message) is None for one in first_parents(finance(private).repository(), finance(private).main())
    )
    everybodys = len([*first_parents(private.master, private.main())]) - 1
    assert report["merges"] == own + everybodys  # every merge of both, none of them twice
    assert PLAN in private.run("fay-finance", "node", "show", "ana").out
    assert private.run("fay", "commission", "settle", "--dry-run", "--json").json["changed"] is False


def test_a_month_is_closed_with_finance_alone(company: Office) -> None:
    company.now = "2026-04-10T12:00:00Z"
    assert "Pay is private here" in company.run("fay", "commission", "close", "2026-03", code=3).said
    company.run("fay-finance", "commission", "close", "2026-03")
    agree(company, "guy-finance")
    assert "2026-03 is closed as was agreed." in company.run("fay-finance", "commission", "settle").out
    assert company.run("guy-finance", "sync").code == 0
    assert company.run("guy-finance", "commission", "verify", "--json").json["clean"] is True
    assert not [path for path in company.files() if path.startswith(("closes", "payments", "plans", "quotas", "terms"))]


def test_nobody_else_holds_anything_of_it(private: Office) -> None:
    """Objects, forks, notes and proposals of everybody's forge, the copies of all, and all that they may ask."""
    kept = everything(finance(private).repository())
    assert all(secret.encode() in kept for secret in SECRETS)  # so that looking for them elsewhere means something
    repos = [
        private.master,
        *private.forge.glob("forks/*.git"),
        *(private.top / who / ".git" for who in ("ana", "ben", "dana")),
    ]
    for repo in repos:
        held = everything(repo)
        assert [secret for secret in SECRETS if secret.encode() in held] == [], repo
    places = [private.master, private.forge / "forks", *(private.top / who for who in ("ana", "ben", "dana"))]
    for place in places:
        for file, data in texts(place):
            if "schemas" not in file.parts:
                assert [secret for secret in SECRETS if secret.encode() in data] == [], file


ASKED = (
    ((), 0),
    (("pay",), 3),
    (("pay", "--json"), 3),
    (("pay", "dispute", "acme/1", "Why?"), 3),
    (("pay", "disputes"), 3),
    (("pay", "why", "acme/1"), 3),
    (("pay", "if", "acme/1"), 3),
    (("show", "acme"), 0),
    (("why", "acme"), 0),
    (("status",), 0),
    (("review", "list"), 0),
    (("node", "show", "ana"), 0),
    (("node", "list"), 0),
    (("commission", "statement", "ana"), 3),
    (("commission", "explain", "acme/1"), 3),
    (("commission", "estimate", "acme/1"), 3),
    (("commission", "verify"), 0),
    (("payment", "list", "acme/1"), 0),
)


@pytest.mark.parametrize(("words", "code"), ASKED)
def test_a_colleague_is_told_nothing(private: Office, words: tuple[str, ...], code: int) -> None:
    said = private.run("ben", *words, code=code).said
    assert [secret for secret in SECRETS if secret in said] == []
    if code:
        assert "Pay is private here" in said and git_words(said) == []


def test_a_verified_copy_of_everybodys_says_that_it_knows_no_pay(private: Office) -> None:
    told = private.run("ben", "commission", "verify").out
    assert "What is paid was NOT looked at" in told and "every cent" not in told
    report = private.run("ben", "commission", "verify", "--json").json["report"]
    assert (report["pay"], report["lines"], report["to_settle"]) == (False, 0, 0)


def test_what_lies_with_finance_is_not_sent_to_everybody(company: Office) -> None:
    before = everything(company.master)
    for words in (
        ("payment", "add", "acme/1", "--kind", "paid", "--amount", "99.77", "--invoice", "inv-2"),
        ("commission", "adjust", "ana", "--amount", "99.77", "--reason", "Oops."),
    ):
        reply = (
            company.run("fay", *words, "--json", code=3) if words[0] == "commission" else company.process("fay", *words)
        )
        assert reply.code != 0, reply.said
    company.run("dana", "node", "change", "ana", "--plan", PLAN, code=3)
    assert "lies with finance alone" in company.run("dana", "node", "change", "ana", "--grade", "senior", code=1).said
    assert everything(company.master) == before
    said = company.run("fay-finance", "node", "change", "ana", "--name", "Ana Other", code=1).said
    assert "Send it from your ordinary copy." in said


def test_following_twice_or_after_a_crash_changes_nothing(company: Office) -> None:
    forge = finance(company)
    assert catch_up(forge) == 0
    company.run("dana", "node", "change", "ben", "--name", "Ben Okoye")
    number = next(p.number for p in forge.list() if p.state is ProposalState.MERGED)
    brought = company.main()
    assert catch_up(forge) == 1
    again, tip = LocalForge(company.forge / "finance", forge.clock), forge.main()
    before = next(iter([*first_parents(forge.repository(), tip)][-2:])).oid
    with Objects(forge.repository()) as objects:
        state = objects.tip("refs/forge/state") or ""
    earlier = subprocess.run(
        ["git", "--git-dir", str(forge.repository()), "rev-parse", f"{state}^"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    move_ref(
        forge.repository(), "refs/forge/state", earlier, state
    )  # killed between main's move and its own note of it
    assert again.get(number).merged not in (tip, None)
    assert catch_up(again) == 0 and again.main() == tip
    move_ref(forge.repository(), "refs/heads/main", before, tip)  # and done anew it has the same id
    catch_up(again)
    assert again.main() == tip and brought in [mirrored(c.message) for c in first_parents(forge.repository(), tip)]


def test_a_record_that_finance_slips_in_is_found(company: Office) -> None:
    forge = finance(company)
    chain = [*first_parents(forge.repository(), forge.main())]
    source = chain[-3] if mirrored(chain[-3].message) else next(c for c in reversed(chain) if mirrored(c.message))
    files = {"products/pro.yml": ("100644", b'sku: pro\nname: Pro\nprice: "9000.00"\ncurrency: USD\n')}
    draft = Draft(files, source.message, source.committed, also_parents=source.parents[1:])
    (forged,) = write_commits(forge.repository(), [draft], parent=source.parents[0])
    found = verify(forge.repository(), forged, None, judge=was_allowed, now=int(NOW.timestamp()))
    assert [one.fault for one in found.differences if one.commit == forged] == [Fault.RECEIPT]
    assert "is not what bringing" in found.differences[-1].sentence


def ask(office: Office, node: str, now: datetime = NOW) -> Any:
    number = finance(office).user(node) or LocalForge(office.forge, lambda: 0).user(node) or ""
    place = str(office.forge / "finance")
    raw = write_request(Request("whoami", {}))
    return open_door(place, number, COMMAND, read=lambda most: raw[:most])


def test_over_ssh_finances_forge_opens_to_finance_alone(company: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESREPO_CLOCK", NOON)
    assert ask(company, "fay")["answer"]["name"] == "fay"
    for node in ("ana", "ben"):
        with pytest.raises(RefusedError):
            ask(company, node)
    added = company.run("", "forge", "add-user", str(company.forge / "finance"), "ana", code=3).said
    assert "may not read what finance keeps" in added
    company.run("", "join", "forge/finance", "--as", "ana", code=3)
    with pytest.raises(RefusedError):  # by everybody's door no path leads in
        open_door(str(company.forge), "2", f"git-upload-pack '{company.forge}/finance/master.git'", read=lambda _: b"")
    company.run("dana", "node", "change", "fay", "--role", "-finance", "--role", "+seller")
    assert ask(company, "fay")["answer"]["name"] == "fay"  # nobody has agreed yet
    agree(company, "guy")
    with pytest.raises(RefusedError):
        signed_in(company.forge / "finance", finance(company).user("fay") or "", now=NOW + timedelta(days=1))


def test_an_auditor_reads_and_recomputes_and_writes_nothing(company: Office) -> None:
    roles = company.top / "dana" / "policy" / "roles.yml"
    roles.write_text(roles.read_text() + "auditors: [seller]\n")
    company.run("dana", "submit")
    company.run("", "join", "forge/finance", "--as", "ben", code=3)  # nobody has agreed yet
    agree(company, "guy")
    company.run("", "join", "forge/finance", "--as", "ben")
    assert company.run("ben-finance", "commission", "verify", "--json").json["clean"] is True
    billing = ("payment", "add", "acme/1", "--kind", "paid", "--amount", "1.00", "--invoice", "inv-9")
    assert "that is for the role finance" in company.run("ben-finance", *billing, code=3).said
    company.run("ben", "sync")
    held = everything(company.top / "ben" / ".git")
    assert [secret for secret in SECRETS if secret.encode() in held] == []  # his ordinary copy is what it was


def test_doctor_says_who_else_could_read_it(private: Office) -> None:
    assert "is closed to all" in private.run("fay-finance", "doctor").out
    closed = [private.forge / "finance", private.top / "fay-finance", private.top / "dana-finance"]
    assert os.name != "posix" or [folder.stat().st_mode & 0o077 for folder in closed] == [0, 0, 0]
    assert private.process("ben", "doctor").out.count("BAD  pay: Pay is private") == 1  # one account runs all of this


def test_an_open_company_has_no_such_forge(private: Office, tmp_path: Path) -> None:
    Office(tmp_path).run("", "init", "open", "--as", "dana")
    assert not (tmp_path / "open" / "forge" / "finance").exists()
    reply = Office(tmp_path).run("", "init", "other", "--as", "dana", "--pay", "secret", code=2)
    assert "open or private" in reply.said
