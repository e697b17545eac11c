"""SR603: is an import what it says, and agreed by another?"""

from collections.abc import Iterator
from typing import Any

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.imported import Imported


@rule("SR603", "import")
def SR603(ctx: CheckContext) -> Iterator[Finding]:
    """`imported:` stands only on new records, sent by the role `import`, approved by another, and is never changed.

    ## Why
    History from another system is exempt from claim, territory and price rules, because nobody can mend the past. An
    exemption that anybody could take would be the end of the rules.

    ## Fix
    Bring history in with `salesrepo import`; a second person approves it. Later corrections are ordinary changes of
    everything but `imported:`.
    """
    fresh: list[str] = []
    changes: tuple[RecordChange[Any], ...] = (*ctx.change.of(CLAIM), *ctx.change.of(DEAL))
    for change in changes:
        was, now = getattr(change.before, "imported", None), getattr(change.after, "imported", None)
        sentence = ""
        if change.before is None and now is not None:
            fresh.append(change.path)
            if "import" not in ctx.roles:
                sentence = "Only the role `import` brings in records from elsewhere."
            elif now.day > ctx.today:
                sentence = f"{now.day} has not come yet."
        elif change.before is not None and change.after is not None and was != now and not _taken_over(change, now):
            sentence = "Where a record came from is never changed."
        if sentence:
            yield Finding("SR603", Severity.ERROR, sentence, Location(change.path, ("imported",)))
    if fresh:
        yield Finding(
            "SR603",
            Severity.REVIEW,
            f"{len(fresh)} imported records need the agreement of somebody other than the importer.",
            Location(fresh[0], ("imported",)),
            roles=ctx.roles_policy.review.imports,
            not_by=(ctx.me,),
        )


def _taken_over(change: RecordChange[Any], imported: Imported | None) -> bool:
    """A lapsed imported claim that another node claims anew is that node's own, not an import."""
    holders = getattr(change.before, "holder", ""), getattr(change.after, "holder", "")
    return imported is None and holders[0] != holders[1]
