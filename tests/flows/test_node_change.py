"""Do terms begin and end on their day, and who stands in where nobody is there who decides?"""

import pytest

from salesrepo.domain.record import shard
from tests.helpers.office import Office


def agree(office: Office, who: str = "max") -> None:
    """Somebody agrees to all that waits for them."""
    for waits in office.run(who, "review", "list", "--json").json["proposals"]:
        if waits["yours"]:
            office.run(who, "review", "approve", str(waits["number"]))
            office.run(who, "review", "merge", str(waits["number"]))


def won(office: Office) -> str:
    """Ana's won deal waits for somebody; its number."""
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    (waits,) = office.run("max", "review", "list", "--json").json["proposals"]
    return str(waits["number"])


def test_roles_plan_manager_and_name_change_on_their_day(office: Office) -> None:
    words = ("--role", "+trainer", "--role", "-seller", "--manager", "max", "--name", "Ana L. Lima")
    refused = office.run("dana", "node", "change", "ana", *words, code=2).err
    assert "There is no role trainer." in refused
    words = ("--role", "+manager", "--role", "-seller", "--manager", "max", "--name", "Ana L. Lima")
    told = office.run("dana", "node", "change", "ana", *words, "--from", "2026-04-01").out
    assert "role manager from 2026-04-01" in told and "role seller ends 2026-04-01" in told
    assert "manager Max Weber from 2026-04-01" in told
    agree(office)
    node = office.file("nodes/", "/ana/node.yml")
    assert "name: Ana L. Lima" in node and node.count("2026-04-01") == 3


def test_a_plan_follows_another_without_a_gap(office: Office) -> None:
    office.run("dana", "node", "change", "ana", "--plan", "account-executive", "--from", "2026-05-01")
    agree(office, "fay")
    agree(office)
    node = office.file("nodes/", "/ana/node.yml")
    assert node.count("plan: account-executive") == 2 and 'ends: "2026-05-01"' in node


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("change", "ana"), 2, "would change nothing"),
        (("change", "ana", "--role", "seller"), 2, "begin or end"),
        (("change", "ana", "--manager", "ana"), 2, "their own manager"),
        (("change", "nobody", "--name", "X"), 3, "There is no node nobody."),
        (("change", "ana", "--plan", "gold"), 3, "There is no plan gold."),
        (("change", "ana", "--team", "north"), 2, "begin or end"),
        (("change", "ana", "--team", "+north"), 2, "There is no node north."),
        (("change", "ana", "--team", "+ben"), 3, "There is no team ben."),
        (("change", "ana", "--team", "-ben"), 3, "Ana Lima does not belong to ben"),
        (("change", "ana", "--grade", "Senior!"), 2, "cannot be a grade"),
        (("change", "ana", "--paid-in", "XYZ"), 3, "XYZ is no ISO 4217 currency"),
        (("change", "ana", "--referred-by", "ana"), 2, "Nobody brought themselves."),
        (("change", "ana", "--referred-by", "zoe"), 2, "There is no node zoe."),
        (("offboard", "ana", "--reason", "Better pay"), 2, "cannot be a reason"),
        (("deputy", "ana"), 2, "--deputy"),
        (("deputy", "ana", "--deputy", "ana"), 2, "their own deputy"),
        (("deputy", "ana", "--deputy", "zoe"), 2, "There is no node zoe."),
        (("deputy", "ana", "--deputy", "ben", "--until", "2026-03-02"), 2, "is not after"),
    ],
)
def test_what_makes_no_sense(unchanged: Office, words: tuple[str, ...], code: int, told: str) -> None:
    assert told in unchanged.run("dana", "node", *words, code=code).err


def test_a_role_that_ends_counts_no_more_at_the_merge(office: Office) -> None:
    number = won(office)
    office.run("max", "review", "approve", number)
    office.run("dana", "node", "change", "max", "--role", "-manager")  # after Max agreed, before the merge
    change = str(max(one["number"] for one in office.run("fay", "review", "list", "--json").json["proposals"]))
    assert "so somebody else must agree" in office.run("max", "review", "approve", change, code=3).err
    office.run("fay", "review", "approve", change)
    office.run("fay", "review", "merge", change)
    assert "It waits for finance" in office.run("fay", "review", "merge", number, code=3).out
    office.run("fay", "review", "approve", number)
    office.run("fay", "review", "merge", number)
    assert office.run("dana", "commission", "verify").code == 0


def test_a_deputy_answers_while_everybody_who_decides_is_away(office: Office) -> None:
    for away in ("max", "fay", "dana"):
        office.run("dana", "node", "deputy", away, "--deputy", "ben", "--until", "2026-03-09")
        agree(office, "fay")
        agree(office)
    number = won(office)
    shown = office.run("ben", "review", "show", number).out
    assert f"Next: salesrepo review approve {number}" in shown
    office.run("ben", "review", "approve", number)
    office.run("ben", "review", "merge", number)
    assert office.run("dana", "commission", "verify").code == 0


def test_a_deputy_has_no_say_while_somebody_is_there(office: Office) -> None:
    office.run("dana", "node", "deputy", "max", "--deputy", "ben", "--until", "2026-03-09")
    agree(office, "fay")
    number = won(office)
    assert "This needs" in office.run("ben", "review", "approve", number, code=3).err


def test_team_grade_and_currency_change_on_their_day_and_a_referrer_is_agreed_on(office: Office) -> None:
    north = office.top / "dana" / "nodes" / shard("north") / "north" / "node.yml"
    north.parent.mkdir(parents=True)
    north.write_text("node: north\nname: North\nkind: team\n", encoding="utf-8")
    office.run("dana", "submit")
    assert "is no weight" in office.run("dana", "node", "change", "ana", "--team", "+north:half", code=2).err
    words = ("--team", "+north:0.5", "--grade", "senior", "--paid-in", "eur", "--from", "2026-04-01")
    told = office.run("dana", "node", "change", "ana", *words).out
    assert "team North (weight 0.5) from 2026-04-01" in told and "grade senior from 2026-04-01" in told
    assert "accepted" in told
    told = office.run("dana", "node", "change", "ana", "--team", "-north", "--from", "2026-05-01").out
    assert "team North (weight 0.5) ends 2026-05-01" in told
    assert "would change nothing" in office.run("dana", "node", "change", "ana", "--paid-in", "EUR", code=2).err
    assert "Paid in: EUR." in office.run("dana", "node", "show", "ana").out
    office.run("dana", "node", "change", "ana", "--referred-by", "ben")
    assert "From now on Ben Okoye is said to have brought Ana Lima" in office.run("max", "review", "list", "--json").out
    agree(office)
    assert "referred_by: ben" in office.file("nodes/", "/ana/node.yml")
    gone = office.run("dana", "node", "offboard", "ben", "--from", "2026-04-01", "--reason", "resigned").out
    assert "leaves on 2026-04-01 (resigned)" in gone and "Nobody says why" not in gone
