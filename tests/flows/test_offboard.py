"""What happens to everything that somebody held, once they leave?"""

import pytest

from tests.helpers.office import Office, office_after


@office_after
def busy(office: Office) -> None:
    """Ana holds acme.com with an open deal, and zeta.com without one."""
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    office.run("ana", "claim", "zeta.com", "--company", "Zeta", "--country", "US")


def offboard(office: Office, *words: str, code: int = 0) -> str:
    """Dana lets somebody go, and Max agrees where somebody must."""
    out = office.run("dana", "node", "offboard", *words, code=code).said
    for waits in office.run("max", "review", "list", "--json").json["proposals"]:
        office.run("max", "review", "approve", str(waits["number"]))
        office.run("max", "review", "merge", str(waits["number"]))
    return out


def test_everything_passes_to_the_heir_in_one_proposal(busy: Office) -> None:
    busy.run("ana", "log", "call", "acme", "Still here")
    told = offboard(busy, "ana", "--to", "ben")
    assert "leaves on 2026-03-02" in told and "passes from Ana Lima to Ben Okoye" in told
    assert "holder: ben" in busy.file("claims/", "d-acme.com") and "holder: ben" in busy.file("claims/", "d-zeta.com")
    deal = busy.file("deals/", "d-acme.com-1")
    assert "node: ben" in deal and "ana" not in deal
    held = {path.split("/", 3)[3] for path in busy.files("holds/")}
    assert {"ben/d-acme.com.core", "ben/d-acme.com/d-acme.com-1", "ben/d-zeta.com.core"} <= held
    assert not any(path.startswith("ana/") for path in held)
    node = busy.file("nodes/", "/ana/node.yml")
    assert 'left: "2026-03-02"' in node and 'ends: "2026-03-02"' not in node  # what began that day falls away
    busy.run("ben", "sync")
    assert "Acme" in busy.run("ben", "status").out
    assert "has left the company" in busy.run("ana", "submit", code=1).out
    assert "holds nothing any more" in busy.run("dana", "node", "offboard", "ana", code=3).err
    assert busy.run("dana", "commission", "verify").code == 0


def test_without_an_heir_claims_are_given_back_and_what_is_open_is_named(busy: Office) -> None:
    told = offboard(busy, "ana")
    assert "stays as it is, because of d-acme.com-1" in told and "Nobody covers" not in told
    assert "status: released" in busy.file("claims/", "d-zeta.com")
    assert "ending: left" in busy.file("claims/", "d-zeta.com")
    assert "status: held" in busy.file("claims/", "d-acme.com")
    assert "yours until" in busy.run("ben", "claim", "zeta.com").out
    offboard(busy, "ana", "--to", "ben")  # the rest, later
    assert "holder: ben" in busy.file("claims/", "d-acme.com")


def test_a_day_to_come_ends_the_dated_things_now_and_the_rest_on_it(busy: Office) -> None:
    told = offboard(busy, "ana", "--to", "ben", "--from", "2026-03-10")
    assert "Run this again on 2026-03-10" in told
    territory = busy.file("territories/", "open.yml")
    assert 'ends: "2026-03-10"' in territory
    assert "holder: ana" in busy.file("claims/", "d-acme.com")
    busy.run("ana", "sync")
    busy.run("ana", "log", "call", "acme", "Last week")
    assert "accepted" in busy.run("ana", "submit").out
    busy.now = "2026-03-10T12:00:00Z"
    busy.run("ana", "sync")
    offboard(busy, "ana", "--to", "ben", "--from", "2026-03-10")
    assert "holder: ben" in busy.file("claims/", "d-acme.com")


def test_a_dry_run_says_all_of_it_and_changes_nothing(busy: Office) -> None:
    main = busy.main()
    told = busy.run("dana", "node", "offboard", "ana", "--to", "ben", "--dry-run").out
    assert "covered by Ana Lima" in told and "holder Ana Lima -> Ben Okoye" in told and "would be" in told
    plain = busy.run("dana", "node", "offboard", "ana", "--to", "ben", "--dry-run", "--json").json
    assert {"Ana Lima", "Acme", "Zeta"} <= {one["about"] for one in plain["changes"]} and plain["changed"] is False
    assert busy.main() == main


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nobody",), 3, "There is no node nobody."),
        (("ana", "--to", "nobody"), 2, "There is no node nobody."),
        (("ana", "--to", "ana"), 3, "cannot take this over"),
        (("ana", "--to", "fay"), 3, "cannot take this over"),
        (("ana", "--from", "soon"), 2, "is not a day"),
    ],
)
def test_what_cannot_be_passed_on(unchanged: Office, words: tuple[str, ...], code: int, told: str) -> None:
    assert told in unchanged.run("dana", "node", "offboard", *words, code=code).err


def test_only_sales_operations_let_somebody_go(unchanged: Office) -> None:
    assert "Only sales operations" in unchanged.run("ben", "node", "offboard", "ana", "--to", "ben", code=1).out


def test_nobody_waits_for_what_they_got_or_for_what_they_left(busy: Office) -> None:
    busy.run("ben", "claim", "acme.com", "--queue")
    busy.run("ana", "claim", "beta.com", "--queue")
    assert len(busy.files("waits/")) == 2
    offboard(busy, "ana", "--to", "ben")
    assert busy.files("waits/") == {} and "holder: ben" in busy.file("claims/", "d-acme.com/core")
    assert not [path for path in busy.files("claims/") if ".queue/" in path]
    assert busy.run("dana", "commission", "verify").code == 0


def test_the_last_who_runs_the_company_does_not_leave_unnoticed(unchanged: Office) -> None:
    told = unchanged.run("dana", "node", "offboard", "dana", "--dry-run").out
    assert "Mind: Nobody runs the company from 2026-03-02 on: salesrepo node change NODE --role +sales_ops" in told
    assert "Nobody runs" not in unchanged.run("dana", "node", "offboard", "ana", "--dry-run").out
