"""Why is an account in its territory: a name, which rule, the rest of a group; and which facts decided it?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from salesrepo.domain.kinds.named_account import NamedAccount
from salesrepo.domain.kinds.territory import AreaRule, groups_of
from salesrepo.territory.area import Area, area
from salesrepo.territory.atlas import Atlas
from salesrepo.territory.facts import Company, Point, Reason, locate
from salesrepo.territory.place import find

How = Literal["named", "rule", "residual", "nobody"]
_MOST_MAYBE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The territory and how it was found. `rule` counts from 1; `facts` are the account's fields that decided.

    `maybe` are leaves that could have the account, were a fact known that it does not state.
    """

    territory: str | None
    how: How
    rule: int = 0
    facts: tuple[str, ...] = ()
    lock: NamedAccount | None = None
    reason: str = ""
    maybe: tuple[str, ...] = ()


def explain(
    whole: Atlas, company: Company, *, key: str, layer: str, day: date, named: Iterable[NamedAccount] = ()
) -> Explanation:
    """Why `place.find` answers as it does for this account on this day."""
    locks = [one for one in named if one.account == key and one.layer == layer and one.effective(day)]
    path = find(whole, company, key=key, layer=layer, day=day, named=locks)
    if locks:
        wrong = "" if path else f"It is named for {locks[0].territory}, which is not in force on {day}"
        return Explanation(territory=path, how="named" if path else "nobody", lock=locks[0], reason=wrong)
    point = locate(company, whole.codes)
    if isinstance(point, Reason):
        return Explanation(territory=None, how="nobody", reason=point.message)
    at = (*point, day.toordinal())
    maybe = tuple(name for name in _maybe(whole, at, layer, day) if name != path)
    if path is None:
        return Explanation(territory=None, how="nobody", reason=_why_nobody(layer, day), maybe=maybe)
    found = whole.by_path[path]
    around = [rule for above in _above(whole, found) for rule in above.territory.rules]
    if found.territory.kind == "residual":
        beside = [rule for member in whole.members(found.territory.folder) for rule in member.territory.rules]
        facts = fields_of([*around, *beside])
        return Explanation(territory=path, how="residual", facts=facts, maybe=maybe)
    number = _rule_of(found, at)
    facts = fields_of([*around, found.territory.rules[number - 1], *found.territory.exclude])
    return Explanation(territory=path, how="rule", rule=number, facts=facts, maybe=maybe)


def fields_of(rules: Iterable[AreaRule]) -> tuple[str, ...]:
    """The fields of an account that rules look at, in the account's order."""
    seen: set[str] = set()
    for rule in rules:
        seen |= {"country", "region"} if rule.geo or rule.postal else set()
        seen |= {"postal"} if rule.postal else set()
        seen |= {"industry"} if rule.industry else set()
        seen |= {name for name in ("employees", "revenue") if getattr(rule, name) is not None}
    return tuple(name for name in ("country", "region", "postal", "industry", "employees", "revenue") if name in seen)


def _why_nobody(layer: str, day: date) -> str:
    return f"No leaf of the layer {layer} covers it on {day}, and no group above it has a residual"


def _above(whole: Atlas, found: Area) -> list[Area]:
    return [whole.by_path[path] for path in groups_of(found.path) if path in whole.by_path]


def _rule_of(found: Area, at: Point) -> int:
    """The first rule of a leaf that covers the account, counted from 1."""
    for number, rule in enumerate(found.territory.rules, start=1):
        if area(replace(found.territory, rules=(rule,)), found.codes).region.covers(at):
            return number
    raise LookupError(f"no rule of {found.path} covers the account")


def _maybe(whole: Atlas, at: Point, layer: str, day: date) -> list[str]:
    """The leaves that would cover the account if missing values matched."""
    found: list[str] = []
    for one in whole.by_path.values():
        it = one.territory
        if it.kind == "leaf" and it.layer == layer and it.missing == "no_match" and it.effective(day):
            if area(replace(it, missing="match"), one.codes).region.covers(at):
                found.append(one.path)
            if len(found) == _MOST_MAYBE:
                break
    return found
