"""Does a long audit say how far it is to a person, and nothing to a pipe?"""

import os
import pty

from tests.helpers.office import Office


def at_a_terminal(office: Office, *words: str) -> tuple[int, str, str]:
    """A command whose standard error is a terminal: its exit code, what it printed, and what the terminal got."""
    leader, follower = pty.openpty()
    with office.start("dana", *words, env={"TERM": "xterm", "COLUMNS": "100"}, stderr=follower) as child:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 4096)
            except OSError:  # the other end is closed: the command has ended
                break
            if not part:
                break
            shown += part
        assert child.stdout is not None
        out = child.stdout.read()
    os.close(leader)
    return child.returncode, out, shown.decode()


def test_an_audit_shows_how_far_it_is_on_a_terminal_alone(unchanged: Office) -> None:
    code, out, shown = at_a_terminal(unchanged, "check", "--all")
    assert code == 0 and out.startswith("No findings")
    assert "files read" in shown and "rules run" in shown and "/" in shown
    assert shown.rstrip().endswith("\x1b[2K") or "\x1b[1A" in shown, "what was drawn is taken away again"


def test_an_audit_is_silent_in_a_pipe_and_where_nothing_is_to_be_drawn(unchanged: Office) -> None:
    piped = unchanged.process("dana", "check", "--all")
    assert piped.code == 0 and piped.err == ""
    code, _, shown = at_a_terminal(unchanged, "--plain", "check", "--all")
    assert (code, shown) == (0, "")
