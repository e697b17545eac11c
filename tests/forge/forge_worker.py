"""A process that opens and merges proposals until it is done or killed: PLACE NODE BASE FIRST COUNT.

Each proposal adds one claim to the commit BASE, so that rivals meet whoever was faster. Prints `opened <number>` and
`merged <number> <commit>` as soon as the forge has answered.
"""

import sys
from pathlib import Path

from salesrepo.domain.receipt import Receipt
from salesrepo.forge.base import Conflict, MainMoved, Merged
from salesrepo.forge.local import LocalForge
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.merge import plan_merge
from salesrepo.vcs.objects import Objects

NOW = 1_760_000_000


def tell(*words: object) -> None:
    """One line, at once."""
    print(*words, flush=True)


def send(forge: LocalForge, node: str, base: str, path: str) -> int:
    """Open a proposal that adds one file to `base`."""
    draft = Draft({path: ("100644", f"holder: {node}\n".encode())}, f"{node} {path}\n", NOW)
    (head,) = write_commits(forge.fork(node), [draft], parent=base)
    user = forge.user(node) or ""
    return forge.open(user, head=head, title=path, submission=f"{node}.{path.replace('/', '.')}", claims=[path])


def land(forge: LocalForge, number: int) -> str | None:
    """Merge it, whatever main does meanwhile; None when somebody was first."""
    while True:
        proposal, main = forge.get(number), forge.main()
        with Objects(forge.repository()) as objects:
            plan = plan_merge(objects, main, proposal.head)
        message = Receipt(number, proposal.actor, plan.base, proposal.head, "auto").message(proposal.title)
        outcome = forge.merge(number, head=proposal.head, main=main, changes=plan.changes, message=message, when=NOW)
        if isinstance(outcome, Merged):
            return outcome.commit
        if isinstance(outcome, Conflict):
            return None
        assert isinstance(outcome, MainMoved), outcome


def work(place: Path, node: str, base: str, keys: range) -> None:
    """Send and land one claim after the other."""
    forge = LocalForge(place, lambda: NOW)
    tell("ready")
    for key in keys:
        number = send(forge, node, base, f"claims/k{key}.yml")
        tell("opened", number)
        commit = land(forge, number)
        tell("merged" if commit else "lost", number, commit)


if __name__ == "__main__":
    first, count = int(sys.argv[4]), int(sys.argv[5])
    work(Path(sys.argv[1]), sys.argv[2], sys.argv[3], range(first, first + count))
