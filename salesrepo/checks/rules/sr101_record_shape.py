"""SR101: is every changed record readable and of the right shape?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule, sentence
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR101", "record-shape", audit=True)
def SR101(ctx: CheckContext) -> Iterator[Finding]:
    """A changed record must be readable and have the fields of its kind.

    ## Why
    Everything else (who holds a lead, what a deal pays) is computed from the records. One that different tools could
    read differently, or that lacks a field, is refused before anything else looks at it.

    ## Fix
    Go to the line that is named and write what the sentence asks for. `salesrepo check` says the same on your machine.
    """
    for change in ctx.change.changes:
        for problem in change.problems:
            yield Finding(
                "SR101",
                Severity.ERROR,
                problem.sentence if problem.route else sentence(problem.sentence),
                Location(change.path, problem.route, problem.line, problem.column),
                hint=problem.hint or "Correct this place in the file.",
            )
