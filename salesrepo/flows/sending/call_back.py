"""How does a sender call back what is on its way and nobody has accepted?"""

from collections.abc import Collection

from salesrepo.errors import ConflictError, RefusedError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.forge.base import ProposalState

_REASON = "Taken back by its sender."


def call_back(ws: Workspace, paths: Collection[str]) -> None:
    """Close the proposals in which these paths travel; what travels with them is noted again, for the next submit.

    Raises ConflictError where one was accepted meanwhile, RefusedError where the forge does not let its sender close
    it, UnavailableError without the forge.
    """
    items = ws.outbox.items()
    numbers = {item.proposal for item in items if item.path in paths and item.proposal}
    for number in sorted(numbers):
        try:
            state = ws.forge.get(number).state
            if state is ProposalState.MERGED:
                raise ConflictError("It was accepted meanwhile.", hint="See it: sr sync")
            if state is ProposalState.OPEN:
                ws.forge.close(number, actor=ws.identity.forge_id, reason=_REASON)
        except RefusedError as no:
            raise RefusedError(
                f"It is on its way, and you cannot call it back yourself: {no.message}",
                hint="Ask a reviewer to reject it, then take it back here.",
            ) from None
    with ws.desk.busy():
        for item in items:
            if item.proposal in numbers and item.state == "sent":
                ws.outbox.mark(item.path, "noted")
