"""Which words does one brand rule look for? The file is a plain Vale rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from salesrepo.domain.fields import Line, Text, Whole
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

Expression = Annotated[str, Text(1000)]
Times = Annotated[int, Whole(0, 1_000)]

Point = Literal["existence", "substitution", "occurrence", "conditional", "repetition", "capitalization"]
Scope = Literal["text", "heading", "paragraph", "sentence", "raw"]

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "existence": ("tokens", "raw"),
    "substitution": ("swap",),
    "occurrence": ("token",),
    "conditional": ("first", "second"),
    "repetition": ("tokens",),
    "capitalization": ("match",),
}
_ALL_OF = ("conditional",)


@dataclass(frozen=True, kw_only=True)
class Action:
    """What Vale lets an editor offer. salesrepo leaves it alone."""

    name: Line
    params: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BrandStyle:
    """A rule of Vale's kinds, with ASCII word bounds around `tokens` and `swap` unless it says `nonword`.

    - `existence`: any of `tokens`, or the parts of `raw` as one expression (before the tokens, or after with `append`).
    - `substitution`: the left of `swap`; say the right.
    - `occurrence`: `token` more than `max` or fewer than `min` times.
    - `conditional`: where `first` stands, `second` must stand in the same text; with a group in both, the same words.
    - `repetition`: one of `tokens` twice in a row, more than `max` times; with `alpha` only letters count.
    - `capitalization`: `match` is $title, $sentence, $lower, $upper or an expression for the whole.

    `%s` in `message` stands for what was found (a substitution's first `%s` is the word to use instead). `limit` is the
    most that is told of one text. What `exceptions` cover is never found.
    """

    extends: Point
    message: Line
    level: Literal["suggestion", "warning", "error"] = "warning"
    scope: Scope = "text"
    link: Line | None = None
    name: Line | None = None
    description: Line | None = None
    limit: Times | None = None
    action: Action | None = None
    ignorecase: bool = False
    nonword: bool = False
    append: bool = False
    alpha: bool = False
    tokens: tuple[Expression, ...] = ()
    raw: tuple[Expression, ...] = ()
    exceptions: tuple[Expression, ...] = ()
    swap: Mapping[Expression, Expression] = field(default_factory=dict)
    token: Expression | None = None
    min: Times | None = None
    max: Times | None = None
    first: Expression | None = None
    second: Expression | None = None
    match: Expression | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What its kind of rule needs and it does not say."""
        needed = _NEEDS[self.extends]
        held = [bool(getattr(self, name)) for name in needed]
        if not (all(held) if self.extends in _ALL_OF else any(held)):
            joined = " and " if self.extends in _ALL_OF else " or "
            yield (), f"A rule of the kind {self.extends} needs {joined.join(needed)}."
        if self.extends == "occurrence" and self.min is None and self.max is None:
            yield (), "A rule of the kind occurrence needs min or max."


BRAND_STYLE = Kind(
    "brand-style", BrandStyle, PathPattern("brand/styles/<style>/<rule>.yml"), Owner.BRAND, cap=TABLE_CAP
)
