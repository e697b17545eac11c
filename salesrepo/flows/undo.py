"""`sr undo`: what is noted and was not sent, or came back, can be taken back."""

from salesrepo.domain.holding import handle_of, short_key
from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError
from salesrepo.flows.holdings import refresh_index
from salesrepo.flows.workspace import Workspace
from salesrepo.store.outbox import Item


def undo(ws: Workspace, what: str, *, dry_run: bool = False) -> tuple[str, ...]:
    """Drop what the outbox holds for an account or deal (`all`: everything) and is not on its way; returns the paths.

    Raises RefusedError where nothing of it is noted; what was sent is taken back by asking a reviewer to reject it.
    """
    with ws.desk.busy():
        items = [item for item in ws.outbox.items() if what == "all" or what in _names(item)]
        free = [item for item in items if item.state != "sent"]
        if items and not free:
            raise RefusedError(
                f"{what} is on its way already.", hint="Ask a reviewer to reject it, then take it back here."
            )
        if not free and what != "all":
            raise RefusedError(f"Nothing is noted for {what}.", hint="See what is: sr status -v")
        if not dry_run:
            for item in free:
                ws.outbox.drop(item.path)
            refresh_index(ws)
    return tuple(item.path for item in free)


def _names(item: Item) -> set[str]:
    place = place_of(item.path)
    if place is None:
        return {item.path}
    account, deal = place.ids.get("account", ""), place.ids.get("deal", "")
    names = {item.path}
    if deal:
        return names | {deal, handle_of(account, deal)}
    if account:
        names |= {account, account.partition("-")[2], short_key(account)}
    return names
