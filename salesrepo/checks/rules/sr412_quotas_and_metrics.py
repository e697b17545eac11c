"""SR412: are quotas and metrics sound, and does nobody move their own, or one that runs already, alone?"""

from collections.abc import Iterator, Mapping
from typing import Any

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.witness import people, with_members, witness
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.metric import METRIC, MetricTable
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.quota import QUOTA, QuotaTable
from salesrepo.domain.money import decimals_of, parse_amount
from salesrepo.domain.period import Calendar
from salesrepo.errors import RecordError, RefusedError


@rule("SR412", "quotas-and-metrics")
def SR412(ctx: CheckContext) -> Iterator[Finding]:
    """Quotas and metrics name known nodes and sums that their currency can pay; a change of what runs needs another.

    A quota is never below zero. The figures of one metric are all percentages or all plain numbers. A quota of a
    window that has begun, set for the first time or changed, and a figure that changes, wait for somebody who does not
    gain by it (of a team: no member); so does the sender's own quota or figure, whenever it counts.

    ## Why
    Attainment is measured against the quota: who may lower it once the sales are known sets their own pay. `2.5` and
    `2.5%` in one table is a slip that pays a hundred times too much or too little.

    ## Fix
    Correct the row that is named, and import the file again: `salesrepo quota import FILE`. What needs somebody's word
    waits for them.
    """
    for quota, table in ctx.change.readable(QUOTA):
        yield from _unknown(ctx, quota, "amounts", table.amounts)
        yield from _unfit(quota.path, table)
    for metric, figures in ctx.change.readable(METRIC):
        yield from _unknown(ctx, metric, "figures", figures.figures)
        yield from _mixed(metric.path, figures)
    for change in ctx.change.of(QUOTA):
        yield from _moved_quotas(ctx, change)
    for other in ctx.change.of(METRIC):
        yield from _moved_figures(ctx, other)


def _unknown(ctx: CheckContext, change: RecordChange[Any], field: str, rows: Mapping[str, str]) -> Iterator[Finding]:
    known = getattr(change.before, field) if change.before else {}
    for node in rows:
        if node not in known and ctx.result.get(NODE, node=node) is None:
            at = Location(change.path, (field, node))
            hint = "See who there is: salesrepo node list --all"
            yield Finding("SR412", Severity.ERROR, f"There is no node {node}.", at, hint=hint)


def _unfit(path: str, table: QuotaTable) -> Iterator[Finding]:
    if table.currency:
        try:
            decimals_of(table.currency)
        except RefusedError as bad:
            yield Finding("SR412", Severity.ERROR, bad.message, Location(path, ("currency",)), hint=bad.hint)
            return
    for node, amount in table.amounts.items():
        at = Location(path, ("amounts", node))
        if amount.startswith("-"):
            hint = "Write 0 or more, or leave the node out where it has no quota."
            yield Finding("SR412", Severity.ERROR, "A quota is never below zero.", at, hint=hint)
        elif table.currency:
            try:
                parse_amount(amount, table.currency)
            except RefusedError as bad:
                yield Finding("SR412", Severity.ERROR, bad.message, at, hint=bad.hint)


def _mixed(path: str, table: MetricTable) -> Iterator[Finding]:
    plain = [node for node, figure in table.figures.items() if not figure.endswith("%")]
    if plain and len(plain) < len(table.figures):
        node = plain[0]
        message = f"{table.figures[node]} is a plain number, and others of this metric are percentages."
        hint = "Write all figures with % or none."
        yield Finding("SR412", Severity.ERROR, message, Location(path, ("figures", node)), hint=hint)


def _moved_quotas(ctx: CheckContext, change: RecordChange[QuotaTable]) -> Iterator[Finding]:
    if change.change.after is not None and change.after is None:
        return  # SR101 says what is wrong with it
    old, new = change.before, change.after
    moved = _differing(old.amounts if old else {}, new.amounts if new else {})
    if old and new and old.currency != new.currency:
        moved |= old.amounts.keys() | new.amounts.keys()
    quota, window = change.ids["quota"], change.ids["window"]
    if moved and _has_begun(ctx, window):
        message = f"{window} has begun, and the quota {quota} of {people(ctx, moved)} in it changes."
        yield witness(ctx, "SR412", message, Location(change.path), gains=with_members(ctx, moved))
    elif ctx.me in with_members(ctx, moved):
        message = f"This sets the sender's own quota {quota} of {window}, so somebody else must agree."
        yield witness(ctx, "SR412", message, Location(change.path), gains=with_members(ctx, moved))


def _moved_figures(ctx: CheckContext, change: RecordChange[MetricTable]) -> Iterator[Finding]:
    if change.change.after is not None and change.after is None:
        return
    old = change.before.figures if change.before else {}
    new = change.after.figures if change.after else {}
    moved = _differing(old, new)
    corrected = moved & old.keys()
    metric, window = change.ids["metric"], change.ids["window"]
    if corrected:
        message = f"The figure of {people(ctx, corrected)} in {metric} of {window} was another before."
        yield witness(ctx, "SR412", message, Location(change.path), gains=with_members(ctx, moved))
    elif ctx.me in with_members(ctx, moved):
        message = f"This gives the sender's own figure in {metric} of {window}, so somebody else must agree."
        yield witness(ctx, "SR412", message, Location(change.path), gains=with_members(ctx, moved))


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    return {node for node in old.keys() | new.keys() if old.get(node) != new.get(node)}


def _has_begun(ctx: CheckContext, window: str) -> bool:
    """Whether a window's first day has come; one that is no window at all (SR102 refuses it) is taken to have."""
    try:
        return Calendar(ctx.settings.fiscal_year_starts).named(window).starts <= ctx.today
    except (RefusedError, RecordError, ValueError):
        return True
