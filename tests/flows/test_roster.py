"""Who is there and on which terms; may somebody cover a territory, leave one, come back, and report in a circle?"""

import pytest

from tests.flows.test_node_change import agree
from tests.helpers.office import Office


def test_everybody_is_listed_with_their_terms(unchanged: Office) -> None:
    told = unchanged.run("dana", "node", "list").out.splitlines()
    assert told[0].split() == ["node", "name", "roles", "manager", "plan", "level", "since", "until"]
    assert told[1].split() == ["ana", "Ana", "Lima", "seller", "account-executive", "default", "2026-03-02"]
    found = {one["node"]: one for one in unchanged.run("ana", "node", "list", "--json").json["nodes"]}
    assert found["fay"]["roles"] == ["finance"] and found.keys() == {"ana", "ben", "dana", "fay", "max"}
    assert unchanged.run("dana", "node", "list", "--on", "2020-01-01", "--json").json["nodes"][0]["roles"] == []


def test_one_is_shown_from_all_sides(unchanged: Office) -> None:
    told = unchanged.run("dana", "node", "show", "ana").out
    assert told.startswith("Ana Lima (ana): seller\n") and "covers  world/open (open_seller)  2026-03-02" in told
    assert "Holds 1 claim, 0 open deals, 0 places in queues" in told
    assert "Agrees to their deals: Dana Reyes (dana), Max Weber (max)." in told
    whole = unchanged.run("max", "node", "show", "dana", "--json").json
    (deals,) = (one for one in whole["decides"] if one["about"] == "deals")
    assert deals["people"] == ["max"] and deals["roles"] == ["manager", "sales_ops"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("show", "zoe"), 3, "There is no node zoe."),
        (("list", "--on", "2026-02-30"), 2, "is not a day"),
        (("change", "ana", "--territory", "world/open"), 2, "begin or end"),
        (("change", "ana", "--territory", "+"), 2, "begin or end"),
        (("change", "ana", "--territory", "+world/alps"), 3, "There is no territory world/alps."),
        (("change", "ana", "--territory", "+world/world"), 3, "is a group"),
        (("change", "ana", "--territory", "+world/open:king"), 2, "as king"),
        (("change", "fay", "--territory", "-world/open"), 3, "does not cover world/open"),
        (("change", "ana", "--territory", "-world/open:closer"), 3, "as closer"),
        (("change", "ana", "--territory", "+world/open", "--territory", "-world/open"), 2, "to begin and to end"),
        (("change", "ana", "--territory", "+world/open"), 2, "would change nothing"),
        (("admit", "ana"), 3, "is in already"),
        (("admit", "ana", "--from", "2026-03-01"), 2, "has passed"),
        (("admit", "zoe"), 3, "Nobody asks to join as zoe."),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_next_step(
    unchanged: Office, words: tuple[str, ...], code: int, told: str
) -> None:
    err = unchanged.run("dana", "node", *words, code=code).err
    assert told in err and "\n  -> " in err


def test_leaving_a_territory_says_what_is_lost_and_keeps_the_file(office: Office) -> None:
    words = ("node", "change", "ana", "--territory", "-world/open", "--from", "2026-04-01")
    looked = office.run("dana", *words, "--dry-run", "--json").json
    assert [(one["account"], one["claimed"]) for one in looked["passing"]] == [("d-acme.com", True)]
    told = office.run("dana", *words).out
    assert "covered by Ana Lima as open seller ends 2026-04-01" in told
    assert "d-acme.com  world/open              Ana Lima, up to that day's nightly run" in told
    file = office.file("territories/", "open.yml")
    assert 'ends: "2026-04-01"' in file and file.startswith("# yaml-language-server") and "# The residual" in file
    office.now = "2026-04-01T12:00:00Z"
    assert "d-acme.com (core) ends, since its territory passed on" in office.run("dana", "ci", "sweep", "--dry-run").out


def test_a_territory_that_begins_says_how_much_is_free(office: Office) -> None:
    office.run("ana", "release", "acme.com", "--reason", "given up", code=0)
    office.run("dana", "node", "change", "ana", "--territory", "-world/open")
    told = office.run("dana", "node", "change", "ana", "--territory", "+world/open:closer", "--from", "2026-05-01").out
    assert "Ana Lima may claim in Open market (world/open) from 2026-05-01; 1 known account there is free." in told
    assert "role: closer" in office.file("territories/", "open.yml")
    again = office.run("dana", "node", "change", "ana", "--territory", "+world/open:closer", "--from", "2026-04-01")
    assert "covered by Ana Lima as closer from 2026-04-01" in again.out
    assert "2026-05-01" not in office.file("territories/", "open.yml")


def test_nobody_reports_to_who_reports_to_them(office: Office) -> None:
    office.run("dana", "node", "change", "ana", "--manager", "max")
    office.run("dana", "node", "change", "ben", "--manager", "ana", "--from", "2026-06-01")
    sent = len(office.run("dana", "review", "list", "--json").json["proposals"])
    err = office.run("dana", "node", "change", "max", "--manager", "ana", code=3).err
    assert "Ana Lima already reports to Max Weber.\n" in err and "salesrepo node change ana --manager NODE" in err
    err = office.run("dana", "node", "change", "max", "--manager", "ben", code=3).err
    assert "Ben Okoye already reports to Max Weber by way of Ana Lima from 2026-06-01 on." in err
    assert len(office.run("dana", "review", "list", "--json").json["proposals"]) == sent


def test_who_left_comes_back_from_a_new_day_and_what_was_stays_on_record(office: Office) -> None:
    office.run("dana", "node", "offboard", "ana", "--from", "2026-03-10", "--to", "ben")
    office.now = "2026-03-20T09:00:00Z"
    err = office.run("dana", "node", "change", "ana", "--name", "X", code=3).err
    assert "Ana Lima has left" in err and "salesrepo node admit ana" in err
    words = ("--plan", "account-executive", "--manager", "max", "--territory", "world/open", "--from", "2026-04-01")
    told = office.run("dana", "node", "admit", "ana", *words).out
    assert "role seller from 2026-04-01" in told and "it waits for" in told
    agree(office)
    node = office.file("nodes/", "/ana/node.yml")
    assert "left:" not in node and node.count("role: seller") == 2 and node.count("plan: account-executive") == 2
    assert node.count('ends: "2026-03-10"') == 2
    office.run("dana", "sync")
    assert "no role" in office.run("dana", "node", "list").out
    office.now = "2026-04-01T09:00:00Z"
    office.run("ana", "sync")
    assert "yours until" in office.run("ana", "claim", "zeta.com", "--company", "Zeta", "--country", "US").out
    assert office.run("dana", "commission", "verify").code == 0
