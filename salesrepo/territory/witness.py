"""What does a product of number sets look like as one account that a person can argue about?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.territory import postal
from salesrepo.territory.codes import PLAIN, Codes
from salesrepo.territory.dimensions import everything
from salesrepo.territory.facts import Facts
from salesrepo.territory.geography import geography
from salesrepo.territory.intervals import Intervals
from salesrepo.territory.region import Product


@dataclass(frozen=True, slots=True)
class Witness:
    """An account and a day; `text` is for people: "DE-BY, postal 80…, NAICS 541512, 120 employees, on 2027-02-01"."""

    facts: Facts
    day: date
    text: str


def _pick(numbers: Intervals, full: Intervals) -> int:
    """A number of the set: "not stated" where the dimension does not matter, else a stated one if there is any."""
    if numbers == full:
        return 0
    return next((max(low, 1) for low, high in numbers if high > 1), 0)


def account_in(product: Product, codes: Codes = PLAIN) -> Witness:
    """An account inside the product, with the product's first day."""
    *parts, days = product
    full = everything(codes)
    place, zone, branch, employees, revenue = map(_pick, parts, full)
    code = geography().names[place] if place else None
    facts = Facts(
        country=code.partition("-")[0] if code else None,
        region=code if code and "-" in code else None,
        postal=postal.code_of(zone) or None,
        industry=codes.scheme.code_of(branch) or None,
        employees=employees - 1 if employees else None,
        revenue=revenue - 1 if revenue else None,
    )
    day = date.fromordinal(days[0][0])
    matters = [part != whole for part, whole in zip(parts, full, strict=True)]
    branch_name = f"{codes.scheme.NAME} {facts.industry}"
    return Witness(facts, day, _sentence(facts, place, matters, parts[0], branch_name, day))


def _sentence(facts: Facts, place: int, matters: list[bool], places: Intervals, branch: str, day: date) -> str:
    def say(at: int, stated: object, words: str, missing: str) -> list[str]:
        return [words] if stated is not None else [f"{missing} not stated"] if matters[at] else []

    tree = geography()
    code = tree.names[place]
    where = code if place else "country not stated" if matters[0] else "anywhere"
    whole = tree.ranges.get(code)
    if tree.is_vague(place) and whole and not any(low <= whole[0] and whole[1] <= high for low, high in places):
        where = f"{code} (part not stated)"
    parts = [
        where,
        *say(1, facts.postal, f"postal {facts.postal}…", "postal code"),
        *say(2, facts.industry, branch, "industry"),
        *say(3, facts.employees, f"{facts.employees} employees", "headcount"),
        *say(4, facts.revenue, f"revenue {facts.revenue}", "revenue"),
        f"on {day.isoformat()}",
    ]
    return ", ".join(parts)
