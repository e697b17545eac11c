"""How a report is printed in the format that was asked for."""

from typing import TYPE_CHECKING

from salesrepo.cli import console

if TYPE_CHECKING:
    from salesrepo.domain.finding import CheckReport, Verdict


def show_report(wanted: str, report: "CheckReport", *, verdict: "Verdict | None" = None) -> None:
    """Print a report with what is known of the rules; `verdict` stands in for its own where approvals were counted."""
    from salesrepo.checks.registry import RULES
    from salesrepo.report.registry import COMMANDS, render

    told = render(wanted, report, verdict=verdict, rules=RULES)
    console.emit(told, commands=wanted in COMMANDS, prose=wanted == "text")
