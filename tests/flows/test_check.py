"""Does `check` say before sending what the bots will say after?"""

import subprocess
from pathlib import Path

import pytest

from tests.helpers.office import Office


def commit(folder: Path, path: str, text: str) -> str:
    """A commit over HEAD in somebody's own copy, which stays where it is; returns its id."""
    git = ["git", "-C", str(folder)]
    (folder / path).write_text(text)
    subprocess.run([*git, "add", path], check=True)
    tree = subprocess.run([*git, "write-tree"], check=True, capture_output=True, text=True).stdout.strip()
    made = [*git, "commit-tree", "-p", "HEAD", "-m", "Change", tree]
    oid = subprocess.run(made, check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run([*git, "reset", "-q", "--hard"], check=True)
    return oid


def test_the_outbox_is_judged_as_the_bots_will(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "600")
    found = office.run("ana", "check", "--json", code=1).json
    assert found["verdict"] == "refused" and "SR303" in {one["code"] for one in found["findings"]}
    sent = office.run("ana", "submit", "--json", code=1).json["sent"][0]
    assert {one["message"] for one in sent["findings"]} == {one["message"] for one in found["findings"]}


def test_an_edited_file_is_judged_where_it_lies(office: Office) -> None:
    path = office.top / "dana" / "products" / "pro.yml"
    path.write_text("sku: pro\nname: Pro\nprice: dear\ncurrency: USD\n")
    told = office.run("dana", "check", "products/pro.yml", code=1).out
    assert "products/pro.yml:3:" in told
    assert office.run("dana", "check", "products", code=1).out == told
    assert office.run("dana", "check", code=1).out == told


def test_a_revision_is_judged_by_its_base(office: Office) -> None:
    text = 'sku: new\nname: New\nprice: "5.00"\ncurrency: USD\n'
    oid = commit(office.top / "dana", "products/new.yml", text)
    base = ("check", "--base", "HEAD", "--head", oid)
    assert office.run("dana", *base).code == 0
    assert "Only sales operations" in office.run("dana", *base, "--actor", "ana", code=1).out


def test_the_whole_of_main_is_sound(unchanged: Office) -> None:
    assert "No findings" in unchanged.run("ana", "check", "--all").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nofile.yml",), 2),
        (("/etc/hosts",), 2),
        (("--base", "HEAD"), 2),
        (("--base", "HEAD", "--head", "nowhere"), 3),
        (("--format", "xml"), 2),
        (("--actor", "nobody"), 2),
        (("--all", "products"), 2),
    ],
)
def test_what_cannot_be_judged_is_answered_with_the_next_step(
    unchanged: Office, words: tuple[str, ...], code: int
) -> None:
    assert "\n  -> " in unchanged.run("ana", "check", *words, code=code).err


def test_a_folder_in_which_nothing_is_edited_is_said_to_be_so(unchanged: Office) -> None:
    told = unchanged.run("dana", "check", "policy").out
    assert told == "Nothing there is edited. To audit what is accepted: salesrepo check --all\n"
