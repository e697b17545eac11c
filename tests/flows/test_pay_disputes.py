"""Is a question about pay asked, told, answered and put right, while pay goes on?"""

from datetime import UTC, datetime

from salesrepo.checks.pay_disputes import open_disputes, open_until
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.pay_dispute import dispute_id
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineType
from salesrepo.flows.books.pay_questions import lines_meant
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref
from tests.export.samples import line
from tests.helpers.office import Office, office_after
from tests.helpers.words import git_words

LINE = "d-acme.com-1 won ana base 2016-01-01 1"
ASKED = dispute_id("ana", LINE)
MISSING = dispute_id("ben", "d-acme.com-1")


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


def close_march(office: Office, day: int) -> None:
    """Main holds a close of March, merged on a day of April, as far as a question looks at it."""
    digest = b"0" * 64
    written = (
        b'period: "2026-03"\nprepared_by: fay\nthrough: ' + office.main().encode() + b"\ndigest: " + digest + b"\n"
    )
    path, before = CLOSE.path.fill(period="2026-03"), office.main()
    moment = int(datetime(2026, 4, day, 12, tzinfo=UTC).timestamp())
    (after,) = write_commits(office.master, [Draft({path: ("100644", written)}, "Close\n", moment)], parent=before)
    move_ref(office.master, "refs/heads/main", after, before)


def test_a_question_is_asked_told_and_answered(paid: Office) -> None:
    asked = paid.run("ana", "pay", "dispute", "acme/1", "Is the list price the base?").out
    assert f"about acme/1 (base) is on record: {ASKED}. Fay Long answers by 2026-03-09." in asked
    assert "what is booked is paid as it stands meanwhile" in asked
    assert "Asked about the pay for acme/1 (base): Fay Long answers by 2026-03-09." in paid.run("ana").out
    shown = paid.run("ana", "pay").out
    assert "base (asked about)" in shown and "Asked about acme/1, Acme: Fay Long answers by 2026-03-09." in shown
    again = paid.run("ana", "pay", "dispute", "acme/1", "And?", code=3).err
    assert f"{ASKED} asks about this already; Fay Long answers by 2026-03-09." in again

    paid.run("fay", "sync")
    waits = f"asks about acme/1 (base): Is the list price the base? Next: salesrepo commission answer {ASKED}"
    assert f"To answer by 2026-03-09: Ana Lima {waits}" in paid.run("fay").out
    paid.now = "2026-03-10T12:00:00Z"
    assert f"To answer overdue since 2026-03-09: Ana Lima {waits}" in paid.run("fay").out
    assert "overdue" in paid.run("fay", "commission", "disputes", "--open", "--node", "ana").out
    paid.run("fay", "commission", "settle")
    assert paid.run("fay", "commission", "statement", "ana", "--json").json["statement"]["closing"] == {"USD": "50.00"}

    told = ("--verdict", "right-as-it-is")
    assert paid.run("fay", "commission", "answer", ASKED, "It is: 1,000.00.", *told, "--dry-run").code == 0
    assert paid.run("fay", "commission", "answer", ASKED, "It is: 1,000.00.", *told).out.startswith("Ana Lima is told")
    assert "Fay Long answered it on" in paid.run("fay", "commission", "answer", ASKED, "x", *told, code=3).err
    assert paid.run("fay", "commission", "disputes", "--open", "--json").json == {"disputes": []}
    paid.run("ana", "sync")
    assert "Answered about the pay for acme/1 (base): right as it is, 2026-03-10: It is" in paid.run("ana").out
    assert f"{ASKED}-2" in paid.run("ana", "pay", "dispute", LINE, "By which plan?").out
    sellers = [one.reply.said for one in paid.heard if one.who == "ana"]
    assert [git_words(said) for said in sellers if git_words(said)] == []
    assert paid.run("dana", "commission", "verify").code == 0


def test_a_deal_that_paid_nothing_is_asked_about_and_put_right(paid: Office) -> None:
    asked = paid.run("ben", "pay", "dispute", "--missing", "d-acme.com-1", "I brought it.", "--json").json
    assert (asked["id"], asked["about"], asked["question"]["answerer"]) == (MISSING, "acme/1", "fay")
    wrong = paid.run(
        "fay", "commission", "answer", MISSING, "Ten.", "--verdict", "adjusted", "--adjustment", "x", code=3
    )
    assert "There is no adjustment x." in wrong.out
    sum_ = ("--amount", "10.00", "--reason", "His part", "--json")
    paid.run("fay", "commission", "adjust", "ben", *sum_)
    (waits,) = paid.run("max", "review", "list", "--json").json["proposals"]
    paid.run("max", "review", "approve", str(waits["number"]))
    paid.run("max", "review", "merge", str(waits["number"]))
    paid.run("fay", "sync")
    (path,) = paid.files("adjustments/")
    name = path.rpartition("/")[2].removesuffix(".yml")
    paid.run("fay", "commission", "answer", MISSING, "Ten.", "--verdict", "adjusted", "--adjustment", name)
    paid.run("ben", "sync")
    assert f"adjusted ({name}), 2026-03-02: Ten." in paid.run("ben", "pay", "disputes").out


def test_a_late_question_is_told_so_and_taken(paid: Office) -> None:
    close_march(paid, 1)
    paid.now = "2026-04-20T12:00:00Z"
    said = paid.run("ana", "pay", "dispute", "acme/1", "Is it right?").out
    assert "2026-03 took questions until 2026-04-15: what comes of this goes with the next period." in said
    assert "late: " in paid.file("disputes/", "question")
    with Objects(paid.master) as objects:
        main = RecordSnapshot(CommitTree(objects, paid.main()), paid.main())
        assert set(open_disputes(main, "ana")) == {LINE}
        assert open_disputes(main, "an") == {} == open_disputes(main, "ben")
        assert [one.id for one in open_until(main, Calendar(), "2026-q1")] == [ASKED]
        assert open_until(main, Calendar(), "2026-02") == ()


def test_a_question_in_time_is_not_late(paid: Office) -> None:
    close_march(paid, 1)
    paid.now = "2026-04-15T12:00:00Z"
    assert (
        "took questions until"
        not in paid.run("max", "commission", "dispute", "--for", "ana", "acme/1", "?", code=3).out
    )
    assert "took questions until" not in paid.run("ana", "pay", "dispute", "acme/1", "Is it right?").out


REFUSED: tuple[tuple[str, tuple[str, ...], int, str], ...] = (
    ("ben", ("pay", "dispute", "acme/1", "Why?"), 3, "sr pay dispute --missing acme/1"),
    ("ben", ("pay", "dispute", LINE, "Why?"), 3, "does not report to Ben Okoye"),
    ("ana", ("pay", "dispute", "acme/1 bonus", "Why?"), 3, "Nothing stands booked"),
    ("ana", ("pay", "dispute", f"{LINE[:-1]}9", "Why?"), 3, "No line of ana's is called"),
    ("ana", ("pay", "dispute", "--missing", "acme/2", "Why?"), 3, "not won yet"),
    ("ana", ("pay", "dispute", "acme/1"), 2, "TEXT"),
    ("ana", ("pay", "2026-03", "", "Why?"), 2, "Only a question takes that."),
    ("ana", ("pay", "dispute", "acme/1", "Call me: 0151 23456789"), 2, ""),
    ("fay", ("commission", "answer", "ana-1", "x", "--verdict", "right_as_it_is"), 3, "There is no question ana-1."),
    ("fay", ("commission", "answer", "../x", "x", "--verdict", "right_as_it_is"), 3, "There is no question ../x."),
    ("fay", ("commission", "answer", ASKED, "x", "--verdict", "corrected"), 2, "corrected names the deal"),
    ("ana", ("pay", "2027-13"), 2, "2027-13 is no month."),
    ("ana", ("pay", "2027-1"), 2, "Write a month (2017-12)"),
    ("fay", ("commission", "answer", ASKED, "x", "--verdict", "wrong"), 2, "wrong is no verdict"),
    ("fay", ("commission", "answer", ASKED, "x", "--verdict", "adjusted"), 2, "names the adjustment"),
    ("fay", ("commission", "disputes", "--node", "zoe"), 2, "There is no node zoe."),
    ("fay", ("commission", "explain", LINE, "--to", "x.md"), 2, "Only evidence goes into a file."),
)


def test_what_makes_no_sense(paid: Office) -> None:
    for who, words, code, told in REFUSED:
        assert told in paid.run(who, *words, code=code).said, words
    assert paid.files("disputes/") == {}


def test_a_deal_means_what_it_earned_though_a_clawback_stands() -> None:
    earned = line(LineType.EARNING, "ana", 10000, deal="d-acme.com-1")
    back = line(LineType.CLAWBACK, "ana", -4000, deal="d-acme.com-1", about=earned.key)
    bonus = line(LineType.BONUS, "ana", 500, deal="d-acme.com-1", component="starter")
    assert lines_meant([earned, back]) == lines_meant([earned, back], "commission") == [earned]
    assert lines_meant([earned, back, bonus]) == [earned, bonus]
    assert lines_meant([back]) == [back]
