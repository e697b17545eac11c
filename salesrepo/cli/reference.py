"""Which commands are there, with which arguments and options? The page docs/cli.md, from the commands themselves.

Typer's own help is not used: its wording changes with Typer's release and the terminal, and the page must not.
"""

from collections.abc import Iterator
from typing import Any

import typer

from salesrepo.cli.root import build

_HEAD = """\
# The command line

Written by `make generate` from the commands themselves. `sr` is a short name for `salesrepo`. What the exit codes mean:
[exit-codes.md](exit-codes.md).
"""


def reference() -> str:
    """The page, in Markdown: each command in the order of help, with its usage, its sentence and its options."""
    return "\n".join([_HEAD, *_sections(typer.main.get_command(build()), "salesrepo")])


def _sections(command: Any, name: str) -> Iterator[str]:
    if command.hidden:
        return
    parameters = [p for p in command.params if not getattr(p, "hidden", False)]
    inner = getattr(command, "commands", {})
    yield f"## {name}\n"
    yield f"```\n{' '.join([name, *_usage(parameters, group=bool(inner))])}\n```\n"
    if command.help:
        yield f"{command.help.strip()}\n"
    if parameters:
        yield "\n".join(["| | |", "|---|---|", *map(_row, parameters), ""])
    for word, below in inner.items():
        yield from _sections(below, f"{name} {word}")


def _usage(parameters: list[Any], *, group: bool) -> Iterator[str]:
    if any(p.param_type_name == "option" for p in parameters):
        yield "[OPTIONS]"
    yield from (_name(p) if p.required else f"[{_name(p)}]" for p in parameters if p.param_type_name == "argument")
    if group:
        yield "COMMAND ..."


def _row(parameter: Any) -> str:
    told = [" ".join((parameter.help or "").replace("|", "\\|").split())]
    if parameter.param_type_name == "option" and parameter.required:
        told.append("Needed.")
    if getattr(parameter, "multiple", False):
        told.append("May be repeated.")
    if not getattr(parameter, "is_flag", False) and isinstance(parameter.default, str | int) and parameter.default:
        told.append(f"Default: `{parameter.default}`.")
    return f"| `{_name(parameter)}` | {' '.join(filter(None, told))} |"


def _name(parameter: Any) -> str:
    word = parameter.metavar or parameter.name.strip("_").upper()
    if parameter.param_type_name == "argument":
        return f"{word}..." if parameter.nargs == -1 else word
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    value = parameter.metavar or max(parameter.opts, key=len).lstrip("-").upper()
    return names if parameter.is_flag else f"{names} {value}"
