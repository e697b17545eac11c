"""`salesrepo check`: what the bots would say, and what mends itself."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, FormatOption, Json
from salesrepo.cli.reports import show_report
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.checks.selection import Selection
    from salesrepo.domain.finding import CheckReport
    from salesrepo.flows.here.workspace import Workspace
    from salesrepo.flows.proposals.fix import Fix

SelectOption = Annotated[
    list[str] | None, typer.Option(help="Run these rules only: codes, how codes begin, names, groups; commas between.")
]
IgnoreOption = Annotated[list[str] | None, typer.Option(help="Leave these rules out; written as for --select.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("check")(check)


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; everything not accepted if left out.")
    ] = None,
    base: Annotated[str, typer.Option(help="The revision that judges.")] = "",
    head: Annotated[str, typer.Option(help="The revision that is judged.")] = "",
    actor: Annotated[str, typer.Option(help="The node whose proposal it would be; you if left out.")] = "",
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    format_: FormatOption = "text",
    *,
    all_: Annotated[bool, typer.Option("--all", help="Audit every record of main.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend case, keys and places first; order and quotes of what commands write.")
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Check what is noted or edited, some files, a revision, or the whole repository."""
    from salesrepo.domain.finding import Severity
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.report.registry import known_format

    if bool(base) is not bool(head) or sum(map(bool, (paths, base, all_))) > 1:
        raise UsageError("Name files, or --base with --head, or --all.", hint="See: salesrepo check --help")
    if fix and (base or all_):
        raise UsageError(
            f"--fix mends files of this folder, and {'--all' if all_ else '--base'} judges what lies in no folder.",
            hint="Mend first (salesrepo check --fix), and check after it.",
        )
    if dry_run and not fix:
        raise UsageError("--dry-run shows what --fix would mend.", hint="Add --fix, or leave it away.")
    wanted = known_format("json" if json else format_)
    rules = _rules(select or [], ignore or [], audit=all_)
    ws = open_workspace()
    if fix:
        moved = _mend(ws, paths or [], dry_run=dry_run, aloud=wanted == "text")
        if dry_run:
            return ExitCode.DONE
        paths = [path for path in paths if path.exists() or not moved] + moved if paths else paths
    report = _judge_all(ws, rules) if all_ else _judge(ws, rules, paths or [], (base, head), actor)
    if paths and wanted == "text" and not report.rules:
        console.say("Nothing there is edited. To audit what is accepted: salesrepo check --all")
        return ExitCode.DONE
    show_report(wanted, report)
    return ExitCode.FINDINGS if report.of(Severity.ERROR) else ExitCode.DONE


def _rules(select: "Sequence[str]", ignore: "Sequence[str]", *, audit: bool) -> "Selection":
    from salesrepo.checks.selection import ALL
    from salesrepo.checks.selection import select as selected
    from salesrepo.flows.proposals.check import AUDIT

    among = AUDIT if audit else ALL
    if not select and not ignore:
        return among
    asked = selected(select, ignore)
    if audit and not {rule.code for rule in among.rules}.intersection(rule.code for rule in asked.rules):
        raise UsageError(
            "These rules judge what somebody changes, so an audit runs none of them.",
            hint="Leave --all away: salesrepo check judges what is noted or edited.",
        )
    return selected(select, ignore, among=among.rules)


def _judge_all(ws: "Workspace", rules: "Selection") -> "CheckReport":
    from salesrepo.flows.proposals.check import check_all

    with console.progress() as step:
        return check_all(ws, rules=rules, step=step)


def _judge(
    ws: "Workspace", rules: "Selection", paths: "Sequence[Path]", ends: tuple[str, str], actor: str
) -> "CheckReport":
    from salesrepo.flows.proposals.check import check_files, check_outbox, check_range

    if ends[0]:
        return check_range(ws, *ends, actor=actor, rules=rules).report
    if paths:
        return check_files(ws, paths, actor=actor, rules=rules).report
    return check_outbox(ws, actor=actor, rules=rules).report


def _mend(ws: "Workspace", paths: "Sequence[Path]", *, dry_run: bool, aloud: bool) -> list[Path]:
    """Mend, and say what: on standard output for a person, beside it where a program reads the report.

    Returns where files of the folder stand that were moved.
    """
    from salesrepo.flows.proposals.fix import fix

    say = console.say if aloud else console.say_beside
    fixes = fix(ws, paths, dry_run=dry_run)
    for one in fixes:
        say(_told(one, dry_run=dry_run))
    if not fixes:
        say("Nothing to mend.")
    return [ws.desk.root / one.now for one in fixes if one.where == "folder" and one.now != one.path]


def _told(one: "Fix", *, dry_run: bool) -> str:
    verb = "Would mend" if dry_run else "Mended"
    where = " (noted)" if one.where == "outbox" else ""
    moved = f", which belongs at {one.now}" if one.now != one.path else ""
    diff = f"\n{one.diff()}".rstrip("\n") if dry_run else ""
    return f"{verb} {one.path}{where}{moved}.{diff}"
