"""When a territory passes to somebody else: who keeps an account, until when, and who is told?"""

import re
import subprocess
from datetime import date, timedelta

import pytest

from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.refs import move_ref
from tests.helpers.office import Office
from tests.helpers.words import git_words

CHANGED = date(2026, 3, 10)


def on(office: Office, day: date) -> Office:
    """The same company on another day."""
    office.now = f"{day}T12:00:00Z"
    return office


def told(office: Office, who: str, *words: str, code: int = 0) -> str:
    """What a seller reads; it never speaks of Git."""
    said = office.run(who, *words, code=code).said
    assert git_words(said) == [], said
    return said


def swept(office: Office, day: date, *words: str) -> str:
    """What the sweep says on a day."""
    return on(office, day).run("", "ci", "sweep", "--forge", "forge", *words).out


def claim_of(office: Office, key: str = "d-acme.com") -> str:
    """A claim as the company holds it."""
    return office.file("claims/", f"{key}/core.yml")


def ana_leaves_the_market(office: Office) -> None:
    """From 10 March on, only Ben sells there."""
    office.run("dana", "sync")
    (path,) = (office.top / "dana" / "territories").rglob("open.yml")
    text = path.read_text()
    after = re.sub(r"(node: ana\b.*?)(\n *- |\Z)", rf'\1\n    ends: "{CHANGED}"\2', text.rstrip("\n"), flags=re.DOTALL)
    assert after != text
    path.write_text(after + "\n")
    office.run("dana", "submit")


def deal(office: Office, stage: str) -> None:
    """An open deal of Ana's on Acme."""
    office.run("ana", "log", "meeting", "acme", "They want it", "--outcome", "held")
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    path = next(path for path in office.files("deals/") if "d-acme.com-1" in path)
    data = re.sub(rb"stage: \w+", f"stage: {stage}".encode(), office.files()[path], count=1)
    pushed(office, {path: data})  # by which moves it got there is not what these tests ask


def pushed(office: Office, files: dict[str, bytes]) -> None:
    """Files on main that nobody judged."""
    main = office.main()
    when = int(subprocess.check_output(["git", "--git-dir", str(office.master), "log", "-1", "--format=%ct", main]))
    changes = {path: ("100644", data) for path, data in files.items()}
    (head,) = write_commits(office.master, [Draft(changes, "By hand\n", when)], parent=main)
    move_ref(office.master, "refs/heads/main", head, main)


def test_a_claim_ends_on_the_first_day_on_which_its_holder_sells_there_no_longer(office: Office) -> None:
    ana_leaves_the_market(office)
    office.run("ana", "sync")
    assert "d-acme.com ends on 2026-03-09: Open market is Ben Okoye's from 2026-03-10." in told(office, "ana", "status")
    assert "Its territory changes: it ends on 2026-03-09" in told(office, "ana", "why", "acme.com")
    assert "territory passed on" not in swept(office, CHANGED - timedelta(days=1))
    on(office, CHANGED)
    assert "ends with the next nightly run: Open market is Ben Okoye's since 2026-03-10" in told(
        office, "ana", "status"
    )
    said = swept(office, CHANGED)
    assert "d-acme.com (core) ends, since its territory passed on: written down." in said
    claim = claim_of(office)
    assert "status: released" in claim and "ending: territory" in claim and f'ended: "{CHANGED}"' in claim
    assert "holder: ben" in claim_of(office, "d-beta.com") and "status: held" in claim_of(office, "d-beta.com")
    assert swept(office, CHANGED) == "Nothing is due.\n"
    assert "is yours until" in told(office, "ben", "claim", "acme.com")
    office.run("dana", "sync")
    assert office.run("dana", "commission", "verify").code == 0


def test_who_waits_gets_it(office: Office) -> None:
    ana_leaves_the_market(office)
    office.run("ben", "claim", "acme.com", "--queue")
    assert "passes to ben, who waited first" in swept(office, CHANGED)
    assert "holder: ben" in claim_of(office) and f'since: "{CHANGED}"' in claim_of(office)


def test_a_deal_at_proposal_keeps_it_for_the_holdover_and_its_holder_knows(office: Office) -> None:
    deal(office, "proposal")
    ana_leaves_the_market(office)
    last = CHANGED + timedelta(days=89)
    assert "territory passed on" not in swept(office, CHANGED)
    on(office, CHANGED + timedelta(days=60))
    office.run("ana", "sync")
    office.run("ana", "log", "call", "acme", "Still on it", "--outcome", "connected")
    office.run("ana", "submit")
    words = f"ends on {last}: Open market is Ben Okoye's since {CHANGED}; kept until then because of acme/1."
    assert f"d-acme.com {words}" in told(office, "ana", "status")
    advice = told(office, "ana", "hygiene")
    assert f"lies elsewhere now, and is kept until {last} only because of acme/1." in advice
    assert "sr claim" not in advice
    office.run("ben", "sync")
    assert f"Its territory changes: it {words}" in told(office, "ben", "why", "acme.com")
    assert f"is taken by Ana Lima since 2026-03-02, until {last}." in told(office, "ben", "claim", "acme.com", code=4)
    shown = told(office, "ben", "show", "acme.com")
    assert f"until {last} (core)." in shown and f"it {words.removesuffix('.')} (core)." in shown
    kept = f"yours until {last}, whatever you log: Open market is Ben Okoye's since {CHANGED}"
    assert kept in told(office, "ana", "show", "acme").lower().replace("open m", "Open m").replace("ben o", "Ben O")
    logged = told(office, "ana", "log", "call", "acme", "And again", "--outcome", "connected")
    assert f"until {last}, whatever you log" in logged and "Renewed" not in logged
    status = told(office, "ana", "status")
    assert re.search(rf"d-acme\.com +{last} +its territory passes on", status) and "Ends soon" not in status
    assert "territory passed on" not in swept(office, last)
    assert "d-acme.com (core) ends, since its territory passed on" in swept(office, last + timedelta(days=1))


def test_a_deal_of_an_earlier_stage_keeps_nothing(office: Office) -> None:
    deal(office, "connected")
    ana_leaves_the_market(office)
    on(office, CHANGED).run("ana", "sync")
    assert "The claim under acme/1 ends with the next nightly run" in told(office, "ana", "hygiene")
    assert "d-acme.com (core) ends, since its territory passed on" in swept(office, CHANGED)


def test_nobody_ends_it_before_its_day_by_saying_so(office: Office) -> None:
    ana_leaves_the_market(office)
    on(office, CHANGED - timedelta(days=1)).run("dana", "sync")
    (path,) = (office.top / "dana" / "claims").rglob("d-acme.com/core.yml")
    gone = path.read_text().replace("status: held", "status: released")
    path.write_text(gone + f'ended: "{CHANGED - timedelta(days=1)}"\nending: territory\n')
    (hold,) = (office.top / "dana" / "holds").rglob("d-acme.com.core")
    hold.unlink()
    said = office.run("dana", "submit", code=1).said
    assert "is taken by Ana Lima" in said and "Ana Lima sells where d-acme.com lies." in said
    assert "status: held" in claim_of(office)


def test_facts_that_turn_out_wrong_free_the_account_for_who_sells_there(office: Office) -> None:
    office.run("dana", "sync")
    dach = office.top / "dana" / "territories" / "world" / "dach.yml"
    dach.write_text(
        'territory: world/dach\nname: DACH\nstarts: "2026-01-01"\nrules: [{geo: [DE]}]\n'
        'coverage: [{role: open_seller, node: ben, starts: "2026-01-01"}]\n'
    )
    office.run("dana", "submit")
    office.run("ana", "sync")
    office.run("ana", "claim", "widget.com", "--company", "Widget", "--country", "US")
    assert "territory passed on" not in swept(office, date(2026, 3, 3))
    path = next(path for path in office.files("accounts/") if "d-widget.com" in path and "aliases" not in path)
    wrong = office.files()[path]
    right = wrong.replace(b"country: US", b"country: DE")
    assert right != wrong
    pushed(office, {path: right})
    assert "territory passed on" not in swept(office, date(2026, 3, 3))  # what nobody confirmed contradicts nothing
    pushed(office, {path: right + b'confirmed: {by: dana, day: "2026-03-03", how: review}\n'})
    assert "d-widget.com (core) ends, since its territory passed on" in swept(office, date(2026, 3, 3))
    office.run("ben", "sync")
    assert "is yours until" in told(office, "ben", "claim", "widget.com")


@pytest.mark.parametrize("room", ["claims", "accounts"])
def test_a_file_that_cannot_be_read_keeps_nothing_else_back(office: Office, room: str) -> None:
    broken = next(path for path in office.files(f"{room}/") if "d-beta.com" in path and "aliases" not in path)
    ana_leaves_the_market(office)
    pushed(office, {broken: b"holder: [ana\n"})
    said = swept(office, CHANGED)
    assert "d-acme.com (core) ends, since its territory passed on: written down." in said
    left = next(path for path in office.files("claims/") if "d-beta.com/" in path)
    assert f"Left out: {left}, which cannot be judged:" in said
    again = on(office, CHANGED).run("", "ci", "sweep", "--forge", "forge", "--json").json
    assert [one["path"] for one in again["unread"]] == [left] and not again["changed"]
