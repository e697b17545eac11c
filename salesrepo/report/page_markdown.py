"""A page in Markdown, as forges and most editors show it."""

from collections.abc import Iterable, Iterator

from salesrepo.domain.page import Block, Grid, Heading, Items, Page, Paragraph, Quote, ToFill
from salesrepo.encode.markdown import words


def render_markdown(page: Page) -> str:
    """The page, ending with a line break."""
    return f"# {words(page.title)}\n" + "".join(f"\n{part}\n" for block in page.blocks for part in _parts(block))


def _parts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {words(block.text)}"
        case Paragraph():
            yield words(block.text)
        case Quote():
            yield f"> {words(block.text)}"
        case Items():
            yield "\n".join(f"- {words(item)}" for item in block.items)
        case Grid():
            yield "\n".join((_cells(block.head), _row("---" for _ in block.head), *map(_cells, block.rows)))
        case ToFill():
            yield "\n".join(
                (_cells(block.labels), _row("---" for _ in block.labels), _row("&nbsp;" for _ in block.labels))
            )


def _cells(row: Iterable[str]) -> str:
    return _row(map(words, row))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
