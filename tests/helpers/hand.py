"""What somebody sends who writes the records and the proposal by hand, as no command would."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count

from salesrepo.domain.change import FILE_MODE
from salesrepo.flows.proposals.land import Landing, land
from salesrepo.forge.local import LocalForge
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.refs import move_ref
from salesrepo.vcs.transfer import fetch_objects
from tests.helpers.office import Office

_sent = count()


def by_hand(office: Office, who: str, files: Mapping[str, bytes | None], *, judged: bool = True) -> tuple[int, str]:
    """Propose these bytes in a person's name, naming every claim among them: the number, and what the bots say.

    Without `judged` nobody looks at it.
    """
    moment = datetime.fromisoformat(office.now.replace("Z", "+00:00"))
    forge = LocalForge(office.forge, lambda: int(moment.timestamp()))
    fork, main, user = forge.fork(who), forge.main(), forge.user(who)
    assert user is not None
    fetch_objects(fork, office.master, main)
    changes = {path: None if data is None else (FILE_MODE, data) for path, data in files.items()}
    (head,) = write_commits(fork, [Draft(changes, "by hand\n", int(moment.timestamp()))], parent=main)
    number = next(_sent)
    move_ref(fork, f"refs/heads/hand{number}", head, None)
    claims = [path for path in files if path.startswith("claims/") and ".queue/" not in path]
    opened = forge.open(user, head=head, title="By hand", submission=f"hand{number}", claims=claims)
    landing: Landing | None = land(forge, opened, now=moment) if judged else None
    return opened, landing.outcome if landing else ""


def noted(office: Office, who: str) -> dict[str, bytes | None]:
    """What a person has noted, to be bent and sent by hand."""
    return {path: office.note(who, path) for path in office.outbox(who)}
