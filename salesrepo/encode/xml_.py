"""How does a stranger's text stand in XML 1.0, which has no way to write most control characters?"""

from salesrepo.encode.hidden import shown


def words(text: str) -> str:
    """`text` between tags or inside an attribute in double quotes; what XML cannot hold is a visible escape."""
    return shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
