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
from collections.abc import Callable, Iterator, Sequence

import pytest

from salesrepo.cli.app import run
from salesrepo.flows.here.place import CLOCK
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
    words = [word.rstrip(":") for word in narrow.split("\n", 1)[1].split()]
    assert sorted(words) == sorted(word.rstrip(":") for word in table.split()), "no word is broken"


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


@pytest.mark.parametrize(
    ("words", "question"),
    [(("log", "call", "acme"), "What happened?"), (("claim", "new-lead.com"), "The company's name?")],
)
def test_an_interrupted_question_notes_nothing(unchanged: Office, words: tuple[str, ...], question: str) -> None:
    ours, theirs = os.openpty()
    child = unchanged.start("ana", *words, stdin=theirs, stderr=theirs)
    os.close(theirs)
    assert question in read_until(ours, question)
    child.send_signal(signal.SIGINT)
    said = read_until(ours, "kept.")
    child.communicate(timeout=WAIT)
    os.close(ours)
    assert child.returncode == 130
    assert "Interrupted." in said and "Traceback" not in said
    assert unchanged.outbox("ana") == {}


def typed(office: Office, who: str, *words: str, answers: Sequence[str]) -> str:
    """What a command, in this process, shows somebody who types these answers at a terminal."""
    ours, theirs = os.openpty()
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    with pytest.MonkeyPatch.context() as here, os.fdopen(os.dup(theirs)) as keys, os.fdopen(theirs, "w") as screen:
        here.chdir(office.top / who)
        here.setenv(CLOCK, office.now)
        for name, stream in (("stdin", keys), ("stdout", screen), ("stderr", screen)):
            here.setattr(sys, name, stream)
        ended = run(list(words))
        screen.write(f"ended {int(ended)}")
        screen.flush()
        shown = read_until(ours, f"ended {int(ended)}")
    os.close(ours)
    return ESCAPES.sub("", shown.replace("\r\n", "\n"))


def test_what_is_missing_is_asked_one_after_the_other_until_it_makes_sense(office: Office) -> None:
    shown = typed(office, "ana", "claim", "new-lead.com", answers=["me@example.com", "New Lead", "Germania", "us"])
    assert shown.count("The company's name?") == 2 and "This text holds" in shown
    assert shown.count("Its country, such as DE?") == 2 and "New Lead (d-new-lead.com) is yours until" in shown
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    shown = typed(office, "ana", "quote", "acme/1", answers=["a lot", "20%", "They take four"])
    assert "is not a percentage" in shown and "acme/1 at 800.00 USD" in shown and "ended 0" in shown
    shown = typed(office, "ana", "win", "acme/1", "--dry-run", answers=["PO-1", "2027-01-01", "today"])
    assert "2027-01-01 has not come yet." in shown and "Would note: acme/1 won" in shown
    shown = typed(office, "ana", "lose", "acme/1", "--dry-run", answers=["call +1 555 0100 123", "price"])
    assert "Why was it lost" in shown and "Would note: acme/1 lost on 2026-03-02." in shown
    shown = typed(office, "ana", "lose", "acme/9", answers=["price"])
    assert "Why was it lost" not in shown and "ended 3" in shown


def test_each_answer_about_a_stage_is_checked_at_once(office: Office) -> None:
    pipeline = office.top / "dana" / "policy" / "pipeline.yml"
    pipeline.write_text(
        "pipelines:\n  new: [{stage: lead, category: omitted, requires: [contacts, contacts.champion]}, "
        "{stage: demo, category: pipeline}]\n"
    )
    office.run("dana", "submit")
    office.run("ana", "sync")
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    answers = ["Ana Lima", "c-1:user", "c-7h2:user", "c-9k4"]
    shown = typed(office, "ana", "stage", "acme/1", "demo", answers=answers)
    assert "an id and a role, such as c-7h2:champion" in shown and "since 'c-1' is no id." in shown
    assert shown.count("you speak with") == 3 and shown.count("is the champion") == 1 and "ended 0" in shown


def test_an_offer_is_answered_at_the_terminal(office: Office) -> None:
    shown = typed(office, "ben", "transfer", "beta", answers=["nobody", "ana"])
    assert "nobody is no colleague's node." in shown and "Beta (d-beta.com) is offered to Ana Lima" in shown
    office.run("ana", "sync")
    shown = typed(office, "ana", "transfer", "beta", answers=["maybe", "yes"])
    assert "maybe is neither yes nor no." in shown and "Beta (d-beta.com) is yours." in shown
    assert "New:" not in office.run("ana", "status").out
    office.run("ben", "sync")
    assert "New: Beta (d-beta.com) is Ana Lima's now: it was handed over" in office.run("ben", "status").out


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
