"""Does `brand` say of a text what the bots will say, and of a rule whether it is worth trusting?"""

import subprocess
from pathlib import Path

import pytest

from tests.helpers.office import Office, Reply
from tests.helpers.words import git_words

LETTER = "# Hello\n\nOur service is guaranteed, and\nthe best in class.\n"


def piped(office: Office, text: bytes, *words: str) -> Reply:
    with office.start(
        "ana", "brand", "check", *words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=False
    ) as child:
        out, _ = child.communicate(text, timeout=60)
    return Reply(child.returncode, out.decode())


def test_a_letter_is_judged_with_line_and_column_before_it_goes_anywhere(founded: Office, tmp_path: Path) -> None:
    letter = tmp_path / "letter.md"
    letter.write_text(LETTER)
    found = founded.run("ana", "brand", "check", str(letter), "--json", code=1).json
    assert [(f["line"], f["column"], f["severity"], f["rule"]) for f in found["findings"]] == [
        (3, 16, "error", "brand.guarantee"),
        (4, 5, "warning", "brand.terms"),
    ]
    assert (found["texts"], found["waived"]) == (1, 0)
    told = founded.run("ana", "brand", "check", str(letter), code=1)
    assert f"{letter}:3:16  error  brand.guarantee" in told.out
    assert "This cannot go out like this." in told.out
    assert git_words(told.out.replace(str(letter), "")) == []


def test_what_comes_in_is_judged_for_whom_it_is_meant(founded: Office) -> None:
    told = piped(founded, b"Seats cost 12 EUR. We are GDPR certified.\n")
    assert told.code == 1
    assert "text:1:12  error  brand.price-disclaimer" in told.out
    assert "brand.badges" in told.out
    assert piped(founded, b"Seats cost 12 EUR.\n", "-", "--as", "playbooks").code == 0
    nothing = piped(founded, b"", "-")
    assert (nothing.code, "0 findings in 1 text" in nothing.out) == (0, True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xff\xfe", "not UTF-8"),
        ("gu\u200barantee\n".encode(), "U+200B"),
        ("a\u202eb\n".encode(), "U+202E"),
        (b"a\x1b[31m\n", "not allowed here"),
        (b"guaranteed " * 30_000, "at most 262,144"),
    ],
)
def test_bytes_that_hide_something_are_no_text(founded: Office, tmp_path: Path, text: bytes, says: str) -> None:
    file = tmp_path / "letter.md"
    file.write_bytes(text)
    assert says in founded.run("ana", "brand", "check", str(file), code=3).err


def test_promises_and_what_is_never_promised_are_told_as_well(founded: Office, tmp_path: Path) -> None:
    letter = tmp_path / "letter.md"
    letter.write_text("A two-year guarantee [p-warranty-2y], and [p-moon].\n\nWe promise you an ROI.\n")
    found = founded.run("ana", "brand", "check", str(letter), "--json", code=1).json["findings"]
    assert [(f["line"], f["rule"]) for f in found] == [(1, "promise.p-moon"), (3, "never.n-outcome")]


def test_a_folder_of_texts_and_words_that_nobody_knows(founded: Office, tmp_path: Path) -> None:
    top = tmp_path / "texts"
    top.mkdir()
    (top / "a.md").write_text("Fine.\n")
    (top / "b.txt").write_text("2 * 3 * 4\n")
    (top / "c.png").write_bytes(b"\x00")
    assert founded.run("ana", "brand", "check", str(top), "--json").json["texts"] == 2
    assert "outbound" in founded.run("ana", "brand", "check", str(top), "--as", "poem", code=2).err
    assert "There is no file" in founded.run("ana", "brand", "check", str(top / "none"), code=2).err
    for country in ("x", "XX"):
        assert "not a country" in founded.run("ana", "brand", "check", str(top), "--country", country, code=2).err


def test_waived_places_are_counted_and_shown(founded: Office) -> None:
    index = founded.top / "dana" / "brand" / "index.yml"
    waiver = (
        "waivers:\n  - {rule: brand.guarantee, file: stories/acme.md, match: guaranteed uptime, reason: SLA 99.9.,"
        ' by: dana, until: "2026-03-02"}\n'
    )
    index.write_text(index.read_text() + waiver)
    story = founded.top / "dana" / "stories" / "acme.md"
    story.parent.mkdir()
    story.write_text("They have a guaranteed uptime.\n")
    founded.run("dana", "submit", code=1)  # the waiver counts once it is accepted
    told = founded.run("dana", "submit")
    assert told.code == 0
    said = founded.run("dana", "brand", "check", "stories/acme.md").out
    assert "1 place under a waiver; the first one ends on 2026-03-02." in said
    assert "It passes until 2026-03-02: SLA 99.9." in said
    founded.now = "2026-03-03T12:00:00Z"
    assert "the waiver for it ended on 2026-03-02" in founded.run("dana", "brand", "check", "stories", code=1).out
    assert "ended on 2026-03-02" in founded.run("dana", "brand", "check-rules").out


def test_the_rules_that_come_with_a_company_do_what_their_examples_say(founded: Office) -> None:
    proof = founded.run("dana", "brand", "check-rules", "--json").json
    assert (proof["findings"], proof["rules"] >= 15, proof["examples"] >= 40) == ([], True, True)
    assert "Every rule does what its examples say." in founded.run("ana", "brand", "check-rules").out


def test_a_rule_is_proved_in_the_folder_before_it_is_sent(founded: Office) -> None:
    brand = founded.top / "dana" / "brand"
    (brand / "styles" / "brand" / "percent.yml").write_text(
        "extends: existence\nmessage: \"'%s'.\"\ntokens:\n  - 100 ?%\n"
    )
    (brand / "styles" / "brand" / "hard.yml").write_text("extends: readability\nmessage: Too hard.\n")
    (brand / "styles" / "Upper.yml").write_text("extends: existence\n")
    told = founded.run("dana", "brand", "check-rules", code=1).out
    assert "brand/styles/brand/percent.yml:4:5" in told
    assert "never found before a blank" in told
    assert "has no entry in brand/index.yml" in told
    assert "brand/styles/brand/hard.yml:1:1" in told
    assert "extends must be one of existence, substitution" in told
    assert "No rule may stand here" in told
    assert "These rules cannot be trusted yet." in told
    (brand / "index.yml").write_text("rules: {\n")
    assert "brand/index.yml" in founded.run("dana", "brand", "check-rules", code=1).out


def test_a_sellers_texts_go_out_by_themselves_and_a_playbook_waits(founded: Office) -> None:
    top = founded.top / "ana"
    for path, text in (("outbound/ana/hello.md", "Hello there.\n"), ("playbooks/calls/first.md", "# Ask\n\nListen.\n")):
        (top / path).parent.mkdir(parents=True)
        (top / path).write_text(text)
    said = founded.run("ana", "submit")
    assert git_words(said.out) == []
    assert "outbound/ana/hello.md" in founded.files("outbound/")
    assert founded.files("playbooks/") == {}
    (waits,) = founded.run("dana", "review", "list", "--json").json["proposals"]
    founded.run("dana", "review", "approve", str(waits["number"]))
    founded.run("dana", "review", "merge", str(waits["number"]))
    assert "playbooks/calls/first.md" in founded.files("playbooks/")


def test_nobody_writes_in_anothers_name_or_out_of_place(founded: Office) -> None:
    for path in ("outbound/ben/hello.md", "playbooks/call.txt", "outbound/hello.md"):
        file = founded.top / "ana" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Hello there.\n")
        founded.run("ana", "check", path, code=1)
