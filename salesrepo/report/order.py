"""In which order do findings stand, and how do they become lines that nobody else's text can break?"""

import re
from collections.abc import Iterable

from salesrepo.domain.finding import Finding, Location, Skipped, Waived

# All that `str.splitlines` or a terminal takes for the end of a line.
_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


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


def one_line(text: str) -> str:
    """`text` with every line break shown as an escape: a name in a proposal must not write a finding of its own."""
    return _BREAKS.sub(lambda m: repr(m[0])[1:-1], text)


def where(at: Location) -> str:
    """A place as editors understand it: `a.yml:3:9`, the path alone where no line is known."""
    return f"{at.path}:{at.line}:{at.column}" if at.line else at.path


def approvers(finding: Finding) -> str:
    """Whose approval a finding waits for: the roles, and people it names."""
    return ", ".join((*finding.roles, *finding.nodes))
