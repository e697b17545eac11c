"""Where does the evidence for a line of pay go: onto the terminal, into a pipe or into a file?"""

from pathlib import Path
from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.cli.outcomes import some
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace


def tell_evidence(ws: "Workspace", line: str, *, node: str, to: Path | None, json: bool) -> int:
    """Write the bundle as Markdown or JSON; exit 1 where this copy lacks a part of it."""
    from salesrepo.encode.json_ import document
    from salesrepo.flows.books.evidence import evidence_of
    from salesrepo.report.evidence import plain, render_markdown

    found = evidence_of(ws, line, node=node)
    text = document(plain(found)) if json else render_markdown(found)
    if to is None:
        console.emit(text)
    else:
        try:
            to.write_text(text, encoding="utf-8", newline="\n")
        except OSError as problem:
            hint = "Name a file in a folder of yours."
            raise UsageError(f"{to} cannot be written: {problem.strerror}.", hint=hint) from None
        console.say(f"Written: {console.term(str(to))}")
    for one in found.missing if to else ():
        console.say(f"Missing in this copy: {console.term(one)}")
    if found.missing:
        lacking = some(len(found.missing), "piece")
        console.say_beside(f"{lacking} of the evidence cannot be shown from this copy; the bundle names each.")
    return ExitCode.FINDINGS if found.missing else ExitCode.DONE
