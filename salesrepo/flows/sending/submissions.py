"""As which submission do paths leave? Noted before anything does, so that a `submit` cut short sends nothing twice."""

import json
import secrets
from collections.abc import Iterable
from pathlib import Path

from salesrepo.files import replace_file

_FILE = "sending.json"


def submission_of(folder: Path, paths: Iterable[str], *, anew: bool = False) -> str:
    """The submission as which one of these paths was being sent when it stopped, else (or with `anew`) a new one.

    The caller holds the workspace's lock; the forge finds its proposal by this id.
    """
    wanted, known = tuple(sorted(paths)), _read(folder)
    found = "" if anew else next((known[path] for path in wanted if path in known), "")
    found = found or secrets.token_hex(20)
    _write(folder, {**known, **dict.fromkeys(wanted, found)})
    return found


def arrived(folder: Path, paths: Iterable[str]) -> None:
    """Forget the submission of paths whose proposal is known, or that are not to be sent any more."""
    known, gone = _read(folder), set(paths)
    left = {path: submission for path, submission in known.items() if path not in gone}
    if left != known:
        _write(folder, left)


def _read(folder: Path) -> dict[str, str]:
    try:
        known = json.loads((folder / _FILE).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}  # at worst something is proposed twice, and the second proposal then changes nothing
    return {path: found for path, found in known.items() if isinstance(found, str)} if isinstance(known, dict) else {}


def _write(folder: Path, known: dict[str, str]) -> None:
    replace_file(folder / _FILE, json.dumps(known).encode())
