"""SR603: is an import what it says, and agreed by another?"""

from collections.abc import Iterator
from typing import Any

from salesrepo.checks.handover import is_left
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.imported import Imported
from salesrepo.domain.kinds.node import NODE

_ROUTE = ("imported",)


@rule("SR603", "import")
def SR603(ctx: CheckContext) -> Iterator[Finding]:
    """`imported:` stands only on new records, sent by the role `import`, approved by another, and is never changed.

    ## Why
    History from another system is exempt from claim, territory and price rules, because nobody can mend the past. An
    exemption that anybody could take would be the end of the rules. Whoever is paid by an imported deal, or holds an
    imported claim, does not approve it.

    ## Fix
    Bring history in with `salesrepo import`; a second person approves it. Later corrections are ordinary changes of
    everything but `imported:`.
    """
    changes: tuple[RecordChange[Any], ...] = (*ctx.change.of(CLAIM), *ctx.change.of(DEAL))
    fresh = [change for change in changes if change.change.before is None and _origin(change.after) is not None]
    for change in changes:
        fault = _fault(ctx, change)
        if fault:
            yield Finding("SR603", Severity.ERROR, fault[0], Location(change.path, _ROUTE), hint=fault[1])
    yield from _unknown_names(ctx, fresh)
    confirmed = [c.path for c, account in ctx.change.readable(ACCOUNT) if _confirms(c, account.confirmed)]
    paths = [*confirmed, *(change.path for change in fresh)]
    if paths:
        paid = {node for change in fresh for node in _gainers(change.after)}
        yield Finding(
            "SR603",
            Severity.REVIEW,
            f"{len(paths)} imported records need the agreement of somebody other than the importer.",
            Location(paths[0]),
            hint="You need do nothing: it waits for them.",
            roles=ctx.roles_policy.review.imports,
            not_by=tuple(sorted(paid | {ctx.me})),
        )


def _gainers(record: Claim | Deal | None) -> Iterator[str]:
    """Who gets an imported claim, or whose deal it is and who is credited in it."""
    if isinstance(record, Claim):
        yield record.holder
    elif record is not None:
        yield from (record.node, *(credit.node for credit in record.credits))


def _origin(record: Any) -> Imported | None:
    origin: Imported | None = getattr(record, "imported", None)
    return origin


def _fault(ctx: CheckContext, change: RecordChange[Any]) -> tuple[str, str] | None:
    was, now = _origin(change.before), _origin(change.after)
    if change.change.before is None:
        return _new(ctx, now) if now is not None else None
    if change.after is None:
        return None
    held = getattr(change.before, "holder", ""), getattr(change.after, "holder", "")
    if change.kind == CLAIM.name and held[0] != held[1] and not is_left(ctx, change):
        # a lapsed or released claim that another node claims anew
        return None if now is None else ("A claim that is made anew is not an imported one.", "Leave `imported:` out.")
    return None if was == now else ("Where a record came from is never changed.", "Leave `imported:` as it was.")


def _new(ctx: CheckContext, origin: Imported) -> tuple[str, str] | None:
    if "import" not in ctx.roles:
        return "Only the role `import` brings in records from elsewhere.", "Leave `imported:` out."
    return (f"{origin.day} has not come yet.", "Write the day of the import.") if origin.day > ctx.today else None


def _confirms(change: RecordChange[Any], confirmed: Any) -> bool:
    """Whether the sender's import vouches for an account's facts."""
    was = change.before.confirmed if change.before else None
    return confirmed is not None and confirmed != was and confirmed.how == "import"


def _unknown_names(ctx: CheckContext, fresh: list[RecordChange[Any]]) -> Iterator[Finding]:
    """Exempt from the rules on claims, imported records are still about accounts and nodes that exist, once each."""
    nodes: dict[str, bool] = {}
    accounts: dict[str, bool] = {}
    deals: set[str] = set()
    for change in fresh:
        account, record = change.ids["account"], change.after
        node = record.holder if isinstance(record, Claim) else record.node if record else ""
        if account not in accounts:
            accounts[account] = ctx.result.get(ACCOUNT, account=account) is not None
        if node not in nodes:
            nodes[node] = ctx.result.get(NODE, node=node) is not None
        faults = [] if accounts[account] else [f"There is no account {account}."]
        faults += [] if nodes[node] else [f"There is no node {node}."]
        if isinstance(record, Deal):
            faults += [f"The deal {record.deal} is imported twice."] if record.deal in deals else []
            deals.add(record.deal)
        for message in faults:
            hint = "Import what the record names as well, and each record once."
            yield Finding("SR603", Severity.ERROR, message, Location(change.path), hint=hint)
