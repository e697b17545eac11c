"""What does a page for people consist of, before somebody lays it out? Plain texts; whoever writes them out escapes."""

from typing import NamedTuple


class Heading(NamedTuple):
    """A heading; `level` 2 begins a section, 3 a part of one."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Sentences that belong together."""

    text: str


class Quote(NamedTuple):
    """What somebody wrote, word for word."""

    text: str


class Items(NamedTuple):
    """A list, an item for each thing."""

    items: tuple[str, ...]


class Grid(NamedTuple):
    """A small table; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ToFill(NamedTuple):
    """Lines that are filled in by hand, by what stands before each."""

    labels: tuple[str, ...]


Block = Heading | Paragraph | Quote | Items | Grid | ToFill


class Page(NamedTuple):
    """A whole page: its title, and what stands below it in reading order."""

    title: str
    blocks: tuple[Block, ...]
