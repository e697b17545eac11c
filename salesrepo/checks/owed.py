"""Who must be credited in a won deal because of how its account came to the one who won it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import CLOSER, DEAL, Deal, DealCredit
from salesrepo.domain.kinds.dispute import DECISION
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy, Referral
from salesrepo.domain.kinds.referral import REFERRED_LEAD, ReferredLead
from salesrepo.domain.kinds.transfer import TRANSFER
from salesrepo.domain.money import parse_percent
from salesrepo.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Brought:
    """A referral that stands: who brought the lead to whom, and up to which day that counts."""

    by: str
    to: str
    day: date
    until: date

    def counts(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.day <= day <= self.until


@dataclass(frozen=True, slots=True)
class Owed:
    """At least `share` in `role` goes to `node`, because of `why` (a clause), as the record at `path` says."""

    node: str
    role: str
    share: str
    why: str
    path: str


def referral_of(snapshot: Snapshot, policy: ClaimsPolicy, account: str, layer: str) -> Brought | None:
    """The referral of an account's layer, however old."""
    found = snapshot.get(REFERRED_LEAD, account=account, layer=layer)
    return brought(found, policy) if found else None


def brought(found: ReferredLead, policy: ClaimsPolicy) -> Brought:
    """What a referral amounts to under a policy."""
    days = (policy.referral or Referral()).days
    return Brought(found.by, found.to, found.day, found.day + timedelta(days=days))


def owed_in(snapshot: Snapshot, policy: ClaimsPolicy, deal: Deal, *, day: date) -> tuple[Owed, ...]:
    """What a deal that is signed on a day owes to those who had a part in how its account was come by."""
    found = (
        *_transferred(snapshot, deal, day),
        *_decided(snapshot, deal, day),
        *_referred(snapshot, policy, deal, day),
    )
    return tuple(owed for owed in found if parse_percent(owed.share)[0] > 0)


def is_paid(owed: Owed, credits: tuple[DealCredit, ...]) -> bool:
    """Whether the credits of a deal give what is owed."""
    return any(
        credit.node == owed.node and credit.role == owed.role and not _less(credit.share, owed.share)
        for credit in credits
    )


def unpaid(ctx: CheckContext, code: str, room: str) -> Iterator[Finding]:
    """A question to each node that a won deal of the change owes more than it gives, by the records of one room."""
    for change, deal in ctx.change.readable(DEAL):
        if deal.stage != "won" or deal.imported is not None or _pays_as_before(change.before, deal):
            continue
        for owed in owed_in(ctx.tip, ctx.claims_policy, deal, day=deal.signed or ctx.today):
            if owed.path.startswith(f"{room}/") and owed.node != ctx.me and not is_paid(owed, deal.credits):
                message = f"{ctx.who(owed.node)} {owed.why}, and is owed {owed.share} as {owed.role}."
                hint = f"Credit them (--credit {owed.node}:{owed.role}:{owed.share}), or it waits for their word."
                at = Location(change.path, ("credits",))
                yield Finding(code, Severity.REVIEW, message, at, hint=hint, nodes=(owed.node,))


def _pays_as_before(before: Deal | None, deal: Deal) -> bool:
    return before is not None and (before.stage, before.credits, before.signed) == (
        deal.stage,
        deal.credits,
        deal.signed,
    )


def _less(share: str, than: str) -> bool:
    (a, b), (c, d) = parse_percent(share), parse_percent(than)
    return a * d < c * b


def _transferred(snapshot: Snapshot, deal: Deal, day: date) -> tuple[Owed, ...]:
    folder = TRANSFER.path.fill(account=deal.account, transfer="x").rsplit("/", 1)[0]
    return tuple(
        Owed(term.giver, CLOSER, term.giver_share, f"handed it over on {term.day}", path)
        for path, term in snapshot.all(TRANSFER, folder)
        if term.layer == deal.layer
        and term.giver_share is not None
        and term.giver != deal.node
        and term.day <= day
        and (term.until is None or day <= term.until)
    )


def _decided(snapshot: Snapshot, deal: Deal, day: date) -> tuple[Owed, ...]:
    return tuple(
        Owed(share.node, CLOSER, share.share, f"shares in it by the decision of {decision.day}", path)
        for path, decision in snapshot.all(DECISION, disputes_folder(deal.account))
        if decision.layer == deal.layer
        and decision.day <= day
        and (decision.days is None or day <= decision.day + timedelta(days=decision.days))
        for share in decision.shares
        if share.node != deal.node
    )


def _referred(snapshot: Snapshot, policy: ClaimsPolicy, deal: Deal, day: date) -> tuple[Owed, ...]:
    claim = snapshot.get(CLAIM, account=deal.account, layer=deal.layer)
    lead = referral_of(snapshot, policy, deal.account, deal.layer)
    if policy.referral is None or claim is None or lead is None or claim.referred_by != lead.by:
        return ()
    if not lead.counts(day) or lead.by == deal.node:
        return ()
    path = REFERRED_LEAD.path.fill(account=deal.account, layer=deal.layer)
    why = f"brought the lead on {lead.day}"
    return (Owed(lead.by, policy.referral.role, policy.referral.share, why, path),)


def disputes_folder(account: str) -> str:
    """Where the disputes of an account lie, each in a folder of its own."""
    return DECISION.path.fill(account=account, dispute="x", layer="x").rsplit("/", 3)[0]
