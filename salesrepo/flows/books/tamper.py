"""What the demonstration does to a copy of a ledger, so that everybody can see that one cent is noticed."""

import re
from dataclasses import dataclass
from pathlib import Path

from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.record import TABLE_CAP
from salesrepo.errors import RefusedError
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import changed_paths, read_commit
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref

_AMOUNT = re.compile(rb'^(    amount: "-?[0-9]+\.[0-9])([0-8])"$', re.M)
LEDGER = "refs/heads/ledger"


@dataclass(frozen=True, slots=True)
class Tampered:
    """The file in which a line says one cent more now."""

    path: str
    was: str
    now: str


def add_a_cent(place: Path, node: str) -> Tampered:
    """Rewrite the last ledger commit of the forge in `place` so that one line of `node` says one cent more.

    The forged commit keeps message and date. Raises RefusedError where nothing of the node is booked there.
    """
    repo = place / "master.git"
    with Objects(repo) as objects:
        tip = objects.tip(LEDGER)
        if tip is None:
            raise RefusedError("There is no ledger to tamper with.", hint="Settle first: salesrepo commission settle")
        commit = read_commit(objects, tip)
        own = [(path, blob) for path, blob in objects.files(tip) if f"/{node}/" in path]
        read = [(path, objects.read(blob.oid, TABLE_CAP)) for path, blob in own]
    paying = [(path, data, match) for path, data in read if (match := _AMOUNT.search(data))]
    if not paying:
        raise RefusedError(f"Nothing is booked for {node} there.", hint="Name a payee with a statement.")
    path, data, match = paying[-1]
    cent = str(int(match[2]) + 1).encode()
    forged = data[: match.start()] + match[1] + cent + b'"' + data[match.end() :]
    parent = commit.parents[0] if commit.parents else None
    added = {change.path: change.after for change in changed_paths(repo, parent, tip)}
    changes = {name: (entry.mode, entry.oid) for name, entry in added.items() if entry}
    draft = Draft({**changes, path: (FILE_MODE, forged)}, commit.message, commit.committed)
    oid = write_commits(repo, [draft], parent=parent)[0]
    move_ref(repo, LEDGER, oid, tip)
    was, now = match[0].split(b'"')[1], match[1].split(b'"')[1] + cent
    return Tampered(path, was.decode(), now.decode())
