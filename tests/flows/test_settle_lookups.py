"""Does settlement look up figures, quotas and colleagues as main holds them, and as they were on the day?"""

from datetime import date
from fractions import Fraction
from pathlib import Path

from salesrepo.commission.lookups import Member, RecordedQuota
from salesrepo.domain.kinds.node import NODE
from salesrepo.flows.books.settle_lookups import lookups_at, lookups_of
from salesrepo.flows.books.settle_terms import Memory, Records, terms_of
from salesrepo.vcs.history import read_commit
from salesrepo.vcs.objects import Objects
from tests.helpers.company import build_company, node

DAY = date(2017, 5, 2)


def _member(name: str, *teams: str, more: str = "") -> dict[str, str]:
    (path,), (text,) = zip(*node(name).items(), strict=True)
    terms = "".join(f"  - {team}\n" for team in teams)
    return {path: text + (f"teams:\n{terms}" if teams else "") + more}


PEOPLE = {
    **_member("ana", '{team: south, starts: "2017-01-01", weight: "2.5"}'),
    **_member("ben", '{team: south, starts: "2017-03-01", ends: "2017-06-01"}'),
    **_member("cem", '{team: north, starts: "2017-01-01"}'),
    **_member("gone", '{team: south, starts: "2017-01-01"}', more='status: left\nleft: "2017-05-02"\n'),
    **node("dora", plan="other"),
    **{NODE.path.fill(node="south"): "node: south\nname: South\nkind: team\n"},
}
FIGURES = "metric: churn\nwindow: 2017-q1\nfigures: {ana: 2.5%, ben: 1%}\n"
QUOTAS = 'quota: goal\nwindow: "2017"\ncurrency: USD\namounts: {ana: "640000.00", ben: "1.005"}\n'
PIECES = 'quota: pieces\nwindow: 2017-05\namounts: {ana: "40"}\n'


def test_what_is_recorded_is_found_and_nothing_else(tmp_path: Path) -> None:
    tables = {
        "metrics/churn/2017-q1.yml": FIGURES,
        "quotas/goal/2017.yml": QUOTAS,
        "quotas/pieces/2017-05.yml": PIECES,
        "quotas/broken/2017-05.yml": "quota: broken\n",
    }
    acme = build_company(tmp_path / "master.git", PEOPLE | tables)
    with Objects(acme.git_dir) as objects:
        found = lookups_at(Records(objects, acme.root, Memory()))
        assert found.metric("churn", "2017-q1") == {"ana": Fraction(1, 40), "ben": Fraction(1, 100)}
        assert found.metric("churn", "2017-q2") is None
        assert found.quota("goal", "2017") == RecordedQuota("USD", {"ana": Fraction(64_000_000)})
        assert found.quota("pieces", "2017-05") == RecordedQuota("", {"ana": Fraction(40)})
        assert found.quota("broken", "2017-05") is None
        assert found.among("plan", "ana", "rep", DAY) == ("ana", "ben", "cem")
        assert found.among("plan", "ana", "rep", date(2017, 5, 1)) == ("ana", "ben", "cem", "gone")
        assert found.among("plan", "ana", "rep", date(2016, 12, 31)) == ()
        assert found.among("team", "ana", "rep", DAY) == ("ana", "ben")
        assert found.among("team", "cem", "rep", DAY) == ("cem",)
        assert found.among("team", "nobody", "rep", DAY) == ()
        assert found.members("south", DAY) == (Member("ana", Fraction("2.5")), Member("ben", Fraction(1)))
        assert found.members("south", date(2017, 6, 1)) == (Member("ana", Fraction("2.5")),)


def test_what_a_commit_brings_counts_where_nothing_was_known_before(tmp_path: Path) -> None:
    acme = build_company(tmp_path / "master.git", node("ana") | {"metrics/churn/2017-q1.yml": FIGURES})
    later = FIGURES.replace("2017-q1", "2017-q2")
    changed = {"metrics/churn/2017-q1.yml": FIGURES.replace("2.5%", "9%"), "metrics/churn/2017-q2.yml": later}
    acme.merge(node("ben") | changed, on=DAY)
    with Objects(acme.git_dir) as objects:
        found = lookups_of(terms_of(objects, read_commit(objects, acme.main), Memory()))
        assert (found.metric("churn", "2017-q1") or {})["ana"] == Fraction(1, 40)
        assert (found.metric("churn", "2017-q2") or {})["ana"] == Fraction(1, 40)
        assert found.among("plan", "ana", "rep", DAY) == ("ana", "ben")


def test_a_payee_is_known_by_what_they_are_on_a_day(tmp_path: Path) -> None:
    grades = 'grades:\n  - {grade: junior, starts: "2017-01-01"}\n  - {grade: senior, starts: "2017-05-02"}\n'
    ana = _member("ana", '{team: south, starts: "2017-01-01", ends: "2017-05-01"}', more=grades)
    acme = build_company(tmp_path / "master.git", ana)
    with Objects(acme.git_dir) as objects:
        payee = Records(objects, acme.root, Memory()).payee("ana")
    assert payee is not None
    assert payee.facts_on(date(2017, 4, 30)) == {"grade": "junior", "team": "south"}
    assert payee.facts_on(DAY) == {"grade": "senior"}
