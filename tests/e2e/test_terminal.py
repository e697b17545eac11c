"""How does salesrepo behave at a terminal, at a narrow one, at none, in a pipe, and when it is interrupted?"""

import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

import pytest

from tests.helpers.office import ROOT, Office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
WAIT = 30.0


def read_until(fd: int, text: str) -> str:
    """What a terminal shows, up to this text."""
    shown, limit = b"", time.monotonic() + WAIT
    while text.encode() not in shown and time.monotonic() < limit:
        if select.select([fd], [], [], 0.1)[0]:
            try:
                shown += os.read(fd, 65536)
            except OSError:  # the other side is closed
                break
    return shown.decode()


def at_terminal(office: Office, *words: str, **env: str) -> str:
    """What a command shows at a terminal of its own."""
    ours, theirs = os.openpty()
    try:
        child = office.start("ana", *words, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        shown = read_until(ours, "\0never")
        assert child.wait(WAIT) == 0, shown
        return shown
    finally:
        os.close(ours)


def test_colour_is_for_terminals_that_want_it(unchanged: Office) -> None:
    assert ESCAPES.search(at_terminal(unchanged, "status"))
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert not ESCAPES.search(at_terminal(unchanged, "status", **env))
    assert not ESCAPES.search(at_terminal(unchanged, "--plain", "status"))
    assert not ESCAPES.search(unchanged.process("ana", "status").out)


def test_a_narrow_terminal_loses_no_letter(unchanged: Office) -> None:
    wide = unchanged.process("ana", "status").out
    narrow = at_terminal(unchanged, "status", COLUMNS="20", NO_COLOR="1")
    assert max(len(line) for line in narrow.splitlines()) <= 20
    table = wide.split("\n", 1)[1]
    assert sorted("".join(narrow.split("\n", 1)[1].split())) == sorted("".join(table.split()))


@pytest.mark.parametrize("words", [("show", "products"), ("--help",), ("status", "--json"), ("explain", "SR303")])
def test_who_reads_no_further_ends_it_quietly(unchanged: Office, words: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)  # the reader has gone before the first word
    with unchanged.start("ana", *words, stdout=write) as child:
        os.close(write)
        assert child.stderr is not None
        assert (child.stderr.read(), child.wait(WAIT)) == ("", 0)


def test_without_a_terminal_nothing_is_asked(unchanged: Office) -> None:
    reply = unchanged.process("ana", "log", "call", "acme")
    assert (reply.code, reply.out) == (2, "") and "Give it with TEXT." in reply.err


def test_an_interrupted_question_notes_nothing(unchanged: Office) -> None:
    ours, theirs = os.openpty()
    child = unchanged.start("ana", "log", "call", "acme", stdin=theirs, stderr=theirs)
    os.close(theirs)
    assert "What happened?" in read_until(ours, "What happened?")
    child.send_signal(signal.SIGINT)
    said = read_until(ours, "kept.")
    child.communicate(timeout=WAIT)
    os.close(ours)
    assert child.returncode == 130
    assert "Interrupted." in said and "Traceback" not in said
    assert unchanged.outbox("ana") == {}


@pytest.fixture
def tmux() -> Iterator[Callable[..., str]]:
    """tmux with a server of its own, which ends with the test."""
    program = shutil.which("tmux")
    if program is None:
        pytest.skip("tmux is not installed")
    room = tempfile.mkdtemp(prefix="tmux-")  # short: a socket's path holds 100 letters

    def run(*words: str) -> str:
        done = subprocess.run(
            [program, "-S", f"{room}/s", "-f", os.devnull, *words], capture_output=True, text=True, check=True
        )
        return done.stdout

    yield run
    subprocess.run([program, "-S", f"{room}/s", "kill-server"], capture_output=True, check=False)
    shutil.rmtree(room, ignore_errors=True)


def wait_for(tmux: Callable[..., str], text: str, gone: str = "\0never") -> str:
    """The screen, as soon as it shows this text, and no more what stood there before."""
    limit = time.monotonic() + WAIT
    while time.monotonic() < limit:
        screen = tmux("capture-pane", "-p")
        if text in screen and gone not in screen:
            return screen
        time.sleep(0.05)
    raise AssertionError(f"the screen never showed {text!r}:\n{tmux('capture-pane', '-p')}")


def test_a_day_at_a_real_terminal(office: Office, tmux: Callable[..., str]) -> None:
    sr = f"{shlex.quote(sys.executable)} -m salesrepo"
    env = f"PYTHONPATH={shlex.quote(str(ROOT))} SALESREPO_CLOCK={office.now}"
    shell = f"cd {shlex.quote(str(office.top / 'ana'))} && export {env} PS1='> ' && sr() {{ {sr} \"$@\"; }}"
    tmux("new-session", "-d", "-x", "80", "-y", "30", "sh")
    tmux("send-keys", f"{shell}; clear", "Enter")
    tmux("send-keys", "sr log call acme; echo ended $?", "Enter")
    wait_for(tmux, "What happened?")
    tmux("send-keys", "C-c")
    assert "error: Interrupted." in wait_for(tmux, "ended 130")
    tmux("send-keys", "clear; sr log call acme; echo noted $?", "Enter")
    wait_for(tmux, "What happened?", gone="ended 130")
    tmux("send-keys", "-l", 'They said: "yes" & $5')
    tmux("send-keys", "Enter")
    assert "Noted: call with Acme on 2026-03-02, connected." in wait_for(tmux, "noted 0")
    (stream,) = office.outbox("ana")
    assert b'note: "They said: \\"yes\\" & $5"' in (office.note("ana", stream) or b"")
    tmux("send-keys", "clear; sr status; echo shown $?", "Enter")
    screen = wait_for(tmux, "shown 0")
    assert re.search(r"Acme +d-acme\.com +2026-05-31", screen) and "Next: sr submit" in screen
