"""Where a person's clone is, what they edited in it by hand, and how it moves forward without losing that."""

from collections.abc import Callable, Mapping
from pathlib import Path

from salesrepo.domain.change import Blob, blob_id
from salesrepo.errors import ConflictError, RecordError, RefusedError
from salesrepo.files import replace_file
from salesrepo.vcs.compare import differing
from salesrepo.vcs.failure import is_repository
from salesrepo.vcs.history import builds_on
from salesrepo.vcs.objects import Objects, parents
from salesrepo.vcs.run import git

UPSTREAM = "refs/remotes/origin/main"
_CAP = 16 << 20
_MOST_PATHS = 5_000_000  # between two commits of main, which was judged


def git_dir(folder: Path) -> Path:
    """The git directory of a clone's folder. Raises RefusedError for a bare or unfinished one. Starts no Git."""
    inner = folder / ".git"
    if inner.is_file() and inner.stat().st_size < 4096:
        inner = (folder / inner.read_text("utf-8", "replace").strip().removeprefix("gitdir: ")).resolve()
    if is_repository(inner):
        return inner
    if is_repository(folder):
        raise RefusedError(
            f"{folder} is a bare repository: it holds no files to work on.",
            hint="Use a clone of it: sr join <address>.",
        )
    if inner.exists():
        raise RefusedError(
            f"The repository in {folder} is not whole; fetching it was probably interrupted.",
            hint="Move that folder away, then run sr join <address> again.",
        )
    raise RefusedError(f"{folder} is not a sales repository.", hint="Change into one, or run sr join <address>.")


def worktree_changes(folder: Path, *, wanted: Callable[[str], bool] | None = None) -> dict[str, bytes | None]:
    """What was edited, added (bytes) or removed (None) by hand against HEAD, by path; ignored files are left out.

    `wanted` picks paths before they are read. A file that equals what main's fetched tip holds is no edit (a sync may
    have been interrupted). Raises RecordError above 16 MiB, RefusedError for a link.
    """
    repo = git_dir(folder)
    with Objects(repo) as objects:
        head, upstream = _head(objects, folder), objects.tip(UPSTREAM)
        found = _edits(repo, folder, wanted or (lambda _: True))
        return found if upstream in (None, head) else _without_held(objects, found, upstream or head)


def put_back(folder: Path, edits: Mapping[str, bytes | None]) -> None:
    """Give files that hold exactly these bytes (None: that are removed) the content that HEAD has, or remove them.

    What was edited further since stays as it is.
    """
    same = [path for path, data in edits.items() if _read(folder, path) == data]
    with Objects(git_dir(folder)) as objects:
        held = objects.at_many(_head(objects, folder), same)
        for path in same:
            place, blob = folder / path, held[path]
            if blob is None:
                place.unlink(missing_ok=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                replace_file(place, objects.read(blob.oid, _CAP))


def fast_forward(folder: Path) -> None:
    """As `move_forward`, to main as it was last fetched. Raises RefusedError where it never was."""
    with Objects(git_dir(folder)) as objects:
        to = objects.tip(UPSTREAM)
    if to is None:
        raise RefusedError(f"The repository in {folder} is not whole.", hint="Move it away, then run sr join again.")
    move_forward(folder, to)


def move_forward(folder: Path, to: str) -> None:
    """Bring HEAD's branch and the files to the commit `to`; edits of other files stay as they are.

    Raises ConflictError, with nothing changed, when an edit is in the way or HEAD has commits that `to` lacks.
    """
    repo = git_dir(folder)
    with Objects(repo) as objects:
        head = _head(objects, folder)
        if head == to:
            return
        if not builds_on(objects, head, to):
            raise ConflictError(
                "This folder holds commits that main does not.",
                hint="Move them to a branch of their own: git branch mine.",
            )
        incoming = {change.path: change.after for change in differing(objects, head, to, most=_MOST_PATHS)}
    folders = {above for path in incoming for above in parents(path)}
    local = _edits(
        repo, folder, lambda path: path in incoming or path in folders or any(up in incoming for up in parents(path))
    )
    same = [path for path in local if path in incoming and _equal(local[path], incoming[path], to)]
    clash = sorted(set(local) - set(same))
    if clash:
        raise ConflictError(
            f"Your edits are in the way of what others changed: {', '.join(clash[:5])}.",
            hint="Send them, or move them aside, then sync again.",
        )
    if same:  # Git takes a file that is staged as it will be for done; otherwise it would refuse to replace it.
        names = b"".join(path.encode("utf-8", "surrogateescape") + b"\0" for path in same)
        git(repo, "update-index", "--add", "--remove", "-z", "--stdin", input=names, writes=True, worktree=folder)
    flags = ("--ff-only", "--quiet", "--no-stat", "--no-autostash", "--no-verify-signatures")
    git(repo, "merge", *flags, to, writes=True, worktree=folder)


def _head(objects: Objects, folder: Path) -> str:
    head = objects.tip("HEAD")
    if head is None:
        raise RefusedError(
            f"The repository in {folder} holds no commit yet; fetching it was probably interrupted.",
            hint="Move that folder away, then run sr join <address> again.",
        )
    return head


def _edits(repo: Path, folder: Path, wanted: Callable[[str], bool]) -> dict[str, bytes | None]:
    flags = ("--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all")
    entries = git(repo, "status", *flags, worktree=folder).split(b"\0")
    paths = (entry[3:].decode("utf-8", "surrogateescape") for entry in entries if entry)
    return {path: _read(folder, path) for path in paths if not path.endswith("/") and wanted(path)}


def _read(folder: Path, path: str) -> bytes | None:
    place = folder / path
    if place.is_symlink():
        raise RefusedError(f"{path} is a link; records are plain files.", hint="Replace it with the file itself.")
    if not place.is_file():
        return None
    if place.stat().st_size > _CAP:
        raise RecordError("It is too large.", path=path, hint="Move it out of the repository, or ignore it.")
    return place.read_bytes()


def _without_held(objects: Objects, found: Mapping[str, bytes | None], upstream: str) -> dict[str, bytes | None]:
    held = objects.at_many(upstream, found)
    return {path: content for path, content in found.items() if not _equal(content, held[path], upstream)}


def _equal(content: bytes | None, held: Blob | None, like: str) -> bool:
    return (blob_id(content, like=like) if content is not None else None) == (held.oid if held else None)
