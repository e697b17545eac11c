"""How is the evidence for a line of pay written for an auditor: one document that needs nothing beside it?"""

from collections.abc import Iterator

from salesrepo.domain.evidence import Evidence, Piece
from salesrepo.encode.markdown import block, code, words


def render_markdown(found: Evidence) -> str:
    """The bundle in Markdown, ending with a line break; what is missing stands at the top and at its place."""
    return "".join(_document(found))


def plain(found: Evidence) -> dict[str, object]:
    """The bundle for JSON; nothing is left out of a piece but what is empty."""
    return {
        "line": found.line,
        "payee": found.payee,
        "main": found.main,
        "ledger": found.ledger,
        "missing": list(found.missing),
        "sections": [
            {"title": section.title, "pieces": [_plain(piece) for piece in section.pieces]}
            for section in found.sections
        ],
    }


def _plain(piece: Piece) -> dict[str, object]:
    told = {"what": piece.what, "path": piece.path, "commit": piece.commit, "blob": piece.blob}
    said = {"said": list(piece.said), "text": piece.text, "missing": piece.missing}
    return {name: value for name, value in (told | said).items() if value}


def _document(found: Evidence) -> Iterator[str]:
    yield f"# Evidence for a line of pay\n\n- Line: {code(found.line)}\n- Payee: {words(found.payee)}\n"
    yield f"- Main, as this copy has it: {code(found.main)}\n- Ledger: {code(found.ledger)}\n"
    if found.missing:
        yield "\n**Missing in this copy:**\n\n"
        yield from (f"- {words(one)}\n" for one in found.missing)
    for section in found.sections:
        yield f"\n## {words(section.title)}\n"
        for piece in section.pieces:
            yield f"\n### {words(piece.what)}\n\n{''.join(_piece(piece))}"


def _piece(piece: Piece) -> Iterator[str]:
    if piece.missing:
        yield f"- **Missing in this copy:** {words(piece.missing)}\n"
    for name, value in (("Path", piece.path), ("Commit", piece.commit), ("Blob", piece.blob)):
        if value:
            yield f"- {name}: {code(value)}\n"
    yield from (f"- {words(one)}\n" for one in piece.said)
    if piece.text:
        yield f"\n{block(piece.text.removesuffix(chr(10)))}"
