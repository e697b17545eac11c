"""Is the one door to the terminal safe with hostile text, plain in a pipe, and quiet when nobody reads?"""

import dataclasses
import io
import json
import subprocess
import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.cli import console
from salesrepo.errors import UsageError

BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


class Stream(io.TextIOWrapper):
    """A standard stream of a chosen encoding that is a terminal or is not."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode(self.encoding)


def put(monkeypatch: pytest.MonkeyPatch, name: str, encoding: str = "utf-8", *, terminal: bool = False) -> Stream:
    """Stand a fresh stream in for sys.stdin, sys.stdout or sys.stderr, in the test's body: pytest's own capture
    takes those back between a fixture and the test."""
    stream = Stream(encoding, terminal=terminal)
    monkeypatch.setattr(sys, name, stream)
    monkeypatch.setenv("COLUMNS", "80")
    return stream


def without_colour(text: str) -> str:
    return text.replace("\x1b[1m", "").replace("\x1b[0m", "")


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("Acme \x1b[2J", r"Acme \x1b[2J"),
        ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
        ("\x9b31m\x85", r"\x9b31m\x85"),
        ("a\u202eb\u2066c", r"a\u202eb\u2066c"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("half \ud83d", r"half \ud83d"),
        ("one\r\ntwo\tthree\x7f", r"one\r\ntwo\tthree\x7f"),
        ("line\u2028break", r"line\u2028break"),
    ],
)
def test_what_could_drive_a_terminal_is_shown_instead(given_text: str, shown: str) -> None:
    assert console.term(given_text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Søren Łuczak",
        "株式会社",
        "شرکت می‌رود",
        "हिन्दी क्‍ष",
        "👩‍💻 🏴\U000e0067\U000e0062\U000e007f ❤️",
        r"C:\x1b",
        "e\u0301",
    ],
)
def test_every_script_and_emoji_stay_as_they_are(text: str) -> None:
    assert console.term(text) == text


@given(st.text(st.characters(exclude_categories=[])))
def test_no_control_survives_and_showing_twice_changes_nothing(text: str) -> None:
    shown = console.term(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in shown} & BIDI_CONTROLS
    assert console.term(shown) == shown
    assert console.term(text, lines=True).split("\n") == [console.term(line) for line in text.split("\n")]


def test_say_keeps_line_breaks_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = put(monkeypatch, "stdout")
    console.say("first\nsecond\x1b[A")
    assert pipe.text() == "first\nsecond\\x1b[A\n"


def test_an_error_is_a_sentence_and_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = put(monkeypatch, "stderr")
    console.say_error("acme.com is taken by ana.", hint="Ask her: sr refer acme.com")
    console.say_error("No.")
    assert stream.text() == ("error: acme.com is taken by ana.\n  -> Ask her: sr refer acme.com\nerror: No.\n")


@pytest.mark.parametrize(("variable", "plain"), [("", False), ("NO_COLOR", False), ("", True)])
def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch, variable: str, plain: bool) -> None:
    error_terminal = put(monkeypatch, "stderr", terminal=True)
    if variable:
        monkeypatch.setenv(variable, "1")
    console.set_plain(plain=plain)
    try:
        console.say_error("No.")
    finally:
        console.set_plain(plain=False)
    assert ("\x1b[1;31m" in error_terminal.text()) == (not variable and not plain)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_poor_encoding_never_crashes(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    stream = put(monkeypatch, "stdout", encoding, terminal=True)
    console.say("Łódź é 👍 \ud800")
    console.table(["name"], [["Łódź é 👍"]])
    lines = without_colour(stream.text()).splitlines()
    assert lines[0] == "Łódź é 👍 \\ud800".encode(encoding, "backslashreplace").decode(encoding)
    assert lines[2] == "Łódź é 👍".encode(encoding, "backslashreplace").decode(encoding)


@dataclasses.dataclass(frozen=True)
class Line:
    day: date
    amount: str
    parts: tuple[str, ...]


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_json_reads_back_and_holds_no_control(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    stream = put(monkeypatch, "stdout", encoding)
    note = "Zoë \x1b[2J \x9b \u202e \ud800 \U0001f600"
    console.say_json({"line": Line(date(2026, 11, 21), "10.00", ("a", "b")), "note": note})
    assert json.loads(stream.text()) == {
        "line": {"day": "2026-11-21", "amount": "10.00", "parts": ["a", "b"]},
        "note": note,
    }
    assert console.term(stream.text(), lines=True) == stream.text()
    assert ("Zoë" in stream.text()) == (encoding == "utf-8")


def test_json_refuses_what_it_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = put(monkeypatch, "stdout")
    with pytest.raises(TypeError, match="set has no place in JSON"):
        console.say_json({"keys": {"a"}})
    assert pipe.text() == ""


def test_an_encoders_text_is_whole_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = put(monkeypatch, "stdout")
    console.emit("a,b\r\n\x1b\r\n")
    assert pipe.text() == "a,b\r\n\x1b\r\n"


def test_an_encoders_text_is_safe_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = put(monkeypatch, "stdout", terminal=True)
    console.emit("a\x1b\n")
    assert terminal.text() == "a\\x1b\n"


def test_a_table_in_a_pipe_is_aligned_by_what_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = put(monkeypatch, "stdout")
    console.table(
        ["account", "owner", "amount"],
        [["株式会社", "ana", "9.50"], ["acme", "e\u0301ve\n", "1000.00"]],
        right=["amount"],
    )
    assert pipe.text() == (
        "account   owner   amount\n"
        "株式会社  ana       9.50\n"
        "acme      e\u0301ve\\n  1000.00\n"
    )  # fmt: skip


def test_a_table_in_a_pipe_cuts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = put(monkeypatch, "stdout")
    monkeypatch.setenv("COLUMNS", "20")
    console.table(["a", "b"], [["x" * 100, "y" * 100]])
    assert pipe.text().splitlines()[1] == "x" * 100 + "  " + "y" * 100


def test_a_table_on_a_terminal_has_a_bold_head_and_reads_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = put(monkeypatch, "stdout", terminal=True)
    console.table(["account", "amount"], [["[red]acme[/red] :smile:", "10.00"]], right=["amount"])
    assert "\x1b[1maccount" in terminal.text()
    lines = without_colour(terminal.text()).splitlines()
    assert lines == ["account                  amount", "[red]acme[/red] :smile:   10.00"]


@pytest.mark.parametrize("columns", ["12", "30", "50"])
def test_a_table_wraps_into_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    terminal = put(monkeypatch, "stdout", terminal=True)
    monkeypatch.setenv("COLUMNS", columns)
    console.table(["account", "note"], [["d-acme.com", "called the buyer, sends the order on Monday"]])
    lines = without_colour(terminal.text()).splitlines()
    assert max(map(len, lines)) <= int(columns)
    words = ["account", "note", "d-acme.com", *"called the buyer, sends the order on Monday".split()]
    assert sorted(word.rstrip(":") for word in " ".join(lines).split()) == sorted(words), "no word is broken"


def test_a_terminal_too_narrow_for_its_columns_gets_rows_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = put(monkeypatch, "stdout", terminal=True)
    monkeypatch.setenv("COLUMNS", "18")
    console.table(["account", "", "due"], [["d-nam-zimmerli.com", "yours", ""], ["d-acme.com", "", "2026-03-02"]])
    assert terminal.text() == "account:\nd-nam-zimmerli.com\nyours\n\naccount:\nd-acme.com\ndue: 2026-03-02\n"


def test_prose_on_a_terminal_is_wrapped_at_spaces_and_indented_as_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, errors = put(monkeypatch, "stdout", terminal=True), put(monkeypatch, "stderr", terminal=True)
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("NO_COLOR", "1")
    console.say("  It is yours. Next: sr show d-nam-zimmerli-holding.com\nshort")
    assert terminal.text() == "  It is yours. Next:\n  sr show\n  d-nam-zimmerli-holding.com\nshort\n"
    console.say_error("acme.com is taken by ana.", hint="Ask her: sr refer acme.com")
    assert errors.text() == "error: acme.com is\ntaken by ana.\n  -> Ask her: sr\n  refer acme.com\n"
    pipe = put(monkeypatch, "stdout")
    monkeypatch.setenv("COLUMNS", "5")
    console.say("As it is, on one line.")
    assert pipe.text() == "As it is, on one line.\n"


def test_plain_on_a_terminal_is_what_a_pipe_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = put(monkeypatch, "stdout", terminal=True)
    console.set_plain(plain=True)
    try:
        console.table(["a"], [["b"]])
    finally:
        console.set_plain(plain=False)
    assert terminal.text() == "a\nb\n"


def test_a_question_goes_to_whoever_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = put(monkeypatch, "stdout")
    error_terminal = put(monkeypatch, "stderr", terminal=True)
    answers = put(monkeypatch, "stdin", terminal=True)
    answers.write("\n  DE \n")
    answers.seek(0)
    assert console.ask("Which country?", option="--country") == "DE"
    assert error_terminal.text() == "Which country? Which country? "
    assert pipe.text() == ""


@pytest.mark.parametrize("there", [True, False])
def test_a_question_nobody_answers_names_the_option(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    error_terminal = put(monkeypatch, "stderr", terminal=True)
    put(monkeypatch, "stdin", terminal=there)
    with pytest.raises(UsageError) as caught:
        console.ask("Which country?", option="--country")
    assert caught.value.hint == "Give it with --country."
    assert error_terminal.text() == ("Which country? " if there else "")


def run(code: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", f"from salesrepo.cli import console\n{code}"]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_reader_that_leaves_ends_the_command_quietly() -> None:
    child = run("for n in range(100_000): console.say('x' * 200)")
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    assert child.stderr.read() == ""
    assert child.wait() == 0
    child.stderr.close()


def test_rich_stays_unloaded_without_a_terminal() -> None:
    child = run(
        "import sys\n"
        "console.say('x'); console.say_error('x', 'y'); console.say_json([]); console.table(['a'], [['b']])\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'rich'])"
    )
    out, _ = child.communicate()
    assert out.splitlines()[-1] == "[]"
