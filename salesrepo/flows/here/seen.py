"""What does the seller know already: which leads are theirs, and what of theirs is on its way?

Kept in the working copy, so that `sr` can say what changed since they last looked.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.paths import Place, place_of
from salesrepo.files import replace_file
from salesrepo.flows.here.holdings import holdings_of
from salesrepo.flows.here.workspace import Workspace

_FILE = "seen.json"
_NEW = timedelta(days=7)  # where no earlier look is on record, what is younger is news


@dataclass(frozen=True)
class Seen:
    """What a seller last saw: the claims that they held (`d-acme.com core`), and what was on its way: path, title."""

    held: tuple[str, ...] = ()
    sent: Mapping[str, str] = field(default_factory=dict)


def read_seen(ws: Workspace) -> Seen:
    """What the seller saw last; where they never looked, what they have held for longer than a week."""
    try:
        known = json.loads((ws.desk.folder / _FILE).read_bytes())
        return Seen(tuple(map(str, known["held"])), {str(path): str(title) for path, title in known["sent"].items()})
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        old = (ws.today - _NEW).isoformat()
        return Seen(tuple(name(c.account, c.layer) for c in holdings_of(ws).claims if c.since < old))


def name(account: str, layer: str) -> str:
    """How a claim is called in what was seen."""
    return f"{account} {layer}"


def saw(ws: Workspace, held: Iterable[str], sent: Mapping[str, str]) -> None:
    """Remember everything as it was shown just now."""
    with ws.desk.busy():
        _write(ws.desk.folder, Seen(tuple(held), sent))


def told(ws: Workspace, titles: Mapping[str, str]) -> None:
    """Remember what a command has just said of these paths (with titles): what became of them is no news."""
    now = {name(c.account, c.layer) for c in holdings_of(ws).claims if c.state == "held"}
    spoken_of = {name(at.ids["account"], at.ids["layer"]) for path in titles if (at := _claim_at(path))}
    with ws.desk.busy():
        before = read_seen(ws)
        held = (set(before.held) - spoken_of) | (now & spoken_of)
        going = {path: title for path, title in titles.items() if (item := ws.outbox.item(path)) and item.proposal}
        sent = {path: title for path, title in before.sent.items() if path not in titles} | going
        if before != (after := Seen(tuple(sorted(held)), sent)):
            _write(ws.desk.folder, after)


def forget_sent(ws: Workspace, paths: Collection[str]) -> None:
    """Remember nothing of what was on its way and is taken back. The caller holds the lock."""
    before = read_seen(ws)
    left = {path: title for path, title in before.sent.items() if path not in paths}
    if left != before.sent:
        _write(ws.desk.folder, replace(before, sent=left))


def _claim_at(path: str) -> Place | None:
    place = place_of(path)
    return place if place is not None and place.kind.name == CLAIM.name else None


def _write(folder: Path, seen: Seen) -> None:
    replace_file(folder / _FILE, json.dumps(asdict(seen)).encode())
