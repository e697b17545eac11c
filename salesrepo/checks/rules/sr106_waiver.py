"""SR106: may this be waived, and does the waiver still hold?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.waivers import LIST, LONGEST, NEVER
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.policy_waivers import WAIVERS_POLICY

_EXPIRED = "This waiver of {code} ended on {until}."
_ENDLESS = "This waiver of {code} would last until {until}."


@rule("SR106", "waiver", audit=True)
def SR106(ctx: CheckContext) -> Iterator[Finding]:
    """A waiver must name a rule that may be waived and somebody who answers for it, and be of use until its day.

    ## Why
    A company lives with some findings for a time: a gap while a region is split, a phrase in an old contract. What is
    set aside is counted and listed, has a reason, somebody who answers for it and a last day, and is never a matter of
    authority, claims or pay. A waiver that ended, or that sets nothing aside, only hides what comes next.

    ## Fix
    Write into policy/waivers.yml what is waived: `code`, `path`, `reason`, `by` and `until`, with `route` or `match` to
    narrow it; `by` is your own node, and `until` a year ahead at most. It counts once it is merged. In a file that
    maintainers keep, a comment at the end of the line, or on the line above it, does the same:
    `# salesrepo: allow SR217 until 2027-06-30 because the region is split next year`.
    Renew one that ended, or delete it.
    """
    for change in ctx.change.of(WAIVERS_POLICY):
        for number, waiver in enumerate(change.after.waivers if change.after else ()):
            at = ("waivers", number)
            if waiver.code.startswith(NEVER):
                message = f"{waiver.code} guards authority, claims or pay, so it is never waived."
                yield Finding("SR106", Severity.ERROR, message, Location(LIST, (*at, "code")), hint="Delete it.")
            elif ctx.tip.get(NODE, node=waiver.by) is None:
                message = f"There is no node {waiver.by} to answer for this waiver."
                hint = "Name the node of whoever decided it."
                yield Finding("SR106", Severity.ERROR, message, Location(LIST, (*at, "by")), hint=hint)
            elif waiver.until < ctx.today:
                message = _EXPIRED.format(code=waiver.code, until=waiver.until)
                hint = "Renew it with a later `until`, or delete it."
                yield Finding("SR106", Severity.WARNING, message, Location(LIST, (*at, "until")), hint=hint)
            elif waiver.until > ctx.today + LONGEST:
                message = _ENDLESS.format(code=waiver.code, until=waiver.until)
                hint = f"Let it end by {ctx.today + LONGEST}."
                yield Finding("SR106", Severity.ERROR, message, Location(LIST, (*at, "until")), hint=hint)
    yield from _comments(ctx)


def _comments(ctx: CheckContext) -> Iterator[Finding]:
    for change in ctx.change.changes:
        for waiver in change.waivers:
            at = Location(change.path, line=waiver.comment, column=1)
            if waiver.flaw:
                hint = "Write: # salesrepo: allow SR217 until 2027-06-30 because REASON"
                yield Finding("SR106", Severity.WARNING, waiver.flaw, at, hint=hint)
            elif waiver.code.startswith(NEVER):
                message = f"{waiver.code} guards authority, claims or pay, so it is never waived."
                yield Finding("SR106", Severity.ERROR, message, at, hint="Delete the comment.")
            elif waiver.until and waiver.until < ctx.today:
                message = _EXPIRED.format(code=waiver.code, until=waiver.until)
                yield Finding("SR106", Severity.WARNING, message, at, hint="Write a later day, or delete it.")
            elif waiver.until and waiver.until > ctx.today + LONGEST:
                message = _ENDLESS.format(code=waiver.code, until=waiver.until)
                yield Finding("SR106", Severity.ERROR, message, at, hint=f"Let it end by {ctx.today + LONGEST}.")
