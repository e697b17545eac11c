"""What a record kind is: a value, the path that its identity gives it, and who owns the file."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

V = TypeVar("V")

KIB = 1024
RECORD_CAP = 64 * KIB
TABLE_CAP = 1024 * KIB
POINTER_CAP = 0

_SLOT = re.compile(r"<(s:)?([a-z_]+)>")
_SEGMENT = r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?"
_DEVICE = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)"
_DEVICES = re.compile(rf"{_DEVICE}(?:\..*)?")
_ON_THE_WAY = re.compile(rf"(?:^|/){_DEVICE}(?:[./]|$)")


@lru_cache(maxsize=1 << 14)  # the same few keys are asked for by many rules
def shard(key: str) -> str:
    """The two folders that spread a million keys: hex digits 1-2 and 3 of the key's SHA-256 (DESIGN 4)."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{digest[:2]}/{digest[2]}"


def is_device_name(segment: str) -> bool:
    """Whether Windows would take this path segment for a device (`con`, `nul.yml`, ...)."""
    return _DEVICES.fullmatch(segment) is not None


class Owner(StrEnum):
    """Whose hand may write a file of a kind; policy/roles.yml says which roles stand behind each but the node's own."""

    MAINTAINER = "maintainer"  # organisation: settings, policies, nodes, territories, products
    FINANCE = "finance"  # plans, payments
    BRAND = "brand"  # styles, promises, guide
    CERTIFICATION = "certification"  # certificates
    DISPUTES = "disputes"  # decisions
    NEWCOMER = "newcomer"  # a join request, named by the sender's own forge id
    NODE = "node"  # the node named in the path
    SELLER = "seller"  # any seller may add; who may change it is a rule's matter (accounts, claims, deals)
    BOT = "bot"  # never by proposal


@dataclass(frozen=True)
class PathPattern:
    """A path with slots: `claims/<s:account>/<account>/<layer>.yml`; `<s:x>` is the shard of slot x."""

    text: str

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """Names of the slots in reading order, shards left out."""
        return tuple(dict.fromkeys(m[2] for m in _SLOT.finditer(self.text) if not m[1]))

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        seen: set[str] = set()

        def piece(match: re.Match[str]) -> str:
            if match[1]:
                return r"[0-9a-f]{2}/[0-9a-f]"
            if match[2] in seen:
                return f"(?P={match[2]})"
            seen.add(match[2])
            body = rf"{_SEGMENT}(?:/{_SEGMENT})*" if match[2] == "folder" else _SEGMENT
            return f"(?P<{match[2]}>{body})"

        parts: list[str] = []
        end = 0
        for match in _SLOT.finditer(self.text):
            parts += [re.escape(self.text[end : match.start()]), piece(match)]
            end = match.end()
        return re.compile("".join([*parts, re.escape(self.text[end:])]), re.ASCII)

    @cached_property
    def _parts(self) -> tuple[tuple[str, str, bool], ...]:
        """For each slot the text before it, its name, and whether its shard is meant; at the end the text after all."""
        texts = _SLOT.split(self.text)  # text, "s:" or None, slot, text, ...
        slots = zip(texts[0::3], texts[2::3], texts[1::3], strict=False)
        return (*((text, slot, mark is not None) for text, slot, mark in slots), (texts[-1], "", False))

    def fill(self, **ids: str) -> str:
        """The path of these ids. The caller has validated them; a missing one is a KeyError."""
        *slots, (end, _, _) = self._parts
        return "".join([text + (shard(ids[slot]) if spread else ids[slot]) for text, slot, spread in slots]) + end

    def match(self, path: str) -> dict[str, str] | None:
        """The ids that a path names, or None where it is not this pattern's (a wrong shard, a device name, ...)."""
        found = self._regex.fullmatch(path)
        if found is None:
            return None
        ids = found.groupdict()
        if self.fill(**ids) != path or _ON_THE_WAY.search(path):
            return None
        return ids


@dataclass(frozen=True)
class Kind(Generic[V]):
    """A record kind: its name, value class, path and owner. One file in `domain/kinds/` each."""

    name: str
    value: type[V]
    path: PathPattern
    owner: Owner
    cap: int = RECORD_CAP
    stream: bool = False  # a stream of documents, oldest first
    pointer: bool = False  # an empty file: the path says everything
    opaque: bool = False  # bytes that no rule reads: schemas, guides
    words: bool = False  # Markdown: the value holds it as `text`, and rules on words read it

    def path_of(self, value: V) -> str:
        """The one path at which this value may stand."""
        return self.path.fill(**{slot: _slug_of(getattr(value, slot)) for slot in self.path.slots})


def _slug_of(part: Any) -> str:
    return part if isinstance(part, str) else str(part)
