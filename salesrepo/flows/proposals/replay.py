"""Was a merge of long ago allowed by the rules that main held just before it?"""

from datetime import date

from salesrepo.domain.change import PathChange
from salesrepo.domain.finding import Severity, Verdict
from salesrepo.domain.receipt import Receipt
from salesrepo.flows.proposals.judge import Case, approvals_by, judge, node_of
from salesrepo.forge.base import HeadApproval
from salesrepo.store.snapshot import RecordSnapshot


def was_allowed(
    parent: RecordSnapshot,
    changes: tuple[PathChange, ...],
    *,
    after: RecordSnapshot,
    receipt: Receipt,
    day: date,
) -> str | None:
    """None where the receipt's actor might make these changes, with its approvals, on that day; else why not."""
    given = (HeadApproval(forge_id, receipt.head) for forge_id in receipt.approvals)
    case = Case(
        actor_id=receipt.actor,
        actor=node_of(parent, receipt.actor),
        today=day,
        approvals=approvals_by(parent, given, sender=receipt.actor, day=day),
        head=receipt.head,
    )
    judgement = judge(parent, changes, after, case)
    errors = judgement.report.of(Severity.ERROR)
    if errors:
        return f"{errors[0].code} {errors[0].message}"
    if judgement.verdict is not Verdict.AUTO:
        return f"The agreement of {' or '.join(judgement.missing) or 'a person'} is missing."
    return None
