"""Can what is learned of an account after the claim be added, asked about like a new lead, and agreed to by another?"""

import pytest

from tests.helpers.office import Office
from tests.helpers.words import git_words


def test_a_company_known_by_name_gets_its_domain_and_its_parent(office: Office) -> None:
    office.run("ana", "claim", "Bolt Works", "--country", "US")
    told = office.run("ana", "amend", "bolt", "--domain", "https://www.bolt-works.com/x", "--parent", "acme").out
    assert "Noted of Bolt Works (n-us-bolt-works): belongs to d-acme.com, d-bolt-works.com." in told
    assert "Somebody else confirms that d-bolt-works.com is Bolt Works." in told and not git_words(told)
    office.run("ana", "amend", "bolt", "--employees", "40")
    assert "is known of Bolt Works" in office.run("ana", "amend", "bolt", "--employees", "40").out
    sent = office.run("ana", "submit").out
    assert "it waits for sales ops" in sent
    (waits,) = office.run("dana", "review", "list", "--json").json["proposals"]
    for word in ("approve", "merge"):
        office.run("dana", "review", word, str(waits["number"]))
    record = office.file("accounts/", "/n-us-bolt-works.yml")
    assert "parent: d-acme.com" in record and "employees: " in record and "confirmed" not in record
    assert "account: n-us-bolt-works" in office.file("accounts/aliases/", "/d-bolt-works.com.yml")
    assert "is taken by Ana Lima" in office.run("ben", "claim", "bolt-works.com", code=4).out
    shown = office.run("ben", "show", "bolt-works.com").out
    assert "Also known as: d-bolt-works.com" in shown and "It belongs to d-acme.com." in shown


def test_what_is_noted_already_is_amended_in_place_and_another_fact_takes_the_confirmation(office: Office) -> None:
    office.run("ana", "claim", "widget.com", "--company", "Widget", "--country", "US", "--later")
    assert "n-us-wadget" in office.run("ana", "amend", "widget", "--company", "Wadget").out
    assert sorted(path.rsplit("/", 1)[1] for path in office.outbox("ana") if "aliases/" in path) == [
        "n-us-wadget.yml",
        "n-us-widget.yml",
    ]
    office.run("ana", "undo", "widget")
    office.run("ana", "sync")
    told = office.run("ana", "amend", "acme", "--country", "CA").out
    assert "Noted of Acme (d-acme.com): country CA, n-ca-acme." in told
    assert "The facts that decide the territory of Acme change while somebody holds it." in told
    noted = next(data for path in office.outbox("ana") if (data := office.note("ana", path)) and b"country: CA" in data)
    assert b"confirmed" not in noted and b"yaml-language-server" in noted
    again = office.run("ana", "claim", "acme.com", "--employees", "12").out
    assert "Next: sr amend d-acme.com --employees 12" in again


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("acme",), 2, "What did you learn of it?"),
        (("acme/1", "--country", "DE"), 2, "acme/1 is a deal."),
        (("beta.com", "--country", "DE"), 3, "You do not hold Beta."),
        (("acme", "--domain", "beta.com"), 3, "d-beta.com belongs to Beta (d-beta.com) already, which Ben Okoye has."),
        (("acme", "--alias", "Beta Inc."), 3, "n-us-beta belongs to Beta"),
        (("acme", "--domain", "beta.net"), 3, "add: --not-same d-beta.com"),
        (("acme", "--domain", "Acme Holding"), 2, "Acme Holding is no domain."),
        (("acme", "--number", "acme.de"), 2, "acme.de is no number."),
        (("acme", "--parent", "acme"), 2, "Acme cannot belong to itself."),
        (("acme", "--parent", "nobody.com"), 3, "nobody.com is not known here."),
        (("acme", "--country", "XX"), 2, "XX"),
        (("acme", "--company", "call +1 555 0100 123"), 2, "This text holds"),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_next_step(
    unchanged: Office, words: tuple[str, ...], code: int, told: str
) -> None:
    reply = unchanged.run("ana", "amend", *words, code=code)
    assert told in reply.err and "\n  -> " in reply.err
    assert unchanged.outbox("ana") == {}
