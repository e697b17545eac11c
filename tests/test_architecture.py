"""Does the building keep its own rules: registries equal folders, sizes, docstrings, doors, light start, no traces?"""

import ast
import functools
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from salesrepo.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "salesrepo"


# --- reading the source ----------------------------------------------------------------------------------------------


@functools.cache
def sources() -> dict[str, ast.Module]:
    """Every file of the package, as its path below salesrepo/."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def stems(room: str) -> set[str]:
    """The files of a room that must stand in its registry, or be used by one that does."""
    folder = PACKAGE / room
    assert folder.is_dir(), f"salesrepo/{room}/ does not exist"
    return {path.stem for path in folder.glob("*.py")} - {"__init__", "registry"}


def registry(room: str, name: str) -> Any:
    return getattr(importlib.import_module(f"salesrepo.{room.replace('/', '.')}.registry"), name)


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that is imported anywhere in a file, with its line; `from a import b` counts as a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def unused(room: str, registered: Iterable[str]) -> set[str]:
    """Files of a room that neither its registry names nor any other file imports."""
    prefix = f"salesrepo.{room.replace('/', '.')}."
    used = {name.removeprefix(prefix) for tree in sources().values() for name, _ in imports(tree)}
    return stems(room) - set(registered) - used


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names, empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (inner := dotted(node.value)):
        return f"{inner}.{node.attr}"
    return ""


def found(allowed: Callable[[str], bool], faults: Callable[[ast.Module], Iterable[tuple[str, int]]]) -> list[str]:
    """`file:line what` for each fault outside the files where it is allowed."""
    return [
        f"salesrepo/{path}:{line} {what}"
        for path, tree in sources().items()
        if not allowed(path)
        for what, line in faults(tree)
    ]


# --- registries equal folders ----------------------------------------------------------------------------------------


def test_every_rule_file_is_registered_and_begins_with_its_code() -> None:
    files = {rule.module.rpartition(".")[2]: rule.code for rule in registry("checks", "RULES")}
    assert stems("checks/rules") == set(files)
    assert [file for file, code in files.items() if file.partition("_")[0] != code.lower()] == []


def test_rules_stand_in_code_order_and_no_code_is_given_twice() -> None:
    codes = [rule.code for rule in registry("checks", "RULES")]
    assert codes == sorted(set(codes))


def kinds_defined() -> dict[str, str]:
    """The name of each `NAME = Kind(...)` in domain/kinds/, and its file's stem."""
    return {
        target.id: Path(path).stem
        for path, tree in sources().items()
        if path.startswith("domain/kinds/")
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and dotted(node.value.func) == "Kind"
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def test_every_record_kind_is_registered() -> None:
    defined = kinds_defined()
    kinds = {getattr(importlib.import_module(f"salesrepo.domain.kinds.{stem}"), name) for name, stem in defined.items()}
    lists = vars(importlib.import_module("salesrepo.domain.kinds.registry")).values()
    listed = [kind for one in lists if isinstance(one, tuple) for kind in one]
    assert set(registry("domain/kinds", "KINDS")) <= set(listed)
    assert sorted(kind.name for kind in listed) == sorted({kind.name for kind in kinds})
    assert unused("domain/kinds", defined.values()) == set()


def test_every_way_to_write_a_table_is_registered() -> None:
    modules = {type(shape).__module__.rpartition(".")[2] for shape in registry("commission", "TABLES")}
    assert modules == stems("commission/rates")


@pytest.mark.parametrize(
    ("room", "names"), [("report", "FORMATS LAYOUTS DRAWINGS"), ("export", "FORMATS"), ("forge", "FORGES")]
)
def test_every_format_and_forge_is_registered_and_loads(room: str, names: str) -> None:
    targets = [target for name in names.split() for target in registry(room, name).values()]
    modules = [target.partition(":")[0] for target in targets]
    modules = [module if module.startswith("salesrepo.") else f"salesrepo.{room}.{module}" for module in modules]
    for module, target in zip(modules, targets, strict=True):
        loaded = importlib.import_module(module)
        if attribute := target.partition(":")[2]:
            assert hasattr(loaded, attribute), target
    assert unused(room, {module.rpartition(".")[2] for module in modules}) == set()


def test_every_command_is_named_by_the_app() -> None:
    doors = [tree for path, tree in sources().items() if re.fullmatch(r"cli/[^/]+", path)]
    assert stems("cli/commands"), "no commands"
    named = {name.rpartition(".")[2] for tree in doors for name, _ in imports(tree)} | {
        word
        for tree in doors
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w.:-]+", node.value)
        for word in re.findall(r"\w+", node.value)
    }
    assert unused("cli/commands", named) == set()


# --- sizes and docstrings (DESIGN 7) ---------------------------------------------------------------------------------


def ninth_of_ten(sizes: list[int]) -> int:
    return sorted(sizes)[int(0.9 * len(sizes))]


def test_files_stay_small() -> None:
    sizes = {path: len((PACKAGE / path).read_bytes().splitlines()) for path in sources()}
    assert [f"{path} {size} lines" for path, size in sizes.items() if size > 400] == []
    assert ninth_of_ten(list(sizes.values())) <= 250


def test_functions_stay_small() -> None:
    sizes = {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in sources().items()
        for node in functions(tree)
    }
    assert [f"{name} {size} lines" for name, size in sizes.items() if size > 60] == []
    assert ninth_of_ten(list(sizes.values())) <= 30


def test_every_module_and_all_that_is_public_says_what_it_is() -> None:
    def bare(tree: ast.Module) -> Iterator[tuple[str, int]]:
        if not ast.get_docstring(tree):
            yield "module", 1
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
        for node in [*tree.body, *(member for one in classes for member in one.body)]:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                overloads = {dotted(decorator).rpartition(".")[2] for decorator in node.decorator_list}
                if not node.name.startswith("_") and "overload" not in overloads and not ast.get_docstring(node):
                    yield node.name, node.lineno

    assert found(lambda path: False, bare) == []


# --- a rule is its docstring, its page and its cases -----------------------------------------------------------------


def test_every_rule_says_why_and_how_to_mend_it() -> None:
    pages = {rule.code: (rule.page, ROOT / "docs/rules" / f"{rule.code}.md") for rule in registry("checks", "RULES")}
    assert [code for code, (page, _) in pages.items() if "## Why" not in page or "## Fix" not in page] == []
    assert [code for code, (_, file) in pages.items() if not file.is_file()] == []
    assert {path.stem for path in (ROOT / "docs/rules").glob("SR*.md")} == set(pages)


def test_every_rule_has_a_case_that_passes_and_one_that_fails() -> None:
    codes = {rule.code for rule in registry("checks", "RULES")}
    cases = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests/checks/cases").glob("*.yml")}
    assert set(cases) == codes
    for verdict in ("pass", "(?:fail|warn)"):  # a rule that only advises refuses nothing
        named = re.compile(rf"^\s*(?:-\s+)?(?:\w+:\s*)?{verdict}\w*\b", re.MULTILINE)
        assert [code for code, text in cases.items() if not named.search(text)] == [], f"without a {verdict} case"


def test_the_page_of_exit_codes_is_the_table_that_the_code_uses() -> None:
    page = (ROOT / "docs/exit-codes.md").read_text(encoding="utf-8")
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)] == [int(code) for code in ExitCode]


# --- a light start ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--help"], ["log", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "salesrepo", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    timed = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    assert done.returncode == 0, [line for line in done.stderr.splitlines() if line not in timed]
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in timed}
    assert "typer" in loaded
    assert loaded & {"git", "ruamel", "pydantic", "yaml", "rich"} == set()


def test_the_pay_code_loads_no_records() -> None:
    code = "import sys, salesrepo.commission.engine; print(*sys.modules)"
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()
    )
    assert "salesrepo.commission.rating" in loaded
    assert {
        name for name in loaded if name.startswith("salesrepo.domain.kinds") or name in ("dataclasses", "yaml")
    } == set()


# --- doors -----------------------------------------------------------------------------------------------------------

DOORS = [
    ({"git", "subprocess", "pty"}, r"vcs/.*"),
    ({"multiprocessing"}, r"bulk/run\.py"),
    ({"duckdb", "pyarrow"}, r"bulk/.*"),
    ({"ruamel"}, r"store/edit\.py"),
    ({"yaml"}, r"store/gate\.py"),
    ({"pydantic", "pydantic_core"}, r"store/(?:model|annotations)\.py"),
    ({"rich"}, r"cli/console\.py"),
    ({"typer", "click"}, r"cli/.*"),
    ({"socket", "ssl", "http.client", "http.server", "urllib.request", "requests", "httpx"}, r"forge/.*"),
]


@pytest.mark.parametrize(("outside", "door"), DOORS)
def test_each_outside_thing_has_one_door(outside: set[str], door: str) -> None:
    def through(tree: ast.Module) -> Iterator[tuple[str, int]]:
        return ((name, line) for name, line in imports(tree) if any(f"{name}.".startswith(f"{o}.") for o in outside))

    assert found(lambda path: re.fullmatch(door, path) is not None, through) == []


PRINTERS = re.compile(
    r"(?:builtins\.)?(?:print|input)|sys\.(?:__)?std(?:in|out|err)(?:__)?"
    r"|(?:typer|click)\.(?:secho|echo|echo_via_pager|prompt|confirm|launch|edit|pause)"
)


def test_only_the_console_and_the_error_boundary_print() -> None:
    def prints(tree: ast.Module) -> Iterator[tuple[str, int]]:
        for node in ast.walk(tree):
            # A bare `input` that is not called may be a parameter's name.
            part = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else node
            if isinstance(part, ast.Attribute) or (isinstance(part, ast.Name) and part is not node):
                if PRINTERS.fullmatch(name := dotted(part)):
                    yield name, part.lineno
        yield from ((name, line) for name, line in imports(tree) if PRINTERS.fullmatch(name))

    assert found(lambda path: path in ("cli/console.py", "cli/app.py"), prints) == []


# Where the surroundings come in, and with what.
SURROUNDINGS = re.compile(
    r"(?:datetime\.)?(?:datetime\.(?:now|utcnow|today)|date\.today)"
    r"|time\.(?:time|monotonic|perf_counter|process_time|localtime|gmtime|strftime|ctime)(?:_ns)?"
    r"|os\.(?:environb?|getenv|getlogin)|getpass\.\w+|random\.\w+|uuid\.uuid[14]"
)
SURROUNDED = re.compile(r"flows/here/(?:workspace|place)\.py|ci/event\.py|cli/.*|vcs/run\.py")


def test_clock_and_environment_come_in_by_their_doors_only() -> None:
    def looks(tree: ast.Module) -> Iterator[tuple[str, int]]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and SURROUNDINGS.fullmatch(name := dotted(node)):
                yield name, node.lineno

    faults = found(lambda path: SURROUNDED.fullmatch(path) is not None, looks)
    waits = {line for line in faults if re.match(r"salesrepo/files\.py:\d+ time\.monotonic$", line)}
    assert set(faults) - waits == set()


# --- no traces -------------------------------------------------------------------------------------------------------

# Spelt in pieces, so that this file does not hold what it looks for.
TRACES = re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", "/tmp/" + "bash", "pypi" + "-more"]))
OURS = {".ci", ".github"}
GENERATED = {"demo", "build", "dist", "__pycache__"}


def tracked() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name in OURS or not (name.startswith(".") or name in GENERATED)]
        yield from (Path(folder, name) for name in names if not name.endswith(".pyc"))


def test_nothing_tells_where_it_was_written() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if TRACES.search(line)
    ]
    assert faults == []
