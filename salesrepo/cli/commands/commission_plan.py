"""`salesrepo commission plan` and `lint`: a plan to read, to see and to sign, and what it may not have meant."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json, day
from salesrepo.errors import ExitCode, RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.domain.chart import Chart
    from salesrepo.flows.books.plans import Version

_HERE = "-"


def add_to(group: typer.Typer) -> None:
    """Register the commands in their group."""
    for command in (plan, lint):
        group.command(command.__name__)(command)


def plan(
    named: Annotated[str, typer.Argument(metavar="PLAN|FILE", help="A plan of the company, or a file that holds one.")],
    on: Annotated[str, typer.Argument(metavar="DAY", help="The day on which it is in force; today if left out.")] = "",
    format: Annotated[str, typer.Option(help="text, markdown or html.")] = "text",
    chart: Annotated[
        str, typer.Option(help="Draw the pay curves into this .svg or .html file; - shows them here.")
    ] = "",
    of: Annotated[str, typer.Option(help="With --chart: this payee's attainment over the months.")] = "",
    *,
    json: Json = False,
) -> int:
    """Show a plan as the page that a rep signs: what counts, each rate with its rows, release, reversal, draws."""
    from datetime import date

    from salesrepo.flows.books.plans import is_file, version_in, version_of
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.report.pages import lay_out

    if of and not chart:
        raise UsageError("A payee's attainment is a chart.", hint="Say where to draw it: --chart FILE.svg")
    told = day(on)
    version = (
        version_in(named)
        if is_file(named)
        else version_of(open_workspace(), named, date.fromisoformat(told) if told else None)
    )
    if chart:
        return _draw(version, chart, of=of)
    if json:
        console.say_json(_plain(version))
    else:
        console.emit(lay_out(format, version.page), prose=format == "text")
    return _warn(version)


def lint(
    named: Annotated[
        list[str] | None, typer.Argument(metavar="[PLAN|FILE]…", help="Plans or files; all plans if left out.")
    ] = None,
    *,
    json: Json = False,
) -> int:
    """Warn of pitfalls: everything up front, rows that nobody reaches, rates that fall, endless residuals ..."""
    from salesrepo.commission.lint.registry import WARNINGS
    from salesrepo.domain.finding import Severity, Verdict
    from salesrepo.flows.books.plan_lint import lint_files, lint_plans
    from salesrepo.flows.books.plans import is_file
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.report.registry import render

    asked = tuple(named or ())
    only_files = bool(asked) and all(map(is_file, asked))
    report = lint_files(asked) if only_files else lint_plans(open_workspace(), asked)
    verdict = Verdict.REFUSED if report.of(Severity.ERROR) else Verdict.AUTO
    console.emit(render("json" if json else "text", report, verdict=verdict, rules=WARNINGS), prose=not json)
    return ExitCode.FINDINGS if report.findings else ExitCode.DONE


def _warn(version: "Version") -> int:
    """Say beside the page what keeps the plan from being paid by: such a page is none to sign."""
    faults = version.faults
    for route, sentence, _ in faults:
        console.say_beside(f"This plan cannot be paid by: {'.'.join(map(str, route))}: {sentence}")
    return ExitCode.FINDINGS if faults else ExitCode.DONE


def _draw(version: "Version", where: str, *, of: str) -> int:
    from salesrepo.domain.period import Calendar
    from salesrepo.flows.books.plans import attained, calendar_of, curves
    from salesrepo.flows.here.workspace import open_workspace

    if of:
        charts = attained(open_workspace(), of)
        if not charts:
            hint = f"What was booked: salesrepo commission statement {of}"
            raise RefusedError(f"Nothing that was booked for {of} is rated by a quota.", hint=hint)
        return _put(charts, where)
    found = curves(version, Calendar() if version.file else calendar_of(open_workspace()))
    for reason in found.without:
        console.say_beside(f"No chart of {reason}.")
    if not found.charts:
        message = f"The plan {version.plan.plan} has no table by a running total or an attainment, so no curve."
        raise RefusedError(message, hint="Its page says what it pays: leave --chart out.")
    return _put(found.charts, where)


def _put(charts: "Sequence[Chart]", where: str) -> int:
    from salesrepo.report.charts import draw

    if where == _HERE:
        console.emit(draw("text", charts), prose=True)
        return ExitCode.DONE
    text = draw(Path(where).suffix.removeprefix("."), charts)
    try:
        Path(where).write_text(text, encoding="utf-8")
    except OSError as problem:
        raise UsageError(
            f"{where} cannot be written: {problem.strerror}.", hint="Name a file in a folder of yours."
        ) from None
    console.say(f"Drawn: {console.term(where)}")
    return ExitCode.DONE


def _plain(version: "Version") -> dict[str, object]:
    page, known = version.page, version.known
    blocks = [{"is": type(block).__name__.lower(), **block._asdict()} for block in page.blocks]
    told = {"plan": version.plan.plan, "effective": version.plan.effective, "later": known.later}
    return {
        **told,
        "path": known.ref.path,
        "blob": known.ref.blob,
        "people": known.people,
        "title": page.title,
        "blocks": blocks,
    }
