"""A page as one HTML file: nothing is loaded from anywhere, and it prints on paper as it stands."""

from collections.abc import Iterable, Iterator

from salesrepo.domain.page import Block, Grid, Heading, Items, Page, Paragraph, Quote, ToFill
from salesrepo.encode.html_ import words

_STYLE = """\
body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 46em;
  margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.6em } h2 { font-size: 1.2em; border-bottom: 1px solid #bbb; margin-top: 1.6em } h3 { font-size: 1em }
blockquote { margin: .6em 0; padding-left: .9em; border-left: 3px solid #3b6ea5; font-style: italic }
table { border-collapse: collapse; margin: .6em 0 }
th, td { border: 1px solid #bbb; padding: .25em .7em; text-align: left }
td.fill { height: 2.4em; min-width: 12em } svg { max-width: 100%; height: auto }
@media print { body { margin: 0; max-width: none } h2, h3 { break-after: avoid } table, svg { break-inside: avoid } }
"""


def render_html(page: Page) -> str:
    """The page as a whole document."""
    return document(page.title, (part for block in page.blocks for part in _parts(block)))


def document(title: str, body: Iterable[str]) -> str:
    """A whole HTML file with this title as its first heading; what stands in `body` is markup already."""
    head = f'<meta charset="utf-8">\n<title>{words(title)}</title>\n<style>\n{_STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n<h1>{words(title)}</h1>\n'
        + "".join(f"{part}\n" for part in body)
        + "</body>\n</html>\n"
    )


def grid(block: Grid) -> str:
    """A table."""
    head = "".join(f"<th>{words(cell)}</th>" for cell in block.head)
    rows = "".join(f"<tr>{''.join(f'<td>{words(cell)}</td>' for cell in row)}</tr>\n" for row in block.rows)
    return f"<table>\n<tr>{head}</tr>\n{rows}</table>"


def _parts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}>{words(block.text)}</h{block.level}>"
        case Paragraph():
            yield f"<p>{words(block.text)}</p>"
        case Quote():
            yield f"<blockquote>{words(block.text)}</blockquote>"
        case Items():
            yield "<ul>\n" + "".join(f"<li>{words(item)}</li>\n" for item in block.items) + "</ul>"
        case Grid():
            yield grid(block)
        case ToFill():
            rows = "".join(f'<tr><th>{words(label)}</th><td class="fill"></td></tr>\n' for label in block.labels)
            yield f"<table>\n{rows}</table>"
