"""What does a claim say that is asked for today, with what speaks for it, and until when would it run?"""

from dataclasses import dataclass, replace
from typing import cast, get_args

from salesrepo.checks.leases import lease_term
from salesrepo.checks.owed import referral_of
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import CLAIM, Claim, Evidence
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.errors import UsageError
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace

EVIDENCE: tuple[str, ...] = get_args(Evidence)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which layer is wanted, on which evidence (none: the claim is reserved, where policy knows that), with what note.

    Raises UsageError for evidence that is none, or that no note explains.
    """

    layer: str
    evidence: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.evidence and self.evidence not in EVIDENCE:
            raise UsageError(f"{self.evidence} is no evidence.", hint=f"Choose one of: {', '.join(EVIDENCE)}.")
        if self.evidence and not self.note.strip():
            raise UsageError("Evidence needs a note that says what it is.", hint='Add -m "who said what, and when".')


def over_noted(ws: Workspace, account: str, wish: Wish) -> Wish:
    """A wish with the evidence and the note that were told before, where neither is told now."""
    noted = ws.view.get(CLAIM, account=account, layer=wish.layer)
    pending = ws.outbox.item(CLAIM.path.fill(account=account, layer=wish.layer)) is not None
    if not pending or noted is None or noted.holder != ws.me:
        return wish
    return Wish(wish.layer, wish.evidence or noted.evidence or "", wish.note or noted.note or "")


def wanted_claim(ws: Workspace, account: Account, wish: Wish, territory: str) -> Claim:
    """A new claim for the seller, or, given back before its end, their old one as it was."""
    policy = ws.needed(CLAIMS_POLICY)
    before = ws.tip.get(CLAIM, account=account.account, layer=wish.layer)
    own = before if before and before.holder == ws.me else None
    provisional, note = account.confirmed is None, spoken(wish.note, most=LINE) or None
    if own and own.status == "released" and own.until >= ws.today:
        back = replace(own, status="held", ended=None, ending=None, territory=territory, provisional=provisional)
        return replace(back, note=note or own.note)
    reserved = policy.reserve is not None and not wish.evidence
    new = Claim(
        account=account.account,
        layer=wish.layer,
        status="held",
        holder=ws.me,
        territory=territory,
        since=ws.today,
        renewed=ws.today,
        until=ws.today,
        provisional=provisional,
        standing="reserved" if reserved else "registered",
        evidence=_evidence(wish),
        note=note,
        imported=own.imported if own else None,
        referred_by=_referrer(ws, account.account, wish.layer),
    )
    return replace(new, until=lease_term(ws.view, new, policy).until)


def standing_up(ws: Workspace, claim: Claim, wish: Wish) -> Claim:
    """A reserved claim of the seller's with the evidence that makes it registered."""
    note = spoken(wish.note, most=LINE) or None
    new = replace(claim, standing="registered", evidence=_evidence(wish), note=note)
    return replace(new, until=lease_term(ws.view, new, ws.needed(CLAIMS_POLICY)).until)


def _referrer(ws: Workspace, account: str, layer: str) -> str | None:
    """Who brought the lead to the seller, as long as that counts."""
    lead = referral_of(ws.tip, ws.needed(CLAIMS_POLICY), account, layer)
    return lead.by if lead and lead.to == ws.me and lead.counts(ws.today) else None


def _evidence(wish: Wish) -> Evidence | None:
    return cast("Evidence", wish.evidence) if wish.evidence else None
