"""Does a person's word count where it should, and nowhere else?"""

import pytest

from tests.helpers.office import Office


@pytest.fixture
def waiting(office: Office) -> Office:
    """Ana's won deal waits; its number is the newest."""
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    return office


def number_of(office: Office) -> str:
    return str(office.run("fay", "review", "list", "--json").json["proposals"][0]["number"])


def test_a_reviewer_sees_what_changes_why_it_waits_and_for_whom(waiting: Office) -> None:
    assert "Deal acme/1  Ana Lima  review" in waiting.run("fay", "review", "list").out
    shown = waiting.run("fay", "review", "show", number_of(waiting)).out
    assert "Deal acme/1, from Ana Lima" in shown and "SR401" in shown
    assert "One of these must approve: finance, manager, sales_ops." in shown


def test_a_rejection_needs_a_reason_and_somebody_who_may(waiting: Office) -> None:
    number = number_of(waiting)
    assert "--message" in waiting.run("fay", "review", "reject", number, code=2).err
    assert "Only its sender" in waiting.run("ben", "review", "reject", number, "-m", "No", code=3).err
    waiting.run("fay", "review", "reject", number, "-m", "No", "--dry-run")
    assert number_of(waiting) == number
    waiting.run("ana", "review", "reject", number, "-m", "My own mistake")
    assert waiting.run("fay", "review", "list").out == "Nothing waits.\n"
    assert "is closed already" in waiting.run("fay", "review", "approve", number, code=3).err


def test_a_dry_run_decides_nothing(waiting: Office) -> None:
    number, main = number_of(waiting), waiting.main()
    waiting.run("fay", "review", "approve", number, "--dry-run")
    waiting.run("fay", "review", "merge", number, "--dry-run", code=3)
    waiting.run("fay", "review", "approve", number)
    assert "would be merged" in waiting.run("fay", "review", "merge", number, "--dry-run").out
    assert waiting.main() == main


def test_bots_merge_what_is_agreed_and_leave_the_rest(waiting: Office) -> None:
    number = number_of(waiting)
    waiting.run("fay", "ci", "check", number)
    assert waiting.run("fay", "ci", "merge", "--json").json["changed"] is False
    waiting.run("fay", "review", "approve", number)
    assert waiting.run("fay", "ci", "merge", "--json").json["changed"] is True
    assert waiting.run("fay", "ci", "merge").out == "Nothing waits.\n"


@pytest.mark.parametrize("verb", ["show", "approve", "merge"])
def test_a_number_that_is_none_is_answered_with_the_next_step(unchanged: Office, verb: str) -> None:
    assert "There is no proposal 999." in unchanged.run("fay", "review", verb, "999", code=3).err
    unchanged.run("fay", "review", verb, "first", code=2)
