"""SR312: is all known of a deal that its stage asks for?"""

from collections.abc import Iterator

from salesrepo.checks.evidence import pipeline, weight
from salesrepo.checks.handles import called
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.policy_pipeline import PIPELINE_POLICY, PipelinePolicy
from salesrepo.domain.pipeline import REQUIREMENTS, newly_missing, told_as
from salesrepo.domain.qualification import SUBJECTS


@rule("SR312", "stage-fields-missing")
def SR312(ctx: CheckContext) -> Iterator[Finding]:
    """A deal that comes to a stage says all that the stages before it require, and goes on saying it.

    ## Why
    What must be known grows from stage to stage: where a lead came from, the customer's goal, who decides, by when.
    policy/pipeline.yml lists it as `requires`, and as `win_requires` what a won deal says beyond its order. A deal
    that lacked something before is not refused for it now; SR326 reminds of it.

    ## Fix
    Run the command that the finding names. `sr stage` asks for what is missing.
    """
    policy = pipeline(ctx)
    for change, deal in ctx.change.readable(DEAL):
        if deal.imported is not None and change.change.before is None:
            continue
        handle = called(ctx, deal)
        for name in newly_missing(policy, change.before, deal):
            what, how = told_as(deal, name, handle, policy.frameworks[0])
            at = Location(change.path, ("qualification", "fields") if name in SUBJECTS else (name.partition(".")[0],))
            yield Finding("SR312", weight(ctx), f"A deal at {deal.stage} says {what}.", at, hint=f"Run: {how}")
    for change_of_policy, terms in ctx.change.readable(PIPELINE_POLICY):
        for name in sorted(_named(terms) - REQUIREMENTS):
            message = f"No deal has anything called {name}, so no deal could meet it."
            hint = f"Choose among: {', '.join(sorted(REQUIREMENTS))}."
            yield Finding("SR312", Severity.ERROR, message, Location(change_of_policy.path), hint=hint)


def _named(policy: PipelinePolicy) -> set[str]:
    listed = {name for stages in policy.pipelines.values() for terms in stages for name in terms.requires}
    return listed | set(policy.win_requires)
