"""Is this account in that territory on that day, and which territory is it in?

Named account, then rule, then residual: there is no other order, and no priority numbers.
"""

from collections.abc import Iterable
from datetime import date

from salesrepo.domain.kinds.named_account import NamedAccount
from salesrepo.domain.kinds.territory import Territory, groups_of
from salesrepo.territory.area import Area, area
from salesrepo.territory.atlas import Atlas, atlas, takes
from salesrepo.territory.codes import PLAIN, Codes
from salesrepo.territory.facts import Company, Point, Reason, locate


def covers(
    territory: Territory,
    company: Company,
    *,
    groups: Iterable[Territory],
    day: date,
    siblings: Iterable[Territory] = (),
    lock: NamedAccount | None = None,
    codes: Codes = PLAIN,
) -> Reason | None:
    """Why the account is not in the leaf or residual on that day; None if it is.

    `groups`: the files of `groups_of(territory)`. `siblings` (a residual's only): the leaves in its folder and the
    groups right below it. `lock`: the named-account lock of this account and layer, if any.
    """
    if territory.kind == "group":
        return Reason("group", f"{territory.territory} is a group and holds no accounts", "Name one of its leaves.")
    if not territory.effective(day):
        return Reason("not-effective", f"{territory.territory} is not in force on {day.isoformat()}")
    if lock is not None and lock.layer == territory.layer and lock.effective(day):
        if lock.territory == territory.territory:
            return None
        return Reason("named-elsewhere", f"{lock.account} is a named account of {lock.territory}")
    point = locate(company, codes)
    if isinstance(point, Reason):
        return point
    at = (*point, day.toordinal())
    return _outside_groups(territory, groups, at, codes) or _outside(territory, siblings, at, codes)


def _outside_groups(territory: Territory, groups: Iterable[Territory], at: Point, codes: Codes) -> Reason | None:
    known = {group.territory: group for group in groups if group.kind == "group"}
    for path in groups_of(territory.territory):
        if path not in known:
            return Reason("no-group", f"{path}, the group above {territory.territory}, does not exist")
        if not area(known[path], codes).region.covers(at):
            return Reason("outside-group", f"the account is outside the group {path}", "Check the account's facts.")
    return None


def _outside(territory: Territory, siblings: Iterable[Territory], at: Point, codes: Codes) -> Reason | None:
    if territory.kind == "leaf":
        if area(territory, codes).region.covers(at):
            return None
        return Reason("outside", f"no rule of {territory.territory} covers the account", "Check the account's facts.")
    for sibling in siblings:
        held = area(sibling, codes)
        if _is_member(territory, sibling) and takes(held, territory.layer) and held.region.covers(at):
            return Reason("taken", f"the account belongs to {sibling.territory}", f"Claim it in {sibling.territory}.")
    return None


def _is_member(residual: Territory, other: Territory) -> bool:
    above = groups_of(other.territory)
    return other != residual and bool(above) and above[-1].rpartition("/")[0] == residual.folder


def find(
    found: Iterable[Area] | Atlas,
    company: Company,
    *,
    key: str,
    layer: str,
    day: date,
    named: Iterable[NamedAccount] = (),
) -> str | None:
    """The path of the territory that has this account (by its key) on this day; None where none has it.

    `named` may be all locks or just this account's. A lock on a territory out of force gives the account to nobody.
    """
    whole = atlas(found)
    for lock in named:
        if lock.account == key and lock.layer == layer and lock.effective(day):
            holder = whole.by_path.get(lock.territory)
            return lock.territory if holder and _competes(holder, layer, day) else None
    point = locate(company, whole.codes)
    if isinstance(point, Reason):
        return None
    at = (*point, day.toordinal())
    residuals: list[Area] = []
    for member in whole.by_path.values():
        if member.territory.kind == "residual":
            residuals.append(member)
        elif _competes(member, layer, day) and _maybe(member, at) and member.region.covers(at):
            return member.path
    return next((r.path for r in residuals if _competes(r, layer, day) and _falls_to(r, whole, at)), None)


def _competes(member: Area, layer: str, day: date) -> bool:
    return member.territory.kind != "group" and member.territory.layer == layer and member.territory.effective(day)


def _maybe(member: Area, at: Point) -> bool:
    place, zone = at[0], at[1]
    return any(e[0] <= place < e[1] and e[2] <= zone < e[3] for e in member.entries)


def _falls_to(residual: Area, whole: Atlas, at: Point) -> bool:
    taken = any(region.covers(at) for region in whole.taken_from(residual))
    return not taken and whole.as_member(residual).region.covers(at)
