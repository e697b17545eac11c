"""What of the outbox travels together? Each claim by itself, each paid deal by itself, routine items in one parcel."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from salesrepo.checks.handles import accounts_of
from salesrepo.domain.holding import handle_of
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.near import NEAR
from salesrepo.domain.kinds.outbound import OUTBOUND
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.playbook import PLAYBOOK
from salesrepo.domain.kinds.profile import PROFILE
from salesrepo.domain.kinds.referral import REFERRED_LEAD
from salesrepo.domain.kinds.request import REQUEST
from salesrepo.domain.kinds.story import STORY
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.paths import Place, place_of
from salesrepo.errors import RecordError
from salesrepo.store.snapshot import RecordSnapshot, parse

Load = Literal["request", "claim", "routine", "deal", "files"]
_WITH_A_CLAIM = (ACCOUNT, ALIAS, HOLD, NEAR, PLACE_IN_QUEUE, TAKING, WAIT)
ORDER: tuple[Load, ...] = ("request", "claim", "routine", "deal", "files")


@dataclass(frozen=True)
class Parcel:
    """What one proposal carries. `units` groups paths that stand or fall together; `account` is a claim's or deal's.

    `titles` names each unit; without them the parcel keeps its title when it shrinks.
    """

    load: Load
    title: str
    files: dict[str, bytes | None]
    units: dict[str, tuple[str, ...]] = field(default_factory=dict)
    account: str = ""
    titles: dict[str, str] = field(default_factory=dict)

    def only(self, units: Collection[str]) -> "Parcel":
        """The parcel with none but these of its units."""
        kept = {unit: paths for unit, paths in self.units.items() if unit in units}
        paths = {path for unit in kept.values() for path in unit}
        titles = {unit: title for unit, title in self.titles.items() if unit in kept}
        return replace(
            self,
            title=_title(titles.values()) or self.title,
            files={path: data for path, data in self.files.items() if path in paths},
            units=kept,
            titles=titles,
        )

    def without(self, units: Collection[str]) -> "Parcel":
        """The parcel without some of its units."""
        return self.only(self.units.keys() - set(units))


def _title(titles: Iterable[str]) -> str:
    first, *more = dict.fromkeys(titles) or [""]
    return f"{first} and {len(more)} more" if more else first


@dataclass(frozen=True, slots=True)
class _Slip:
    load: Load
    unit: str
    title: str
    account: str = ""


def parcels_of(contents: Mapping[str, bytes | None], tip: RecordSnapshot) -> tuple[Parcel, ...]:
    """The outbox as parcels, in the order in which they are sent."""
    known = _accounts(contents, tip)
    slips = {path: _slip(path, data, tip, known) for path, data in contents.items()}
    claimed = {slip.account: slip for slip in slips.values() if slip.load == "claim"}
    groups: dict[tuple[Load, str], dict[str, _Slip]] = {}
    for path, slip in slips.items():
        place = place_of(path)
        own = claimed.get(slip.account) if place and place.kind in _WITH_A_CLAIM else None
        final = own or slip
        together = final.unit if final.load in ("claim", "deal") else ""
        groups.setdefault((final.load, together), {})[path] = final
    found = [_pack(load, members, contents) for (load, _), members in groups.items()]
    return tuple(sorted(found, key=lambda parcel: (ORDER.index(parcel.load), parcel.title)))


def _accounts(contents: Mapping[str, bytes | None], tip: RecordSnapshot) -> frozenset[str]:
    """The accounts of whoever has deals in the outbox: those that they hold, and those of the outbox itself."""
    places = [place for path in contents if (place := place_of(path)) and "account" in place.ids]
    nodes = {place.ids["node"] for place in places if place.kind.name == DEAL_HOLD.name}
    held = (accounts_of(tip, node) for node in nodes)
    return frozenset(place.ids["account"] for place in places).union(*held)


def _pack(load: Load, members: Mapping[str, _Slip], contents: Mapping[str, bytes | None]) -> Parcel:
    units: dict[str, tuple[str, ...]] = {}
    for path, slip in members.items():
        units[slip.unit] = (*units.get(slip.unit, ()), path)
    titles = {slip.unit: slip.title for slip in members.values()}
    accounts = {slip.account for slip in members.values() if slip.account}
    account = next(iter(accounts)) if load in ("claim", "deal") else ""
    files = {path: contents[path] for path in sorted(members)}
    return Parcel(load, _title(titles.values()), files, units, account, titles)


def _slip(path: str, data: bytes | None, tip: RecordSnapshot, own: frozenset[str]) -> _Slip:
    place = place_of(path)
    if place is None:
        return _Slip("files", path, f"Change {path}")
    after, before = _value(place, data), _before(tip, place)
    name = place.kind.name
    if name == CLAIM.name:
        return _claim(place, after, before)
    if name in (DEAL.name, DEAL_HOLD.name):
        return _deal(place, after, before, tip, own)
    key: str = place.ids.get("account") or getattr(after or before, "account", None) or ""
    day = "-".join(place.ids.get(part, "") for part in ("year", "month", "day"))
    plain: dict[str, _Slip] = {
        HOLD.name: _Slip("routine", f"account {key}", f"Account {key}", key),
        TAKING.name: _Slip("routine", f"account {key}", f"Account {key}", key),
        ACCOUNT.name: _Slip("routine", f"account {key}", f"Account {key}", key),
        ALIAS.name: _Slip("routine", f"account {key}", f"Account {key}", key),
        NEAR.name: _Slip("routine", f"account {key}", f"Account {key}", key),
        PLACE_IN_QUEUE.name: _Slip("routine", f"queue {key}", f"Place in the queue for {key}", key),
        WAIT.name: _Slip("routine", f"queue {key}", f"Place in the queue for {key}", key),
        REFERRED_LEAD.name: _Slip("claim", f"referral {key}", f"Referral of {key}", key),
        ACTIVITY.name: _Slip("routine", path, f"Activities of {day}"),
        PROFILE.name: _Slip("routine", path, "Profile"),
        OUTBOUND.name: _Slip("routine", path, f"Text {place.ids.get('folder')}"),
        PLAYBOOK.name: _Slip("files", path, f"Playbook {place.ids.get('folder')}"),
        STORY.name: _Slip("files", path, f"Story {place.ids.get('folder')}"),
        REQUEST.name: _Slip("request", path, "Request to join"),
    }
    return plain.get(name, _Slip("files", path, f"Change {path}"))


def _claim(place: Place, after: Any, before: Any) -> _Slip:
    key = place.ids["account"]
    if after and after.status == "released":
        return _Slip("claim", f"claim {key}", f"Release {key}", key)
    verb = "Extend" if before and after and after.extensions > before.extensions else "Claim"
    return _Slip("claim", f"claim {key}", f"{verb} {key}", key)


def _deal(place: Place, after: Any, before: Any, tip: RecordSnapshot, own: frozenset[str]) -> _Slip:
    key, deal = place.ids["account"], place.ids["deal"]
    title = f"Deal {handle_of(key, deal, own)}"
    if place.kind.name == DEAL_HOLD.name:
        # The pointer goes with its deal: it appears and disappears with the stage.
        stays = after is not None
        was = tip.get(DEAL, account=key, deal=deal)
        closes = not stays and was is not None and was.is_open
        return _Slip("deal" if closes else "routine", f"deal {deal}", title, key)
    paid = any(value is not None and value.stage == "won" for value in (after, before))
    closes = before is not None and before.is_open and after is not None and not after.is_open
    return _Slip("deal" if paid or closes else "routine", f"deal {deal}", title, key)


def _value(place: Place, data: bytes | None) -> Any:
    if data is None:
        return None
    try:
        values = parse(place.kind, data, path=place.path)
    except RecordError:
        return None
    return values[0] if values else None


def _before(tip: RecordSnapshot, place: Place) -> Any:
    try:
        return tip.read(place.kind, place.path)
    except RecordError:
        return None
