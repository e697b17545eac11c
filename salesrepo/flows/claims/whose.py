"""Whose is an account that is not the seller's: somebody else's, nobody's, or one whose claim came back?"""

from salesrepo.errors import SalesRepoError
from salesrepo.flows.claims.lead import known_exactly
from salesrepo.flows.claims.own_claim import claims_on, pending_words
from salesrepo.flows.here.ground import last_day
from salesrepo.flows.here.place import Desk
from salesrepo.flows.here.workspace import open_workspace


def whose(desk: Desk, text: str) -> str:
    """A sentence on the account whose key or name a text is; empty for one that is not known here."""
    ws = open_workspace(desk)
    try:
        account = known_exactly(ws, text)
        if account is None:
            return ""
        held = next((claim for claim in claims_on(ws.tip, account.account) if claim.until >= ws.today), None)
        if held is not None and held.holder != ws.me:
            return f"{account.name} ({account.account}) is {ws.who(held.holder)}'s until {last_day(ws, held)}."
        layers = [claim.layer for claim in claims_on(ws.view, account.account)]
        words = (pending_words(ws, account.account, layer) for layer in layers)
        why = next((found for found in words if found), "Nobody holds it.")
        return f"{account.name} ({account.account}) is not yours. {why}"
    except SalesRepoError:
        return ""
    finally:
        ws.close()
