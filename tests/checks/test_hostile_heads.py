"""Does judging a hostile head start nothing but Git, write nothing outside, and end soon in a refusal?

The judge runs as a process of its own under an audit hook (PEP 578): it sees every file that Python opens and every
process that it starts, whoever asked for it.
"""

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from salesrepo.vcs.commit import Draft, Entry, write_commits
from salesrepo.vcs.transfer import init_bare
from tests.checks.build import company, path_of

ROOT = Path(__file__).resolve().parents[2]
WHEN = 1_700_000_000
LIMIT = 1.0  # seconds of CPU time, Git's included, for one head; most take some milliseconds

JUDGE = """
import json, os, sys
told = json.load(sys.stdin)
seen = []

def watch(event, args):
    if event == "subprocess.Popen":
        seen.append(["process", os.path.basename(str(args[0])), " ".join(map(os.fsdecode, args[1]))])
    elif event == "open" and isinstance(args[0], (str, bytes)):
        mode, flags = args[1] or "", args[2] or 0
        if set(mode) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            seen.append(["write", os.fsdecode(args[0]), ""])
    elif event in told["never"] or event.split(".")[0] in ("socket", "shutil", "urllib"):
        seen.append([event, ascii(args)[:200], ""])
    elif event in ("exec", "compile") and not str(getattr(args[0], "co_filename", "<frozen")).startswith(
        ("<frozen", "<string", sys.prefix, sys.base_prefix, told["package"])
    ):
        seen.append([event, str(getattr(args[0], "co_filename", args[0]))[:200], ""])

from datetime import date
from pathlib import Path
from salesrepo.errors import SalesRepoError
from salesrepo.flows.proposals.judge import Case, judge, node_of, result_of, snapshot_at
from salesrepo.vcs.merge import plan_merge
from salesrepo.vcs.objects import Objects

sys.addaudithook(watch)
verdicts = {}
for name, head in told["heads"].items():
    start = sum(os.times()[:4])
    with Objects(Path(told["repo"])) as objects:
        tip = snapshot_at(objects, told["main"])
        case = Case(actor_id=told["actor"], actor=node_of(tip, told["actor"]), today=date(2026, 11, 20), head=head)
        try:
            plan = plan_merge(objects, told["main"], head)
            judgement = judge(tip, plan.changes, result_of(tip, objects, plan.changes), case)
            said, skipped = judgement.verdict.value, [s.code + ": " + s.reason for s in judgement.report.skipped]
        except SalesRepoError as refused:
            said, skipped = type(refused).__name__, []
    verdicts[name] = [said, sum(os.times()[:4]) - start, skipped]
json.dump({"verdicts": verdicts, "seen": seen}, sys.stdout)
"""


NEVER = [f"os.{what}" for what in "system exec posix_spawn spawn fork forkpty remove rename mkdir rmdir link".split()]
NEVER += [f"os.{what}" for what in "symlink chmod chown truncate utime".split()]


class Forge:
    """A bare repository with the base company on main, and a stranger's way to put anything beside it."""

    def __init__(self, folder: Path) -> None:
        self.repo = folder / "repo.git"
        init_bare(self.repo)
        files: dict[str, Entry | None] = {path: ("100644", data) for path, data in company().items()}
        (self.main,) = write_commits(self.repo, [Draft(files, "Found the company\n", WHEN)], parent=None)

    def git(self, *argv: str, data: bytes = b"") -> str:
        who = {f"GIT_{role}_{part}": "x@y" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
        day = {"GIT_AUTHOR_DATE": f"{WHEN} +0000", "GIT_COMMITTER_DATE": f"{WHEN} +0000"}
        done = subprocess.run(
            ["git", "--git-dir", str(self.repo), *argv],
            input=data,
            capture_output=True,
            check=True,
            env={**os.environ, **who, **day},
        )
        return done.stdout.decode().strip()

    def head(self, files: dict[str, Entry | None]) -> str:
        return write_commits(self.repo, [Draft(files, "Mine\n", WHEN + 1)], parent=self.main)[0]

    def raw_head(self, *entries: tuple[str, bytes, str]) -> str:
        """A commit of main's root tree with entries (mode, name, id) put in or replaced, in whatever order."""
        kept = self.git("ls-tree", "-z", self.main).encode()
        new = {name for _, name, _ in entries}
        lines = [line for line in kept.split(b"\0") if line and line.partition(b"\t")[2] not in new]
        lines += [
            f"{mode} {'tree' if mode == '040000' else 'blob'} {oid}\t".encode() + name for mode, name, oid in entries
        ]
        return self.commit(self.git("mktree", "-z", "--missing", data=b"".join(line + b"\0" for line in lines)))

    def commit(self, tree: str) -> str:
        return self.git("commit-tree", "-p", self.main, "-m", "Mine", tree)

    def blob(self, data: bytes) -> str:
        return self.git("hash-object", "-w", "--stdin", "--literally", "-t", "blob", data=data)

    def tree(self, *entries: tuple[str, str, str]) -> str:
        rows = [f"{mode} {'tree' if mode == '040000' else 'blob'} {oid}\t{name}\n" for mode, name, oid in entries]
        return self.git("mktree", data="".join(rows).encode())


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    return Forge(tmp_path_factory.mktemp("heads"))


def judged(forge: Forge, heads: dict[str, str], *, actor: str = "12") -> dict[str, Any]:
    """What the judge says of each head, and all that it opened for writing, started or reached."""
    told = {
        "repo": str(forge.repo),
        "main": forge.main,
        "actor": actor,
        "heads": heads,
        "package": str(ROOT),
        "never": NEVER,
    }
    done = subprocess.run(
        [sys.executable, "-B", "-c", textwrap.dedent(JUDGE)],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=forge.repo.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_watcher_sees_what_it_is_there_for(forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    sins = "verdicts = {}; open('x', 'w').close(); os.remove('x'); import subprocess; subprocess.run(['true'])"
    monkeypatch.setattr(sys.modules[__name__], "JUDGE", JUDGE.replace("verdicts = {}", sins))
    assert [what for what, *_ in judged(forge, {})["seen"]] == ["write", "os.remove", "process"]


def blob_trees(forge: Forge) -> Iterator[tuple[str, str]]:
    """Trees that are small and name more than anybody can list."""
    leaf = forge.blob(b"")
    bomb = forge.tree(("100644", "a", leaf))
    for _ in range(10):
        bomb = forge.tree(*(("040000", f"{n:x}", bomb) for n in range(10)))
    yield "ten to the tenth paths", forge.raw_head(("040000", b"products", bomb))
    deep = forge.tree(("100644", "a", leaf))
    for _ in range(100):
        deep = forge.tree(("040000", "d", deep))
    yield "a hundred folders deep", forge.raw_head(("040000", b"products", deep))


NAMES = [
    *(".gitattributes", ".gitmodules", ".mailmap", ".gitignore", "policy/.gitattributes", "nodes/67/0/ben/.gitmodules"),
    *(
        ".git2/config",
        "git~1/config",
        ".GIT./config",
        "products/con.yml",
        "products/COM¹.yml",
        "products/aux",
        "brand/nul.md",
    ),
    *("Products/pro.yml", "products/PRO.yml", "products/pro.YML", "products/cafe\u0301.yml", "products/café.yml"),
    *(
        "-x",
        "--output=x",
        ":(glob)*",
        "products/a b.yml",
        "products/$(id).yml",
        "products/`id`.yml",
        "a\nb",
        "a\tb",
        "\x1b[2J",
    ),
    *(
        "co\udcffre",
        "products/\u202egpj.yml",
        "products/x.yml.",
        "products/x.yml ",
        "a" * 255,
        "/".join(["products", *"abcdefgh"]),
    ),
    *("salesrepo.yml/x", "products/pro.yml/x", "schemas", "README.md", "sitecustomize.py", "salesrepo/__init__.py"),
    *(".github/workflows/x.yml", "CODEOWNERS", "docs/CODEOWNERS", "Makefile", "conftest.py", "yaml.py"),
]


def test_no_name_mode_or_tree_of_a_head_does_more_than_being_refused(forge: Forge) -> None:
    heads = {f"name {name!a}": forge.head({name: ("100644", b"sku: x\n")}) for name in NAMES}
    for mode, content in (("120000", b"../../outside"), ("100755", b"#!/bin/sh\n"), ("160000", "1" * 40)):
        for place in ("products/x.yml", path_of("profile ben"), ".gitmodules", "link"):
            heads[f"{mode} at {place}"] = forge.head({place: (mode, content)})
    heads |= dict(blob_trees(forge))
    heads["a root that is another"] = forge.commit(forge.tree(("100644", "a", forge.blob(b"x"))))
    heads["a folder becomes a file"] = forge.raw_head(("100644", b"nodes", forge.blob(b"x")))
    heads["a file becomes a folder"] = forge.raw_head(
        ("040000", b"salesrepo.yml", forge.tree(("100644", "a", forge.blob(b""))))
    )
    heads["an object that is not there"] = forge.raw_head(("100644", b"x.yml", "ab" * 20))
    refused(forge, heads)


def note(text: str, **more: str) -> bytes:
    return f'node: ben\nname: "{text}"\n{"".join(f"{key}: {value}{chr(10)}" for key, value in more.items())}'.encode()


CONTENTS: dict[str, bytes] = {
    "eight megabytes": b"a: b\n" * (8 << 18),
    "deep": b"a: " + b"[" * 60_000,
    "anchors": b"a: &a [x]\nb: &b [" + b"*a," * 5_000 + b"]\n",
    "object tag": b"!!python/object/apply:os.system [touch /tmp/owned]\n",
    "many fields": b"".join(b"f%d: x\n" % n for n in range(4_900)),
    "one long field name": b"? " + b"k" * 60_000 + b"\n: b\n",
    "marks": b"name: a" + "\u0316\u0301".encode() * 15_000,
    "address that never ends": note("a." * 8_000 + "@"),
    "phone that never ends": note("+1 " * 5_000),
    "utf-16": "node: ben\n".encode("utf-16"),
    "nothing but signs": b"%" * 60_000,
    "nul": b"node: ben\0\n",
    "not text": bytes(range(256)) * 200,
}


def test_no_content_of_a_head_does_more_than_being_refused(forge: Forge) -> None:
    places = [path_of("profile ben"), path_of("account d-umbrella.com"), path_of("deal d-globex.com d-globex.com-1")]
    heads = {
        f"{name} at {place}": forge.head({place: ("100644", data)})
        for name, data in CONTENTS.items()
        for place in places
    }
    refused(forge, heads)


def account(aliases: list[str] | None = None, *, name: str = "Umbrella", others: list[str] | None = None) -> bytes:
    lists = {"aliases": aliases or [], "not_same_as": others or []}
    rows = "".join(f"{field}:\n" + "".join(f"  - {x}\n" for x in names) for field, names in lists.items() if names)
    return f'account: d-umbrella.com\nname: "{name}"\ncountry: US\nadded_by: ben\nadded: "2026-11-20"\n{rows}'.encode()


def test_a_record_as_large_as_may_be_is_judged_soon(forge: Forge) -> None:
    line = '  - {product: pro, quantity: "1", price: "1000.00"}\n'
    deal = 'deal: d-globex.com-1\naccount: d-globex.com\nnode: ben\nstage: lead\nopened: "2026-11-20"\n'
    deal += "currency: USD\nlines:\n"
    spoken = "".join(
        f'---\nid: {n:026d}\nat: "2026-11-20T09:00:00Z"\nday: "2026-11-20"\ntype: call\naccount: d-globex.com\n'
        f'note: "{"guaranteed " * 30}"\n'
        for n in range(90)
    )
    lone = "account d-umbrella.com"
    heads = {
        "aliases": forge.head({path_of(lone): ("100644", account([f"d-xn--{n:03d}-a.com" for n in range(3_000)]))}),
        "a hundred aliases": forge.head({path_of(lone): ("100644", account([f"d-g1obex{n}.com" for n in range(100)]))}),
        "answers": forge.head({path_of(lone): ("100644", account(others=[f"d-a{n}.com" for n in range(4_000)]))}),
        "compatible forms": forge.head({path_of(lone): ("100644", account(name="\ufdfa" * 200))}),
        "gmbh": forge.head({path_of(lone): ("100644", account(name="gmbh" * 50))}),
        "letters": forge.head({path_of(lone): ("100644", account(name="a.b/" * 50))}),
        "lines": forge.head({path_of("deal d-globex.com d-globex.com-1"): ("100644", (deal + line * 1_200).encode())}),
        "stream": forge.head(
            {path_of("activity ben 2026 11 20 01kahvx0000000000000000000"): ("100644", spoken.encode())}
        ),
    }
    refused(forge, heads, harmless=("stream",))


def refused(forge: Forge, heads: dict[str, str], *, harmless: tuple[str, ...] = ()) -> None:
    """Each head but the harmless ones is refused, in a time that a person hardly notices, and nothing else happens."""
    found = judged(forge, heads)
    started = {(what, who, argv) for what, who, argv in found["seen"] if what != "process" or who != "git"}
    assert {seen for seen in started if seen[:2] != ("write", os.devnull)} == set()
    asked = {argv.rpartition(str(forge.repo))[2].split()[0] for what, _, argv in found["seen"] if what == "process"}
    assert {word for word in asked if not word.endswith("git")} <= {"cat-file", "merge-base"}
    let_in = {name for name, (said, _, _) in found["verdicts"].items() if said not in ("refused", *ERRORS)}
    assert let_in == set(harmless)
    skipped = {name: why for name, (_, _, why) in found["verdicts"].items() if why}
    assert set(skipped) <= {"a root that is another"}, skipped  # it takes the policies away, and is refused for that
    assert {name: took for name, (_, took, _) in found["verdicts"].items() if took > LIMIT} == {}


ERRORS = ("RecordError", "RefusedError", "ConflictError")
