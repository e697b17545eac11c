"""What do all rules say of one proposal?"""

from collections.abc import Iterable

from salesrepo.checks.rule import CannotJudge, CheckContext, Rule
from salesrepo.domain.finding import CheckReport, Finding, Skipped
from salesrepo.errors import RecordError, RefusedError


def run_checks(ctx: CheckContext, rules: Iterable[Rule]) -> CheckReport:
    """Run every rule over the context. One that lacks what it needs is skipped, and said to be.

    What a rule found before it had to stop is kept. Raises UnavailableError where the repository cannot be read.
    """
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    ran: list[str] = []
    for rule in rules:
        ran.append(rule.code)
        try:
            findings.extend(rule.check(ctx))
        except CannotJudge as lack:
            skipped.append(Skipped(rule.code, str(lack)))
        except (RecordError, RefusedError) as broken:
            skipped.append(Skipped(rule.code, f"a record that it needs cannot be used: {broken.message}"))
    order = sorted(findings, key=lambda f: (f.at.path, f.code, tuple(map(str, f.at.route))))
    return CheckReport(tuple(order), tuple(skipped), checked=len(ctx.change.changes), rules=tuple(ran))
