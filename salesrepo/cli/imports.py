"""How is it told what became of the rows of a file from elsewhere?"""

from pathlib import Path
from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.cli.outcomes import tell_sent
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.flows.proposals.review import Said
    from salesrepo.flows.sending.deliver import Sent
    from salesrepo.importers.report import Report

_ROWS = 20  # that a person reads; all of them are in the file of --report


def tell_import(
    report: "Report",
    sent: "Sequence[Sent]",
    *,
    into: Path | None,
    dry_run: bool,
    json: bool,
    changes: "Sequence[Said] | None" = None,
) -> int:
    """Say what became of each row and of what was sent, and write every row that is none `into` a CSV file.

    `changes` are what the rows do to the records, told where they are given. FINDINGS where a row is no record, though
    the mapping expects it to be one, or something was not accepted.
    """
    from salesrepo.importers.fault import DECIDED
    from salesrepo.importers.report_csv import reported_csv

    if into:
        into.write_bytes(reported_csv(report))
    if json:
        changed = any(one.number for one in sent)
        told = {} if changes is None else {"changes": changes}
        console.say_json({**told, "report": report, "sent": [_plain(one) for one in sent], "changed": changed})
    else:
        _tell_rows(report, into)
        for change in changes or ():
            _tell_change(change)
        for one in sent:
            tell_sent(one, verbose=False)
        if not sent:
            console.say("There is nothing new in it." if not report.rows else "Nothing was sent.")
        elif any(one.fate == "review" for one in sent) and not dry_run:
            console.say(f"Next: somebody else runs  salesrepo review approve {sent[-1].number}")
    lost = any("refused" in (one.fate, one.would) or "conflict" in (one.fate, one.would) for one in sent)
    odd = any(row.reason not in DECIDED for row in report.rows)
    return ExitCode.FINDINGS if odd or lost else ExitCode.DONE


def _tell_rows(report: "Report", into: Path | None) -> None:
    from salesrepo.importers.report import lines

    for line in lines(report):
        console.say(line)
    for row in report.rows[:_ROWS]:
        named = f" ({console.term(row.id)})" if row.id else ""
        console.say(f"line {row.line}{named}: {console.term(row.sentence)}")
    if len(report.rows) > _ROWS and not into:
        console.say(f"… and {len(report.rows) - _ROWS:,} more; all of them: --report ROWS.csv")


def _tell_change(change: "Said") -> None:
    console.say(console.term(change.about))
    for words in change.words[:_ROWS]:
        console.say(f"  {console.term(words)}")
    if len(change.words) > _ROWS:
        console.say(f"  … and {len(change.words) - _ROWS:,} more")


def _plain(sent: "Sent") -> dict[str, object]:
    return {name: getattr(sent, name) for name in ("title", "fate", "would", "number", "roles", "reason")}
