"""Does a receipt say what a merge was, and an older one still, when the proposal was opened or not?"""

import pytest

from salesrepo.domain.receipt import Receipt, read_receipt

PLAIN = Receipt(7, "3", "a" * 40, "b" * 40, "auto", ("4", "5"))
OPENED = Receipt(7, "3", "a" * 40, "b" * 40, "auto", ("4", "5"), "2026-03-02T12:00:00Z")


@pytest.mark.parametrize("receipt", [PLAIN, OPENED])
def test_what_was_written_is_read_back(receipt: Receipt) -> None:
    assert read_receipt(receipt.message("3 claim\n\nProposal: 9")) == receipt


def test_an_older_receipt_does_not_say_when_it_was_opened() -> None:
    assert "Opened" not in PLAIN.message("1 claim")
    found = read_receipt(PLAIN.message("1 claim"))
    assert found is not None and found.opened == ""


@pytest.mark.parametrize("moment", ["yesterday", "2026-03-02", "2026-03-02T12:00:00+01:00"])
def test_a_moment_that_is_none_makes_the_receipt_none(moment: str) -> None:
    assert read_receipt(OPENED.message("1 claim").replace("2026-03-02T12:00:00Z", moment)) is None
