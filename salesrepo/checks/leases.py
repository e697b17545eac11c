"""Does a changed claim go on as it was, or does somebody claim the account anew; and what was done with it?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.checks.handover import passes
from salesrepo.checks.rule import CheckContext
from salesrepo.checks.transitions import is_due
from salesrepo.domain.change_set import ChangeSet, RecordChange
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.activity import ACTIVITY, Activity
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy
from salesrepo.domain.lease import LIMITS, Term, extension_window, is_advanced, is_identified, term_of
from salesrepo.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Work:
    """What was done with one layer of an account: the days of meaningful activity, and the last dated next step."""

    days: tuple[date, ...] = ()
    due: date | None = None

    def since(self, day: date) -> bool:
        """Whether anything meaningful was done on or after a day."""
        return any(worked >= day for worked in self.days)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something is not granted, in a sentence, and what to do next."""

    sentence: str
    hint: str


def goes_on(before: Claim | None, claim: Claim, *, today: date) -> bool:
    """Whether both are one lease: held before and after by one node, since one day.

    Once a lease is over, its holder too may claim the account anew; what a new claim must meet then holds for them.
    """
    if before is None or before.status != "held" or claim.status != "held" or before.holder != claim.holder:
        return False
    return before.until >= today or claim.since == before.since


def takes_back(before: Claim | None, claim: Claim, *, today: date) -> bool:
    """Whether a node holds again what it gave back before its end: the same lease goes on, and no new one begins."""
    return (
        before is not None
        and (before.status, claim.status) == ("released", "held")
        and before.holder == claim.holder
        and before.until >= today
    )


def judged_elsewhere(ctx: CheckContext, change: RecordChange[Claim]) -> bool:
    """Whether the rules on transfers, disputes, leavers and what is due by itself judge how this claim is held on."""
    return passes(ctx, change) or is_due(ctx, change)


def taken(ctx: CheckContext) -> Iterator[tuple[RecordChange[Claim], Claim]]:
    """The claims that somebody takes: not renewed, nor handed on by others, nor brought in from elsewhere."""
    for change, claim in ctx.change.readable(CLAIM):
        brought = claim.imported is not None and change.change.before is None
        if claim.status != "held" or brought or goes_on(change.before, claim, today=ctx.today):
            continue
        given = claim.holder != ctx.me and is_due(ctx, change)
        if not given and not passes(ctx, change):
            yield change, claim


def given(ctx: CheckContext) -> Iterator[tuple[RecordChange[Claim], Claim]]:
    """The claims that come to somebody else than the sender because it is their turn in the queue."""
    for change, claim in ctx.change.readable(CLAIM):
        fresh = claim.status == "held" and not goes_on(change.before, claim, today=ctx.today)
        if fresh and claim.holder != ctx.me and is_due(ctx, change):
            yield change, claim


def work_in(activities: Sequence[Activity], policy: ClaimsPolicy, *, today: date) -> dict[tuple[str, str], Work]:
    """What these activities mean for the claims on their accounts, by account and layer; none of the future counts."""
    found: dict[tuple[str, str], Work] = {}
    for activity in activities:
        if activity.day > today:
            continue
        key = (activity.account, activity.layer)
        known = found.get(key, Work())
        days = (activity.day,) if activity.is_one_of(policy.meaningful) else ()
        due = (activity.next.due,) if activity.next and activity.next.due else ()
        found[key] = Work(
            tuple(sorted({*known.days, *days})),
            max((*due, *((known.due,) if known.due else ())), default=None),
        )
    return found


def work_sent(change: ChangeSet, policy: ClaimsPolicy, *, today: date) -> dict[tuple[str, str], Work]:
    """What the activities of a proposal mean for the claims on their accounts."""
    return work_in([one for _, many in change.streams(ACTIVITY) for one in many], policy, today=today)


def deals_on(snapshot: Snapshot, account: str) -> tuple[Deal, ...]:
    """The deals on an account."""
    folder = DEAL.path.fill(account=account, deal="x").rsplit("/", 1)[0]
    return tuple(deal for _, deal in snapshot.all(DEAL, folder))


def lease_term(snapshot: Snapshot, claim: Claim, policy: ClaimsPolicy) -> Term:
    """The claim's last day, its holder's deals considered; they are read only where they decide."""
    known = is_identified(_account(snapshot, claim))
    plain = term_of(claim, policy, identified=known)
    if plain.bound not in LIMITS:
        return plain
    advanced = is_advanced(claim, deals_on(snapshot, claim.account))
    return term_of(claim, policy, advanced=True, identified=known) if advanced else plain


def _account(snapshot: Snapshot, claim: Claim) -> Account | None:
    """The company of a claim; it is read only where its key is a name."""
    return snapshot.get(ACCOUNT, account=claim.account) if claim.account.startswith("n-") else None


def extension_fault(before: Claim, renewed: date, work: Work, policy: ClaimsPolicy, *, today: date) -> Fault | None:
    """Why one more extension is not granted; None where it is.

    `renewed` is the day of the last conversation, `work` what is sent along.
    """
    window, terms = extension_window(before, policy), policy.extension
    if window is None or terms is None:
        return Fault("Policy allows no further extension of this claim.", "Only a deal at proposal or later keeps it.")
    if not window.opens <= today <= window.closes:
        return Fault(f"It can be extended from {window.opens} to {window.closes}.", "Ask again then.")
    if before.until < today:
        return Fault(f"The claim ended on {before.until}.", "Claim it again: sr claim LEAD")
    if renewed + timedelta(days=terms.active) < today:
        sentence = f"An extension takes a conversation in the last {terms.active} days; the last was {renewed}."
        return Fault(sentence, "Log one and send it: sr log call LEAD, then sr submit")
    if work.due is None or work.due < today:
        sentence = "An extension takes a next step with a day that is still to come, sent along with it."
        return Fault(sentence, 'Say what comes next: sr extend LEAD --next "send the contract" --due 2026-12-24')
    return None
