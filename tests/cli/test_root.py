"""Is no more built than a command line needs, and is what is missing there never missed?"""

import pytest

from salesrepo.cli import app, root
from salesrepo.errors import ExitCode

Captured = pytest.CaptureFixture[str]


def test_help_names_every_command_with_its_sentence(capsys: Captured) -> None:
    assert app.run(["--help"]) == ExitCode.DONE
    lines = capsys.readouterr().out.splitlines()
    listed = {line.split()[0]: line.split(maxsplit=1)[1:] for line in lines[lines.index("Commands:") + 1 :] if line}
    assert set(listed) == set(root.COMMANDS)
    assert [name for name, sentence in listed.items() if not sentence] == []


def test_help_before_a_command_is_help_for_all(capsys: Captured) -> None:
    assert app.run(["--help", "log"]) == ExitCode.DONE
    assert "  claim " in capsys.readouterr().out


def test_a_group_s_help_names_all_of_its_commands(capsys: Captured) -> None:
    assert app.run(["log", "--help"]) == ExitCode.DONE
    told = capsys.readouterr().out
    assert [word for word in ("call", "email", "meeting", "demo", "note", "deal") if f"  {word} " not in told] == []


def test_only_the_command_asked_for_is_built() -> None:
    (group,) = root.application(["log", "call", "acme"]).registered_groups
    assert group.typer_instance is not None
    assert [command.name for command in group.typer_instance.registered_commands] == ["call"]
    assert root.application(["--plain"]).registered_commands == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["lgo"], "Did you mean 'log'"),
        (["log", "cal"], "Did you mean 'call'"),
        (["log", "call"], "Missing argument"),
        (["show", "--bad"], "No such option"),
        (["--bad"], "No such option"),
        (["claim", "x.com", "--employees", "many"], "--employees takes a whole number, not 'many'."),
    ],
)
def test_a_slip_is_a_usage_error_with_a_next_step(capsys: Captured, words: list[str], says: str) -> None:
    assert app.run(words) == ExitCode.USAGE
    told = capsys.readouterr().err
    assert says in told
    assert "--help" in told
