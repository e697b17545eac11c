"""SR322: what happens next in this deal, and by when?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.pipeline import next_step


@rule("SR322", "next-step", audit=True)
def SR322(ctx: CheckContext) -> Iterator[Finding]:
    """An open deal beyond first contact has a next step that is not overdue (H02).

    ## Why
    A deal without a next step waits for the customer to think of it. Next steps are part of activities; the last one
    that was told counts until something was done on its due day or later. A proposal is judged by the activities that
    travel with it; an audit and `sr hygiene` know the whole log.

    ## Fix
    `sr log note LEAD TEXT --next TEXT --due DAY`.
    """
    yield from remarks(ctx, "SR322", step_missing)


def step_missing(look: Look) -> Iterator[Remark]:
    """No next step, or one whose day is past."""
    terms = look.terms
    if terms is None or terms.category == "omitted" or not (look.activities or look.whole):
        return
    step = next_step(look.activities)
    hint = f"Say what comes next: sr log note {look.lead} TEXT --next TEXT --due DAY"
    if step is None:
        yield Remark(f"{look.handle} has no next step.", hint)
    elif step.due is not None and step.due < look.today:
        yield Remark(f"The next step of {look.handle} was due on {step.due}: {_ended(step.text)}", hint)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
