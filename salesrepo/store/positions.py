"""On which line and column of its file does a finding stand?"""

from collections.abc import Callable
from dataclasses import replace

from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.finding import Location
from salesrepo.domain.paths import Place, place_of
from salesrepo.errors import RecordError
from salesrepo.store.gate import Positions
from salesrepo.store.snapshot import RecordSnapshot

_KEPT = 256  # files of which the places are kept: more than a proposal may change


def places_in(after: RecordSnapshot) -> Callable[[Location], Location]:
    """A function that gives a location its line and column in the files of `after`, where it has none yet.

    What stands in no file of records stays as it is: a removed file, a pointer, a guide, and a whole stream. Each file
    is parsed once, however many findings it has: else one file with thousands of them would keep the judge for long.
    """
    known: dict[str, Positions | None] = {}

    def read(path: str) -> bytes:
        place, blob = place_of(path), after.blob(path)
        if place is None or _has_no_fields(place) or blob is None or blob.mode != FILE_MODE:
            return b""
        try:
            return after.tree.read(blob.oid, place.kind.cap)
        except RecordError:
            return b""

    def located(at: Location) -> Location:
        place = place_of(at.path)
        names_document = bool(at.route) and isinstance(at.route[0], int)
        if at.line or place is None or (place.kind.stream and not names_document):
            return at
        if at.path not in known:
            if len(known) >= _KEPT:
                known.clear()
            data = read(at.path)
            known[at.path] = Positions(data) if data else None
        places = known[at.path]
        line, column = places.at(at.route) if places else (0, 0)
        return replace(at, line=line, column=column)

    return located


def _has_no_fields(place: Place) -> bool:
    return place.kind.pointer or place.kind.opaque or place.kind.words
