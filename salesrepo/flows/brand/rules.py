"""`salesrepo brand check-rules`: do the brand's rules, as they stand in this folder, do what they are for?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from salesrepo.checks.brand.proof import (
    Fault,
    examples_path,
    faults_between_rules,
    faults_of_promises,
    faults_of_rules,
    faults_of_waivers,
    style_path,
)
from salesrepo.domain.finding import Location, Severity
from salesrepo.domain.kinds.brand_examples import BRAND_EXAMPLES
from salesrepo.domain.kinds.brand_index import BRAND_INDEX, BrandIndex
from salesrepo.domain.kinds.promises import PROMISES
from salesrepo.domain.paths import Place, place_of
from salesrepo.errors import RecordError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.changes import problems_of
from salesrepo.store.positions import places_in
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes
from salesrepo.vcs.worktree import worktree_changes

_FOLDERS = ("brand/styles", "brand/tests")
_ALWAYS = (BRAND_INDEX.path.text, PROMISES.path.text)


@dataclass(frozen=True, slots=True)
class Proof:
    """How many rules and examples there are, how many waivers hold, and what is to be mended, by place."""

    rules: int
    examples: int
    waivers: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether every rule can be trusted."""
        return not any(fault.severity is Severity.ERROR for fault in self.faults)


def check_rules(ws: Workspace) -> Proof:
    """All rules, examples, promises and waivers: main as last seen, with what is noted or edited here laid over it."""
    files = {**ws.outbox.contents(), **worktree_changes(ws.desk.root, wanted=lambda path: path.startswith("brand/"))}
    now = RecordSnapshot(overlay_bytes(ws.tip.tree, files), ws.main)
    locate = places_in(now)
    found = sorted(
        (replace(fault, at=locate(fault.at)) for fault in _faults(now, ws)),
        key=lambda fault: (fault.at.path, fault.at.line, fault.at.column, fault.message),
    )
    index = _index(now)
    held = [waiver for waiver in index.waivers if waiver.until >= ws.today]
    return Proof(len(index.rules), _examples(now), len(held), tuple(found))


def _index(now: RecordSnapshot) -> BrandIndex:
    try:
        return now.get(BRAND_INDEX) or BrandIndex()
    except RecordError:
        return BrandIndex()


def _faults(now: RecordSnapshot, ws: Workspace) -> Iterator[Fault]:
    places = [place_of(path) for path in (*_ALWAYS, *(path for folder in _FOLDERS for path in now.paths(folder)))]
    misshapen = {place.path: _shape(now, place) for place in places if place}
    for faults in misshapen.values():
        yield from faults
    yield from _out_of_place(now)
    if any(misshapen[path] for path in _ALWAYS):
        return  # without these two no rule can be judged
    names = set(_index(now).rules)
    names |= {f"{place.ids['style']}.{place.ids['rule']}" for place in places if place and "style" in place.ids}
    sound = {name for name in names if not any(misshapen.get(p) for p in (style_path(name), examples_path(name)))}
    yield from faults_of_rules(now, sound)
    yield from faults_between_rules(now)
    yield from faults_of_promises(now)
    yield from faults_of_waivers(now, ws.today)


def _shape(now: RecordSnapshot, place: Place) -> tuple[Fault, ...]:
    """What keeps a file from being read, with line and column."""
    blob = now.blob(place.path)
    if blob is None:
        needed = place.path == BRAND_INDEX.path.text
        lacks = "This file is missing, so no text can be judged."
        return (Fault(Location(place.path), Severity.ERROR, lacks, "Write it."),) if needed else ()
    return tuple(
        Fault(
            Location(place.path, problem.route, problem.line, problem.column),
            Severity.ERROR,
            problem.sentence,
            problem.hint or "Correct this place in the file.",
        )
        for problem in problems_of(place.kind, now.tree.read(blob.oid, place.kind.cap), path=place.path)
    )


def _out_of_place(now: RecordSnapshot) -> Iterator[Fault]:
    for path in (path for folder in _FOLDERS for path in now.paths(folder)):
        if place_of(path) is None:
            message = "No rule may stand here, so nothing reads it."
            hint = "Call it brand/styles/STYLE/RULE.yml, in lower-case letters."
            yield Fault(Location(path), Severity.ERROR, message, hint)


def _examples(now: RecordSnapshot) -> int:
    count = 0
    for path in now.paths("brand/tests"):
        place = place_of(path)
        try:
            found = now.read(BRAND_EXAMPLES, path) if place and place.kind.name == BRAND_EXAMPLES.name else None
        except RecordError:
            found = None
        count += len(found.ok) + len(found.bad) if found else 0
    return count
