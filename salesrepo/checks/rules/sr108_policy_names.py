"""SR108: does a policy name only what there is?"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import get_args

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.activity import ActivityType
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY, ClaimsPolicy
from salesrepo.domain.kinds.policy_pay import PAY_POLICY, PayPolicy
from salesrepo.domain.kinds.policy_pipeline import PIPELINE_POLICY, PipelinePolicy
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY, PricingPolicy
from salesrepo.domain.money import parse_percent
from salesrepo.domain.outcomes import OUTCOMES
from salesrepo.domain.qualification import QUESTIONS
from salesrepo.domain.texts import Route

_ACTIVITIES = frozenset(
    (*get_args(ActivityType), *(f"{kind}.{how}" for kind, ends in OUTCOMES.items() for how in ends))
)
_KNOWN_OF_A_DEAL = frozenset(field.name for field in fields(Deal)) | {q for asked in QUESTIONS.values() for q in asked}
_FOR_ALL = ("default", "team")

_Fault = tuple[Route, str, str]


@rule("SR108", "policy-names-nothing", audit=True)
def SR108(ctx: CheckContext) -> Iterator[Finding]:
    """A policy names activities, levels, questions and people that there are, and shares and days that can come true.

    ## Why
    A word that stands for nothing takes effect without anybody seeing it: an activity that cannot be logged never
    renews a claim, a level that nobody can have limits nobody, and what no deal can tell keeps every proposal back.

    ## Fix
    Write one of the words that the finding lists. Levels are listed in policy/claims.yml: `levels`.
    """
    for claims, value in ctx.change.readable(CLAIMS_POLICY):
        yield from _told(claims.path, _claims(value))
    for pipeline, stages in ctx.change.readable(PIPELINE_POLICY):
        yield from _told(pipeline.path, _pipeline(stages))
    for pricing, prices in ctx.change.readable(PRICING_POLICY):
        yield from _told(pricing.path, _pricing(prices))
    for pay, terms in ctx.change.readable(PAY_POLICY):
        yield from _told(pay.path, _pay(ctx, terms))


def _told(path: str, faults: Iterator[_Fault]) -> Iterator[Finding]:
    for route, message, hint in faults:
        yield Finding("SR108", Severity.ERROR, message, Location(path, route), hint=hint)


def _claims(policy: ClaimsPolicy) -> Iterator[_Fault]:
    yield from _activities(("meaningful",), policy.meaningful)
    for level in policy.limits:
        if level not in (*_FOR_ALL, *policy.levels):
            message = f"There is no level {level}, so its limits hold for nobody."
            hint = f"Choose among: {', '.join((*_FOR_ALL, *policy.levels))}; or add it to levels."
            yield ("limits", level), message, hint
    longest, least = policy.hard_limit_days, policy.protection_days
    if longest is not None and least is not None and longest < least:
        message = f"No claim lasts longer than {longest} days, so none is protected for {least}."
        yield ("hard_limit_days",), message, "Make hard_limit_days as long as protection_days, or longer."


def _pipeline(policy: PipelinePolicy) -> Iterator[_Fault]:
    for kind, stages in policy.pipelines.items():
        for index, terms in enumerate(stages):
            yield from _activities(("pipelines", kind, index, "evidence"), terms.evidence)


def _activities(route: Route, names: tuple[str, ...]) -> Iterator[_Fault]:
    for index, name in enumerate(names):
        if name not in _ACTIVITIES:
            message = f"Nobody can log {name}, so it never counts."
            yield (*route, index), message, f"Choose among: {', '.join(sorted(_ACTIVITIES))}."


def _pricing(policy: PricingPolicy) -> Iterator[_Fault]:
    yield from _shares(("floor",), {"": policy.floor})
    yield from _shares(("floors",), policy.floors)
    yield from _shares(("authority",), policy.authority)
    for index, fit in enumerate(policy.fit):
        for at, name in enumerate(fit.require):
            if name.replace("-", "_") not in _KNOWN_OF_A_DEAL:
                message = f"No deal has anything called {name}, so {fit.product} could never be offered."
                asked = sorted({question for questions in QUESTIONS.values() for question in questions})
                hint = f"Choose a field of a deal such as contacts, or among: {', '.join(asked)}."
                yield ("fit", index, "require", at), message, hint


def _pay(ctx: CheckContext, policy: PayPolicy) -> Iterator[_Fault]:
    if policy.answers and ctx.result.get(NODE, node=policy.answers) is None:
        message = f"There is no node {policy.answers}, so nobody of that name answers questions about pay."
        yield ("answers",), message, "See who there is: salesrepo node list"


def _shares(route: Route, shares: Mapping[str, str]) -> Iterator[_Fault]:
    for name, share in shares.items():
        part, whole = parse_percent(share)
        if part > whole:
            at = (*route, name) if name else route
            yield at, f"{share} is more than the whole price.", "Write a share of the list price up to 100%."
