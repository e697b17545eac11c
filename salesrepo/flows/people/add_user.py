"""`salesrepo forge add-user`: who is let in over ssh, and which line of authorized_keys says so?"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from salesrepo.errors import RefusedError
from salesrepo.flows.proposals.mirror import check_reader
from salesrepo.forge.local import LocalForge
from salesrepo.forge.local_setup import fork_path
from salesrepo.vcs.ssh import is_ssh_path

KEY = "PUBLIC-KEY"  # stands where the key goes


@dataclass(frozen=True, slots=True)
class Added:
    """A user of the forge. `line` is what lets a key in as them, with KEY for the key; `path` what an address names.

    Number and line are empty where nothing was done.
    """

    node: str
    path: str
    forge_id: str = ""
    line: str = ""
    changed: bool = False


def add_user(folder: str, node: str, *, shown: str, now: datetime, dry_run: bool = False) -> Added:
    """Give `node` its number and fork in the forge `folder`, called `shown` by its administrator; again: the same ones.

    Raises RefusedError for a name that is no node's, and where no ssh address can name the folder.
    """
    path = str(Path(shown).resolve())
    if not is_ssh_path(path):
        raise RefusedError(
            f"No ssh address can name {path}.", hint="Move it to a path of plain letters, digits, dots and dashes."
        )
    fork_path(Path(folder), node)
    forge = LocalForge(Path(folder), lambda: int(now.timestamp()))
    check_reader(forge, node, now)
    known = forge.user(node)
    if known is None and dry_run:
        return Added(node, path)
    forge_id = known if known and dry_run else forge.join(node)
    line = f'command="salesrepo forge serve {path} --as {forge_id}",restrict {KEY}'
    return Added(node, path, forge_id, line, changed=known is None)
