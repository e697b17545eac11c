"""Is there one encoder for each sink, and does nothing go past it?"""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "salesrepo"
SOURCES = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}

SINKS = {
    "CSV": (r"csv\.(?:writer|DictWriter)\(", {"encode/csv_.py"}),
    "annotations": (r"[\"'f]::(?:error|warning|notice|debug|set-|add-|save-|group|stop|\{)", {"encode/annotation.py"}),
    "HTML": (r"html\.escape|from html import|jinja2|markupsafe", {"encode/html_.py"}),
    "XML": (r"xml\.(?:sax|etree|dom)|from xml ", set()),
    "the files of a workflow's step": (r"GITHUB_(?:ENV|PATH)\b", set()),
    "what rich would read as markup": (r"markup=True|\.from_markup|\bmarkup\.render|rich\.print", set()),
}


@pytest.mark.parametrize("sink", SINKS)
def test_nothing_goes_past_the_encoder_of(sink: str) -> None:
    pattern, doors = SINKS[sink]
    assert [path for path, text in SOURCES.items() if re.search(pattern, text) and path not in doors] == []
    assert doors <= set(SOURCES)


def test_a_report_s_json_has_one_encoder_too() -> None:
    writes = {path for path, text in SOURCES.items() if "json.dump" in text and path.startswith(("report/", "encode/"))}
    assert writes == {"encode/json_.py"}


def calls(path: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(SOURCES[path])) if isinstance(node, ast.Call)]


def test_the_terminal_is_written_in_one_place_and_rich_gets_cleaned_text_alone() -> None:
    """A stream is written by `_write`, which is given what `term` made; rich draws progress, of a `term` as well."""
    door = "cli/console.py"
    methods = [(c.func.attr, c) for c in calls(door) if isinstance(c.func, ast.Attribute)]
    assert [ast.unparse(c) for name, c in methods if name == "write"] == ["stream.write(text)"]
    assert [c for name, c in methods if name in ("print", "log", "rule", "add_row", "add_column")] == []
    assert {ast.unparse(c.args[0]) for name, c in methods if name == "add_task"} == {"term(what)"}


def test_a_bot_s_verdict_asks_every_rule() -> None:
    chosen = {
        path
        for path in SOURCES
        for call in calls(path)
        if ast.unparse(call.func).endswith("Case") and any(keyword.arg == "rules" for keyword in call.keywords)
    }
    assert chosen == {"flows/proposals/check.py"}
    asks = {path for path, text in SOURCES.items() if re.search(r"import select\b", text)}
    assert asks == {"cli/commands/check.py"}
