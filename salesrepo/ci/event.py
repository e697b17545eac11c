"""Where does a bot work, and what time is it there?"""

from pathlib import Path

from salesrepo.errors import UsageError
from salesrepo.flows.place import find_desk


def forge_place(told: str) -> str:
    """The embedded forge's folder: as told, or the one of the working copy around the current folder."""
    if not told:
        return find_desk().identity().place
    folder = Path(told).resolve()
    if (folder / "forge" / "master.git").is_dir():
        folder = folder / "forge"
    if not (folder / "master.git").is_dir():
        raise UsageError(f"{told} is no forge.", hint="Name the folder that holds master.git.")
    return str(folder)
