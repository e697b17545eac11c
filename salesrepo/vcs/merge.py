"""How a proposal becomes part of main: path by path, without content merge or rename detection (DESIGN rule 6)."""

from dataclasses import dataclass
from pathlib import Path

from salesrepo.domain.change import PathChange
from salesrepo.errors import ConflictError, RefusedError
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.compare import differing
from salesrepo.vcs.history import changed_paths, merge_bases, read_commit
from salesrepo.vcs.objects import Objects, parents
from salesrepo.vcs.trees import FOLDER

CLOCK_LEEWAY = 300  # seconds that this machine's clock may lag behind the parent's date

_NEAR = 8  # commits of a head that are looked through for main


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge of a head would do to main: the only merge base, the changed paths, and those in its way."""

    base: str
    changes: tuple[PathChange, ...]
    conflicts: tuple[str, ...]


def plan_merge(objects: Objects, main: str, head: str) -> MergePlan:
    """The changes of `head` since its merge base with `main`, and the paths that main changed meanwhile.

    A path conflicts when main's tip holds another mode or id there than the base, a folder there, or a file at one of
    its parents. Raises RefusedError where there is no single merge base.
    """
    bases = _bases(objects, main, head)
    if len(bases) != 1:
        raise RefusedError(
            f"The proposal has {len(bases) or 'no'} common ancestors with main; it needs exactly one.",
            hint="Send it again from a fresh copy of main.",
        )
    changes = differing(objects, bases[0], head)
    above = {change.path: parents(change.path) for change in changes}
    tip = objects.at_many(main, [*above, *{folder for line in above.values() for folder in line}])

    def is_clear(change: PathChange) -> bool:
        folders = (tip[folder] for folder in above[change.path])
        return tip[change.path] == change.before and all(blob is None or blob.mode == FOLDER for blob in folders)

    return MergePlan(bases[0], changes, tuple(change.path for change in changes if not is_clear(change)))


def merge_changes(objects: Objects, main: str, head: str) -> tuple[PathChange, ...]:
    """The paths that a merge of `head` would replace in main's tree. Raises ConflictError naming those in its way."""
    plan = plan_merge(objects, main, head)
    if plan.conflicts:
        raise ConflictError(
            f"Someone else changed the same files first: {', '.join(plan.conflicts[:5])}"
            + (f" and {len(plan.conflicts) - 5} more." if len(plan.conflicts) > 5 else "."),
            hint="Fetch main, make the change again on top of it, and send it again.",
        )
    return plan.changes


def write_merge(
    repo: Path,
    changes: tuple[PathChange, ...],
    *,
    main: str,
    head: str,
    message: str,
    when: int,
    fds: tuple[int, ...] = (),
) -> str:
    """Write main's tree with these paths replaced as a commit on `main` and `head`; returns its id, moves no ref.

    Its date is `when`, never earlier than main's. The commit is read back: against main it must differ by `changes`
    exactly. Raises RefusedError where it does not, where there is nothing to change, or where the clock is behind.
    """
    if not changes:
        raise RefusedError("The proposal changes nothing.", hint="Close it, or send a change.")
    with Objects(repo) as objects:
        parent = read_commit(objects, main).committed
    if when < parent - CLOCK_LEEWAY:
        raise RefusedError(
            f"This computer's clock is {parent - when} seconds behind main's last merge.",
            hint="Set the clock (or turn on automatic time), then merge again.",
        )
    paths = {change.path: (change.after.mode, change.after.oid) if change.after else None for change in changes}
    draft = Draft(paths, message, max(when, parent), also_parents=(head,))
    (merged,) = write_commits(repo, [draft], parent=main, fds=fds)
    if changed_paths(repo, main, merged) != changes:
        raise RefusedError(
            "The merged result is not what the proposal changes; nothing was merged.",
            hint="Send the proposal again from a fresh copy of main.",
        )
    return merged


def _bases(objects: Objects, main: str, head: str) -> tuple[str, ...]:
    """As merge_bases; a head built straight on main, as most are, is seen without another process."""
    at = head
    for _ in range(_NEAR):
        parents_of = read_commit(objects, at).parents
        if parents_of == (main,):
            return (main,)
        if len(parents_of) != 1:
            break
        at = parents_of[0]
    return merge_bases(objects.repo, main, head)
