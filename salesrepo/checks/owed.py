"""Who must be credited in a won deal because of how its account came to the one who won it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import CLOSER, DEAL, Deal, DealCredit
from salesrepo.domain.kinds.dispute import DECISION
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy, Referral
from salesrepo.domain.kinds.referral import REFERRED_LEAD, ReferredLead
from salesrepo.domain.kinds.transfer import TRANSFER, Transfer
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

    def bears(self, claim: Claim, day: date) -> bool:
        """Whether a claim that is asked for on a day is one that this brought: not one that was begun before it."""
        return claim.holder == self.to and claim.since >= self.day and self.counts(day)


@dataclass(frozen=True, slots=True)
class Sale:
    """From which day to which a deal was won: the customer signed on the first, main had it as won on the last.

    The seller alone says the first. A right counts that stood on any of these days: neither an early signature nor a
    late record of it ends what was agreed.
    """

    signed: date
    won: date

    def meets(self, begins: date, ends: date | None) -> bool:
        """Whether a right that begins on a day, and ends with another (None: never), counts in it."""
        return begins <= self.won and (ends is None or self.signed <= ends)


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


def sale_of(before: Deal | None, deal: Deal, *, today: date) -> Sale:
    """When a deal is won that stood as `before` on main: today, unless main had it as won already."""
    signed = deal.signed or today
    if before is None or before.stage != "won":
        return Sale(signed, max(signed, today))
    days = [move.day for move in before.moves if move.stage == "won"]
    known = [before.signed] if before.signed else []
    return Sale(min([signed, *known]), max([signed, *known, *days]))


def owed_in(snapshot: Snapshot, policy: ClaimsPolicy, deal: Deal, sale: Sale) -> tuple[Owed, ...]:
    """What a deal that is won in a sale owes to those who had a part in how its account was come by."""
    found = (
        *_transferred(snapshot, policy, deal, sale),
        *_decided(snapshot, deal, sale),
        *_referred(snapshot, policy, deal, sale),
    )
    return tuple(owed for owed in found if parse_percent(owed.share)[0] > 0)


def is_paid(owed: Owed, credits: tuple[DealCredit, ...]) -> bool:
    """Whether the credits of a deal give what is owed."""
    return any(
        credit.node == owed.node and credit.role == owed.role and not _less(credit.share, owed.share)
        for credit in credits
    )


def unpaid(ctx: CheckContext, code: str, room: str) -> Iterator[Finding]:
    """A question to each node that a won deal of the change owes more than it gives, by the records of one room.

    Where they are away, nobody answers for them whom the deal pays, or who sends it.
    """
    for change, deal in ctx.change.readable(DEAL):
        history = deal.imported is not None and change.change.before is None
        if deal.stage != "won" or history or _pays_as_before(change.before, deal):
            continue
        sale = sale_of(change.before, deal, today=ctx.today)
        for owed in owed_in(ctx.tip, ctx.claims_policy, deal, sale):
            if owed.path.startswith(f"{room}/") and owed.node != ctx.me and not is_paid(owed, deal.credits):
                message = f"{ctx.who(owed.node)} {owed.why}, and is owed {owed.share} as {owed.role}."
                hint = f"Credit them (--credit {owed.node}:{owed.role}:{owed.share}), or it waits for their word."
                at = Location(change.path, ("credits",))
                gains = {ctx.me, deal.node, *(credit.node for credit in deal.credits)} - {owed.node}
                not_by = tuple(sorted(gains))
                yield Finding(code, Severity.REVIEW, message, at, hint=hint, nodes=(owed.node,), not_by=not_by)


def _pays_as_before(before: Deal | None, deal: Deal) -> bool:
    return before is not None and _shared(before) == _shared(deal)


def _shared(deal: Deal) -> tuple[object, ...]:
    return (deal.stage, deal.credits, deal.signed, deal.layer, deal.node)


def _less(share: str, than: str) -> bool:
    (a, b), (c, d) = parse_percent(share), parse_percent(than)
    return a * d < c * b


def _transferred(snapshot: Snapshot, policy: ClaimsPolicy, deal: Deal, sale: Sale) -> tuple[Owed, ...]:
    folder = TRANSFER.path.fill(account=deal.account, transfer="x").rsplit("/", 1)[0]
    return tuple(
        Owed(term.giver, CLOSER, term.giver_share, f"handed it over on {term.day}", path)
        for path, term in snapshot.all(TRANSFER, folder)
        if term.layer == deal.layer
        and term.giver_share is not None
        and term.giver != deal.node
        and sale.meets(term.day, term.until or last_of_share(term, policy))
        and _is_bound(snapshot, deal, {term.receiver}, term.giver, term.day)
    )


def last_of_share(term: Transfer, policy: ClaimsPolicy) -> date:
    """The last day on which a giver may keep a share."""
    return term.day + timedelta(days=policy.share_days)


def _is_bound(snapshot: Snapshot, deal: Deal, receivers: set[str], owed: str, day: date) -> bool:
    """Whether what was agreed on a day binds a deal: not one of somebody who took the account anew since.

    It binds whoever agreed to it, whatever they are credited, and everybody to whom that lease passed on. A deal that
    main has as won goes on owing what it gives.
    """
    closers = {credit.node for credit in deal.credits if credit.role == CLOSER}
    if receivers & {deal.node, *closers}:
        return True
    known = snapshot.get(DEAL, account=deal.account, deal=deal.deal)
    if known is not None and known.stage == "won" and any(credit.node == owed for credit in known.credits):
        return True
    claim = snapshot.get(CLAIM, account=deal.account, layer=deal.layer)
    # A new lease does not say that one ended before it.
    return claim is not None and (claim.since < day or (claim.since == day and claim.ended is not None))


def _decided(snapshot: Snapshot, deal: Deal, sale: Sale) -> tuple[Owed, ...]:
    return tuple(
        Owed(share.node, CLOSER, share.share, f"shares in it by the decision of {decision.day}", path)
        for path, decision in snapshot.all(DECISION, disputes_folder(deal.account))
        if decision.layer == deal.layer
        and _is_bound(snapshot, deal, {decision.holder}, "", decision.day)
        and sale.meets(decision.day, decision.day + timedelta(days=decision.days) if decision.days else None)
        for share in decision.shares
        if share.node != deal.node
    )


def _referred(snapshot: Snapshot, policy: ClaimsPolicy, deal: Deal, sale: Sale) -> tuple[Owed, ...]:
    claim = snapshot.get(CLAIM, account=deal.account, layer=deal.layer)
    lead = referral_of(snapshot, policy, deal.account, deal.layer)
    if policy.referral is None or claim is None or lead is None:
        return ()
    if claim.referred_by != lead.by and not _passed_to(claim, lead):
        return ()
    if not sale.meets(lead.day, lead.until) or lead.by == deal.node:
        return ()
    path = REFERRED_LEAD.path.fill(account=deal.account, layer=deal.layer)
    why = f"brought the lead on {lead.day}"
    return (Owed(lead.by, policy.referral.role, policy.referral.share, why, path),)


def _passed_to(claim: Claim, lead: Brought) -> bool:
    """Whether a transfer gave the claim to whom the lead had been brought: another's claim in between ends nothing."""
    return claim.ending == "transferred" and claim.ended is not None and lead.bears(claim, claim.ended)


def disputes_folder(account: str) -> str:
    """Where the disputes of an account lie, each in a folder of its own."""
    return DECISION.path.fill(account=account, dispute="x", layer="x").rsplit("/", 3)[0]
