"""Which product of number sets does a rule of a territory stand for?

Dimensions in order: geography, postal code, industry, employees, revenue, days. In all but the last 0 means "not
stated"; employees and revenue are shifted by one for it; days are proleptic ordinals.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from salesrepo.domain.kinds.territory import AreaRule, Headcount, Turnover
from salesrepo.territory import postal
from salesrepo.territory.codes import PLAIN, Codes, places_of_prefix, spans
from salesrepo.territory.geography import geography
from salesrepo.territory.intervals import Intervals, common, minus, union
from salesrepo.territory.region import Product

LAST = 10**16
FOREVER = date.max.toordinal() + 1
ANY_NUMBER: Intervals = ((0, LAST),)
ANY_DAY: Intervals = ((0, FOREVER),)
NOTHING: Intervals = ()


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that stands for nothing: where in the rule, a name (`unknown-code`, `range`, `redundant`), a sentence."""

    route: tuple[str | int, ...]
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read rules: what codes mean, whether accounts that lack a value match, whether bad values match all.

    A bad value must never widen a territory: it matches nothing in a rule and everything in an exclude.
    """

    unstated: bool
    bad_is_all: bool
    codes: Codes = PLAIN


def everything(codes: Codes) -> Product:
    """The whole space without the days."""
    return (geography().everywhere, postal.ANY, codes.scheme.ANY, ANY_NUMBER, ANY_NUMBER)


def days_of(starts: date, ends: date | None) -> Intervals:
    """The days from `starts` up to and without `ends`; empty where it runs backwards."""
    return union([(starts.toordinal(), FOREVER if ends is None else ends.toordinal())])


def is_wildcard(rule: AreaRule) -> bool:
    """Whether the rule restricts nothing."""
    bounds = [bound for band in (rule.employees, rule.revenue) if band for bound in (band.min, band.max)]
    return not (rule.geo or rule.postal or rule.industry or any(bound is not None for bound in bounds))


def products_of(rule: AreaRule, *, reading: Reading) -> tuple[list[Product], list[BadValue]]:
    """The rule's products (no days yet): one for each country with postal prefixes, one for the rest of its places."""
    bad: list[BadValue] = []
    geo = _places(rule, reading, bad)
    branches = _codes(rule.industry, "industry", _branch, reading.codes.scheme.ANY, reading=reading, bad=bad)
    rest = (branches, _band(rule.employees, "employees", reading, bad), _band(rule.revenue, "revenue", reading, bad))
    found: list[Product] = []
    for part, zone in _postal_parts(rule, geo, reading, bad):
        product = (part, zone, *rest)
        if all(product):
            found.append(product)
    return found, bad


Lookup = Callable[[str, Reading], Intervals | None]


def _codes(
    codes: Sequence[str], field: str, look: Lookup, full: Intervals, *, reading: Reading, bad: list[BadValue]
) -> Intervals:
    """The union of the codes' numbers; `full` where there are none."""
    if not codes:
        return full
    parts: list[Intervals] = []
    for at, code in enumerate(codes):
        numbers = look(code, reading)
        if numbers is None:
            bad.append(BadValue((field, at), "unknown-code", _unknown(code, field, reading.codes)))
            numbers = full if reading.bad_is_all else NOTHING
        parts.append(numbers)
    return parts[0] if len(parts) == 1 else union(part for numbers in parts for part in numbers)


def _unknown(code: str, field: str, codes: Codes) -> str:
    if field == "industry":
        return f"{code} is not a code of {codes.scheme.NAME}"
    if code in codes.regions:
        return f"The region {code} holds a code that is none of ISO 3166"
    return f"{code} is neither a code of ISO 3166 nor a region of policy/territory.yml"


def _place(code: str, reading: Reading) -> Intervals | None:
    return spans(reading.codes, code, unstated=reading.unstated)


def _branch(code: str, reading: Reading) -> Intervals | None:
    scheme = reading.codes.scheme
    numbers = scheme.branch(code)
    return union([*numbers, *scheme.unstated_around(code)]) if numbers and reading.unstated else numbers


def _places(rule: AreaRule, reading: Reading, bad: list[BadValue]) -> Intervals:
    codes = rule.geo or tuple(rule.postal)
    sink = bad if rule.geo else []  # codes of `postal` are judged where they are used
    return _codes(codes, "geo", _place, geography().everywhere, reading=reading, bad=sink)


def _band(band: Headcount | Turnover | None, field: str, reading: Reading, bad: list[BadValue]) -> Intervals:
    if band is None or (band.min is None and band.max is None):
        return ANY_NUMBER
    low, high = band.min or 0, LAST - 2 if band.max is None else band.max
    if low > high:
        bad.append(BadValue((field,), "range", f"{field} from {low} to {high} holds nothing"))
        return ANY_NUMBER if reading.bad_is_all else NOTHING
    return union([(low + 1, high + 2), (0, 1 if reading.unstated else 0)])


def _postal_parts(
    rule: AreaRule, geo: Intervals, reading: Reading, bad: list[BadValue]
) -> Iterable[tuple[Intervals, Intervals]]:
    """Places and postal codes that belong together. A country inside another listed one (PR in US) goes by itself."""
    ranges = geography().ranges
    left = geo
    known: list[str] = []
    for country in rule.postal:
        if country in ranges:
            known.append(country)
        else:
            bad.append(BadValue(("postal", country), "unknown-code", f"{country} is not a known country code"))
    for country in sorted(known, key=lambda code: ranges[code][0], reverse=True):
        inside = common(left, (ranges[country],))
        left = minus(left, inside)
        if geo and not inside:
            message = f"The rule covers nothing of {country}, so its postal prefixes there say nothing"
            bad.append(BadValue(("postal", country), "redundant", message))
        yield from _zones(rule.postal[country], country, inside, reading, bad)
    yield left, postal.ANY


def _zones(
    prefixes: Sequence[str], country: str, inside: Intervals, reading: Reading, bad: list[BadValue]
) -> Iterable[tuple[Intervals, Intervals]]:
    """Prefixes with the places in which they may lie. An exclude keeps its places: it must not take away less."""
    zones: dict[Intervals, list[Intervals]] = {inside: [(postal.UNSTATED,)]} if reading.unstated else {}
    for at, text in enumerate(prefixes):
        numbers = postal.prefix(text)
        if numbers is None:
            bad.append(BadValue(("postal", country, at), "unknown-code", f"{text} is not a postal prefix"))
            numbers = postal.ANY if reading.bad_is_all else NOTHING
        places = None if reading.bad_is_all else places_of_prefix(reading.codes, country, numbers)
        zone = inside if places is None else common(inside, places)
        if inside and not zone:
            message = f"{country} {text} lies in none of the rule's places, so it says nothing"
            bad.append(BadValue(("postal", country, at), "redundant", message))
        zones.setdefault(zone, []).append(numbers)
    for places, parts in zones.items():
        yield places, union(part for numbers in parts for part in numbers)
