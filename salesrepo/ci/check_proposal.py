"""On a proposal: judge it and record the verdict, and say whose pay it would change."""

from salesrepo.domain.pay_change import WouldPay
from salesrepo.flows.books.estimate import would_pay
from salesrepo.flows.here.place import clock
from salesrepo.flows.here.workspace import forge_at
from salesrepo.flows.proposals.land import Landing, land


def check_proposal(place: str, number: int) -> Landing:
    """The verdict on one proposal of the embedded forge in the folder `place`; nothing is merged."""
    now = clock()
    return land(forge_at("local", place, now), number, now=now, merge=False)


def pay_of(place: str, landing: Landing) -> WouldPay | None:
    """Whose pay a proposal that was judged would change; None where it is closed or touches nothing that pays."""
    if landing.judgement is None or landing.outcome not in ("ready", "waiting", "review"):
        return None
    now = clock()
    forge = forge_at("local", place, now)
    return would_pay(forge, forge.get(landing.number), landing.judgement.changes, now=now)
