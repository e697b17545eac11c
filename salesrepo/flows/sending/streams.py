"""How is one activity taken out of a day's stream, so that a bad one keeps no good one back?"""

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from secrets import token_bytes

from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.paths import place_of
from salesrepo.domain.ulid import new_ulid

_NAMED = (b"type", b"account", b"day")
_SAID = re.compile(rb"^(type|account|day): (\S+)$", re.MULTILINE)
_BEGIN = re.compile(rb"^---\n", re.MULTILINE)


def is_stream(path: str) -> bool:
    """Whether activities stand at this path."""
    place = place_of(path)
    return place is not None and place.kind.name == ACTIVITY.name


def beside(path: str, now: datetime) -> str:
    """The path of another stream of the same day."""
    place = place_of(path)
    ids = place.ids if place else {}
    return ACTIVITY.path.fill(**{**ids, "stream": new_ulid(int(now.timestamp() * 1000), token_bytes(10))})


def documents(data: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """A stream's head and its documents, each with its `---`; every text in it stands on one line."""
    cuts = [*(match.start() for match in _BEGIN.finditer(data)), len(data)]
    return data[: cuts[0]], tuple(data[start:end] for start, end in pairwise(cuts))


def called(data: bytes | None) -> str:
    """What a stream of a single activity is called (`Call with acme.de on 2026-03-02`); empty for any other."""
    parts = documents(data)[1] if data and _BEGIN.search(data) else ()
    said = {key: value.strip(b"\"'").decode() for part in parts for key, value in _SAID.findall(part)}
    if len(parts) != 1 or len(said) != len(_NAMED):
        return ""
    kind, account, day = (said[key] for key in _NAMED)
    return f"{kind.capitalize()} with {account.removeprefix('d-')} on {day}"


def divided(data: bytes, findings: Iterable[Finding]) -> tuple[bytes, bytes] | None:
    """The stream without the documents that are meant, and with nothing else; None where that leaves nothing."""
    head, parts = documents(data)
    places = {_document_of(finding, data) for finding in findings}
    bad = [part for number, part in enumerate(parts) if number in places]
    good = [part for number, part in enumerate(parts) if number not in places]
    if None in places or not bad or not good:
        return None
    return head + b"".join(good), head + b"".join(bad)


def _document_of(finding: Finding, data: bytes) -> int | None:
    """Which document a finding is about: by its route, else by its line; None where it is about the whole file."""
    at = finding.at
    if at.route and isinstance(at.route[0], int):
        return at.route[0]
    if not at.line:
        return None
    return sum(line == b"---" for line in data.split(b"\n")[: at.line]) - 1
