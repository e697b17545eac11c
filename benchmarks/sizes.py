"""Are files and functions still small enough to be read?"""

import ast
from collections.abc import Iterator

from benchmarks.measure import ROOT, Effort, Row, kept


def rows(_effort: Effort) -> Iterator[Row]:
    """Lines of the package's files and functions: nine of ten, and the longest."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "salesrepo").rglob("*.py"))}
    files = {path.name: len(text.splitlines()) for path, text in texts.items()}
    functions = {
        f"{path.name}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    for what, sizes, usual, most in (("files", files, 250, 400), ("functions", functions, 30, 60)):
        ninth = sorted(sizes.values())[int(0.9 * len(sizes))]
        longest = max(sizes, key=lambda name: sizes[name])
        yield kept(f"{what}: nine of ten", ninth, usual, unit=" lines", note=f"of {len(sizes):,}")
        yield kept(f"{what}: the longest", sizes[longest], most, unit=" lines", note=longest)
