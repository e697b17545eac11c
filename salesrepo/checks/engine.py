"""What do all rules say of one proposal?"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from salesrepo.checks.personal import held, impersonal
from salesrepo.checks.rule import CannotJudge, CheckContext, Rule
from salesrepo.checks.waivers import Waivers
from salesrepo.domain.finding import CheckReport, Finding, Location, Skipped, Waived
from salesrepo.errors import RecordError, RefusedError


def _as_it_is(at: Location) -> Location:
    return at


def _placed(finding: Finding, locate: Callable[[Location], Location]) -> Finding:
    """A finding with its line and column, fit for logs that others read: no value of a person's stands in it."""
    at = locate(finding.at)
    personal = next((index for index, step in enumerate(at.route) if isinstance(step, str) and held(step)), None)
    message, hint = impersonal(finding.message), impersonal(finding.hint)
    return replace(finding, at=replace(at, route=at.route[:personal]), message=message, hint=hint)


def run_checks(
    ctx: CheckContext,
    rules: Iterable[Rule],
    *,
    locate: Callable[[Location], Location] = _as_it_is,
    left_out: tuple[str, ...] = (),
) -> CheckReport:
    """Run every rule over the context, and set aside what the company waives (checks/waivers.py).

    A rule that lacks what it needs is skipped, and said to be; what it found before it had to stop is kept. `locate`
    gives a finding its line and column. `left_out` are the codes of rules that somebody chose not to ask; a bot's
    verdict has none. Raises UnavailableError where the repository cannot be read.
    """
    findings: list[Finding] = []
    waived: list[Waived] = []
    skipped: list[Skipped] = []
    ran: list[str] = []
    waivers = Waivers(ctx)
    for rule in rules:
        ran.append(rule.code)
        found: list[Finding] = []
        try:
            found.extend(rule.check(ctx))
        except CannotJudge as lack:
            skipped.append(Skipped(rule.code, str(lack)))
        except (RecordError, RefusedError) as broken:
            skipped.append(Skipped(rule.code, f"a record that it needs cannot be used: {broken.message}"))
        stays, aside = waivers.sift(rule, (_placed(one, locate) for one in found))
        findings += stays
        waived += aside
    complete = set(ran) - {one.code for one in skipped}
    findings += (_placed(one, locate) for one in waivers.idle(complete))
    order = sorted(findings, key=lambda f: (f.at.path, f.code, tuple(map(str, f.at.route))))
    return CheckReport(
        tuple(order),
        tuple(skipped),
        checked=len(ctx.change.changes),
        rules=tuple(ran),
        waived=tuple(waived),
        left_out=left_out,
    )
