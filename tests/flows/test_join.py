"""Does joining make a whole copy or none, and write nothing but the request?"""

import pytest

from tests.helpers.office import Office


def test_joining_writes_one_request_and_nothing_else(founded: Office) -> None:
    before = founded.files()
    founded.run("", "join", ".", "--as", "zoe", "--name", "Zoe")
    added = {path for path in founded.files() if path not in before}
    assert added == {"requests/6.yml"} and founded.outbox("zoe") == {}
    told = founded.run("dana", "node", "admit", "zoe").out
    assert "Zoe covers no territory, so may claim nothing: salesrepo node change zoe --territory +TERRITORY" in told
    assert "Zoe has no plan, so is paid nothing: salesrepo node change zoe --plan PLAN" in told
    assert "requests/6.yml" not in founded.files()


def test_somebody_known_gets_another_copy_at_once(office: Office) -> None:
    told = office.run("", "join", ".", "--as", "ana", "--into", "laptop").out
    assert "You are known there already." in told
    assert "Acme" in office.run("laptop", "status").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere", "--as", "zoe"), 3, "There is no company in nowhere."),
        ((".", "--as", "Zoe Z"), 3, "cannot be a node's name"),
        ((".", "--as", "con"), 3, "cannot be a node's name"),
        ((".", "--as", "zoe", "--into", "ana"), 4, "is not empty"),
        ((".",), 2, "--as"),
    ],
)
def test_what_cannot_be_joined_leaves_nothing_behind(
    unchanged: Office, words: tuple[str, ...], code: int, told: str
) -> None:
    before = sorted(unchanged.top.iterdir())
    reply = unchanged.run("", "join", *words, code=code)
    assert told in reply.err and "\n  -> " in reply.err
    assert sorted(unchanged.top.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("new", "--as", "Zoe Z"), 3, "cannot be a node's name"),
        (("new", "--as", "zoe", "--currency", "XYZ"), 3, "XYZ"),
        (("new", "--as", "zoe", "--time-zone", "Mars/Base"), 3, "Mars/Base"),
        (("new", "--as", "zoe", "--pay", "secret"), 2, "either open or private"),
        (("new", "--as", "zoe", "--forge", "github"), 3, "not supported yet"),
        (("ana", "--as", "zoe"), 4, "is not empty"),
    ],
)
def test_what_cannot_be_founded_leaves_nothing_behind(
    unchanged: Office, words: tuple[str, ...], code: int, told: str
) -> None:
    reply = unchanged.run("", "init", *words, code=code)
    assert told in reply.err and "\n  -> " in reply.err
    assert not (unchanged.top / "new").exists()
