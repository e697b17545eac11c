"""Do the brand's rules do what they are for: can each be run, do its examples behave, does it hide a trap?"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from salesrepo.checks.brand.expressions import Screen, expression, written
from salesrepo.checks.brand.points import Point, point_of
from salesrepo.checks.brand.scopes import units
from salesrepo.checks.brand.traps import traps, unsupported, words_of
from salesrepo.checks.rule import CannotJudge, sentence
from salesrepo.domain.finding import Location, Severity
from salesrepo.domain.kinds.brand_examples import BRAND_EXAMPLES
from salesrepo.domain.kinds.brand_index import BRAND_INDEX, BrandIndex
from salesrepo.domain.kinds.brand_style import BRAND_STYLE, BrandStyle
from salesrepo.domain.kinds.promises import PROMISES
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RecordError

_CORRECT = "Correct it; expressions are those of RE2, without look-around and back-references."
_INDEX = BRAND_INDEX.path.text
_CATALOGUE = PROMISES.path.text


@dataclass(frozen=True, slots=True)
class Fault:
    """Something about a brand rule that its owners have to mend, or to know."""

    at: Location
    severity: Severity
    message: str
    hint: str


def style_path(name: str) -> str:
    """Where the words of a rule stand."""
    folder, _, file = name.partition(".")
    return BRAND_STYLE.path.fill(style=folder, rule=file)


def examples_path(name: str) -> str:
    """Where the examples of a rule stand."""
    folder, _, file = name.partition(".")
    return BRAND_EXAMPLES.path.fill(style=folder, rule=file)


def faults_of_rules(snapshot: Snapshot, names: Collection[str]) -> Iterator[Fault]:
    """What is wrong with these rules, by name: no entry, no words, not to be run, examples that do not behave."""
    index = snapshot.get(BRAND_INDEX) or BrandIndex()
    for name in sorted(names):
        try:
            yield from _rule(snapshot, index, name)
        except RecordError as broken:
            at = Location(broken.path or style_path(name), (), broken.line, broken.column)
            said = broken.reason if broken.reason.endswith(".") else sentence(broken.reason)
            yield Fault(at, Severity.ERROR, said, broken.hint or "Correct this place in the file.")


def _rule(snapshot: Snapshot, index: BrandIndex, name: str) -> Iterator[Fault]:
    at = Location(style_path(name))
    style = snapshot.read(BRAND_STYLE, at.path)
    if style is None:
        if name in index.rules:
            message = f"{at.path} is missing: {_INDEX} lists the rule {name}."
            yield Fault(Location(_INDEX, ("rules", name)), Severity.ERROR, message, "Write it, or take out the entry.")
        elif snapshot.blob(examples_path(name)):
            message = f"These examples belong to no rule: there is no {at.path}."
            yield Fault(Location(examples_path(name)), Severity.WARNING, message, "Delete them.")
        return
    if name not in index.rules:
        message = f"The rule {name} has no entry in {_INDEX}, so it is never looked at."
        yield Fault(at, Severity.ERROR, message, "Add one that says its duty: compliance or style.")
    found = [Fault(Location(at.path, t.route), t.severity, t.message, t.hint) for t in unsupported(style)]
    if found:
        yield from found
        return
    try:
        point = point_of(name, style)
        _compile(point)
    except CannotJudge as lack:
        yield Fault(at, Severity.ERROR, sentence(str(lack)), _CORRECT)
        return
    yield from (Fault(Location(at.path, t.route), t.severity, t.message, t.hint) for t in traps(style, point))
    yield from _examples(snapshot, name, point)


def _compile(point: Point) -> None:
    """All that a rule would compile only when it is needed. Raises CannotJudge."""
    if point.screen:
        expression(point.screen, ignorecase=point.style.ignorecase)
        Screen([(point.screen, point.style.ignorecase)])
    _ = point.except_


def _examples(snapshot: Snapshot, name: str, point: Point) -> Iterator[Fault]:
    path = examples_path(name)
    examples = snapshot.read(BRAND_EXAMPLES, path)
    if examples is None or not examples.ok or not examples.bad:
        message = f"The rule {name} has no example of what it {'finds' if examples and examples.ok else 'lets pass'}."
        hint = f"Write {path} with at least one text under `ok` and one under `bad`."
        yield Fault(Location(path if examples else style_path(name)), Severity.ERROR, message, hint)
    for key, wanted in (("ok", False), ("bad", True)):
        for index, text in enumerate(getattr(examples, key, ())):
            if finds(point, text) is not wanted:
                what = "finds something in this example that has to pass" if not wanted else "finds nothing here"
                hint = "Change the example, or the rule's words."
                yield Fault(Location(path, (key, index)), Severity.ERROR, f"The rule {name} {what}.", hint)


def finds(point: Point, text: str) -> bool:
    """Whether a rule by itself, its exceptions counted, finds anything in a text in Markdown."""
    for unit in units(text, point.style.scope, markdown=True):
        free = [match.span() for match in point.except_.finditer(unit.text)] if point.except_ else []
        if point.style.extends == "capitalization":
            free = []
        if any(not any(a <= hit.start and hit.end <= b for a, b in free) for hit in point.look(unit.text)):
            return True
    return False


def faults_between_rules(snapshot: Snapshot) -> Iterator[Fault]:
    """Words that two rules look for and say different things of."""
    index = snapshot.get(BRAND_INDEX) or BrandIndex()
    seen: dict[str, list[tuple[str, tuple[str | int, ...], BrandStyle]]] = defaultdict(list)
    for name in index.rules:
        try:
            style = snapshot.read(BRAND_STYLE, style_path(name))
        except RecordError:
            continue  # told where the rule itself is looked at
        if style is None or style.extends == "repetition":
            continue
        for route, word in words_of(style):
            seen[word.casefold()].append((name, route, style))
    for places in seen.values():
        first, *more = places
        for name, route, style in more:
            if style.message != first[2].message or name == first[0]:
                message = f"{first[0]} looks for these words as well, so they are told twice."
                yield Fault(Location(style_path(name), route), Severity.WARNING, message, "Take them out of one.")


def faults_of_promises(snapshot: Snapshot) -> Iterator[Fault]:
    """What cannot be run of the catalogue of promises."""
    catalogue = snapshot.get(PROMISES)
    patterns: list[tuple[tuple[str | int, ...], str]] = []
    if catalogue:
        for name, promise in catalogue.promises.items():
            patterns += [(("promises", name, "allow", index), one) for index, one in enumerate(promise.allow)]
        patterns += [(("never", index, "match"), one.match) for index, one in enumerate(catalogue.never)]
    for route, pattern in patterns:
        try:
            written(pattern)
        except CannotJudge as lack:
            yield Fault(Location(_CATALOGUE, route), Severity.ERROR, sentence(str(lack)), _CORRECT)


def faults_of_waivers(snapshot: Snapshot, today: date) -> Iterator[Fault]:
    """Waivers that ended, and those that except nothing any more because their file is gone."""
    index = snapshot.get(BRAND_INDEX) or BrandIndex()
    for number, waiver in enumerate(index.waivers):
        at = Location(_INDEX, ("waivers", number))
        if waiver.until < today:
            message = f"The waiver of {waiver.rule} for {waiver.file} ended on {waiver.until}."
            yield Fault(at, Severity.WARNING, message, "Take it out, or have it renewed with a reason.")
        elif snapshot.blob(waiver.file) is None:
            message = f"The waiver of {waiver.rule} names {waiver.file}, which is not there."
            yield Fault(at, Severity.WARNING, message, "Take it out.")
