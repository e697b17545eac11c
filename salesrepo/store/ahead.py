"""How are many blobs read in a few questions to Git, when it is known which will be asked for, and in which order?"""

from collections.abc import Iterable

from salesrepo.domain.record import RECORD_CAP
from salesrepo.vcs.objects import Objects

_AT_A_TIME = 200


class Ahead:
    """Reads blobs as `Objects.read` does; one that was foretold brings those after it along.

    Only ordinary blobs are brought along: what is larger than a record, absent or no blob is asked for by itself, and
    raises what `Objects.read` raises.
    """

    def __init__(self, objects: Objects, oids: Iterable[str]) -> None:
        self._objects = objects
        self._order = tuple(dict.fromkeys(oids))
        self._places = {oid: at for at, oid in enumerate(self._order)}
        self._held: dict[str, bytes] = {}

    def __call__(self, oid: str, cap: int) -> bytes:
        """The bytes of a blob. Raises RecordError above `cap` bytes, UnavailableError where it is absent."""
        if oid not in self._held and oid in self._places:
            self._held = self._from(self._places[oid])
        data = self._held.get(oid)
        return data if data is not None and len(data) <= cap else self._objects.read(oid, cap)

    def _from(self, at: int) -> dict[str, bytes]:
        sizes = self._objects.info_many(self._order[at : at + _AT_A_TIME])
        fit = [oid for oid, found in sizes.items() if found and found[0] == "blob" and found[1] <= RECORD_CAP]
        return self._objects.read_many(fit, RECORD_CAP)
