"""Is a closed period handed over once: remembered first, written whole, the same again, and never otherwise?"""

from collections.abc import Iterable

from salesrepo.commission.booked.line import book
from salesrepo.domain.kinds.ledger_batch import LEDGER_BATCH, Closing, LedgerBatch
from salesrepo.domain.statement import LineItem
from salesrepo.store.emit import emit
from salesrepo.store.ledger import message_of
from salesrepo.store.plain import to_plain
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.refs import move_ref, resolve
from tests.export.samples import EARLIER, GOLDEN, LINES, job, payout
from tests.helpers.office import Office, office_after

LEDGER = "refs/heads/ledger"
PEOPLE = """\
node,first_name,last_name,pay_by,gusto_employee_id
ana,Ana,Lima,gusto,5G9934
ben-9,=HYPERLINK(1),"-O'Neil; ""Jr""\",gusto,000012
carl,Carl,Berg,by-hand,
noor,Noor,Sabah,by-hand,
yuki,Yuki,Mori,by-hand,
"""
BATCH = job("gusto").batch
MARCH = ("commission", "export", "2027-03", "--format", "gusto")


def booked(office: Office, lines: Iterable[LineItem], seq: int) -> None:
    """Put lines into the company's ledger, as if a close had booked them."""
    files: dict[str, tuple[str, str | bytes] | None] = {}
    for number, payee in enumerate(sorted({(line.payee, line.booking_period) for line in lines}), seq):
        own = tuple(book(line) for line in lines if (line.payee, line.booking_period) == payee)
        batch = LedgerBatch(
            node=payee[0], period=payee[1], seq=number, commit=office.main(), engine="1", lines=own, closing=Closing()
        )
        files[LEDGER_BATCH.path_of(batch)] = ("100644", emit(to_plain(batch)))
    before = resolve(office.master, LEDGER)
    message = message_of("Close a period", through=office.main(), opened_by=None if before else office.main())
    (after,) = write_commits(office.master, [Draft(files, message, 1_800_000_000)], parent=before)
    move_ref(office.master, LEDGER, after, before)


def closed(office: Office) -> None:
    """March 2027 is closed; finance has a file of people beside its copy."""
    booked(office, EARLIER, 1)
    booked(office, LINES, 100)
    (office.top / "people.csv").write_text(PEOPLE, encoding="utf-8")
    office.run("fay", "sync")


closed_office = office_after(closed)


def test_a_period_is_handed_over_once_and_the_same_again_changes_nothing(closed: Office) -> None:
    people, out = str(closed.top / "people.csv"), closed.top / "out"
    tried = closed.run("fay", *MARCH, "--people", people, "--to", str(out), "--dry-run")
    assert f"Would export {BATCH}: 2 payees, 1 file." in tried.out
    assert "Left out: dee, -100.00 USD: the payee owes it." in tried.out
    assert not out.exists()
    assert closed.files("exports/") == {}

    said = closed.run("fay", *MARCH, "--people", people, "--to", str(out))
    assert f"Batch {BATCH}: 2 payees, 1 file.\nTogether 1,350.00 USD." in said.out
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        path.name: path.read_bytes() for path in (GOLDEN / "gusto").iterdir()
    }
    record = closed.file("exports/")
    assert f'batch: "{BATCH}"' in record
    assert "5G9934" not in record

    main = closed.main()
    again = closed.run("fay", *MARCH, "--people", people, "--to", str(out), "--json").json
    assert (again["changed"], again["written"], again["sent"]) == (False, [], None)
    assert "nothing has changed" in closed.run("fay", *MARCH, "--people", people, "--to", str(out)).out
    elsewhere = closed.top / "second"
    assert "Written: " in closed.run("fay", *MARCH, "--people", people, "--to", str(elsewhere)).out
    assert sorted(path.read_bytes() for path in elsewhere.iterdir()) == sorted(p.read_bytes() for p in out.iterdir())
    assert closed.main() == main


def test_other_content_under_a_known_batch_is_refused(closed: Office) -> None:
    people, out = closed.top / "people.csv", closed.top / "out"
    closed.run("fay", *MARCH, "--people", str(people), "--to", str(out))
    before = sorted(path.read_bytes() for path in out.iterdir())
    people.write_text(PEOPLE.replace("5G9934", "5G9935"), encoding="utf-8")
    said = closed.run("fay", *MARCH, "--people", str(people), "--to", str(closed.top / "new"), code=3).said
    assert f"{BATCH} was exported with other content before" in said
    assert not (closed.top / "new").exists()
    assert sorted(path.read_bytes() for path in out.iterdir()) == before

    people.write_text(PEOPLE, encoding="utf-8")
    booked(closed, [payout("ana", 1, seq=50)], 900)
    said = closed.run("fay", *MARCH, "--people", str(people), "--to", str(out), code=3).said
    assert f"2027-03 was exported as {BATCH}, from other lines" in said


def test_each_format_is_a_batch_of_its_own_and_finds_what_an_earlier_period_booked(closed: Office) -> None:
    for form in ("hledger", "accrual"):
        closed.run("fay", "commission", "export", "2027-03", "--format", form, "--to", str(closed.top / "books"))
    made = (closed.top / "books" / f"{job('hledger').batch}.journal").read_bytes()
    assert made == (GOLDEN / "hledger" / f"{job('hledger').batch}.journal").read_bytes()
    assert len(closed.files("exports/")) == 2


def test_what_is_wrong_is_said_before_anything_is_written(closed: Office) -> None:
    people, out = closed.top / "people.csv", closed.top / "out"
    known = ("--people", str(people), "--to", str(out))
    open_ = closed.run("fay", "commission", "export", "2027-04", "--format", "gusto", *known, code=3).said
    assert "2027-04 is not closed" in open_
    assert "salesrepo commission close 2027-04" in open_
    assert "with --people" in closed.run("fay", *MARCH, "--to", str(out), code=2).said
    assert "with --mapping" in closed.run("fay", *MARCH[:-1], "adp", *known, code=2).said
    assert "--to" in closed.run("fay", *MARCH, *known[:2], code=2).said
    assert "Choose one of" in closed.run("fay", *MARCH[:-1], "xls", *known, code=2).said
    assert "does not write exports" in closed.run("ana", *MARCH, *known, code=3).said
    inside = closed.top / "fay" / "out"
    assert "no place" in closed.run("fay", *MARCH, *known[:2], "--to", str(inside), code=3).said
    within = closed.top / "fay" / "people.csv"
    within.write_text(PEOPLE, encoding="utf-8")
    assert "no place" in closed.run("fay", *MARCH, "--people", str(within), *known[2:], code=3).said
    people.write_text(PEOPLE.replace("ana,Ana,Lima,gusto,5G9934\n", ""), encoding="utf-8")
    assert "Nobody says who is paid for ana." in closed.run("fay", *MARCH, *known, code=3).said
    people.write_text(PEOPLE, encoding="utf-8")
    out.mkdir()
    (out / f"{BATCH}.csv").write_bytes(b"mine")
    assert "holds something else" in closed.run("fay", *MARCH, *known, code=4).said
    assert (out / f"{BATCH}.csv").read_bytes() == b"mine"
    assert closed.files("exports/") == {}


def test_payroll_s_ids_are_neither_printed_nor_kept(closed: Office) -> None:
    closed.run("fay", *MARCH, "--people", str(closed.top / "people.csv"), "--to", str(closed.top / "out"), "--json")
    assert all("5G9934" not in heard.reply.said for heard in closed.heard)
    assert all(b"5G9934" not in data for data in closed.files().values())
