"""What may somebody do who came over ssh, as the one their key names? Their own acts; the bots then do theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from salesrepo.errors import RefusedError, SalesRepoError
from salesrepo.flows.proposals.mirror import catch_up, check_reader
from salesrepo.forge.base import ProposalState
from salesrepo.forge.local import LocalForge
from salesrepo.forge.local_codec import plain_proposal
from salesrepo.forge.wire import Request, answer, read_request, refusal
from salesrepo.vcs.serve import receive_pack, upload_pack

# Characters that one may say on one proposal: else somebody could fill another's up until nothing can be done with it.
_MOST_SAID = 16_000


@dataclass(frozen=True)
class Caller:
    """Who is at the other end: the forge id that the list of keys gives them, and the node it stands for."""

    forge: LocalForge
    id: str
    node: str
    now: datetime


def signed_in(folder: Path, forge_id: str, *, now: datetime) -> Caller:
    """The caller whom the forge in `folder` knows by this id. Raises RefusedError for an id that it never gave out.

    Finance's forge, where pay is private, answers nobody but those who may read it today, whatever their key.
    """
    forge = LocalForge(folder, lambda: int(now.timestamp()))
    node = forge.node(forge_id)
    check_reader(forge, node, now)
    return Caller(forge, forge_id, node, now)


def send(caller: Caller, node: str | None) -> None:
    """Let the caller fetch from a node's fork (None: from main's repository)."""
    if node is None:
        catch_up(caller.forge)
        upload_pack(caller.forge.source())
        return
    if caller.forge.user(node) is None:
        raise RefusedError("There is nobody of that name here.", hint="Check the name.")
    upload_pack(caller.forge.fork(node))


def receive(caller: Caller, node: str | None) -> None:
    """Take a push into the caller's own fork; RefusedError for any other place."""
    if node != caller.node:
        raise RefusedError(f"You are {caller.node} here, and send to your own fork only.", hint="Use: sr submit")
    receive_pack(caller.forge.fork(caller.node))


def reply(caller: Caller, raw: bytes) -> dict[str, Any]:
    """The answer to one request, or what is wrong with it. Raises nothing that the caller could cause."""
    try:
        request = read_request(raw)
        if request.actor not in ("", caller.id):
            raise RefusedError(f"You are number {caller.id} here, and act for nobody else.", hint="Join again: sr join")
        return answer(_ACTS[request.operation](caller, request))
    except SalesRepoError as problem:
        return refusal(problem)


def _whoami(caller: Caller, _: Request) -> dict[str, str]:
    return {"id": caller.id, "name": caller.node}


def _list(caller: Caller, asked: Request) -> list[dict[str, Any]]:
    wanted = asked.fields["state"]
    if wanted and wanted not in {state.value for state in ProposalState}:
        raise RefusedError("No proposal is ever in that state.", hint="Use open, merged or closed.")
    return [plain_proposal(one) for one in caller.forge.list(ProposalState(wanted) if wanted else None)]


def _open(caller: Caller, asked: Request) -> int:
    given = asked.fields
    number = caller.forge.open(
        caller.id, head=given["head"], title=given["title"], submission=given["submission"], claims=given["claims"]
    )
    _land(caller, number)
    return number


def _update(caller: Caller, asked: Request) -> None:
    given = asked.fields
    caller.forge.update(given["number"], actor=caller.id, head=given["head"], claims=given["claims"])
    _land(caller, given["number"])


def _comment(caller: Caller, asked: Request) -> None:
    number, text = asked.fields["number"], asked.fields["text"]
    said = (len(comment.text) for comment in caller.forge.get(number).comments if comment.actor == caller.id)
    if sum(said, len(text)) > _MOST_SAID:
        raise RefusedError("You have said a great deal on this proposal already.", hint="Say it in fewer words.")
    caller.forge.comment(number, actor=caller.id, text=text)


def _approve(caller: Caller, asked: Request) -> None:
    from salesrepo.flows.proposals.review import check_not_own  # noqa: PLC0415

    number = asked.fields["number"]
    check_not_own(caller.forge.get(number), caller.id)
    caller.forge.approve(number, actor=caller.id, head=asked.fields["head"], digest=asked.fields["digest"])
    _land(caller, number)


def _close(caller: Caller, asked: Request) -> None:
    from salesrepo.flows.proposals.review import check_may_reject  # noqa: PLC0415

    number = asked.fields["number"]
    reason = asked.fields["reason"]
    check_may_reject(caller.forge, caller.forge.get(number), caller.id, reason=reason, now=caller.now)
    caller.forge.close(number, actor=caller.id, reason=reason, reviews=True)


def _recheck(caller: Caller, asked: Request) -> None:
    _land(caller, asked.fields["number"])


def _land(caller: Caller, number: int) -> None:
    from salesrepo.flows.proposals.land import land  # noqa: PLC0415 - the rules are most of the start-up of a short question

    land(caller.forge, number, now=caller.now)


_ACTS: Mapping[str, Callable[[Caller, Request], Any]] = MappingProxyType(
    {
        "whoami": _whoami,
        "main": lambda caller, _: caller.forge.main(),
        "ledger": lambda caller, _: caller.forge.ledger(),
        "user": lambda caller, asked: caller.forge.user(asked.fields["name"]),
        "open": _open,
        "update": _update,
        "get": lambda caller, asked: plain_proposal(caller.forge.get(asked.fields["number"])),
        "list": _list,
        "comment": _comment,
        "approve": _approve,
        "close": _close,
        "recheck": _recheck,
    }
)
