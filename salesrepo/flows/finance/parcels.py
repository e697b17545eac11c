"""Who sends finance's records, and how do many of them travel?"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from salesrepo.checks.rules.sr105_size import MOST_PATHS, is_exempt
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.errors import RefusedError
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.store.characters import flaw_in

T = TypeVar("T")


def refuse_strangers(ws: Workspace, what: str) -> None:
    """Raises RefusedError unless the sender has a role that writes finance's records."""
    roles = ws.needed(ROLES_POLICY).write.finance
    me = ws.node(ws.me)
    if me is None or not set(roles) & set(me.roles_on(ws.today)):
        named = " or ".join(roles) or "none"
        raise RefusedError(
            f"{ws.who(ws.me)} does not write {what}; that is for the role {named}.",
            hint=f"Ask somebody with the role {named} to record it.",
        )


def unfit(text: str) -> str:
    """What is wrong with a text of one line that a record would hold, as a sentence; empty where nothing is."""
    flaw = flaw_in(text)
    return flaw.sentence if flaw else "It holds a line break." if "\n" in text else ""


def send_all(
    ws: Workspace, title: str, files: Iterable[tuple[str, bytes]], *, dry_run: bool = False
) -> tuple[Sent, ...]:
    """Send files in their order, as few proposals as the limit of files takes: one, but for hundreds of records.

    A later part goes out once the one before it is accepted, on which it may rest; a dry run tries the first alone.
    """
    parts, sent = tuple(parts_of(ws, tuple(files))), list[Sent]()
    for number, part in enumerate(parts[:1] if dry_run else parts, 1):
        if all(one.fate == "accepted" for one in sent):
            named = title if len(parts) == 1 else f"{title} ({number} of {len(parts)})"
            here = ws if number == 1 else open_workspace(ws.desk)
            sent.append(send_files(here, named, dict(part), dry_run=dry_run))
    return tuple(sent)


def parts_of(ws: Workspace, items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Items in their order, as many together as one proposal of this sender takes files."""
    me = ws.node(ws.me)
    most = len(items) if me and is_exempt(me.roles_on(ws.today)) else MOST_PATHS
    yield from (items[at : at + most] for at in range(0, len(items), most or 1))
