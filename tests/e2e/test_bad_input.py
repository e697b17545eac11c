"""Is every trouble answered with a sentence, a next step and the right code, and is nothing half done?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.office import Office, Reply

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells, signals and devices")


def check(reply: Reply, code: int, *told: str) -> None:
    """One sentence, the next step, the exit code, and nothing that a program would say to a programmer."""
    assert reply.code == code, reply
    assert "Traceback" not in reply.said and "salesrepo itself" not in reply.said
    lines = reply.err.splitlines()
    assert len(lines) == 2 and lines[0].startswith("error: ") and lines[1].startswith("  -> "), reply.err
    for part in told:
        assert part in reply.err


def state(office: Office, who: str = "ana") -> dict[str, bytes]:
    """Every byte that a person noted, and nothing that was half written."""
    folder = office.folder(who)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert [name for name in files if name.endswith(".new")] == []
    return {name: path.read_bytes() for name, path in files.items() if name != "lock"}


def shell(office: Office, line: str) -> Reply:
    """A line typed into a shell in Ana's folder; `sr` is this salesrepo."""
    done = subprocess.run(
        ["sh", "-c", f'sr() {{ "{sys.executable}" -m salesrepo "$@"; }}; {line}'],
        cwd=office.top / "ana",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "SALESREPO_CLOCK": office.now},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Reply(done.returncode, done.stdout, done.stderr)


# --- where one stands -------------------------------------------------------------------------------------------------


def test_outside_of_a_copy(unchanged: Office) -> None:
    check(unchanged.process("", "status"), 3, "is not inside a salesrepo folder", "sr join")
    assert "Join a company" in unchanged.process("").out  # `sr` alone says where to begin


def test_in_a_bare_repository(unchanged: Office) -> None:
    check(unchanged.process("forge/master.git", "sync"), 3, "has no working copy", "sr join")


def test_in_a_repository_that_nobody_joined_with(office: Office) -> None:
    shutil.rmtree(office.folder("ana"))
    check(office.process("ana", "status"), 3, "sr join")


def test_in_a_half_cloned_copy(office: Office) -> None:
    shutil.rmtree(office.top / "ana" / ".git" / "objects")
    (office.top / "ana" / ".git" / "objects").mkdir()
    check(office.process("ana", "status"), 3)
    shutil.rmtree(office.top / "ana" / ".git" / "refs")
    check(office.process("ana", "sync"), 3)


def test_a_file_of_git_is_damaged(office: Office) -> None:
    (office.top / "ana" / ".git" / "HEAD").write_text("nonsense\n")
    check(office.process("ana", "status"), 3)


def test_an_object_of_git_is_damaged(office: Office) -> None:
    for pack in (office.top / "ana" / ".git" / "objects" / "pack").glob("*.pack"):
        data = pack.read_bytes()
        pack.unlink()  # it is shared with other tests
        pack.write_bytes(data[:200] + b"\0" * (len(data) - 200))
    before = state(office)
    reply = office.process("ana", "status")
    check(reply, reply.code)
    assert reply.code in (3, 5) and state(office) == before


# --- what one has -----------------------------------------------------------------------------------------------------


def test_without_git(office: Office) -> None:
    empty = office.top / "empty"
    empty.mkdir()
    check(office.process("ana", "status", env={"PATH": str(empty)}), 5, "Git is not installed.", "Install Git")


@posix
def test_with_a_git_that_is_too_old(office: Office) -> None:
    fake = office.top / "old" / "git"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho git version 2.17.1\n")
    fake.chmod(0o755)
    check(office.process("ana", "sync", env={"PATH": str(fake.parent)}), 5, "This is Git 2.17.1", "2.38 or newer")


def test_with_a_clock_that_is_behind(office: Office) -> None:
    office.run("ana", "log", "call", "acme", "Hello")
    before = state(office)
    office.now = "2026-02-01T12:00:00Z"
    check(office.process("ana", "submit"), 3, "This machine's clock is wrong", "Set the clock")
    kept = state(office)
    seen = ("index.json", "checkpoint.json")  # what was fetched on the way is seen
    assert {name: kept[name] for name in before if name not in seen} == {
        name: data for name, data in before.items() if name not in seen
    }
    office.now = "2026-03-02T13:00:00Z"
    assert office.run("ana", "submit").out == "Activities of 2026-03-02: accepted.\n"


@pytest.mark.parametrize("time", ["yesterday", "2026-03-02", "2026-03-02T12:00:00", "1999-01-01T00:00:00Z", "9" * 400])
def test_with_a_clock_that_tells_nothing(unchanged: Office, time: str) -> None:
    reply = Office(unchanged.top, now=time).run("ana", "status", code=2)
    check(reply, 2, "SALESREPO_CLOCK is not a time.", "unset SALESREPO_CLOCK")


# --- damaged files of one's own ---------------------------------------------------------------------------------------


DAMAGED = (b"", b"{", b"[]", b"null", b'"x"', b'{"nonsense": 1}', b"\xff")


def test_with_a_damaged_identity(office: Office) -> None:
    for data in DAMAGED:
        (office.folder("ana") / "config.json").write_bytes(data)
        check(office.run("ana", "status", code=3), 3, "is damaged", "Join again")


def test_with_a_damaged_index(office: Office) -> None:
    for data in DAMAGED:
        (office.folder("ana") / "index.json").write_bytes(data)
        check(office.run("ana", "log", "call", "acme", "Hello", code=3), 3, "is damaged", "sr sync")


def test_with_a_damaged_note(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    note = next((office.folder("ana") / "notes").rglob("*-1.yml.json"))
    for data in DAMAGED:
        note.write_bytes(data)
        before = state(office)
        check(office.run("ana", "submit", code=3), 3, "is damaged", "doctor")
        assert {**state(office), "index.json": b""} == {**before, "index.json": b""}


# --- disks ------------------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    "line", ["sr log call acme Hello", "sr log deal acme --product pro", "sr claim new.com --country US", "sr submit"]
)
def test_on_a_disk_that_takes_no_more(office: Office, line: str) -> None:
    office.run("ana", "log", "call", "acme", "Before")
    before, main = state(office), office.main()
    check(shell(office, f"ulimit -f 0; {line}"), 3)  # no file may grow: what a full disk is to a program
    assert {**state(office), "index.json": b""} == {**before, "index.json": b""}
    assert office.main() == main
    assert office.run("ana", "submit").out.count("accepted") == 1


@posix
def test_where_the_answer_cannot_be_written(unchanged: Office) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    check(shell(unchanged, "sr status > /dev/full"), 3, "The disk is full.", "Free some space")


def test_where_a_file_stands_in_the_way(office: Office) -> None:
    box = office.folder("ana") / "outbox"
    shutil.rmtree(box, ignore_errors=True)
    box.write_text("")
    check(office.process("ana", "log", "call", "acme", "Hello"), 3)
    assert box.read_text() == ""


# --- what one types ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("claim",),
        ("claim", "a.com", "b.com"),
        ("--nonsense",),
        ("log",),
        ("log", "fax", "x"),
        ("explain", "SR999"),
    ],
)
def test_what_is_no_command(unchanged: Office, words: tuple[str, ...]) -> None:
    check(unchanged.run("ana", *words, code=2), 2)


def test_an_empty_lead_means_nobody(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    before = state(office)
    for words in (
        ("log", "call", "", "Hello"),
        ("log", "deal", "", "--product", "pro"),
        ("win", "", "--order", "PO-1"),
    ):
        reply = office.run("ana", *words, "--dry-run", code=2)
        check(reply, 2)
    assert state(office) == before
