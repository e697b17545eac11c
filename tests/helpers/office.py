"""A small company on the embedded forge, built with real commands, and people who type more of them.

Built once for a whole test run and copied for each test, since a copy costs a tenth of a founding.
"""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from salesrepo.cli.app import run
from salesrepo.files import only_one
from salesrepo.flows.here.place import CLOCK
from salesrepo.store.outbox import Item, Outbox
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import resolve

ROOT = Path(__file__).resolve().parents[2]
NOON = "2026-03-02T12:00:00Z"  # a Monday
PRODUCT = 'sku: pro\nname: Pro\nprice: "1000.00"\ncurrency: USD\n'
TERMS = """\
days: 90
name_key_days: 14
review_days: 3
meaningful: [call.connected, email.replied, meeting.held, demo.held]
"""  # plain ones: the template's own are played in tests/flows/test_lease.py
SELLER = ("--plan", "account-executive", "--territory", "world/open")
PEOPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ana": ("Ana Lima", SELLER),
    "ben": ("Ben Okoye", SELLER),
    "fay": ("Fay Long", ("--role", "finance")),
    "max": ("Max Weber", ("--role", "manager")),
}


def _copy_or_share(source: str, target: str) -> None:
    """Git never writes into an object that is there, so copies share them; everything else is a file of its own."""
    if f"{os.sep}objects{os.sep}" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


@dataclass(frozen=True)
class Reply:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str = ""

    @property
    def said(self) -> str:
        """Everything a person read."""
        return self.out + self.err

    @property
    def json(self) -> Any:
        """The answer of a command called with --json."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Heard:
    """What somebody typed, and the answer."""

    who: str
    words: tuple[str, ...]
    reply: Reply


@dataclass
class Office:
    """The company in `top`: the forge in `forge`, one folder for each person. `now` is everybody's clock."""

    top: Path
    now: str = NOON
    heard: list[Heard] = field(default_factory=list)

    @property
    def forge(self) -> Path:
        """The embedded forge's folder."""
        return self.top / "forge"

    @property
    def master(self) -> Path:
        """The company's own repository."""
        return self.forge / "master.git"

    def run(self, who: str, *words: str, code: int = 0) -> Reply:
        """Type a command in a person's folder ("" is the company's), in this process; it must end with `code`."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
        here, clock = Path.cwd(), os.environ.get(CLOCK)
        os.chdir(self.top / who)
        os.environ[CLOCK] = self.now
        try:
            with redirect_stdout(out), redirect_stderr(err):
                ended = run(list(words))
        finally:
            os.chdir(here)
            if clock is None:
                del os.environ[CLOCK]
            else:
                os.environ[CLOCK] = clock
        reply = Reply(int(ended), *(stream.buffer.getvalue().decode() for stream in (out, err)))
        self.heard.append(Heard(who, words, reply))
        assert reply.code == code, f"{who}: {' '.join(words)} ended with {reply.code}, not {code}:\n{reply.said}"
        return reply

    def start(
        self, who: str, *words: str, env: Mapping[str, str] | None = None, **more: Any
    ) -> "subprocess.Popen[str]":
        """Start a command as a process of its own, in a person's folder."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(
            [sys.executable, "-m", "salesrepo", *words],
            cwd=self.top / who,
            env={**os.environ, "PYTHONPATH": str(ROOT), CLOCK: self.now, **(env or {})},
            **{**pipes, **more},
        )

    def process(self, who: str, *words: str, env: Mapping[str, str] | None = None, **more: Any) -> Reply:
        """A command as a process of its own, waited for."""
        with self.start(who, *words, env=env, **more) as child:
            out, err = child.communicate(timeout=60)
        return Reply(child.returncode, out or "", err or "")

    def outbox(self, who: str) -> dict[str, Item]:
        """What a person has noted that is not accepted."""
        return {item.path: item for item in Outbox(self.folder(who)).items()}

    def note(self, who: str, path: str) -> bytes | None:
        """The bytes that a person noted for a path."""
        return Outbox(self.folder(who)).read(path)

    def folder(self, who: str) -> Path:
        """Where a person's copy keeps what Git does not know."""
        return self.top / who / ".git" / "salesrepo"

    def main(self) -> str:
        """The company's tip."""
        return resolve(self.master, "refs/heads/main") or ""

    def files(self, prefix: str = "") -> dict[str, bytes]:
        """What the company has accepted."""
        with Objects(self.master) as objects:
            found = [(path, blob) for path, blob in objects.files(self.main()) if path.startswith(prefix)]
            return {path: objects.read(blob.oid, 1 << 20) for path, blob in found}

    def file(self, *parts: str) -> str:
        """The one accepted file whose path holds all these parts, as text."""
        (found,) = (data for path, data in self.files().items() if all(part in path for part in parts))
        return found.decode()

    def confirm(self, key: str) -> None:
        """Sales operations vouch for a company's facts."""
        self.run("dana", "sync")
        (path,) = (self.top / "dana" / "accounts").rglob(f"{key}.yml")
        path.write_bytes(path.read_bytes() + f'confirmed: {{by: dana, day: "{self.now[:10]}", how: review}}\n'.encode())
        self.run("dana", "submit")

    def copy(self, top: Path) -> "Office":
        """The same company in another folder, which knows nothing of the first."""
        shutil.copytree(self.top, top, copy_function=_copy_or_share)
        for config in top.glob("*/.git/salesrepo/config.json"):
            known = json.loads(config.read_bytes())
            inner = "finance" if Path(known["place"]).name == "finance" else ""
            config.write_text(json.dumps({**known, "place": str(top / "forge" / inner)}), encoding="utf-8")
            settings = config.parent.parent / "config"
            settings.write_text(settings.read_text().replace(str(self.forge), str(top / "forge")))
            assert str(self.top) + os.sep not in settings.read_text()
        return Office(top, self.now)


def found_office(top: Path) -> Office:
    """A company with a product, two sellers, finance and a manager; Dana runs it."""
    office = Office(top)
    top.parent.mkdir(parents=True, exist_ok=True)
    Office(top.parent).run("", "init", str(top), "--as", "dana", "--person", "Dana Reyes", "--name", "Acme Sales")
    product = top / "dana" / "products" / "pro.yml"
    product.parent.mkdir()
    product.write_text(PRODUCT)
    (top / "dana" / "policy" / "claims.yml").write_text(TERMS)
    office.run("dana", "submit")
    for node, (name, options) in PEOPLE.items():
        office.run("", "join", ".", "--as", node, "--name", name)
        office.run("dana", "node", "admit", node, *options)
    office.run("fay", "sync")
    for waits in office.run("fay", "review", "list", "--json").json["proposals"]:  # who decides for others: Max
        office.run("fay", "review", "approve", str(waits["number"]))
        office.run("fay", "review", "merge", str(waits["number"]))
    for node in PEOPLE:
        office.run(node, "sync")
    return _tidied(office)


def open_office(office: Office) -> Office:
    """Ana holds acme.com and Ben beta.com, and sales operations vouched for both companies."""
    for node, domain in (("ana", "acme.com"), ("ben", "beta.com")):
        office.run(node, "claim", domain, "--company", domain.split(".")[0].title(), "--country", "US")
        office.confirm(f"d-{domain}")
        office.run(node, "sync")
    return _tidied(office)


def _tidied(office: Office) -> Office:
    """The same with a third of the files, since every test copies them."""
    for head in [*office.top.glob("*/.git/HEAD"), *office.top.glob("forge/**/*.git/HEAD")]:
        repo = head.parent
        subprocess.run(
            ["git", "-c", "repack.writeBitmaps=false", "--git-dir", str(repo), "repack", "-adlq"], check=True
        )
        for sample in repo.glob("hooks/*.sample"):
            sample.unlink()
    return office


def built(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Office:
    """The company that all tests copy, built by the first that needs it, in whichever process that runs."""
    base = factory.getbasetemp()
    top = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name / "acme"
    with only_one(top.parent / "lock", wait=300.0):
        if not (top.parent / "done").exists():
            shutil.rmtree(top, ignore_errors=True)  # half of one, where building it went wrong for another test
            build(top)
            (top.parent / "done").touch()
    return Office(top)


def _founded(factory: pytest.TempPathFactory) -> Office:
    return built(factory, "founded", found_office)


def _open(factory: pytest.TempPathFactory) -> Office:
    return built(factory, "open", lambda top: open_office(_founded(factory).copy(top)))


def _shipped(factory: pytest.TempPathFactory) -> Office:
    return built(factory, "shipped", lambda top: use_shipped_terms(_founded(factory).copy(top)))


def use_shipped_terms(office: Office) -> Office:
    """The same company on the claims policy that `init` brings."""
    terms = office.top / "dana" / "policy" / "claims.yml"
    office.run("dana", "sync")
    terms.write_bytes((ROOT / "templates" / "repo" / "policy" / "claims.yml").read_bytes())
    office.run("dana", "submit")
    for seller in ("ana", "ben"):
        office.run(seller, "sync")
    return _tidied(office)


def office_after(begin: Callable[[Office], None]) -> Callable[..., Office]:
    """A fixture: the company with two accounts after what `begin` does to it, which happens once for a whole run."""

    def build(top: Path, factory: pytest.TempPathFactory) -> None:
        office = _open(factory).copy(top)
        begin(office)
        _tidied(office)

    def begun(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
        name = f"{begin.__module__}.{begin.__name__}"
        return built(tmp_path_factory, name, lambda top: build(top, tmp_path_factory)).copy(tmp_path / "acme")

    return pytest.fixture(name=begin.__name__)(begun)


@pytest.fixture
def shipped(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A company whose people have joined, on the terms that ship."""
    return _shipped(tmp_path_factory).copy(tmp_path / "acme")


@pytest.fixture
def founded(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A company whose people have joined, and nothing more."""
    return _founded(tmp_path_factory).copy(tmp_path / "acme")


@pytest.fixture
def office(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A company in which each of two sellers holds an account."""
    return _open(tmp_path_factory).copy(tmp_path / "acme")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The same company, shared by the tests of a file that change nothing."""
    return _open(tmp_path_factory).copy(tmp_path_factory.mktemp("shared") / "acme")
