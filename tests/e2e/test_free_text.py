"""Does what a seller types arrive to the letter, whatever it is?"""

from collections.abc import Iterator

import pytest
import yaml

from salesrepo.store.outbox import Outbox
from tests.helpers.office import Office

SIGNS = '$5,000 & O\'Brien: "yes" #1 > 2'
ONE_LINE = {
    "signs": SIGNS,
    "emoji": "🎉 signed 👩‍💻 ok 👍🏽",
    "japanese": "株式会社日本橋 と 面談",
    "arabic": "شركة الأمل",
    "dashes": "--looks like an option -x",
    "yaml": "- [no]: {null, ~, 1e3} | > ! % @ `",
    "number": "007",
    "word": "no",
    "backslash": r"C:\temp\new %s {0} \u0041",
}
LONG = {"lines": "First line\n  second, indented\n\nlast: #4", "longest": "A very long story. " * 210}


def texts(office: Office, prefix: str) -> Iterator[dict[str, object]]:
    """What another reader of YAML finds in the accepted files."""
    for data in office.files(prefix).values():
        yield from (document for document in yaml.safe_load_all(data) if document)


def test_what_was_said_in_a_call_arrives_to_the_letter(office: Office) -> None:
    said = [*ONE_LINE.values(), *LONG.values()]
    for text in said:
        office.run("ana", "log", "call", "acme", "+12", "--", text)
    office.run("ana", "submit")
    calls = list(texts(office, "nodes/24/d/ana/log"))
    assert [call["note"] for call in calls] == said
    assert {call["minutes"] for call in calls} == {"12"}


def test_every_text_in_every_place_arrives_to_the_letter(office: Office) -> None:
    for number, text in enumerate(ONE_LINE.values()):
        office.run("ana", "log", "email", "acme", f"--next={text}", "--due", "2026-03-09", "--", text)
        office.run("ana", "log", "deal", "acme", "--product", "pro", f"--note={text}")
        office.run("ana", "lose", f"acme/{number + 1}", f"--reason={text}")
    office.run("ana", "submit")
    said = list(texts(office, "nodes/24/d/ana/log"))
    assert {mail["note"] for mail in said} == {mail["next"]["text"] for mail in said} == set(ONE_LINE.values())  # type: ignore[index]
    deals = list(texts(office, "deals"))
    assert {deal["note"] for deal in deals} == {deal["reason"] for deal in deals} == set(ONE_LINE.values())


def test_a_lead_is_called_what_the_seller_calls_it(office: Office) -> None:
    office.run("ana", "claim", "lead.com", f"--company={SIGNS}", "--country", "US", f"--note={SIGNS}")
    assert SIGNS in {account.get("name") for account in texts(office, "accounts")}
    assert SIGNS in {claim.get("note") for claim in texts(office, "claims")}


def test_a_company_and_its_people_are_called_as_they_call_themselves(office: Office) -> None:
    top = office.top.parent / "second"
    name = 'Müller & "Söhne" \\ Co: #1'
    Office(office.top.parent).run("", "init", str(top), "--as", "zoe", "--person", name, "--name", name)
    second = Office(top)
    assert yaml.safe_load(second.file("salesrepo.yml"))["name"] == name
    assert yaml.safe_load(second.file("nodes/", "zoe/node.yml"))["name"] == name


def test_a_reviewer_is_heard_to_the_letter(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", SIGNS)
    office.run("ana", "submit")
    (waits,) = office.run("fay", "review", "list", "--json").json["proposals"]
    office.run("fay", "review", "reject", str(waits["number"]), f"--message={ONE_LINE['signs']}")
    assert f"Came back: Deal acme/1: {ONE_LINE['signs']}\n" in office.run("ana", "sync").out


@pytest.mark.parametrize("text", ["Write to bob@example.com", "Or call +49 89 123456"])
def test_how_to_reach_a_person_is_refused_when_it_is_typed(unchanged: Office, text: str) -> None:
    refused = unchanged.run("ana", "log", "call", "acme", text, code=2).err
    assert "This text holds a" in refused and "the CFO" in refused
    assert unchanged.outbox("ana") == {}


def test_what_could_steer_a_terminal_is_refused_and_shown_harmless(unchanged: Office) -> None:
    for words in (("log", "call", "acme", "Evil \x1b[31m"), ("log", "deal", "acme", "--product", "\x1b[31m")):
        assert "\x1b" not in unchanged.run("ana", *words, code=2).said
    assert "\x1b" not in unchanged.run("ana", "show", "\x1b[31mred", code=3).said
    assert unchanged.outbox("ana") == {}


def test_one_activity_that_is_refused_keeps_no_other_back(office: Office) -> None:
    for text in ("Good one", "Write to BOB", "Good two", "Or call ANN"):
        office.run("ana", "log", "call", "acme", text)
    (stream,) = office.outbox("ana")
    box = Outbox(office.folder("ana"))  # `sr log` refuses them, a text edited by hand may still hold them
    noted = (box.read(stream) or b"").replace(b"BOB", b"bob@example.com").replace(b"ANN", b"+49 89 123456")
    box.put(stream, noted, base=None)
    refused = office.run("ana", "submit", code=1).out
    assert "Activities of 2026-03-02: accepted." in refused and "holds an e-mail address" in refused
    assert [call["note"] for call in texts(office, "nodes/24/d/ana/log")] == ["Good one", "Good two"]
    (bad,) = office.outbox("ana")
    assert b"Good" not in (office.note("ana", bad) or b"")
    office.run("ana", "log", "call", "acme", "Good three")
    office.run("ana", "submit", code=1)
    office.run("ana", "undo", "acme")
    assert office.run("ana", "submit").out == "There is nothing to send.\n"
    assert len(list(texts(office, "nodes/24/d/ana/log"))) == 3


@pytest.mark.parametrize(
    "text", ["x" * 4001, "Pasted \x1b[31m colours", "zero\u200bwidth"], ids=["long", "colour", "hidden"]
)
def test_what_no_record_can_hold_is_said_at_once(unchanged: Office, text: str) -> None:
    assert "\n  -> " in unchanged.run("ana", "log", "call", "acme", text, code=2).err
    assert unchanged.outbox("ana") == {}
