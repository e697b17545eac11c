"""SR201: is the account free for this claim?"""

from collections.abc import Iterator

from salesrepo.checks.passages import is_anothers
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import CLAIM


@rule("SR201", "claim-taken")
def SR201(ctx: CheckContext) -> Iterator[Finding]:
    """A claim must not replace one that another node holds, up to and on the last day of that one.

    ## Why
    Two people working one account waste effort and quarrel about the commission. Who was first is decided by the order
    in which valid claims were received, and stays so until the lease ends.

    ## Fix
    Ask the holder who is named to release it, wait until the day that is named, or pick another account.
    """
    for change in ctx.change.of(CLAIM):
        held = change.before
        removed = change.change.after is None
        if held is None:
            continue
        if is_anothers(ctx, change):
            yield Finding(
                "SR201",
                Severity.ERROR,
                f"{held.account} is taken by {ctx.who(held.holder)} since {held.since} until {held.until}.",
                Location(change.path, ("holder",)),
                hint="Ask the holder to release it, wait for that day, or pick another account.",
            )
        elif removed:
            yield Finding(
                "SR201",
                Severity.ERROR,
                "A claim is never deleted.",
                Location(change.path),
                hint="Release it: the file stays and says who held it last.",
            )
