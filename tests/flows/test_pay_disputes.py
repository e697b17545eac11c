"""Is a question about pay asked, told, answered and put right, while pay goes on?"""

import pytest

from salesrepo.domain.kinds.pay_dispute import dispute_id
from tests.helpers.office import Office, office_after
from tests.helpers.words import git_words

LINE = "d-acme.com-1 won ana base 2016-01-01 1"
ASKED = dispute_id("ana", LINE)


def paid(office: Office) -> None:
    """Ana has won acme/1 and was paid for it; acme/2 is open."""
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "990")
    office.run("ana", "submit")
    for waits in office.run("fay", "review", "list", "--json").json["proposals"]:
        office.run("fay", "review", "approve", str(waits["number"]))
        office.run("fay", "review", "merge", str(waits["number"]))
    office.run("fay", "commission", "settle")
    for who in ("ana", "ben", "max", "dana"):
        office.run(who, "sync")


paid_office = office_after(paid)


def test_a_question_is_asked_told_and_answered(paid: Office) -> None:
    asked = paid.run("ana", "pay", "dispute", "acme/1", "Is the list price the base?")
    print(asked.said, paid.run("ana").said)
    print(paid.run("fay", "sync").said, paid.run("fay").said)
    print(paid.run("fay", "commission", "disputes").said)
    print(paid.run("ana", "pay", "why", "acme/1").said)
    print(paid.run("fay", "commission", "answer", ASKED, "It is: 1,000.00.", "--verdict", "right_as_it_is").said)
    paid.run("ana", "sync")
    print(paid.run("ana").said)
    print(paid.run("ana", "pay", "disputes").said)
    print(paid.files("disputes/"))
    assert 0
