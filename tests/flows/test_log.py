"""Is an activity noted at once, in the right day's stream, and where does the next one go?"""

import pytest

from tests.helpers.office import Office


def streams(office: Office) -> list[str]:
    return [path for path in office.outbox("ana") if "/log/" in path]


def test_activities_of_a_day_share_a_stream_until_they_are_sent(office: Office) -> None:
    for text in ("One", "Two"):
        office.run("ana", "log", "call", "acme", text)
    (first,) = streams(office)
    office.run("ana", "submit")
    office.run("ana", "log", "call", "acme", "Three")
    (second,) = streams(office)
    assert first != second
    office.run("ana", "submit")
    assert {path for path in office.files("nodes/24/d/ana/log")} == {first, second}


def test_a_full_stream_is_followed_by_another(office: Office) -> None:
    for _ in range(14):
        office.run("ana", "log", "call", "acme", "y" * 3900)
    assert len(streams(office)) == 2
    assert max(len(office.note("ana", path) or b"") for path in streams(office)) <= 48 * 1024
    office.run("ana", "submit")
    assert b"".join(office.files("nodes/24/d/ana/log").values()).count(b"note: " + b"y" * 3900) == 14


def test_a_day_is_a_day_in_the_companys_time_zone(office: Office) -> None:
    settings = office.top / "dana" / "salesrepo.yml"
    settings.write_text(settings.read_text().replace("time_zone: UTC", "time_zone: Asia/Tokyo"))
    office.run("dana", "submit")
    office.run("ana", "sync")
    office.now = "2026-03-02T16:00:00Z"  # one in the morning there
    assert "on 2026-03-03" in office.run("ana", "log", "call", "acme", "Late").out
    assert streams(office)[0].rsplit("/", 1)[1].startswith("03-")


def test_logging_needs_neither_the_company_nor_git(office: Office) -> None:
    office.forge.rename(office.top / "away")
    nothing = office.top / "empty"
    nothing.mkdir()
    reply = office.process("ana", "log", "call", "acme", "On the train", env={"PATH": str(nothing)})
    assert (reply.code, reply.err) == (0, "") and "Noted: call with Acme" in reply.out


@pytest.mark.parametrize("lead", ["acme", "ACM", "acme.com", "d-acme.com", "Acme", "amce"])
def test_a_few_letters_or_a_slip_are_enough(unchanged: Office, lead: str) -> None:
    assert "Would note: call with Acme" in unchanged.run("ana", "log", "call", lead, "Hello", "--dry-run").out


def test_two_that_could_be_meant_are_listed(office: Office) -> None:
    office.run("ana", "claim", "acorn.com", "--company", "Acorn", "--country", "US")
    told = office.run("ana", "log", "call", "ac", "Hello", code=3).err
    assert "acme.com (Acme)" in told and "acorn.com (Acorn)" in told
    assert office.outbox("ana") == {}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("call", "beta", "Hello"), 3, "You hold no account like beta."),
        (("call", "acme", "Hello", "--on", "2026-03-03"), 2, "has not come yet"),
        (("call", "acme", "Hello", "--on", "yesterday"), 2, "is not a day"),
        (("call", "acme", "Hello", "--outcome", "bought"), 2, "has no outcome bought"),
        (("call", "acme"), 2, "Give it with TEXT."),
        (("fax", "acme", "Hello"), 2, "No such command"),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_next_step(
    unchanged: Office, words: tuple[str, ...], code: int, told: str
) -> None:
    reply = unchanged.run("ana", "log", *words, code=code)
    assert told in reply.err and "\n  -> " in reply.err
    assert unchanged.outbox("ana") == {}


def test_yesterdays_work_renews_from_yesterday(office: Office) -> None:
    office.now = "2026-03-10T12:00:00Z"
    assert "Renewed to 2026-06-07" in office.run("ana", "log", "call", "acme", "Hello", "--on", "2026-03-09").out
    office.run("ana", "submit")
    claim = office.file("d-acme.com/core.yml")
    assert 'renewed: "2026-03-09"' in claim and 'until: "2026-06-07"' in claim


def test_nothing_is_due_on_a_day_that_is_past(unchanged: Office) -> None:
    refused = unchanged.run("ana", "log", "call", "acme", "Hello", "--next", "call", "--due", "2026-03-01", code=2).err
    assert "2026-03-01 is past" in refused
    assert unchanged.outbox("ana") == {}


def test_a_whole_name_of_somebody_elses_account_never_means_ones_own(office: Office) -> None:
    office.run("ben", "claim", "driftwood.com", "--company", "Driftwood", "--country", "US")
    works = ("--company", "Drift wood Works", "--country", "FR", "--not-same", "driftwood.com")
    office.run("ana", "claim", "drift-wood.net", *works)
    for word in (("call", "driftwood", "Hello"), ("deal", "driftwood", "--product", "pro")):
        told = office.run("ana", "log", *word, code=3).err
        assert "Driftwood (d-driftwood.com) is Ben Okoye's until" in told
    assert not any("/log/" in path or path.startswith("deals/") for path in office.outbox("ana"))
    assert "Noted: call with Drift wood Works" in office.run("ana", "log", "call", "drift", "Hello").out


def test_a_text_is_read_from_a_pipe_and_a_sign_alone_says_nothing(office: Office) -> None:
    with office.start("ana", "log", "note", "acme", "-", stdin=-1) as child:
        child.communicate("They moved to Graz\n", timeout=60)
    assert child.returncode == 0
    assert b"note: They moved to Graz\n" in (office.note("ana", streams(office)[0]) or b"")
    assert "+ says nothing." in office.run("ana", "log", "note", "acme", "+", code=2).err
    assert "An email has no outcome x." in office.run("ana", "log", "email", "acme", "Hi", "--outcome", "x", code=2).err
