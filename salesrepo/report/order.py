"""In which order do findings stand, and how are their places and approvers written?"""

from collections.abc import Iterable

from salesrepo.domain.finding import Finding, Location, Skipped, Waived


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """By path, then place, then code: the same findings always give the same text."""
    return sorted(findings, key=_place)


def waivers_in_order(waived: Iterable[Waived]) -> list[Waived]:
    """The same for findings that are set aside."""
    return sorted(waived, key=lambda one: (_place(one.finding), one.until, one.reason))


def skips_in_order(skipped: Iterable[Skipped]) -> list[Skipped]:
    """By code, then reason."""
    return sorted(skipped, key=lambda one: (one.code, one.reason))


def _place(finding: Finding) -> tuple[str, int, int, str, str, str]:
    at = finding.at
    return at.path, at.line, at.column, finding.code, at.field, finding.message


def where(at: Location) -> str:
    """A place as editors understand it: `a.yml:3:9`, the path alone where no line is known."""
    return f"{at.path}:{at.line}:{at.column}" if at.line else at.path


def approvers(finding: Finding) -> str:
    """Whose approval a finding waits for: the roles, and people it names."""
    return ", ".join((*finding.roles, *finding.nodes))
