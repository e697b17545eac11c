"""Where the files that ship beside the code are: in an installed wheel, or in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder `schemas` or `templates`: inside the wheel (`_data`), else beside the package (an editable install)."""
    packed = PACKAGE / "_data" / name
    return packed if packed.exists() else PACKAGE.parent / name
