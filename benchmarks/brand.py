"""How long do a hundred brand rules take over a text of 100 KiB?"""

import random
from collections.abc import Iterator
from datetime import date

from benchmarks.measure import Effort, Row, here, in_turns, kept, median, ratio, recorded
from salesrepo.checks.brand.book import Book
from salesrepo.checks.brand.expressions import expression
from salesrepo.checks.brand.promised import Said
from salesrepo.domain.change import Blob
from salesrepo.errors import RecordError
from salesrepo.store.emit import emit
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes

_RULES, _TOKENS, _BYTES = 100, 10, 100 * 1024
_TODAY = date(2026, 1, 1)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _Nothing:
    """A repository without files."""

    def at(self, path: str) -> Blob | None:
        return None

    def list(self, folder: str) -> tuple[tuple[str, Blob], ...]:
        return ()

    def read(self, oid: str, cap: int) -> bytes:
        raise RecordError("there is nothing")


def rows(effort: Effort) -> Iterator[Row]:
    """The floor is the same words looked for rule by rule, without reading, scopes, promises or places."""
    chance = random.Random(1)
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(4, 9))) for _ in range(3000)]
    tokens = [
        [f"{chance.choice(words)}[- ]{chance.choice(words)}(?:s)?" for _ in range(_TOKENS)] for _ in range(_RULES)
    ]
    text = " ".join(chance.choice(words) for _ in range(_BYTES // 4))[:_BYTES]
    snapshot = _company(tokens)
    book = Book(snapshot, _TODAY)
    list(book.found_in(_said("warm")))
    each = [expression(rf"\b(?:{'|'.join(one)})\b", ignorecase=True) for one in tokens]
    works = {
        "warm": here(lambda: list(book.found_in(_said(text)))),
        "cold": here(lambda: list(Book(snapshot, _TODAY).found_in(_said(text)))),
        "each": here(lambda: [match for one in each for match in one.finditer(text)]),
    }
    found = in_turns(works, effort.rounds)
    what = f"{_RULES} brand rules over {_BYTES // 1024} KiB"
    note = f"{median(found, 'warm') * 1000:.3g} ms"
    yield kept(f"{what}, against rule by rule", ratio(found, "warm", "each"), 2, note=note)
    cold = median(found, "cold")
    yield recorded(
        f"{what}, rules read and compiled", f"{cold * 1000:.3g} ms", note="once for a proposal", seconds=cold
    )


def _said(text: str) -> Said:
    return Said(text=text, audience="outbound", markdown=True, day=_TODAY)


def _company(tokens: list[list[str]]) -> RecordSnapshot:
    style = {"extends": "existence", "message": "Not '%s'.", "ignorecase": "true"}
    files = {f"brand/styles/brand/r{n}.yml": emit({**style, "tokens": one}) for n, one in enumerate(tokens)}
    entries = {f"brand.r{n}": {"duty": "compliance"} for n, _ in enumerate(tokens)}
    return RecordSnapshot(overlay_bytes(_Nothing(), {**files, "brand/index.yml": emit({"rules": entries})}), "0" * 40)
