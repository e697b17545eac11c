"""Which accounts does a territory cover, decided account by account on strings, without any of the engine's numbers?"""

from datetime import date

from salesrepo.domain.kinds.territory import AreaRule, Headcount, Territory, Turnover
from salesrepo.territory.facts import Facts

# What lies around each code of the small world, the code's other names included.
AROUND = {
    "DE": ["DE"],
    "DE-BY": ["DE-BY", "DE"],
    "DE-BE": ["DE-BE", "DE"],
    "US": ["US"],
    "US-CA": ["US-CA", "US"],
    "PR": ["PR", "US-PR", "US"],
    "US-PR": ["PR", "US-PR", "US"],
    "FR": ["FR"],
    "FR-IDF": ["FR-IDF", "FR"],
    "FR-75C": ["FR-75C", "FR-IDF", "FR"],
    "DE-HH": ["DE-HH", "DE"],
    "US-TX": ["US-TX", "US"],
    "FR-77": ["FR-77", "FR-IDF", "FR"],
    "FR-ARA": ["FR-ARA", "FR"],
    "IT": ["IT"],
}
PLACES = [None, *(code for code in AROUND if code != "US-PR")]
INDUSTRIES = ["31-33", "31", "33", "54", "541"]
MANUFACTURING = ("31", "32", "33")


def accounts() -> list[Facts]:
    """A small universe: one account for everything that the tests' rules can tell apart."""
    postals = [None, "7", "8", "80", "81", "82", "8A"]
    industries = [None, *INDUSTRIES, "32", "542", "62"]
    sizes = [None, 4, 5, 6]
    return [
        Facts(
            country=place.partition("-")[0] if place else None,
            region=place if place and "-" in place else None,
            postal=zone if place else None,
            industry=branch,
            employees=size,
        )
        for place in PLACES
        for zone in (postals if place else [None])
        for branch in industries
        for size in sizes
    ]


def covered(rules: tuple[AreaRule, ...], facts: Facts, *, unstated: bool) -> bool:
    return any(_matches(rule, facts, unstated) for rule in rules)


def inside(territory: Territory, facts: Facts, day: date) -> bool:
    """Whether a leaf or group covers the account on the day."""
    open_group = territory.kind == "group" and not territory.rules
    return (
        territory.effective(day)
        and (open_group or covered(territory.rules, facts, unstated=territory.missing == "match"))
        and not covered(territory.exclude, facts, unstated=False)
    )


def _matches(rule: AreaRule, facts: Facts, unstated: bool) -> bool:
    return (
        _in_places(rule, facts, unstated)
        and _in_postal(rule, facts, unstated)
        and _in_industry(rule.industry, facts.industry, unstated)
        and _in_band(rule.employees, facts.employees, unstated)
        and _in_band(rule.revenue, facts.revenue, unstated)
    )


def _chain(facts: Facts) -> list[str]:
    code = facts.region or facts.country
    return AROUND[code] if code else []


def _in_places(rule: AreaRule, facts: Facts, unstated: bool) -> bool:
    codes = rule.geo or tuple(rule.postal)
    if not codes:
        return True
    chain = _chain(facts)
    if set(chain) & set(codes):
        return True
    vague = not chain or any(chain[0] in AROUND[code] for code in codes)
    return unstated and vague


def _in_postal(rule: AreaRule, facts: Facts, unstated: bool) -> bool:
    country = next((code for code in _chain(facts) if code in rule.postal), None)
    if country is None:
        return True
    if facts.postal is None:
        return unstated
    return any(_begins(facts.postal, prefix) for prefix in rule.postal[country])


def _begins(code: str, prefix: str) -> bool:
    return len(code) >= len(prefix) and all(
        sign == want or (want == "#" and sign.isdigit()) for sign, want in zip(code, prefix, strict=False)
    )


def _in_industry(wanted: tuple[str, ...], stated: str | None, unstated: bool) -> bool:
    if not wanted:
        return True
    if stated is None:
        return unstated
    prefixes = [p for code in wanted for p in (MANUFACTURING if code == "31-33" else (code,))]
    if stated == "31-33":
        return "31-33" in wanted or (unstated and any(p[:2] in MANUFACTURING for p in prefixes))
    return any(stated.startswith(p) or (unstated and p.startswith(stated)) for p in prefixes)


def _in_band(band: Headcount | Turnover | None, stated: int | None, unstated: bool) -> bool:
    if band is None or (band.min is None and band.max is None):
        return True
    if stated is None:
        return unstated
    return (band.min is None or band.min <= stated) and (band.max is None or stated <= band.max)
