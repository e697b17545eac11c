"""Where does a bot work, and what was it called for?"""

import os
from pathlib import Path

from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.place import find_desk


def ssh_command() -> str:
    """What somebody asked for who came over ssh, where sshd runs another command instead; empty for a plain login."""
    return os.environ.get("SSH_ORIGINAL_COMMAND", "")


def forge_place(told: str) -> str:
    """The embedded forge's folder: as told, or the one of the working copy around the current folder."""
    if not told:
        identity = find_desk().identity()
        if identity.forge != "local":
            raise RefusedError(
                f"The company's records are at {identity.place}, and its bots work there.",
                hint="Run this on that machine, with --forge FOLDER.",
            )
        return identity.place
    folder = Path(told).resolve()
    if (folder / "forge" / "master.git").is_dir():
        folder = folder / "forge"
    if not (folder / "master.git").is_dir():
        raise UsageError(f"{told} is no forge.", hint="Name the folder that holds master.git.")
    return str(folder)
