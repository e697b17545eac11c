"""Where does a bot work, and what was it called for?"""

import os
from collections.abc import Mapping
from pathlib import Path

from salesrepo.encode.step_output import step_output
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.place import find_desk


def ssh_command() -> str:
    """What somebody asked for who came over ssh, where sshd runs another command instead; empty for a plain login."""
    return os.environ.get("SSH_ORIGINAL_COMMAND", "")


def hand_on(values: Mapping[str, str | int]) -> None:
    """Give values to the next step of a workflow, where there is one: the file that GITHUB_OUTPUT names."""
    file = os.environ.get("GITHUB_OUTPUT", "")
    if file:
        with Path(file).open("a", encoding="utf-8", newline="\n") as steps:
            steps.write(step_output(values))


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
