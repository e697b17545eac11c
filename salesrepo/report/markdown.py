"""How does a report read as a comment under a proposal, whatever the proposal's words would like to be there?"""

from collections.abc import Iterator, Sequence

from salesrepo.domain.finding import CheckReport, Finding, Verdict
from salesrepo.encode.markdown import code, cut, words
from salesrepo.report.order import approvers, ordered, skips_in_order, waivers_in_order, where
from salesrepo.report.registry import RuleNote
from salesrepo.report.summary import TITLES, left_out, summed_up

_HEADS = {
    Verdict.AUTO: "Nothing stands in the way",
    Verdict.WAITING: "Waits for an earlier claim",
    Verdict.REVIEW: "Needs a person's approval",
    Verdict.REFUSED: "Refused",
}


def render_markdown(report: CheckReport, *, verdict: Verdict, plain: bool, rules: Sequence[RuleNote]) -> str:
    """A heading with the verdict, the findings by weight, what was waived, skipped and not run; at most 60 kB.

    `plain` changes nothing.
    """
    names = {rule.code: rule.name for rule in rules}
    head = f"### {_HEADS[verdict]}\n\n{words(summed_up(report, verdict))}\n"
    return cut([head, *_findings(report, names), *_besides(report)], _rest)


def _rest(left: int) -> str:
    return f"\n{left} more are not shown here; all of them: `salesrepo check`\n"


def _findings(report: CheckReport, names: dict[str, str]) -> Iterator[str]:
    for title, severities in TITLES:
        for number, finding in enumerate(ordered(report.of(*severities))):
            begins = "" if number else f"\n**{title}**\n\n"
            yield begins + _item(finding, names.get(finding.code, ""))


def _item(finding: Finding, name: str) -> str:
    rule = f"**{words(finding.code)}**" + (f" {words(name)}" if name else "")
    at = " ".join(code(part) for part in (where(finding.at), finding.at.field) if part)
    lines = [f"- {rule} {at}", f"  {words(finding.message)}"]
    if asked := approvers(finding):
        lines.append(f"  - It waits for one of: {words(asked)}")
    if finding.hint:
        lines.append(f"  - Next: {words(finding.hint)}")
    return "".join(f"{line}\n" for line in lines)


def _besides(report: CheckReport) -> Iterator[str]:
    for number, one in enumerate(waivers_in_order(report.waived)):
        begins = "" if number else f"\n**{len(report.waived)} waived:**\n\n"
        finding = one.finding
        said = f"{words(finding.code)} {code(where(finding.at))} until {one.until}: {words(one.reason)}"
        yield f"{begins}- {said}\n"
    for number, skipped in enumerate(skips_in_order(report.skipped)):
        begins = "" if number else "\n**Could not be checked, so a person has to look:**\n\n"
        yield f"{begins}- {words(skipped.code)}: {words(skipped.reason)}\n"
    if report.left_out:
        yield f"\n{words(left_out(report))}\n"
