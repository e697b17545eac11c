"""Where the files that ship beside the code are: in an installed wheel, or in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder `schemas`, `templates` or `examples`: in the wheel (`_data`), else beside the package (a checkout)."""
    packed = PACKAGE / "_data" / name
    return packed if packed.exists() else PACKAGE.parent / name
