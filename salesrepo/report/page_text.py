"""A page as a terminal shows it: plain lines, tables in columns where they fit."""

from collections.abc import Iterator

from salesrepo.domain.page import Block, Grid, Heading, Items, Page, Paragraph, Quote, ToFill
from salesrepo.encode.hidden import shown

_WIDTH = 78
_GAP = "  "


def render_text(page: Page) -> str:
    """The page in lines; whoever prints it wraps long ones."""
    lines = [shown(page.title), "=" * min(len(shown(page.title)), _WIDTH)]
    for block in page.blocks:
        lines += ["", *_lines(block)]
    return "".join(f"{line}\n" for line in lines)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            title = shown(block.text)
            yield title
            yield ("-" if block.level == 2 else ".") * min(len(title), _WIDTH)
        case Paragraph():
            yield shown(block.text)
        case Quote():
            yield f'  "{shown(block.text)}"'
        case Items():
            yield from (f"  - {shown(item)}" for item in block.items)
        case Grid():
            yield from _grid(block)
        case ToFill():
            yield from (f"{shown(label)}: {'_' * 30}" for label in block.labels)


def _grid(grid: Grid) -> Iterator[str]:
    rows = [[shown(cell) for cell in row] for row in (grid.head, *grid.rows)]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    if sum(widths) + len(_GAP) * len(widths) <= _WIDTH:
        rows.insert(1, ["-" * width for width in widths])
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield _GAP + _GAP.join(cells).rstrip()
        return
    for row in rows[1:]:
        yield f"{_GAP}- {rows[0][0]} {row[0]}"
        yield from (f"{_GAP * 3}{head}: {cell}" for head, cell in zip(rows[0][1:], row[1:], strict=True))
