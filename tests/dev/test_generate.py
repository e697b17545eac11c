"""Do generated files agree with the code right after writing, and is drift named file by file?"""

import functools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from salesrepo.checks.registry import RULES
from salesrepo.dev.generate import CHECKOUT, drift, main, pages, write
from salesrepo.domain.kinds.registry import KINDS

wanted = functools.cache(pages)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/tour.md").write_bytes(b"by hand\n")
    write(tmp_path, wanted())
    return tmp_path


def test_what_was_just_written_passes_the_check(checkout: Path) -> None:
    main(["--check"], root=checkout)


def test_this_checkout_is_what_the_code_says() -> None:
    assert drift(CHECKOUT, wanted()) == []


def test_a_changed_a_missing_and_a_left_over_file_are_named_and_mended(checkout: Path) -> None:
    (checkout / "docs/rules/SR201.md").write_bytes(b"mine now\n")
    (checkout / "schemas/claim.schema.json").unlink()
    (checkout / "schemas/gone.schema.json").write_bytes(b"{}\n")
    with pytest.raises(SystemExit) as drifted:
        main(["--check"], root=checkout)
    named = ["docs/rules/SR201.md", "schemas/claim.schema.json", "schemas/gone.schema.json"]
    assert str(drifted.value).splitlines()[1:] == named
    main([], root=checkout)
    assert drift(checkout, wanted()) == []
    assert not (checkout / "schemas/gone.schema.json").exists()


def test_line_ends_of_another_system_are_drift(checkout: Path) -> None:
    page = checkout / "docs/cli.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert drift(checkout, wanted()) == ["docs/cli.md"]


def test_pages_written_by_hand_are_left_alone(checkout: Path) -> None:
    main([], root=checkout)
    assert (checkout / "docs/tour.md").read_bytes() == b"by hand\n"


def test_files_that_agree_are_not_written_again(checkout: Path) -> None:
    file = checkout / "docs/cli.md"
    before = file.stat().st_mtime_ns
    main([], root=checkout)
    assert file.stat().st_mtime_ns == before


def test_the_pages_do_not_depend_on_the_terminal_or_the_order_of_hashes(checkout: Path) -> None:
    code = "import sys, pathlib, salesrepo.dev.generate as g; g.main(['--check'], root=pathlib.Path(sys.argv[1]))"
    for seed, columns in (("1", "40"), ("2", "200")):
        done = subprocess.run(
            [sys.executable, "-c", code, str(checkout)],
            cwd=CHECKOUT,
            env={"PYTHONHASHSEED": seed, "COLUMNS": columns, "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_every_kind_that_is_written_as_yaml_has_a_schema_with_its_name() -> None:
    titles = {path: json.loads(text)["title"] for path, text in wanted().items() if path.startswith("schemas/")}
    assert titles == {f"schemas/{name}.schema.json": name for name in titles.values()}
    without = {kind.name for kind in KINDS if kind.pointer or kind.opaque or kind.words}
    assert {"hold", "deal-hold", "guide", "schema-file", "playbook", "story", "outbound"} <= without
    assert {kind.name for kind in KINDS} - set(titles.values()) == without
    assert {"ledger-batch", "by-deal"} <= set(titles.values())


def test_every_rule_has_its_page_and_its_row() -> None:
    index = wanted()["docs/rules/README.md"]
    for rule in RULES:
        page = wanted()[f"docs/rules/{rule.code}.md"]
        assert page.startswith(f"# {rule.code} {rule.name}\n\n")
        assert [line for line in page.splitlines() if line.startswith("## ")][:2] == ["## Why", "## Fix"]
        assert f"| [{rule.code}]({rule.code}.md) | {rule.name} |" in index


def test_every_page_ends_with_one_line_break_and_has_no_blank_ends() -> None:
    for path, text in wanted().items():
        assert text.endswith("\n") and not text.endswith("\n\n"), path
        assert [line for line in text.splitlines() if line != line.rstrip()] == [], path


def test_a_misspelt_option_and_a_folder_that_is_no_checkout_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="usage"):
        main(["--chek"])
    with pytest.raises(SystemExit, match="checkout"):
        main([], root=tmp_path)
    assert list(tmp_path.iterdir()) == []
