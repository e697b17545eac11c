"""Which credits does a deal get by itself when it is won, because others had a part in how its account was come by?"""

from dataclasses import replace

from salesrepo.checks.owed import Owed, is_paid, owed_in, sale_of
from salesrepo.domain.kinds.deal import CLOSER, DEAL, Deal, DealCredit
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.money import add, parse_percent, show_percent
from salesrepo.flows.here.workspace import Workspace


def with_owed(ws: Workspace, deal: Deal) -> Deal:
    """A won deal with the credits that it owes; what its seller's own share does not hold is left to the rules."""
    before = ws.tip.get(DEAL, account=deal.account, deal=deal.deal)
    sale = sale_of(before, deal, today=ws.today)
    for owed in owed_in(ws.tip, ws.needed(CLAIMS_POLICY), deal, sale):
        if not is_paid(owed, deal.credits) and not any(_is_for(credit, owed) for credit in deal.credits):
            deal = replace(deal, credits=_with(deal, owed))
    return deal


def _is_for(credit: DealCredit, owed: Owed) -> bool:
    return (credit.node, credit.role) == (owed.node, owed.role)


def _with(deal: Deal, owed: Owed) -> tuple[DealCredit, ...]:
    new = DealCredit(node=owed.node, role=owed.role, share=owed.share)
    if owed.role != CLOSER:
        return (*deal.credits, new)
    given, under = parse_percent(owed.share)
    kept = [credit for credit in deal.credits if (credit.node, credit.role) != (deal.node, CLOSER)]
    own = next((credit for credit in deal.credits if credit not in kept), None)
    left = add(parse_percent(own.share), (-given, under)) if own else (-1, 1)
    if left[0] < 0:
        return deal.credits
    mine = (DealCredit(node=deal.node, role=CLOSER, share=show_percent(left)),) if left[0] else ()
    return (*mine, *kept, new)
