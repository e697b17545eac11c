"""What was promised to a customer, deal by deal: whoever takes an account over keeps the word that was given."""

from collections.abc import Iterator
from typing import NamedTuple

from salesrepo.checks.handles import handle_in
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.promises import PROMISES
from salesrepo.flows.here.workspace import Workspace


class Promised(NamedTuple):
    """The deal by its handle, the promise's name, and its words."""

    handle: str
    promise: str
    words: str


def promised_in(ws: Workspace, deal: Deal) -> tuple[Promised, ...]:
    """What a deal promises, in the catalogue's words; the name alone where the catalogue has it no more."""
    catalogue = ws.tip.get(PROMISES) if deal.promises else None
    known = catalogue.promises if catalogue else {}
    handle = handle_in(ws.view, deal)
    return tuple(Promised(handle, name, known[name].say if name in known else "") for name in deal.promises)


def promised_to(ws: Workspace, account: str) -> tuple[Promised, ...]:
    """What the deals with an account promise, those that were lost left out."""
    return tuple(one for deal in _deals(ws, account) if deal.stage != "lost" for one in promised_in(ws, deal))


def _deals(ws: Workspace, account: str) -> Iterator[Deal]:
    folder = DEAL.path.fill(account=account, deal="x").rsplit("/", 1)[0]
    return (deal for _, deal in ws.view.all(DEAL, folder))
