"""What must somebody know of their leads besides the dates: who waits, offers, disputes, refers, and what ends soon?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.checks.disputes import cases, is_open
from salesrepo.checks.owed import referral_of
from salesrepo.checks.queues import places
from salesrepo.domain.holding import Holding
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.flows.claims.queue import Waiting, waits_of
from salesrepo.flows.here.ground import Leaving, leaving, looked_at
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.offers import Offer, remembered_offers


@dataclass(frozen=True, slots=True)
class Disputed:
    """A claim that somebody disputes: who, by when it is to be decided, and whether its holder has answered."""

    account: str
    layer: str
    by: str
    due: date
    answered: bool = False


@dataclass(frozen=True)
class Notices:
    """For a seller: leads that they wait for, transfers that wait for their word, their claims in dispute or ending.

    `answers` are offers of their own that came to nothing, `leaving` claims whose territory passes to somebody else,
    `given` transfers that they offer and that wait for their colleague's word.
    """

    waits: tuple[Waiting, ...] = ()
    offers: tuple[Offer, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    ending: tuple[Holding, ...] = ()
    answers: tuple[Offer, ...] = ()
    leaving: tuple[Leaving, ...] = ()
    given: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Around:
    """Of one account's layer: who waits for it (first come first), who disputes it, and who brought it to whom.

    `leaving`: its holder, not the seller, loses it with its territory. `offer`: the seller offers it, or is offered it.
    """

    layer: str
    waiting: tuple[str, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    brought: str = ""
    leaving: Leaving | None = None
    offer: Offer | None = None


def notices_of(ws: Workspace, claims: Iterable[Holding]) -> Notices:
    """What `sr` alone tells besides the seller's claims; asks nobody."""
    held = [claim for claim in claims if claim.state == "held"]
    days = max(ws.needed(CLAIMS_POLICY).warn_days, default=0)
    soon = (ws.today + timedelta(days=days)).isoformat()
    disputed = (one for claim in held for one in disputes_of(ws, claim.account, claim.layer))
    soonest = sorted(held, key=lambda claim: (claim.until, claim.name))
    ending = (c for c in soonest if ws.today.isoformat() <= c.until <= soon and c.lease.bound != "territory")
    known = remembered_offers(ws.desk.folder)
    asked = tuple(offer for offer in known if offer.sender != ws.me)
    answers = tuple(offer for offer in known if offer.answer)
    given = tuple(offer for offer in known if offer.sender == ws.me and not offer.answer and offer.what == "transfer")
    ctx = looked_at(ws)
    parting = tuple(one for claim in held if (one := leaving(ws, claim.account, claim.layer, ctx=ctx)))
    return Notices(waits_of(ws), asked, tuple(disputed), tuple(ending), answers, parting, given)


def around(ws: Workspace, claims: Iterable[Claim]) -> tuple[Around, ...]:
    """What stands around the claims of an account."""
    known = [one for one in remembered_offers(ws.desk.folder) if one.what == "transfer" and not one.answer]
    offered = {(one.account, one.layer): one for one in known if ws.me in (one.sender, one.receiver)}
    return tuple(
        Around(
            claim.layer,
            tuple(ws.who(place.node) for place in places(ws.tip, claim.account, claim.layer)),
            disputes_of(ws, claim.account, claim.layer),
            _brought(ws, claim),
            leaving(ws, claim.account, claim.layer) if claim.status == "held" and claim.holder != ws.me else None,
            offered.get((claim.account, claim.layer)),
        )
        for claim in claims
    )


def disputes_of(ws: Workspace, account: str, layer: str) -> tuple[Disputed, ...]:
    """The open disputes about a claim."""
    terms = ws.needed(CLAIMS_POLICY).dispute
    return tuple(
        Disputed(account, layer, ws.who(case.opened.node), terms.decided_by(case.opened.day), case.answer is not None)
        for case in cases(ws.tip, account)
        if is_open(ws.tip, case) and case.opened.layer == layer
    )


def _brought(ws: Workspace, claim: Claim) -> str:
    lead = referral_of(ws.tip, ws.needed(CLAIMS_POLICY), claim.account, claim.layer)
    if lead is None or not lead.counts(ws.today):
        return ""
    return f"{ws.who(lead.by)} brought it to {ws.who(lead.to)} on {lead.day}"
