"""`sr undo`: what is noted and was not sent, or came back, can be taken back; so can edits in the folder itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from salesrepo.domain.holding import deal_names, handle_of, lead_among, lead_names
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError
from salesrepo.flows.here.holdings import holdings_of, refresh_index
from salesrepo.flows.here.seen import forget_sent
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.folder import Lost, edited_files, lost_with
from salesrepo.flows.sending.parcels import parcels_of
from salesrepo.flows.sending.sending import arrived
from salesrepo.flows.sending.streams import documents, is_stream
from salesrepo.vcs.worktree import put_back

_ACCOUNT = re.compile(rb"^account: (\S+)$", re.MULTILINE)
ALL = "all"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Something that was noted and is not any more: what it was, and its paths with the bytes that are left there."""

    title: str
    paths: tuple[str, ...]
    left: bytes | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back of what was noted, and of what was edited in the folder; `kept` are edits that stay."""

    noted: tuple[TakenBack, ...]
    edited: tuple[Lost, ...] = ()
    kept: tuple[Lost, ...] = ()


def undo(
    ws: Workspace, what: str, *, agreed: Callable[[tuple[Lost, ...]], bool] = lambda _: False, dry_run: bool = False
) -> Undone:
    """Drop what is noted for an account, a deal or a file (`all`: everything), with all that belongs to it.

    What was edited in the folder itself and nowhere noted is gone for good once it is taken back: `agreed` is told
    what that would be, and says whether. Raises RefusedError where nothing of it is noted or edited, or all of it is
    on its way: a reviewer can reject that.
    """
    wanted = what.strip().casefold()
    edits = edited_files(ws)
    meant = _named(ws, {**ws.outbox.contents(), **edits}, wanted)
    lost = lost_with(ws, {path: data for path, data in edits.items() if meant == ALL or meant in _names(path)})
    gone = bool(lost) and (dry_run or agreed(lost))
    with ws.desk.busy():
        found = _meant(ws, meant)
        free = tuple(one for one in found if not any(_is_sent(ws, path) for path in one.paths))
        if found and not free and not lost:
            raise RefusedError(
                f"{what} is on its way already.", hint="Ask a reviewer to reject it, then take it back here."
            )
        if not free and not lost and wanted != ALL:
            raise RefusedError(f"Nothing is noted for {what}.", hint="See what is: sr status -v")
        if not dry_run:
            for one in free:
                _take_back(ws, one)
            forget_sent(ws, {path for one in free for path in one.paths})
            if gone:
                put_back(ws.desk.root, {one.path: edits[one.path] for one in lost})
            refresh_index(ws)
    return Undone(free, *((lost, ()) if gone else ((), lost)))


def _meant(ws: Workspace, what: str) -> tuple[TakenBack, ...]:
    contents = ws.outbox.contents()
    found = []
    for parcel in parcels_of(contents, ws.tip):
        for unit, paths in parcel.units.items():
            title, data = parcel.titles.get(unit, parcel.title), contents.get(unit)
            whole = _new_deal(ws, contents, paths)
            if what == ALL or any(what in _names(path) for path in paths):
                found.append(TakenBack(f"{title} (the whole deal: it was never accepted)" if whole else title, paths))
            elif is_stream(unit) and data is not None and (left := _without(data, what)) != data:
                found.append(TakenBack(title, paths, left))
    return tuple(found)


def _named(ws: Workspace, contents: Mapping[str, bytes | None], what: str) -> str:
    """The id of the one deal, or the key of the one account, that a text means; the text itself for anything else.

    Raises RefusedError for several: nothing is taken back that was not meant.
    """
    ids = [place.ids for path in contents if (place := place_of(path))]
    own = holdings_of(ws).deals
    deals = {one["deal"]: one["account"] for one in ids if "deal" in one} | {one.deal: one.account for one in own}
    called = {deal: account for deal, account in deals.items() if what in deal_names(account, deal)}
    accounts = {one["account"] for one in ids if "account" in one}.union(*map(_spoken_of, _streams(contents)))
    meant = {account for account in accounts if what in lead_names(account)}
    handles = [handle_of(account, deal, called.values()) for deal, account in called.items()]
    several = sorted(handles if called else (lead_among(account, meant) for account in meant))
    if len(several) > 1:
        raise RefusedError(f"{what} could be {' or '.join(several)}.", hint="Name one of them.")
    return next(iter(called or meant), what)


def _streams(contents: Mapping[str, bytes | None]) -> Iterator[bytes]:
    return (data for path, data in contents.items() if is_stream(path) and data is not None)


def _spoken_of(data: bytes) -> set[str]:
    return {key.decode() for key in _ACCOUNT.findall(data)}


def _new_deal(ws: Workspace, contents: Mapping[str, bytes | None], paths: tuple[str, ...]) -> bool:
    """Whether these are the records of a deal that main does not have."""
    places = [place for path in paths if contents[path] is not None and (place := place_of(path))]
    return any(place.kind.name == DEAL.name and ws.tip.blob(place.path) is None for place in places)


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


def _without(data: bytes, account: str) -> bytes | None:
    """A day's stream without what was done with an account; None where nothing is left."""
    head, parts = documents(data)
    kept = [part for part in parts if account not in _spoken_of(part)]
    return head + b"".join(kept) if kept else None


def _names(path: str) -> set[str]:
    place = place_of(path)
    return {path.casefold(), *(place.ids.get(name, "") for name in ("account", "deal") if place)} - {""}
