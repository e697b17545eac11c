"""SR313: does what is said of a deal's chances rest on something that happened?"""

from collections.abc import Iterator

from salesrepo.checks.evidence import pipeline, prove, weight
from salesrepo.checks.handles import called
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Qualification
from salesrepo.domain.qualification import QUESTIONS


@rule("SR313", "qualification")
def SR313(ctx: CheckContext) -> Iterator[Finding]:
    """Answers belong to the questions of the deal's framework, and a score names the activity in which it was learnt.

    ## Why
    "I think they have budget" is worth nothing; "the CFO named the figure on Tuesday" is. A score counts only with
    its evidence, an activity with that customer in the log.

    ## Fix
    `sr qualify DEAL QUESTION TEXT --score 2 --evidence last`. Without evidence the words stand and count nothing.
    """
    allowed = pipeline(ctx).frameworks
    for change, deal in ctx.change.readable(DEAL):
        told, old = deal.qualification, change.before.qualification if change.before else None
        if told is None or told == old:
            continue
        if told.framework not in allowed:
            message = f"Deals are not qualified by {told.framework} here."
            at = Location(change.path, ("qualification", "framework"))
            yield Finding("SR313", weight(ctx), message, at, hint=f"Choose one of: {', '.join(allowed)}.")
        handle = called(ctx, deal)
        for name in _changed(told, old):
            answer, at = told.fields[name], Location(change.path, ("qualification", "fields", name))
            if name not in QUESTIONS[told.framework]:
                message = f"{told.framework} does not ask for {name}."
                hint = f"It asks for: {', '.join(QUESTIONS[told.framework])}."
                yield Finding("SR313", Severity.ERROR, message, at, hint=hint)
            hint = f"Name what happened: sr qualify {handle} {name} TEXT --score {answer.score} --evidence last"
            if answer.evidence is not None and (fault := prove(ctx, deal, answer.evidence).fault):
                yield Finding("SR313", Severity.ERROR, fault, at, hint=hint)
            if answer.score and answer.evidence is None:
                message = f"The score for {name} counts nothing until it names an activity."
                yield Finding("SR313", Severity.WARNING, message, at, hint=hint)


def _changed(told: Qualification, old: Qualification | None) -> tuple[str, ...]:
    before = old.fields if old else {}
    return tuple(name for name, answer in told.fields.items() if before.get(name) != answer)
