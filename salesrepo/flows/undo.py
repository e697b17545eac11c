"""`sr undo`: what is noted and was not sent, or came back, can be taken back."""

import re
from dataclasses import dataclass

from salesrepo.domain.holding import handle_of, short_key
from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError
from salesrepo.flows.holdings import refresh_index
from salesrepo.flows.parcels import parcels_of
from salesrepo.flows.sending import arrived
from salesrepo.flows.streams import documents, is_stream
from salesrepo.flows.workspace import Workspace
from salesrepo.vcs.worktree import put_back

_ACCOUNT = re.compile(rb"^account: (\S+)$", re.MULTILINE)
ALL = "all"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Something that was noted and is not any more: what it was, and its paths with the bytes that are left there."""

    title: str
    paths: tuple[str, ...]
    left: bytes | None = None


def undo(ws: Workspace, what: str, *, dry_run: bool = False) -> tuple[TakenBack, ...]:
    """Drop what is noted for an account or deal (`all`: everything), with all that belongs to it.

    Raises RefusedError where nothing of it is noted, or all of it is on its way: a reviewer can reject that.
    """
    with ws.desk.busy():
        found = _meant(ws, what.strip().casefold())
        free = tuple(one for one in found if not any(_is_sent(ws, path) for path in one.paths))
        if found and not free:
            raise RefusedError(
                f"{what} is on its way already.", hint="Ask a reviewer to reject it, then take it back here."
            )
        if not free and what != ALL:
            raise RefusedError(f"Nothing is noted for {what}.", hint="See what is: sr status -v")
        if not dry_run:
            for one in free:
                _take_back(ws, one)
            refresh_index(ws)
    return free


def _meant(ws: Workspace, what: str) -> tuple[TakenBack, ...]:
    contents = ws.outbox.contents()
    found = []
    for parcel in parcels_of(contents, ws.tip):
        for unit, paths in parcel.units.items():
            title, data = parcel.titles.get(unit, parcel.title), contents.get(unit)
            if what == ALL or any(what in _names(path) for path in paths):
                found.append(TakenBack(title, paths))
            elif is_stream(unit) and data is not None and (left := _without(data, what)) != data:
                found.append(TakenBack(title, paths, left))
    return tuple(found)


def _take_back(ws: Workspace, one: TakenBack) -> None:
    if one.left is None:  # what was edited by hand would be noted again with the next submit
        put_back(ws.desk.root, {path: ws.outbox.read(path) for path in one.paths})
    for path in one.paths:
        if one.left is None:
            ws.outbox.drop(path)
        else:
            ws.outbox.put(path, one.left, base=None)
    arrived(ws.desk.folder, one.paths)


def _is_sent(ws: Workspace, path: str) -> bool:
    item = ws.outbox.item(path)
    return item is not None and item.state == "sent"


def _without(data: bytes, what: str) -> bytes | None:
    """A day's stream without what was done with an account; None where nothing is left."""
    head, parts = documents(data)
    kept = [part for part in parts if not any(what in _called(key.decode()) for key in _ACCOUNT.findall(part))]
    return head + b"".join(kept) if kept else None


def _names(path: str) -> set[str]:
    place = place_of(path)
    if place is None:
        return {path}
    account, deal = place.ids.get("account", ""), place.ids.get("deal", "")
    names = {path} | ({deal, handle_of(account, deal)} if deal else set())
    return names | (_called(account) if account else set())


def _called(account: str) -> set[str]:
    return {account, account.partition("-")[2], short_key(account)}
