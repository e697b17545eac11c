"""Does the comparison of two commits say what Git itself says, for any two trees, and refuse a bomb?"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from salesrepo.errors import RecordError
from salesrepo.vcs.compare import differing
from salesrepo.vcs.history import changed_paths
from salesrepo.vcs.objects import Objects

Write = Callable[..., str]
Call = Callable[..., bytes]


@pytest.mark.parametrize("seed", range(25))
def test_it_finds_what_git_finds_in_git_order(repo: Path, write: Write, seed: int) -> None:
    chance = random.Random(seed)
    names = ["a", "a.yml", "a-b", "b", "ü", "z"]

    def tree() -> dict[str, str]:
        paths = {"/".join(chance.choices(names, k=chance.randint(1, 4))) for _ in range(chance.randint(1, 25))}
        free = sorted(p for p in paths if not any(other.startswith(p + "/") for other in paths))
        return {path: chance.choice("xyz") for path in free}

    old, new = write(tree()), write(tree())
    with Objects(repo) as objects:
        assert differing(objects, old, new) == changed_paths(repo, old, new)
        assert differing(objects, new, old) == changed_paths(repo, new, old)
        assert differing(objects, old, old) == ()


def test_modes_and_kinds_are_compared_too(repo: Path, by_hand: Call) -> None:
    blob = by_hand(repo, "hash-object", "-w", "--stdin", input=b"x").decode().strip()
    inner = by_hand(repo, "mktree", input=f"100644 blob {blob}\tb\n".encode()).decode().strip()
    entries = (
        f"100644 blob {blob}\ta\n",
        f"100755 blob {blob}\ta\n",
        f"120000 blob {blob}\ta\n",
        f"160000 commit {'12' * 20}\ta\n",
        f"040000 tree {inner}\ta\n",
    )
    commits = []
    for entry in entries:
        tree = by_hand(repo, "mktree", "--missing", input=entry.encode()).decode().strip()
        commits.append(by_hand(repo, "commit-tree", tree, "-m", "one").decode().strip())
    with Objects(repo) as objects:
        for old in commits:
            for new in commits:
                assert differing(objects, old, new) == changed_paths(repo, old, new)


def test_a_padded_or_odd_mode_is_no_change_to_git_nor_here(repo: Path, by_hand: Call) -> None:
    blob = by_hand(repo, "hash-object", "-w", "--stdin", input=b"x").decode().strip()
    commits = []
    for mode in (b"100644", b"0100644", b"100664"):
        raw = mode + b" a\0" + bytes.fromhex(blob)
        tree = by_hand(repo, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", input=raw).decode().strip()
        commits.append(by_hand(repo, "commit-tree", tree, "-m", "one").decode().strip())
    with Objects(repo) as objects:
        assert differing(objects, commits[0], commits[1]) == ()
        assert differing(objects, commits[0], commits[2]) == changed_paths(repo, commits[0], commits[2]) == ()


def test_a_tree_that_names_too_many_paths_is_refused(repo: Path, write: Write, by_hand: Call) -> None:
    base = write({"a": "x"})
    blob = by_hand(repo, "hash-object", "-w", "--stdin", input=b"x").decode().strip()
    tree, kind = blob, "100644 blob"
    for _ in range(10):  # 10^10 paths in ten objects
        lines = "".join(f"{kind} {tree}\t{n}\n" for n in range(10))
        tree, kind = by_hand(repo, "mktree", input=lines.encode()).decode().strip(), "040000 tree"
    bomb = by_hand(repo, "commit-tree", tree, "-m", "bomb").decode().strip()
    with Objects(repo) as objects, pytest.raises(RecordError, match="too many files"):
        differing(objects, base, bomb, most=10_000)


def test_a_tree_that_is_too_deep_is_refused(repo: Path, write: Write, by_hand: Call) -> None:
    base = write({"a": "x"})
    tree = by_hand(repo, "mktree", input=b"").decode().strip()
    for _ in range(70):
        tree = by_hand(repo, "mktree", input=f"040000 tree {tree}\td\n".encode()).decode().strip()
    deep = by_hand(repo, "commit-tree", tree, "-m", "deep").decode().strip()
    with Objects(repo) as objects, pytest.raises(RecordError, match="too many"):
        differing(objects, base, deep)
