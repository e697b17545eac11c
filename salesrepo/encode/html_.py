"""How does a stranger's text stand in HTML, between tags or inside a quoted attribute, and never as markup?"""

from html import escape
from urllib.parse import urlsplit

from salesrepo.encode.hidden import shown


def words(text: str) -> str:
    """`text` between tags or inside a quoted attribute: & < > " ' and ` are entities, what is hidden an escape."""
    return escape(shown(text), quote=True).replace("`", "&#96;")


def link(address: str) -> str:
    """`address` for a quoted `href`, or empty where it is not an https address of a plain host."""
    if shown(address) != address or "\\" in address or any(map(str.isspace, address)):
        return ""
    try:
        parts = urlsplit(address)
        plain = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    return words(parts.geturl()) if plain else ""
