"""A founded forge with three nodes, for whatever forge the registry names, and the few moves that tests need."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from salesrepo.domain.receipt import Receipt
from salesrepo.forge.base import NOT_JUDGED, Forge, ForgeSettings, Judged, MergeOutcome, Proposal
from salesrepo.forge.local import LocalForge
from salesrepo.forge.registry import open_forge
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.merge import plan_merge
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.readers import one_reader_each
from salesrepo.vcs.refs import move_ref

NOW = 1_760_000_000
ROOT = {"policy/claims.yml": "days: 30\n", "accounts/a.yml": "name: A\n", "folder/one.yml": "1\n"}


@dataclass
class Bench:
    """One forge, its folder, and the numbers of its nodes."""

    forge: Forge
    place: Path
    ids: dict[str, str]
    count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def head(self, node: str, files: Mapping[str, str | None], *, base: str | None = None) -> str:
        """A commit of these files in the node's fork, on main's tip or on `base`."""
        fork = self.forge.fork(node)
        assert isinstance(fork, Path)
        changes = {path: None if text is None else ("100644", text.encode()) for path, text in files.items()}
        draft = Draft(changes, f"{node} {next(self.count)}\n", NOW)
        (oid,) = write_commits(fork, [draft], parent=base or self.forge.main())
        move_ref(fork, f"refs/heads/out/{next(self.count)}", oid, None)
        return oid

    def open(self, node: str, files: Mapping[str, str | None], *, base: str | None = None) -> int:
        """Open a proposal; what lies in claims/ is its claims."""
        head = self.head(node, files, base=base)
        claims = [path for path in files if path.startswith("claims/")]
        return self.forge.open(self.ids[node], head=head, title=f"By {node}", submission=head, claims=claims)

    def merge(
        self,
        number: int,
        *,
        when: int = NOW,
        proposal: Proposal | None = None,
        main: str = "",
        judged: Judged = NOT_JUDGED,
    ) -> MergeOutcome:
        """Judge and merge as the bot does: against what it saw (`proposal`, `main`), else against what is."""
        seen, main = proposal or self.forge.get(number), main or self.forge.main()
        with Objects(self.forge.repository()) as objects:
            plan = plan_merge(objects, main, seen.head)
        receipt = Receipt(number, seen.actor, plan.base, seen.head, "auto")
        assert self.forge.merge is not None
        message = receipt.message(seen.title)
        return self.forge.merge(
            number, head=seen.head, main=main, changes=plan.changes, message=message, when=when, judged=judged
        )

    def texts(self, commit: str = "") -> dict[str, str]:
        """Every file of main (or a commit)."""
        with Objects(self.forge.repository()) as objects:
            files = objects.files(commit or self.forge.main())
            return {path: objects.read(blob.oid, 10_000).decode() for path, blob in files}


def make_local(place: Path) -> Bench:
    forge = LocalForge.create(place, clock=lambda: NOW)
    ids = {node: forge.join(node) for node in ("ana", "bob", "cyd")}
    files = {path: ("100644", text.encode()) for path, text in ROOT.items()}
    forge.found(files, message="Found\n", when=NOW)
    return open_bench("local", place, ids)


def open_bench(name: str, place: Path, ids: dict[str, str]) -> Bench:
    return Bench(open_forge(ForgeSettings(name, str(place), lambda: NOW)), place, ids)


# A forge of the registry without a bench here fails the contract test: KeyError names it.
BENCHES: Mapping[str, Callable[[Path], Bench]] = {"local": make_local}


@pytest.fixture(autouse=True)
def sealed_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, so that no Git setting of this machine is read."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return home


@pytest.fixture(autouse=True)
def as_in_a_command(sealed_home: Path) -> Iterator[None]:
    """Readers of one repository share a process, as they do wherever a forge is really asked."""
    with one_reader_each():
        yield


@pytest.fixture(scope="session")
def templates() -> dict[str, Bench]:
    """The benches that were made already: to copy one costs a tenth of making it."""
    return {}


@pytest.fixture
def make_bench(
    templates: dict[str, Bench], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Callable[[Path], Bench]]:
    """How to make a bench, by the forge's name."""

    def copy(name: str, place: Path) -> Bench:
        if name not in templates:
            templates[name] = BENCHES[name](tmp_path_factory.mktemp("template") / "forge")
        shutil.copytree(templates[name].place, place)
        return open_bench(name, place, dict(templates[name].ids))

    return {name: partial(copy, name) for name in BENCHES}


@pytest.fixture
def local(tmp_path: Path, make_bench: Mapping[str, Callable[[Path], Bench]]) -> Bench:
    """The embedded forge."""
    return make_bench["local"](tmp_path / "forge")
