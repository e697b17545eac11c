"""How do finance's records follow everybody's, where pay is private?

Finance's main takes over each commit of everybody's main, one by one and in their order, between finance's own merges.
What it writes depends on those commits and on what finance's main holds already: whoever may read both gets the same
ids, however often, and however many at once, it is done.
"""

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from salesrepo.domain.change import FILE_MODE, Blob
from salesrepo.domain.kinds.main_pin import MAIN_PIN, MainPin
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.kinds.settings import zone_of
from salesrepo.domain.period import day_in
from salesrepo.domain.private_pay import is_of_pay, knows_pay, mirror_message
from salesrepo.errors import ConflictError, RefusedError, UnavailableError
from salesrepo.flows.here.workspace import forge_at
from salesrepo.forge.base import Forge
from salesrepo.forge.local import LocalForge
from salesrepo.forge.local_setup import FINANCE, MASTER
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.commit import Draft, Entry, write_commits
from salesrepo.vcs.failure import is_repository
from salesrepo.vcs.history import Commit, changed_paths, first_parents, read_commit
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.transfer import fetch_objects

_TRIES = 20
_NOTHING: Mapping[str, Entry] = {}


def catch_up(forge: Forge) -> int:
    """Let finance's main follow everybody's; returns how many commits came. Harmless, and nothing, on another forge.

    Raises RefusedError where everybody's main no longer builds on what finance's has followed, UnavailableError where
    others are quicker again and again.
    """
    if not isinstance(forge, LocalForge) or forge.outer is None:
        return 0
    for _ in range(_TRIES):
        old = forge.tip()
        new, count = followed(forge, old)
        if new == old:
            return 0
        try:
            forge.advance_main(new, old=old)
        except ConflictError:
            continue
        return count
    raise UnavailableError("Finance's records move too fast to follow.", hint="Try again in a moment.")


def followed(forge: LocalForge, tip: str | None, *, first: Mapping[str, Entry] = _NOTHING) -> tuple[str, int]:
    """Where finance's main goes from `tip` (None: its root, with the files `first`), and how many commits that takes.

    Writes objects, moves no ref.
    """
    repo, around = forge.repository(), _around(forge)
    main = around.main()
    with Objects(repo) as objects:
        since = pinned(objects, tip) if tip else None
        if tip and since == main:
            return tip, 0
        last = read_commit(objects, tip).committed if tip else 0
    fetch_objects(repo, around.repository(), main)
    drafts = [*_drafts(repo, main, since, last)]
    if tip is None:
        drafts[0] = Draft({**first, **drafts[0].changes}, drafts[0].message, drafts[0].when)
    return write_commits(repo, drafts, parent=tip)[-1], len(drafts)


def brought_over(repo: Path, commit: Commit, before: Commit) -> str:
    """The id of the commit of finance's main that brings `commit` over on `before`. Writes objects, moves no ref."""
    (oid,) = write_commits(repo, [_draft_of(repo, commit, last=before.committed)], parent=before.oid)
    return oid


def pinned(objects: Objects, commit: str) -> str | None:
    """The commit of everybody's main whose records finance's hold at a commit of theirs; None on any other main."""
    pin = RecordSnapshot(CommitTree(objects, commit), commit).get(MAIN_PIN)
    return pin.commit if pin else None


def check_reader(forge: LocalForge, node: str, now: datetime) -> None:
    """Raises RefusedError where this is finance's forge and the node may not read it, as everybody's main says now.

    Those may whose role writes finance's records or stands among `auditors` in policy/roles.yml.
    """
    if forge.outer is None:
        return
    around = _around(forge)
    with Objects(around.repository()) as objects:
        main = around.main()
        tip = RecordSnapshot(CommitTree(objects, main), main)
        known, policy = tip.get(NODE, node=node), tip.get(ROLES_POLICY)
        roles = known.roles_on(day_in(zone_of(tip), now)) if known and known.forge_id == around.user(node) else ()
    if policy is None or policy.readers_of_pay.isdisjoint(roles):
        raise RefusedError(
            f"{node} may not read what finance keeps.",
            hint="It is for finance, and for the roles named as auditors in policy/roles.yml.",
        )


def books_at(place: str, now: datetime) -> Forge:
    """The embedded forge that keeps the books of the company in the folder `place`: finance's where pay is private.

    Raises RefusedError where those are not to be found, or not for whoever asks.
    """
    inner = Path(place) / FINANCE
    if os.access(inner, os.X_OK) and is_repository(inner / MASTER):
        return forge_at("local", str(inner), now)
    forge = forge_at("local", place, now)
    with Objects(forge.repository()) as objects:
        main = forge.main()
        if not knows_pay(RecordSnapshot(CommitTree(objects, main), main)):
            raise RefusedError(
                f"Pay is private here, and finance's records in {inner} cannot be read.",
                hint="Let somebody of finance do it, or the account that serves the company.",
            )
    return forge


def _around(forge: LocalForge) -> LocalForge:
    if forge.outer is None:
        raise RefusedError("Only finance's records follow others.", hint="Send a proposal: sr submit")
    return LocalForge(forge.outer, forge.clock)


def _drafts(repo: Path, main: str, since: str | None, last: int) -> Iterator[Draft]:
    for commit in first_parents(repo, main, since):
        draft = _draft_of(repo, commit, last=last)
        last = draft.when
        yield draft


def _draft_of(repo: Path, commit: Commit, *, last: int) -> Draft:
    """The commit that brings `commit` over, onto one of the date `last`: the same words, files and date.

    A date before the last one's becomes that one's. What belongs to finance alone is never taken over.
    """
    since = commit.parents[0] if commit.parents else None
    changed = {change.path: _entry(change.after) for change in changed_paths(repo, since, commit.oid)}
    path, data = file_of(MAIN_PIN, MainPin(commit=commit.oid))
    changes: dict[str, Entry | None] = {at: entry for at, entry in changed.items() if not is_of_pay(at)}
    changes[path] = (FILE_MODE, data)
    also = (commit.oid,) if since else ()  # Git would take it for the first parent of a root
    return Draft(changes, mirror_message(commit.message, commit.oid), max(last, commit.committed), also_parents=also)


def _entry(blob: Blob | None) -> Entry | None:
    return (blob.mode, blob.oid) if blob else None
