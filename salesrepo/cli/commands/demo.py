"""`salesrepo demo`: a real history becomes a company, and a day is played in front of you."""

import os
import re
import shlex
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.errors import ConflictError, ExitCode, SalesRepoError, UsageError

if TYPE_CHECKING:
    from salesrepo.cli.demo_script import Edit, Step


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("demo")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(help="A new folder, left for you to explore.")] = Path("demo"),
    tamper: Annotated[Path | None, typer.Option(help="Instead: the forge whose ledger is to be forged.")] = None,
    into: Annotated[Path | None, typer.Option(help="With --tamper: the new folder for the forged copy.")] = None,
    payee: Annotated[str, typer.Option(help="With --tamper: who gets one cent more.")] = "",
) -> int:
    """Play a day on real data: import, claim, log, a refused deal, a won one, pay, verification, one forged cent."""
    if tamper is not None:
        return _tamper(tamper, into, payee)
    if folder.exists() and any(folder.iterdir()):
        raise ConflictError(f"{folder} is not empty.", hint="Name a new folder: salesrepo demo DIR")
    return _play(folder.resolve())


def _tamper(forge: Path, into: Path | None, payee: str) -> int:
    from salesrepo.flows.books.tamper import add_a_cent

    if into is None or not payee:
        raise UsageError("--tamper needs --into FOLDER and --payee NODE.", hint="The forge itself is never changed.")
    if into.exists():
        raise ConflictError(f"{into} is there already.", hint="Name a new folder.")
    shutil.copytree(forge, into)
    done = add_a_cent(into, payee)
    console.say(f"A line of {payee} in {console.term(str(into))} says {done.now} now; it was {done.was}.")
    return ExitCode.DONE


def _play(top: Path) -> int:
    from salesrepo.cli.demo_script import CLOCK, HISTORY, MONTH_END, Step, steps
    from salesrepo.flows.here.place import CLOCK as VARIABLE
    from salesrepo.resources import resource

    started, here, before = time.monotonic(), Path.cwd(), os.environ.get(VARIABLE)
    os.environ[VARIABLE] = CLOCK
    console.say("Every command below can be typed again; first say what time it is:")
    console.say(f"$ export {VARIABLE}={CLOCK}")
    folder = top.parent
    try:
        for step in steps(top):
            folder = _show(step, top, folder) if isinstance(step, Step) else _edit(step, top, folder)
            if not (top / HISTORY).exists():
                shutil.copytree(resource("examples") / "crm-sales-opportunities", top / HISTORY)
    finally:
        os.chdir(here)
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
    console.say("")
    console.say(f"That was a company, in {time.monotonic() - started:.0f} seconds. It is yours to explore:")
    console.say(f"  cd {console.term(shlex.quote(str(top / 'anna-snelling')))}")
    if shutil.which("sr") is None:
        console.say(f'  export PATH={console.term(shlex.quote(str(Path(sys.argv[0]).resolve().parent)))}:"$PATH"')
    console.say(f"  export {VARIABLE}={MONTH_END}    # in this company it is that day")
    console.say("  sr status;  sr show codehow;  sr pay;  salesrepo explain SR303")
    return ExitCode.DONE


def _goes_to(step: "Step | Edit", top: Path, before: Path) -> Path:
    folder = top / step.folder if top.exists() else top.parent
    if step.says:
        console.say(f"\n# {step.says}")
    if folder != before:
        console.say(f"$ cd {console.term(shlex.quote(str(folder)))}")
    os.chdir(folder)
    return folder


def _edit(step: "Edit", top: Path, before: Path) -> Path:
    folder = _goes_to(step, top, before)
    path = folder / step.path
    name = console.term(shlex.quote(step.path))
    if step.was:
        was = re.sub(r"([][.*^$\\])", r"\\\1", step.was)
        now = step.now.replace("\n", "\\n")
        swap = shlex.quote(f"s|{was}|{now}|")
        console.say(f"$ sed -i.bak {console.term(swap)} {name} && rm {name}.bak")
        path.write_text(path.read_text(encoding="utf-8").replace(step.was, step.now), encoding="utf-8")
        return folder
    console.say(f"$ mkdir -p {console.term(shlex.quote(str(Path(step.path).parent)))} && cat > {name} <<'END'")
    for line in (*step.now.splitlines(), "END"):
        console.say(console.term(line))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(step.now, encoding="utf-8")
    return folder


def _show(step: "Step", top: Path, before: Path) -> Path:
    from salesrepo.cli.app import run
    from salesrepo.flows.here.place import CLOCK as VARIABLE

    folder = _goes_to(step, top, before)
    words = [str(_last(top)) if word == "{last}" else word for word in step.words]
    if step.clock:
        os.environ[VARIABLE] = step.clock
        console.say(f"$ export {VARIABLE}={step.clock}")
    console.say(f"$ {'sr' if step.sr else 'salesrepo'} {console.term(shlex.join(words))}")
    code = run(words)
    if code != step.expect:
        raise SalesRepoError(f"That ended with {code}, not with {step.expect.value}.", hint="Please report it.")
    if code:
        console.say(f"(exit code {code})")
    return folder


def _last(top: Path) -> int:
    from salesrepo.flows.here.place import clock
    from salesrepo.flows.here.workspace import forge_at
    from salesrepo.forge.base import ProposalState

    waiting = forge_at("local", str(top / "forge"), clock()).list(ProposalState.OPEN)
    return waiting[-1].number if waiting else 0
