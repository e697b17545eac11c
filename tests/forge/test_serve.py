"""Does a forge served over ssh let in who has a key, as whom the key names, for their own acts and nothing else?"""

import io
import json
import re
import shlex
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from salesrepo.ci.serve import serve as open_door
from salesrepo.cli.app import run
from salesrepo.domain.change import FILE_MODE
from salesrepo.errors import ConflictError, ExitCode, RefusedError, SalesRepoError, UnavailableError, UsageError
from salesrepo.flows.here.workspace import forge_at
from salesrepo.flows.proposals.serve import _ACTS as acts
from salesrepo.flows.proposals.serve import reply, signed_in
from salesrepo.forge.base import ForgeSettings, ProposalState, place
from salesrepo.forge.registry import open_forge
from salesrepo.forge.wire import MOST, OPERATIONS, Request, read_answer, read_request, refusal, write_request
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.refs import move_ref, resolve
from salesrepo.vcs.ssh import read_place
from salesrepo.vcs.transfer import fetch_objects, init_bare, push
from tests.helpers.office import NOON, PEOPLE, ROOT, SELLER, Office, founded, office
from tests.helpers.refs import refs

__all__ = ["founded", "office"]  # fixtures

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for ssh is a shell script")
NOW = datetime.fromisoformat(NOON.replace("Z", "+00:00"))
HOST = "forge.example"


@pytest.fixture
def sshd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A stand-in for ssh; what is put into the answer are the keys it knows and their forced commands."""
    keys = Keys(tmp_path / "keys.json")
    program = tmp_path / "bin" / "ssh"
    program.parent.mkdir()
    fake = Path(__file__).with_name("fake_ssh.py")
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -ES {shlex.quote(str(fake))} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", shlex.quote(str(program)))
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file:ssh")
    monkeypatch.setenv("FAKE_SSHD_KEYS", str(keys.file))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return keys


class Keys(dict[str, str]):
    """The keys, as a file that the stand-in reads."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def __setitem__(self, name: str, command: str) -> None:
        super().__setitem__(name, command)
        self.file.write_text(json.dumps(self), encoding="utf-8")


def let_in(office: Office, sshd: dict[str, str], node: str) -> str:
    """Do what the administrator does, and return the address for that person."""
    line = office.run("", "forge", "add-user", str(office.top), node, "--json").json["line"]
    found = re.fullmatch(r'command="([^"]+)",restrict PUBLIC-KEY', line)
    assert found
    sshd[node] = found[1]
    return f"ssh://{node}@{HOST}{office.top.resolve()}"


def caller(office: Office, node: str) -> Any:
    forge = forge_at("local", str(office.forge), NOW)
    return signed_in(office.forge, forge.user(node) or "", now=NOW)


def ask(who: Any, operation: str, actor: str = "", **fields: Any) -> Any:
    """What the server answers, or the error that the client would raise."""
    return read_answer(json.dumps(reply(who, write_request(Request(operation, fields, actor)))).encode())


def head(office: Office, node: str, files: dict[str, bytes | None]) -> str:
    """A commit of these files on main, in the node's fork."""
    fork = office.forge / "forks" / f"{node}.git"
    changes = {path: None if data is None else (FILE_MODE, data) for path, data in files.items()}
    (oid,) = write_commits(fork, [Draft(changes, "x\n", int(NOW.timestamp()))], parent=office.main())
    return oid


# -- a whole life on another machine


@POSIX
def test_a_remote_sellers_life(founded: Office, sshd: dict[str, str]) -> None:
    address = let_in(founded, sshd, "eve")
    said = founded.run("", "join", address, "--as", "eve", "--name", "Eve Moss", "--into", "eve")
    assert "request was sent" in said.out
    founded.run("dana", "node", "admit", "eve", *SELLER)
    founded.run("eve", "sync")
    assert (
        "gamma.com) is yours until"
        in founded.run("eve", "claim", "gamma.com", "--company", "Gamma", "--country", "US").out
    )
    founded.run("eve", "log", "call", "gamma.com", "Talked to Ö. O'Brien")
    assert "accepted" in founded.run("eve", "submit").out
    assert "O'Brien" in founded.file("nodes/", "/eve/log/")
    examined = founded.run("eve", "doctor").out
    assert "ok   forge" in examined and "the server knows who you are" in examined
    assert "bots work there" in founded.run("eve", "ci", "merge", code=ExitCode.REFUSED).err


@POSIX
def test_review_over_ssh(founded: Office, sshd: dict[str, str]) -> None:
    founded.run("ana", "claim", "acme.com", "--company", "Acme", "--country", "US")
    address = let_in(founded, sshd, "ben")
    founded.run("", "join", address, "--as", "ben", "--into", "far-ben")
    asked = founded.run("far-ben", "claim", "acme.org", "--company", "Acme", "--country", "US")
    assert "under review" in asked.out
    founded.run("", "join", let_in(founded, sshd, "dana"), "--as", "dana", "--into", "far-dana")
    (waiting,) = founded.run("far-dana", "review", "list", "--json").json["proposals"]
    number = str(waiting["number"])
    assert waiting["verdict"] == "review" and waiting["sender"] == "Ben Okoye"
    shown = founded.run("far-dana", "review", "show", number, "--json").json
    assert shown["verdict"] == "review" and shown["state"] == "open" and len(shown["paths"]) > 2
    assert "review" in founded.run("far-dana", "review", "merge", number, code=ExitCode.REFUSED).out
    assert "themselves" in founded.run("far-ben", "review", "approve", number, code=ExitCode.REFUSED).err
    approved = founded.run("far-dana", "review", "approve", number)
    assert f"Proposal {number} is merged." in approved.out
    assert "holder: ben" in founded.file("claims/", "acme.org")
    founded.run("far-ben", "sync")
    assert founded.outbox("far-ben") == {}


@POSIX
def test_what_came_too_late_comes_back(founded: Office, sshd: dict[str, str]) -> None:
    founded.run("", "join", let_in(founded, sshd, "ben"), "--as", "ben", "--into", "far-ben")
    founded.run("far-ben", "claim", "acme.com", "--company", "Acme", "--country", "US", "--later")
    founded.run("ana", "claim", "acme.com", "--company", "Acme", "--country", "US")
    told = founded.run("far-ben", "submit", code=ExitCode.CONFLICT)
    assert "Ana Lima" in told.out
    again = founded.run("far-ben", "claim", "acme.com", code=ExitCode.CONFLICT)
    assert "taken by Ana Lima" in again.out


@POSIX
def test_a_key_pushes_to_its_own_fork_only(founded: Office, sshd: dict[str, str], tmp_path: Path) -> None:
    address = let_in(founded, sshd, "ben")
    forge = open_forge(ForgeSettings("ssh", address, lambda: 0))
    before = refs(founded.master, "refs/")
    own = founded.forge / "forks" / "ben.git"
    one = head(founded, "ben", {"x": b"1"})
    for target in (forge.source(), forge.fork("ana")):
        with pytest.raises(UnavailableError) as refused:
            push(own, target, f"+{one}:refs/heads/x")
        assert "own fork only" in refused.value.hint
    assert refs(founded.master, "refs/") == before and refs(founded.forge / "forks" / "ana.git", "refs/heads/x") == {}
    push(own, forge.fork("ben"), f"+{one}:refs/heads/x")
    assert refs(own, "refs/heads/x") == {"refs/heads/x": one}
    with pytest.raises(RefusedError):
        forge.fork("../ana")


@POSIX
@pytest.mark.parametrize("accepted", ["", "GIT_PROTOCOL"])
def test_any_fork_and_main_can_be_fetched_but_not_the_forges_notes(
    founded: Office, sshd: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accepted: str
) -> None:
    monkeypatch.setenv("FAKE_SSHD_ACCEPTS", accepted)
    forge = open_forge(ForgeSettings("ssh", let_in(founded, sshd, "ben"), lambda: 0))
    mine = head(founded, "ana", {"x": b"1"})
    move_ref(founded.forge / "forks" / "ana.git", "refs/heads/x", mine, None)
    copy = tmp_path / "copy.git"
    init_bare(copy)
    fetch_objects(copy, forge.source(), founded.main())
    fetch_objects(copy, forge.fork("ana"), mine)
    assert resolve(copy, mine) == mine
    notes = resolve(founded.master, "refs/forge/state") or ""
    if not accepted:
        with pytest.raises(UnavailableError):
            fetch_objects(copy, forge.source(), notes)
    with pytest.raises(UnavailableError):
        fetch_objects(copy, forge.fork("nobody"), head(founded, "ana", {"x": b"2"}))


@POSIX
def test_a_key_names_one_person(founded: Office, sshd: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    address = let_in(founded, sshd, "ben")
    told = founded.run("", "join", address, "--as", "ana", "--into", "x", code=ExitCode.REFUSED)
    assert "knows you as ben" in told.err and not (founded.top / "x").exists()
    away = founded.run(
        "", "join", address.replace("ben@", "zoe@"), "--as", "zoe", "--into", "x", code=ExitCode.UNAVAILABLE
    )
    assert "no answer" in away.err and "Permission denied" in away.err
    monkeypatch.setenv("GIT_SSH_COMMAND", "/nowhere/ssh")
    gone = founded.run("", "join", address, "--as", "ben", "--into", "x", code=ExitCode.UNAVAILABLE)
    assert "cannot be started" in gone.err


# -- what may be asked


def test_nobody_acts_for_somebody_else(founded: Office) -> None:
    ana, ben = caller(founded, "ana"), caller(founded, "ben")
    one = head(founded, "ana", {"x": b"1"})
    sending = {"head": one, "title": "t", "submission": "s", "claims": []}
    for operation, fields in [
        ("open", sending),
        ("comment", {"number": 1, "text": "x"}),
        ("approve", {"number": 1, "head": one, "digest": ""}),
        ("close", {"number": 1, "reason": "x"}),
        ("update", {"number": 1, "head": one, "claims": []}),
        ("whoami", {}),
    ]:
        for actor in (ben.id, "0", "99", "ana"):
            with pytest.raises(RefusedError, match="act for nobody else"):
                ask(ana, operation, actor, **fields)
    assert ask(ana, "whoami", ana.id) == {"id": ana.id, "name": "ana"}
    with pytest.raises((RefusedError, UnavailableError)):
        ask(ben, "open", **sending)  # it lies in ana's fork, not in ben's
    for stranger in ("0", "99", "", "../1", "1\n", "ana"):
        with pytest.raises(RefusedError, match="has the number"):
            signed_in(founded.forge, stranger, now=NOW)


def test_only_its_sender_or_a_reviewer_closes(office: Office) -> None:
    office.run("ben", "claim", "acme.org", "--company", "Acme", "--country", "US")
    ana, ben, dana = (caller(office, node) for node in ("ana", "ben", "dana"))
    (waiting,) = ask(ana, "list", state="open")
    number, at = waiting["number"], waiting["head"]
    with pytest.raises(RefusedError, match="Only its sender"):
        ask(ana, "close", number=number, reason="mine")
    with pytest.raises(RefusedError, match="someone else's"):
        ask(ana, "update", number=number, head=head(office, "ana", {"x": b"1"}), claims=[])
    with pytest.raises(RefusedError, match="themselves"):
        ask(ben, "approve", number=number, head=at, digest="")
    with pytest.raises(ConflictError, match="changed in the meantime"):
        ask(dana, "approve", number=number, head="ab" * 20, digest="")
    ask(ana, "approve", number=number, head=at, digest="")  # no reviewer: it is noted, and does not count
    assert ask(ana, "get", number=number)["state"] == "open"
    ask(ana, "comment", number=number, text="Grüße \ud83d\ude00")
    with pytest.raises(RefusedError, match="great deal"):
        ask(ana, "comment", number=number, text="x" * 16_000)
    ask(dana, "close", number=number, reason="no")
    assert [said["text"] for said in ask(ben, "get", number=number)["comments"]] == ["Grüße 😀", "no"]


def test_a_silent_claim_does_not_jump_the_queue(office: Office) -> None:
    office.run("ben", "claim", "acme.org", "--company", "Acme", "--country", "US")
    office.run("ana", "claim", "acme.org", "--company", "Acme", "--country", "US", "--later")
    files = {path: office.note("ana", path) for path in office.outbox("ana")}
    number = ask(caller(office, "ana"), "open", head=head(office, "ana", files), title="t", submission="s", claims=[])
    forge = forge_at("local", str(office.forge), NOW)
    second, (claim,) = forge.get(number), [path for path in files if path.startswith("claims/")]
    assert second.updates[-1].verdict == "waiting" and place(second, claim) is None
    (first,) = (p for p in forge.list(ProposalState.OPEN) if p.number != number)
    ask(caller(office, "ben"), "close", number=first.number, reason="changed my mind")
    ask(caller(office, "ana"), "recheck", number=number)
    assert forge.get(number).updates[-1].verdict == "review"


def test_a_renewal_of_ones_own_claim_needs_no_place(office: Office) -> None:
    office.run("ana", "log", "call", "acme.com", "Again")
    assert "accepted" in office.run("ana", "submit").out


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'"whoami"',
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"version":1}',
        b'{"version":2,"op":"whoami"}',
        b'{"version":1,"op":"merge","number":1}',
        b'{"version":1,"op":"judged","number":1,"head":"x","verdict":"auto","summary":""}',
        b'{"version":1,"op":"advance_ledger","new":"x","old":null}',
        b'{"version":1,"op":"join","name":"zoe"}',
        b'{"version":1,"op":["whoami"]}',
        b'{"version":1,"op":"whoami","actor":7}',
        b'{"version":1,"op":"whoami","more":1}',
        b'{"version":1,"op":"get"}',
        b'{"version":1,"op":"get","number":true}',
        b'{"version":1,"op":"get","number":"1"}',
        b'{"version":1,"op":"get","number":1.0}',
        b'{"version":1,"op":"get","number":-1}',
        b'{"version":1,"op":"get","number":1e999}',
        b'{"version":1,"op":"get","number":' + b"9" * 9_000 + b"}",
        b'{"version":1,"op":"list","state":"all"}',
        b'{"version":1,"op":"user","name":"../ids/1"}\n{"version":1,"op":"whoami"}',
        b'{"version":1,"op":"open","head":"--upload-pack=x","title":"t","submission":"s","claims":[]}',
        b'{"version":1,"op":"open","head":"main","title":"t","submission":"../s","claims":[]}',
        b'{"version":1,"op":"open","head":"x\\u0000","title":"t","submission":"s","claims":[1]}',
        b'{"version":1,"op":"approve","number":1,"head":"; touch x"}',
    ],
    ids=lambda raw: repr(raw[:60]),
)
def test_a_request_that_makes_no_sense_is_refused_in_a_sentence(founded: Office, raw: bytes) -> None:
    before = refs(founded.master, "refs/")
    said = reply(caller(founded, "ana"), raw)
    assert said.keys() == {"error"} and said["error"]["code"] in (ExitCode.REFUSED, ExitCode.CONFLICT)
    assert said["error"]["message"].endswith(".") and said["error"]["hint"]
    assert refs(founded.master, "refs/") == before


@pytest.mark.parametrize("name", ["zoe", "../ids/1", "a\x00b", "a\nb", "\ud800", "x" * 5_000, ""])
def test_a_name_that_nobody_has_is_nobody(founded: Office, name: str) -> None:
    said = reply(caller(founded, "ana"), json.dumps({"version": 1, "op": "user", "name": name}).encode())
    assert said.get("answer") is None


def test_a_request_is_measured_before_it_is_read() -> None:
    fits = {"number": 1, "text": "\U0001f600" * 16_000}
    assert read_request(write_request(Request("comment", fits))).fields == fits
    for text in ("x" * MOST, "\x00" * MOST):
        with pytest.raises(RefusedError, match="too long"):
            write_request(Request("comment", {"number": 1, "text": text}))
    with pytest.raises(RefusedError, match="too long"):
        read_request(b" " * MOST + b"{")


@pytest.mark.parametrize("kind", [UsageError, RefusedError, ConflictError, UnavailableError])
def test_an_error_arrives_as_what_it_was(kind: type[SalesRepoError]) -> None:
    with pytest.raises(kind, match="What") as caught:
        read_answer(json.dumps(refusal(kind("What?", hint="Next."))).encode())
    assert type(caught.value) is kind and caught.value.hint == "Next."


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b'{"answer":1,"error":2}', b'{"error":"x"}', b"Welcome!\n{}"])
def test_what_is_no_answer_is_none(raw: bytes) -> None:
    with pytest.raises(ValueError):
        read_answer(raw)


# -- the forced command

HOSTILE = [
    "",
    "sh",
    "git-upload-pack",
    "git-upload-pack {top}/master.git",
    "git-upload-pack '{top}/master.git' ",
    " git-upload-pack '{top}/master.git'",
    "git-upload-pack '{top}/master.git'\n",
    "git-upload-pack '{top}/master.git\n'",
    "git-upload-pack '{top}/master.git'; touch {top}/ran",
    "git-upload-pack '{top}/master.git' && touch {top}/ran",
    "git-upload-pack '{top}/master.git'\ntouch {top}/ran",
    "git-upload-pack '{top}/master.git'$(touch {top}/ran)",
    "git-upload-pack '$(touch {top}/ran)'",
    "git-upload-pack '`touch {top}/ran`'",
    "git-upload-pack '{top}/'\\''x/master.git'",
    'git-upload-pack "{top}/master.git"',
    "git-upload-pack --upload-pack='touch {top}/ran' '{top}/master.git'",
    "git-upload-pack '--upload-pack=touch' '{top}/master.git'",
    "git-upload-pack '--strict'",
    "git-upload-pack '-c' '{top}/master.git'",
    "git-upload-archive '{top}/master.git'",
    "git-receive-pack '{top}/master.git'",
    "git-receive-pack '{top}/forge/master.git'",
    "git-receive-pack '{top}/forks/ben.git'",
    "git-receive-pack '{top}/forks/./ana.git'",
    "git-receive-pack '{top}/forks/../master.git'",
    "git-receive-pack '{top}/forks/ana.git/../ben.git'",
    "git-receive-pack '{top}/forks//ana.git'",
    "git-receive-pack '{top}//forks/ana.git'",
    "git-receive-pack '{top}/forks/ANA.git'",
    "git-receive-pack '{top}/forks/ana'",
    "git-receive-pack '{top}/forks/ana.git/'",
    "git-receive-pack 'forks/ana.git'",
    "git-receive-pack '~/forks/ana.git'",
    "git-upload-pack '{top}/forks/zoe.git'",
    "git-upload-pack '{top}/forks/-x.git'",
    "git-upload-pack '{top}/dana/.git'",
    "git-upload-pack '{top}/../acme/master.git'",
    "git-upload-pack '{top}x/master.git'",
    "git-upload-pack '/etc'",
    "git-upload-pack '/master.git'",
    "git-upload-pack '{top}/master.git\u2028'",
    "git-upload-pack '{top}/forks/аna.git'",
    "git upload-pack '{top}/master.git'",
    "git-upload-pack  '{top}/master.git'",
    "salesrepo-forge --as 1",
    "salesrepo-forge\n",
    "salesrepo-forge; sh",
    "salesrepo forge serve {top} --as 1",
    "/bin/sh -c salesrepo-forge",
    "scp -t {top}",
    "internal-sftp",
    "x" * 100_000,
    "git-upload-pack '" + "/" * 100_000 + "'",
    "git-upload-pack '\udcff'",
]


@pytest.fixture
def served(founded: Office, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run the forced command of ana's key, for what somebody asked and sends in."""

    def serve(command: str, sent: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", command)
        monkeypatch.setenv("SALESREPO_CLOCK", NOON)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sent)))
        code = run(["forge", "serve", str(founded.top), "--as", caller(founded, "ana").id])
        return (int(code), *capfd.readouterr())

    return serve


def test_every_other_command_is_refused(founded: Office, served: Callable[..., Any]) -> None:
    top = str(founded.top)
    for text in HOSTILE:
        command = text.replace("{top}", top)
        code, out, err = served(command)
        assert code == ExitCode.REFUSED, command[:200]
        assert out == "" and err.startswith("error: ") and "->" in err, command[:200]
    assert not (founded.top / "ran").exists()


def test_a_command_with_a_nul_cannot_even_be_told(founded: Office) -> None:
    for command in ("salesrepo-forge\0", f"git-upload-pack '{founded.top}/master.git\0'"):
        with pytest.raises(RefusedError):
            open_door(str(founded.top), "1", command, read=lambda most: b"")


def test_one_request_gets_one_answer(founded: Office, served: Callable[..., Any]) -> None:
    code, out, _ = served("salesrepo-forge", b'{"version":1,"op":"main"}')
    assert (code, json.loads(out)) == (0, {"answer": founded.main()})
    code, out, _ = served("salesrepo-forge", b"{" * (MOST + 2))
    assert code == ExitCode.REFUSED and "too long" in json.loads(out)["error"]["message"]
    code, out, _ = served("salesrepo-forge", b'{"version":1,"op":"get","number":999}')
    assert code == ExitCode.REFUSED and "no proposal 999" in json.loads(out)["error"]["message"]


def test_a_forge_that_is_none_or_a_number_that_nobody_has_serves_nothing(
    founded: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["forge", "serve", str(founded.top / "dana"), "--as", "1"]) == ExitCode.USAGE
    assert run(["forge", "serve", str(founded.top), "--as", "99"]) == ExitCode.REFUSED
    assert capfd.readouterr().out == ""


# -- letting people in


def test_add_user_gives_one_number_and_the_line_for_their_key(founded: Office, tmp_path: Path) -> None:
    planned = founded.run("", "forge", "add-user", ".", "eve", "--dry-run")
    assert "would get" in planned.out and not (founded.forge / "forks" / "eve.git").exists()
    first = founded.run("", "forge", "add-user", ".", "eve")
    (line,) = (line for line in first.out.splitlines() if line.startswith("command="))
    number = caller(founded, "eve").id
    assert line == f'command="salesrepo forge serve {founded.top.resolve()} --as {number}",restrict PUBLIC-KEY'
    again = founded.run("", "forge", "add-user", str(founded.top), "eve", "--json").json
    assert (again["forge_id"], again["changed"]) == (number, False)
    assert int(number) == len(PEOPLE) + 2
    for name in ("Eve", "../eve", "eve.git", ""):
        founded.run("", "forge", "add-user", ".", name, code=ExitCode.REFUSED)
    with_blank = tmp_path / "a b"
    founded.copy(with_blank)
    told = founded.run("", "forge", "add-user", str(with_blank), "eve", code=ExitCode.REFUSED)
    assert "No ssh address" in told.err


# -- addresses


def test_an_address_is_read_whole() -> None:
    assert read_place("ssh://git@forge.example:2222/srv/acme/").url == "ssh://git@forge.example:2222/srv/acme"
    assert read_place("ssh://h/acme").target == "h"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh://",
        "ssh://h",
        "ssh://h/",
        "ssh:///srv/acme",
        "ssh://-oProxyCommand=x/srv",
        "ssh://-l@h/srv",
        "ssh://u@-h/srv",
        "ssh://u:secret@h/srv",
        "ssh://h:0/srv",
        "ssh://h:99999999/srv",
        "ssh://h/../srv",
        "ssh://h/srv/./x",
        "ssh://h/srv/-x",
        "ssh://h/srv x",
        "ssh://h/srv';sh;'",
        "ssh://h/srv\n",
        "ssh://h/~ana/acme",
        "ssh://h$(x)/srv",
        "ext::sh",
        "h:/srv/acme",
    ],
)
def test_an_address_that_could_be_misread_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not an ssh address"):
        read_place(text)


def test_the_server_does_all_that_a_client_may_ask() -> None:
    assert set(acts) == set(OPERATIONS)
