"""`sr undo`: what is noted, or sent and not accepted, can be taken back; so can edits in the folder itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from salesrepo.domain.holding import deal_names, handle_of, lead_among, lead_names
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError
from salesrepo.flows.here.endings import forget_open_form, open_form
from salesrepo.flows.here.holdings import holdings_of, refresh_index
from salesrepo.flows.here.seen import forget_sent
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.call_back import call_back
from salesrepo.flows.sending.folder import Lost, edited_files, lost_with
from salesrepo.flows.sending.parcels import parcels_of
from salesrepo.flows.sending.streams import called, documents, is_stream
from salesrepo.flows.sending.submissions import arrived
from salesrepo.vcs.worktree import put_back

_ACCOUNT = re.compile(rb"^account: (\S+)$", re.MULTILINE)
ALL = "all"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Something that was noted and is not any more: what it was, and its paths with the bytes that are left there.

    `sent` says that it was on its way, `stays` what of it is noted still: an open deal, of which only the end goes.
    """

    title: str
    paths: tuple[str, ...]
    left: bytes | None = None
    sent: bool = False
    stays: str = ""


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

    A deal that is named and noted as won or lost loses its end alone. What is named and all on its way is called back:
    nobody accepts it any more. What was edited in the folder itself and nowhere noted is gone for good once it is taken
    back: `agreed` is told what that would be, and says whether. Raises RefusedError where nothing of it is noted or
    edited, or the forge does not let its sender call it back, ConflictError where it was accepted meanwhile.
    """
    wanted = what.strip().casefold()
    edits = edited_files(ws)
    meant = _named(ws, {**ws.outbox.contents(), **edits}, wanted)
    lost = lost_with(ws, {path: data for path, data in edits.items() if meant == ALL or meant in _names(path)})
    gone = bool(lost) and (dry_run or agreed(lost))
    found = _meant(ws, meant)
    free = tuple(one for one in found if not one.sent)
    if not free and not lost and meant != ALL:
        if not found:
            raise RefusedError(f"Nothing is noted for {what}.", hint="See what is: sr status -v")
        if not dry_run:
            call_back(ws, {path for one in found for path in one.paths})
        free = found
    if not dry_run:
        with ws.desk.busy():
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
            sent = any(_is_sent(ws, path) for path in paths)
            if what == ALL or any(what in _names(path) for path in paths):
                found.append(_whole_or_end(ws, TakenBack(title, paths, sent=sent), contents, what))
            elif is_stream(unit) and data is not None and (left := _without(data, what)) != data:
                found.append(TakenBack(_told(data, what) or title, paths, left, sent=sent))
    return tuple(found)


def _whole_or_end(ws: Workspace, one: TakenBack, contents: Mapping[str, bytes | None], what: str) -> TakenBack:
    """All of it; of a deal that is named itself and noted as won or lost, that alone."""
    for path in one.paths:
        place = place_of(path)
        if place and place.kind.name == DEAL.name and place.ids["deal"] == what and (before := open_form(ws, path)):
            ends = " as won or lost"
            return replace(one, title=f"{one.title}{ends}", left=before, stays=f"{one.title}, open as it was")
    if _new_deal(ws, contents, one.paths):
        return replace(one, title=f"{one.title} (the whole deal: it was never accepted)")
    return one


def _told(data: bytes, account: str) -> str:
    """What each of the activities of a stream that go is called; empty where they cannot be."""
    head, parts = documents(data)
    titles = [called(head + part) for part in parts if account in _spoken_of(part)]
    return ", ".join(titles) if all(titles) else ""


def _named(ws: Workspace, contents: Mapping[str, bytes | None], what: str) -> str:
    """The id of the one deal, or the key of the one account, that a text means; the text itself for anything else.

    Raises RefusedError for several: nothing is taken back that was not meant.
    """
    ids = [place.ids for path in contents if (place := place_of(path))]
    own = holdings_of(ws).deals
    placed = {one["deal"]: one["account"] for one in ids if "deal" in one and "account" in one}
    deals = placed | {one.deal: one.account for one in own}
    said = {deal: account for deal, account in deals.items() if what in deal_names(account, deal)}
    accounts = {one["account"] for one in ids if "account" in one}.union(*map(_spoken_of, _streams(contents)))
    meant = {account for account in accounts if what in lead_names(account)}
    handles = [handle_of(account, deal, said.values()) for deal, account in said.items()]
    several = sorted(handles if said else (lead_among(account, meant) for account in meant))
    if len(several) > 1:
        raise RefusedError(f"{what} could be {' or '.join(several)}.", hint="Name one of them.")
    return next(iter(said or meant), what)


def _streams(contents: Mapping[str, bytes | None]) -> Iterator[bytes]:
    return (data for path, data in contents.items() if is_stream(path) and data is not None)


def _spoken_of(data: bytes) -> set[str]:
    return {key.decode() for key in _ACCOUNT.findall(data)}


def _new_deal(ws: Workspace, contents: Mapping[str, bytes | None], paths: tuple[str, ...]) -> bool:
    """Whether these are the records of a deal that main does not have."""
    places = [place for path in paths if contents[path] is not None and (place := place_of(path))]
    return any(place.kind.name == DEAL.name and ws.tip.blob(place.path) is None for place in places)


def _take_back(ws: Workspace, one: TakenBack) -> None:
    if one.stays and one.left is not None:
        _open_again(ws, one.paths, one.left)
        return
    if one.left is None:  # what was edited by hand would be noted again with the next submit
        put_back(ws.desk.root, {path: ws.outbox.read(path) for path in one.paths})
    for path in one.paths:
        if one.left is None:
            ws.outbox.drop(path)
            forget_open_form(ws, path)
        else:
            ws.outbox.put(path, one.left, base=None)
    arrived(ws.desk.folder, one.paths)


def _open_again(ws: Workspace, paths: tuple[str, ...], data: bytes) -> None:
    for path in paths:
        place = place_of(path)
        if place and place.kind.name == DEAL.name:
            ws.note(path, data)
            ws.note(DEAL_HOLD.path.fill(**place.ids, node=ws.me), b"")
            forget_open_form(ws, path)
    arrived(ws.desk.folder, paths)


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
