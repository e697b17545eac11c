"""Which files of the project are written by the code itself, and do they still say what it says?

`python -m salesrepo.dev.generate` writes them, with `--check` it only names those that differ. Drift fails the build,
so schemas, rule pages and the command page cannot disagree with what runs.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from salesrepo.checks.registry import RULES
from salesrepo.dev.rule_page import rule_index, rule_page
from salesrepo.domain.kinds.registry import KINDS, LEDGER_KINDS
from salesrepo.errors import SalesRepoError
from salesrepo.resources import PACKAGE
from salesrepo.store.model import json_schema

CHECKOUT = PACKAGE.parent
GENERATED = ("schemas/*.schema.json", "docs/rules/*.md", "docs/cli.md")
"""Every file that fits here is ours: one that nothing generates any more is removed."""


def pages() -> dict[str, str]:
    """Every generated file, as its path in the checkout and its text."""
    found = {f"schemas/{name}.schema.json": f"{json.dumps(schema, indent=2)}\n" for name, schema in _schemas()}
    found |= {f"docs/rules/{rule.code}.md": rule_page(rule) for rule in RULES}
    found["docs/rules/README.md"] = rule_index(RULES)
    found["docs/cli.md"] = _reference()
    return found


def drift(root: Path, wanted: Mapping[str, str]) -> list[str]:
    """The generated files below `root` that are missing, stale or left over, sorted."""
    stale = {path for path, text in wanted.items() if _bytes_of(root / path) != text.encode()}
    return sorted(stale | (_there(root) - set(wanted)))


def write(root: Path, wanted: Mapping[str, str]) -> None:
    """Make the generated files below `root` what they should be; files that agree are not touched."""
    for path in drift(root, wanted):
        file = root / path
        if path in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(wanted[path].encode())
        else:
            file.unlink()


def main(arguments: Sequence[str], *, root: Path = CHECKOUT) -> None:
    """Write, or with `--check` compare. Ends with SystemExit, naming the files, where something differs."""
    if [word for word in arguments if word != "--check"]:
        raise SystemExit("usage: python -m salesrepo.dev.generate [--check]")
    if not (root / "pyproject.toml").is_file():
        raise SystemExit("Generated files belong to a checkout of salesrepo, and this is none.")
    try:
        wanted = pages()
    except SalesRepoError as problem:
        raise SystemExit(f"{problem.message} {problem.hint}") from None
    if "--check" not in arguments:
        write(root, wanted)
    elif stale := drift(root, wanted):
        raise SystemExit("\n".join(["Not what the code says (run: make generate, and add the result):", *stale]))


def _schemas() -> Iterator[tuple[str, object]]:
    for kind in (*KINDS, *LEDGER_KINDS):
        if not (kind.pointer or kind.opaque or kind.words):
            yield kind.name, json_schema(kind)


def _reference() -> str:
    # By name: the commands stand a floor above this one, and nothing but their page needs them here.
    reference: Callable[[], str] = import_module("salesrepo.cli.reference").reference
    return reference()


def _there(root: Path) -> set[str]:
    return {file.relative_to(root).as_posix() for pattern in GENERATED for file in root.glob(pattern)}


def _bytes_of(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


if __name__ == "__main__":
    main(sys.argv[1:])
