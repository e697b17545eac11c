"""Does a month close by two people with the figures that both saw, and is everything told that came in between?"""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from salesrepo.domain.change import FILE_MODE
from salesrepo.flows.here.workspace import SEEN_MAIN
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.refs import move_ref, resolve
from tests.helpers.office import Office, office_after

MAIN = "refs/heads/main"

MARCH, APRIL = "2026-03-02T12:00:00Z", "2026-04-09T12:00:00Z"


def win(office: Office, deal: str, *, by: str = "ana", quantity: str = "1") -> None:
    """A deal that somebody wins, and that Fay agrees to."""
    office.run(by, "log", "deal", deal.partition("/")[0], "--product", "pro", "--quantity", quantity)
    sent = office.run(by, "win", deal, "--order", f"PO-{deal}", "--json").json
    assert sent is not None
    number = office.run(by, "submit", "--json").json["sent"][-1]["number"]
    office.run("fay", "review", "approve", str(number))
    office.run("fay", "review", "merge", str(number))


@office_after
def march(office: Office) -> None:
    """Ana won one deal in March, which is booked; now it is the first day on which March may be closed."""
    office.now = MARCH
    win(office, "acme/1")
    office.run("fay", "commission", "settle")


def test_a_month_is_closed_by_two_and_everybody_sees_the_same(march: Office) -> None:
    march.now = APRIL
    assert "open, an estimate" in march.run("ana", "pay", "2026-03").out
    early = march.run("fay", "commission", "close", "2026-04", code=3)
    assert "2026-04 is closed on 2026-05-07 at the earliest." in early.err
    tried = march.run("fay", "commission", "close", "2026-03", "--dry-run")
    assert "Together 3,000.00 USD are paid" in tried.out  # both are new, and guaranteed 1,500.00
    sent = march.run("fay", "commission", "close", "--json").json
    number = str(sent["sent"]["number"])
    assert sent["record"]["paid"] == {"ana": {"USD": "1500.00"}, "ben": {"USD": "1500.00"}}
    assert "Nobody approves" in march.run("fay", "review", "approve", number, code=3).err
    shown = march.run("max", "review", "show", number)
    assert "The record says the same, line for line." in shown.out
    march.run("max", "review", "approve", number)
    march.run("max", "review", "merge", number)
    assert "as was agreed" in march.run("fay", "commission", "settle").out
    said = march.run("ana", "pay", "2026-03").out
    assert "closed on 2026-04-09 by Fay Long, agreed by Max Weber" in said
    assert "Paid: 1,500.00 USD." in said
    assert "no difference" in march.run("fay", "commission", "verify").out


def test_what_came_after_the_close_was_prepared_and_what_is_in_quarantine_is_told(march: Office) -> None:
    march.now = APRIL
    number = str(march.run("fay", "commission", "close", "--json").json["sent"]["number"])
    march.now = "2026-04-10T12:00:00Z"
    win(march, "beta/1", by="ben", quantity="40")
    told = march.run("max", "review", "show", number, "--json").json["close"]
    assert told["record"]["paid"] == {"ana": {"USD": "1500.00"}, "ben": {"USD": "1500.00"}}
    assert told["differs"] == []  # a deal of April
    master = march.master
    head = commit_without_receipt(master)
    assert "carries no receipt" in march.run("fay", "commission", "settle").out
    march.run("fay", "sync")
    kept = march.run("fay", "commission", "quarantine", code=1).out
    assert head[:12] in kept and "carries no receipt" in kept
    refused = march.run("fay", "commission", "close", code=3)
    assert "Something of 2026-03 is open: lines that wait: 0; in quarantine: 1." in refused.err
    march.now = "2026-04-10T14:00:00Z"
    sent = march.run("fay", "commission", "close", "--with-open", "The price list was put right by hand", "--json")
    assert sent.json["record"]["open_because"] == "The price list was put right by hand"


def test_a_branch_that_is_rewound_is_named_against_what_was_seen(march: Office) -> None:
    march.run("ana", "commission", "verify")
    git = ("git", "--git-dir", str(march.top / "ana" / ".git"))
    subprocess.run([*git, "update-ref", SEEN_MAIN, f"{SEEN_MAIN}~1"], check=True)
    told = march.run("ana", "commission", "verify", code=1).out
    assert "rewound: The company's records no longer hold what this copy has seen" in told
    march.run("ana", "sync")  # the company's own main has it still
    assert "no difference" in march.run("ana", "commission", "verify").out
    subprocess.run(["git", "--git-dir", str(march.master), "update-ref", MAIN, f"{MAIN}~1"], check=True)
    subprocess.run([*git, "update-ref", SEEN_MAIN, f"{SEEN_MAIN}~1"], check=True)
    assert "no longer hold what this copy has seen" in march.run("ana", "sync", code=3).err


def commit_without_receipt(master: Path) -> str:
    """Somebody with power over the repository changes a price past everybody; returns the commit."""
    when = int(datetime(2026, 4, 10, 13, tzinfo=UTC).timestamp())
    tip = resolve(master, MAIN) or ""
    changes = {"deals/note.txt": (FILE_MODE, b"by hand")}
    (oid,) = write_commits(master, [Draft(changes, "Put right", when)], parent=tip)
    move_ref(master, MAIN, oid, tip)
    return oid
