"""Do maintainers see who has which accounts and why, and what a change of territories moves before they send it?"""

import json
from pathlib import Path

import pytest

from tests.helpers.office import Office

ALPS = """\
# The mountains.
territory: world/alps
name: Alps
layer: core
starts: "2026-01-01"
rules:
  - geo: [AT, CH]  # two countries
coverage:
  # Ana knows everybody there.
  - {role: closer, node: ana, starts: "2026-01-01"}
"""


def draw(office: Office, text: str = ALPS, name: str = "alps", *, send: bool = True) -> Path:
    """A territory as Dana writes it by hand."""
    office.run("dana", "sync")
    path = office.top / "dana" / "territories" / "world" / f"{name}.yml"
    path.write_text(text, encoding="utf-8")
    if send:
        office.run("dana", "submit")
    return path


def test_the_tree_shows_layers_days_and_holders(office: Office) -> None:
    draw(office, ALPS + '  - {role: closer, node: ben, starts: "2026-02-01", overlay: "true"}\n', send=False)
    shown = office.run("dana", "territory", "list").out.splitlines()
    assert [line.split()[0] for line in shown] == ["territory", "world/world", "world/alps", "world/open"]
    assert "  world/alps" in shown[2] and "Ana Lima (closer), Ben Okoye (closer, helps)" in shown[2]
    (alps,) = (t for t in office.run("dana", "territory", "list", "--json").json["territories"] if t["name"] == "Alps")
    assert (alps["depth"], alps["in_force"], alps["holders"][0]["node"]) == (1, True, "ana")
    before = office.run("dana", "territory", "list", "--on", "2025-12-31", "--json").json["territories"]
    assert [t["holders"] for t in before if t["name"] == "Alps"] == [[]]
    assert "is not a day" in office.run("dana", "territory", "list", "--on", "soon", code=2).err


def test_lint_judges_what_is_edited_and_what_was_accepted(office: Office) -> None:
    assert "No findings" in office.run("dana", "territory", "lint").out
    path = draw(office, ALPS.replace("[AT, CH]", "[AT, XQ]").replace("node: ana", "node: nobody"), send=False)
    told = office.run("dana", "territory", "lint", code=1).out
    assert "SR215" in told and "SR221" in told and "There is no node nobody." in told
    plain = office.run("dana", "territory", "lint", "--json", code=1).json
    assert {finding["code"] for finding in plain["findings"]} == {"SR215", "SR221"}
    path.write_text("rules: {", encoding="utf-8")
    assert "skipped" in office.run("dana", "territory", "lint", code=1).out


def test_an_account_learns_why_it_lies_where_it_lies(office: Office) -> None:
    draw(office)
    office.run("ana", "sync")
    office.run("ana", "claim", "gipfel.at", "--company", "Gipfel", "--country", "AT", "--later")
    told = office.run("ana", "territory", "explain", "gipfel.at").out
    assert "core: world/alps (Alps)" in told and "Why: Rule 1 covers it." in told
    assert "Decided by: country AT" in told and "Covered by: Ana Lima (closer)" in told
    assert "Nobody has confirmed the facts yet" in told
    told = office.run("dana", "territory", "explain", "acme").out
    assert "core: world/open" in told and "No other territory of the group covers it." in told
    assert "Dana Reyes confirmed the facts on 2026-03-02." in told
    plain = office.run("dana", "territory", "explain", "acme", "--json").json["layers"][0]
    assert (plain["why"]["how"], plain["why"]["territory"]) == ("residual", "world/open")
    assert "no layer cloud" in office.run("dana", "territory", "explain", "acme", "--layer", "cloud", code=2).err
    assert "not known" in office.run("dana", "territory", "explain", "nowhere.com", code=3).err


def test_gaps_name_an_account_and_the_territories_that_nobody_covers(office: Office) -> None:
    assert "Every account has a territory" in office.run("dana", "territory", "gaps").out
    draw(office, ALPS.split("coverage:", maxsplit=1)[0], send=False)
    group = office.top / "dana" / "territories" / "world" / "north" / "north.yml"
    group.parent.mkdir()
    group.write_text(
        'territory: world/north/north\nname: North\nkind: group\nstarts: "2026-01-01"\nrules: [{geo: [SE]}]\n'
    )
    told = office.run("dana", "territory", "gaps").out
    assert "No territory of world/north/north covers in the layer core: SE, on 2026-03-02." in told
    assert "Nobody covers world/alps (Alps)." in told
    plain = office.run("dana", "territory", "gaps", "--json").json
    assert plain["gaps"][0]["account"]["facts"]["country"] == "SE"
    assert [one["territory"] for one in plain["uncovered"]] == ["world/alps"]


def test_a_difference_lists_what_moves(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    draw(office)
    assert "No territory changed its meaning." in office.run("dana", "territory", "diff", "HEAD").out
    draw(office, ALPS.replace("[AT, CH]", "[CH, US, AT]"), send=False)
    told = office.run("dana", "territory", "diff", "HEAD").out
    assert "world/alps: borders" in told and "world/open: members" in told
    assert "there move: 2 accounts, 2 claims, 1 open deal." in told
    (acme, beta) = office.run("dana", "territory", "diff", "HEAD", "--json").json["moves"]
    assert (acme["account"], acme["before"], acme["after"]) == ("d-acme.com", "world/open", "world/alps")
    assert (acme["holder"], acme["deals"][0]["handle"], beta["deals"]) == ("ana", "acme/1", [])
    later = ALPS.replace("[AT, CH]", "[US]").replace('starts: "2026-01-01"\nrules', 'starts: "2027-01-01"\nrules')
    draw(office, later, send=False)
    told = office.run("dana", "territory", "diff", "HEAD").out
    assert "0 accounts" in told and "--on 2027-01-01" in told
    assert "2 accounts" in office.run("dana", "territory", "diff", "HEAD", "--on", "2027-01-01").out
    assert "There is no revision v9" in office.run("dana", "territory", "diff", "v9", code=3).err


def test_a_list_of_accounts_is_spread_and_every_bad_row_told(office: Office) -> None:
    draw(office)
    file = office.top / "accounts.csv"
    rows = ["account,country,employees,revenue,contry", "d-a.at,AT,5,1000,", "d-b.fr,FR,,250,", "d-c.ch,CH,7,,x"]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    plain = office.run("dana", "territory", "simulate", "--accounts", str(file), "--json").json
    shares = {one["name"]: (one["accounts"], one["revenue"], one["unknown"]) for one in plain["territories"]}
    assert shares == {"world/alps": (2, 1000, 1), "world/open": (1, 250, 0)}
    nodes = {one["name"]: (one["accounts"], one["revenue"], one["shared"]) for one in plain["nodes"]}
    assert nodes == {"ana": (3, 1250, 1), "ben": (1, 250, 1)}
    assert plain["unused"] == ["contry"]
    bad = ["d-a.at,AT,1,1,", "d-x.de,XX,1,1,", "no key,AT,1,1,", "d-y.de,DE,many,1,", "d-z.de,DE"]
    file.write_text("\n".join(rows + bad) + "\n", encoding="utf-8")
    told = office.run("dana", "territory", "simulate", "--accounts", str(file), code=1).out
    for line, words in {5: "earlier row", 6: "XX is not", 7: "account key", 8: "whole number", 9: "2 cells"}.items():
        (found,) = (text for text in told.splitlines() if text.startswith(f"Line {line}: "))
        assert words in found
    assert "5 rows left out" in told
    assert "cannot be read" in office.run("dana", "territory", "simulate", "--accounts", "none.csv", code=3).err
    file.write_text("name,country\nA,AT\n", encoding="utf-8")
    refused = office.run("dana", "territory", "simulate", "--accounts", str(file), code=3).err
    assert "no column account" in refused and "call the column of the accounts so" in refused


REASSIGN = ("territory", "reassign", "--of", "ana", "--to", "ben", "--from")


def test_a_node_takes_over_from_another_in_the_files_themselves(office: Office) -> None:
    draw(office)
    assert "--yes" in office.run("dana", *REASSIGN, "2026-04-01", code=2).err
    assert office.outbox("dana") == {}
    told = office.run("dana", *REASSIGN, "2026-04-01", "--yes").out
    assert "Ben Okoye takes over from Ana Lima on 2026-04-01: world/alps, world/open" in told
    assert set(office.outbox("dana")) == {"territories/world/alps.yml", "territories/world/open.yml"}
    assert "noted or on its way" not in told
    office.run("dana", *REASSIGN, "2026-04-01", "--yes", code=3)
    office.run("dana", "submit")
    alps = office.file("territories/world/alps.yml")
    assert alps.startswith(ALPS.rpartition("  - {role")[0])  # every line above, with its comments
    assert '{role: closer, node: ana, starts: "2026-01-01", ends: "2026-04-01"}' in alps
    holders = {
        day: [h["node"] for t in listed if t["name"] == "Alps" for h in t["holders"]]
        for day in ("2026-03-31", "2026-04-01")
        if (listed := office.run("dana", "territory", "list", "--on", day, "--json").json["territories"])
    }
    assert holders == {"2026-03-31": ["ana"], "2026-04-01": ["ben"]}
    open_ = office.file("territories/world/open.yml")
    assert open_.count("ben") == 1  # he covered it already
    assert "covers no territory" in office.run("dana", *REASSIGN, "2026-04-01", "--yes", code=3).err


def test_the_preview_says_who_keeps_what_and_writes_nothing(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    office.run("dana", "sync")
    main = office.main()
    plain = office.run("dana", *REASSIGN, "2026-04-01", "--dry-run", "--json").json
    (acme,) = plain["accounts"]
    assert (acme["account"], acme["claimed"], acme["kept"]) == ("d-acme.com", True, None)
    assert (plain["changed"], plain["quotas"]) == (False, None)
    told = office.run("dana", *REASSIGN, "2026-04-01", "--dry-run").out
    assert "Ben Okoye, once the claim is handed over" in told and "quota" not in told.lower()
    stage = acme["deals"][0]["stage"]
    policy = office.top / "dana" / "policy" / "territory.yml"
    policy.write_text(policy.read_text().replace("days: 90", "days: 30").replace("least: proposal", f"least: {stage}"))
    told = office.run("dana", *REASSIGN, "2026-04-01", "--dry-run").out
    assert "Ana Lima until 2026-04-30, then Ben Okoye" in told
    assert (office.outbox("dana"), office.main()) == ({}, main)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--of", "ana", "--to", "ana", "--from", "2026-04-01"), 2, "same node"),
        (("--of", "ana", "--to", "zzz", "--from", "2026-04-01"), 2, "no node zzz"),
        (("--of", "ana", "--to", "ben", "--from", "2026-03-01"), 3, "has passed"),
        (("--of", "ana", "--to", "ben", "--from", "April"), 2, "is not a day"),
        (("--of", "fay", "--to", "ben", "--from", "2026-04-01"), 3, "covers no territory"),
        (("--of", "ana", "--to", "fay", "--from", "2026-04-01"), 1, "Fay Long has no role that sells"),
    ],
)
def test_what_cannot_be_reassigned(unchanged: Office, words: tuple[str, ...], code: int, said: str) -> None:
    reply = unchanged.run("dana", "territory", "reassign", *words, "--yes", code=code)
    assert said in reply.said
    assert unchanged.outbox("dana") == {}


def test_an_edited_file_is_not_written_over(office: Office) -> None:
    path = draw(office)
    path.write_text(ALPS.replace("Alps", "Mountains"), encoding="utf-8")
    assert (
        "You are editing territories/world/alps.yml" in office.run("dana", *REASSIGN, "2026-04-01", "--yes", code=3).err
    )
    assert json.dumps(sorted(office.outbox("dana"))) == "[]"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("explain", "nobody.example"), 3, "nobody.example is not known here."),
        (("explain", "acme.com", "--layer", "plus"), 2, "There is no layer plus."),
        (("diff", "nowhere"), 3, "There is no revision nowhere here."),
        (("simulate", "--accounts", "nope.csv"), 3, "nope.csv cannot be read"),
        (("simulate", "--accounts", "empty.csv"), 3, "It is empty."),
        (("gaps", "--on", "2026-02-30"), 2, "is not a day"),
    ],
)
def test_a_bad_question_is_answered_with_the_next_step(
    unchanged: Office, words: tuple[str, ...], code: int, said: str
) -> None:
    (unchanged.top / "dana" / "empty.csv").write_bytes(b"")
    err = unchanged.run("dana", "territory", *words, code=code).err
    assert said in err and "\n  -> " in err
