"""What do all warnings say of a plan?"""

from salesrepo.commission.lint.registry import WARNINGS
from salesrepo.commission.lint.warning import CannotTellError, History, Look
from salesrepo.commission.ready.plan import problems, ready
from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Skipped
from salesrepo.domain.kinds.plan import Plan
from salesrepo.domain.statement import PlanRef


def lint(plan: Plan, ref: PlanRef, history: History | None = None) -> CheckReport:
    """The warnings about one plan, as findings at its path; what could not be judged is told as skipped."""
    version = None if problems(plan) else ready(plan, ref)
    look = Look(plan, version, history)
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    for warning in WARNINGS:
        try:
            findings += [
                Finding(warning.code, Severity.WARNING, found.message, Location(ref.path, found.route), hint=found.hint)
                for found in warning.remarks(look)
            ]
        except CannotTellError as lack:
            skipped.append(Skipped(warning.code, f"{ref.path}: {lack}"))
    codes = tuple(warning.code for warning in WARNINGS)
    return CheckReport(tuple(findings), tuple(skipped), checked=1, rules=codes)
