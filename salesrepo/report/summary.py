"""What does a report come to, in a line that every format for people shares?"""

from salesrepo.domain.finding import CheckReport, Severity, Verdict

TITLES = (
    ("This cannot be accepted as it is:", (Severity.ERROR,)),
    ("This waits, because somebody else was first:", (Severity.WAIT,)),
    ("A person has to agree to this:", (Severity.REVIEW,)),
    ("Worth a thought:", (Severity.WARNING, Severity.NOTE)),
)
_ENDINGS = {
    Verdict.AUTO: "nothing stands in the way",
    Verdict.WAITING: "waits for an earlier claim",
    Verdict.REVIEW: "needs a person's approval",
    Verdict.REFUSED: "refused",
}


def summed_up(report: CheckReport, verdict: Verdict) -> str:
    """`2 findings in 1 file (24 rules, 3 files judged, 1 skipped): refused`, without a full stop."""
    files = {finding.at.path for finding in report.findings}
    found = f"{_count(len(report.findings), 'finding')} in {_count(len(files), 'file')}" if files else "No findings"
    ran = [_count(len(report.rules), "rule"), f"{_count(report.checked, 'file')} judged"]
    ran += [f"{len(report.skipped)} skipped"] if report.skipped else []
    ran += [f"{len(report.waived)} waived"] if report.waived else []
    partly = verdict is Verdict.AUTO and report.left_out
    ending = "nothing stands in the way of these rules" if partly else _ENDINGS[verdict]
    return f"{found} ({', '.join(ran)}): {ending}"


def left_out(report: CheckReport) -> str:
    """That somebody chose not to ask all rules, as a sentence."""
    were = "was" if len(report.left_out) == 1 else "were"
    return f"{_count(len(report.left_out), 'rule')} {were} not run: --select, --ignore."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
