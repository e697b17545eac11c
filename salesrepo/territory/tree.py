"""What is wrong between territories: leaves outside their group, two residuals, locks that name nothing?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT, NamedAccount
from salesrepo.domain.kinds.policy_territory import TerritoryPolicy
from salesrepo.domain.kinds.territory import Territory, territory_file
from salesrepo.territory.area import Area
from salesrepo.territory.atlas import Atlas, atlas
from salesrepo.territory.dimensions import days_of
from salesrepo.territory.intervals import meet
from salesrepo.territory.region import UnprovableError, beyond
from salesrepo.territory.structure import Problem, own_problems
from salesrepo.territory.witness import account_in


def problems(
    found: Iterable[Area] | Atlas,
    *,
    policy: TerritoryPolicy,
    changed: Collection[str] | None = None,
    named: Iterable[NamedAccount] = (),
    keys: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """Everything wrong but overlaps (those are `overlap.overlaps`).

    With `changed` (paths of territories added, edited or removed) only what the change can have made. All of `named`
    are judged: give the changed ones, and those that name a territory changed or removed. `keys`: the key of the
    account that each alias among their names stands for.
    """
    whole = atlas(found)
    moved = None if changed is None else frozenset(changed)
    for area in whole.by_path.values():
        if moved is None or area.path in moved:
            yield from own_problems(area, policy=policy)
        if moved is None or area.path in moved or area.above in moved:
            yield from _membership(area, whole)
    yield from _residuals(whole, moved)
    yield from _locks(named, whole, keys or {})


def _membership(area: Area, whole: Atlas) -> Iterator[Problem]:
    if not area.above:
        return
    group = whole.group_of(area.path)
    if group is None:
        hint = f"Add {territory_file(area.above)} with `kind: group`."
        yield Problem("no-group", area.file, ("territory",), f"There is no group {area.above}", hint)
        return
    try:
        outside = beyond(area.region, group.region)
    except UnprovableError:
        sentence = f"There are too many excludes to prove that {area.path} lies inside {group.path}"
        yield Problem("unprovable", area.file, ("exclude",), sentence, "Say with fewer excludes what it covers.")
        return
    if outside:
        sentence = f"{area.path} reaches outside its group {group.path}: {account_in(outside, area.codes).text}"
        hint = "Narrow its rules, days or `missing`, or widen the group's."
        yield Problem("outside-group", area.file, ("rules",), sentence, hint)


def _share_days(first: Territory | NamedAccount, second: Territory | NamedAccount) -> bool:
    return meet(days_of(first.starts, first.ends), days_of(second.starts, second.ends))


def _residuals(whole: Atlas, changed: frozenset[str] | None) -> Iterator[Problem]:
    groups: dict[tuple[str, str], list[Area]] = defaultdict(list)
    for area in whole.by_path.values():
        if area.territory.kind == "residual":
            groups[area.territory.folder, area.territory.layer].append(area)
    for (folder, layer), residuals in groups.items():
        for first, second in combinations(residuals, 2):
            seen = changed is None or first.path in changed or second.path in changed
            if seen and _share_days(first.territory, second.territory):
                sentence = f"{first.path} and {second.path} are both the residual of {folder} in the layer {layer}"
                yield Problem("two-residuals", second.file, ("kind",), sentence, "Keep one, or end one first.")


def _locks(named: Iterable[NamedAccount], whole: Atlas, keys: Mapping[str, str]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], list[NamedAccount]] = defaultdict(list)
    for lock in named:
        file = NAMED_ACCOUNT.path_of(lock)
        if lock.ends is not None and lock.ends <= lock.starts:
            sentence = f"It ends on {lock.ends}, not after it starts on {lock.starts}"
            yield Problem("dates", file, ("ends",), sentence, "`ends` is the first day without it.")
        holder = whole.by_path.get(lock.territory)
        if holder is None or holder.territory.kind == "group" or holder.territory.layer != lock.layer:
            sentence = f"{lock.territory} is no leaf or residual of the layer {lock.layer}"
            yield Problem("no-territory", file, ("territory",), sentence, "Name a territory that can hold accounts.")
        key = keys.get(lock.account, lock.account)
        if key != lock.account:
            sentence = f"{lock.account} is an alias of {key}, and accounts are named by their key"
            yield Problem("alias", file, ("account",), sentence, f"Name {key} instead.")
        for other in seen[key, lock.layer]:
            if _share_days(lock, other):
                sentence = f"{key} is named for {other.territory} and for {lock.territory} at one time"
                yield Problem("named-twice", file, ("territory",), sentence, "Keep one of the two.")
        seen[key, lock.layer].append(lock)
