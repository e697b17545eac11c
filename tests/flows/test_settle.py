"""Does settlement book the difference between what main says and what stands, and nothing else?"""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle import PlainLedger, Settlement, settle, settle_objects
from salesrepo.store.ledger import Ledger
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import changed_paths, first_parents
from salesrepo.vcs.objects import Objects
from tests.helpers.company import Company, build_company, deal, flat_plan, node, product, tier_plan

PEOPLE = {**node("ana", forge_id=1), **node("ben", forge_id=2)}
DAY = date(2017, 3, 2)


def company(tmp_path: Path, *more: dict[str, str]) -> Company:
    files = {**PEOPLE, **flat_plan("10%"), **product()}
    for part in more:
        files |= part
    return build_company(tmp_path / "master.git", files)


def settled(of: Company) -> Settlement:
    return settle(PlainLedger(of.git_dir))


def lines(of: Company, name: str) -> list[tuple[str, str, int]]:
    with Objects(of.git_dir) as objects:
        return [(x.type.value, x.payee, x.amount) for x in Ledger(objects, of.ledger).of_deal(name).lines]


def last(of: Company, name: str) -> LineItem:
    with Objects(of.git_dir) as objects:
        return Ledger(objects, of.ledger).of_deal(name).lines[-1]


def sums(of: Company) -> dict[str, str]:
    """What each payee's last file closes with."""
    with Objects(of.git_dir) as objects:
        ledger = Ledger(objects, of.ledger)
        return {who: ledger.closing(who)[1].amounts["USD"] for who in ledger.nodes()}


def test_a_company_without_sales_has_no_ledger(tmp_path: Path) -> None:
    acme = company(tmp_path)
    done = settled(acme)
    assert (done.ledger, done.changed, done.lines) == (None, False, 0)
    assert acme.ledger is None


def test_a_won_deal_is_paid_and_dated_by_its_merge(tmp_path: Path) -> None:
    acme = company(tmp_path)
    merged = acme.merge(deal("d-acme.com-1", credits={"ana": "50%", "ben": "50%"}), on=DAY, title="Win acme/1")
    done = settled(acme)
    assert done.totals == {("ana", "USD"): 5000, ("ben", "USD"): 5000}
    assert done.commits == ((merged, acme.ledger),)
    (commit,) = first_parents(acme.git_dir, done.ledger or "")
    assert commit.message == f"Settle Win acme/1\n\nSettled-Through: {merged}\nOpened-By: {acme.root}\n"
    (own,) = [c for c in first_parents(acme.git_dir, merged, acme.root)]
    assert commit.committed == own.committed


def test_settled_twice_changes_nothing(tmp_path: Path) -> None:
    acme = company(tmp_path)
    acme.merge(deal("d-acme.com-1"), on=DAY)
    first = settled(acme)
    again = settled(acme)
    assert (again.ledger, again.changed, again.lines) == (first.ledger, False, 0)


def test_what_stands_in_the_root_is_settled_too(tmp_path: Path) -> None:
    acme = company(tmp_path, deal("d-acme.com-1"))
    assert settled(acme).totals == {("ana", "USD"): 10000}


def test_a_note_pays_nothing_again(tmp_path: Path) -> None:
    acme = company(tmp_path, deal("d-acme.com-1"))
    settled(acme)
    acme.merge(deal("d-acme.com-1", note="Renewal in May"), on=DAY)
    assert not settled(acme).changed


def test_an_amended_deal_is_taken_back_and_paid_anew(tmp_path: Path) -> None:
    acme = company(tmp_path, deal("d-acme.com-1"))
    settled(acme)
    acme.merge(deal("d-acme.com-1", "1500", credits={"ben": "100%"}), on=DAY)
    settled(acme)
    assert lines(acme, "d-acme.com-1") == [
        ("earning", "ana", 10000),
        ("reversal", "ana", -10000),
        ("earning", "ben", 15000),
    ]
    assert sums(acme) == {"ana": "0.00", "ben": "150.00"}


@pytest.mark.parametrize("gone", [True, False], ids=["removed", "lost"])
def test_a_deal_that_is_won_no_longer_is_taken_back(tmp_path: Path, gone: bool) -> None:
    acme = company(tmp_path, deal("d-acme.com-1"))
    settled(acme)
    (path,) = deal("d-acme.com-1")
    acme.merge({path: None} if gone else {**deal("d-acme.com-1", stage="proposal")}, on=DAY)
    assert settled(acme).totals == {("ana", "USD"): -10000}
    assert ("removed" if gone else "no longer won") in last(acme, "d-acme.com-1").because


def test_a_deal_that_moves_to_another_account_keeps_its_pay(tmp_path: Path) -> None:
    acme = company(tmp_path, deal("old-1"))
    settled(acme)
    (path,) = deal("old-1")
    acme.merge({path: None, **deal("old-1", account="d-other.com")}, on=DAY)
    assert not settled(acme).changed


def test_two_accounts_cannot_be_paid_by_one_deal_id(tmp_path: Path) -> None:
    acme = company(tmp_path, deal("same-1"))
    settled(acme)
    acme.merge(deal("same-1", "9000", account="d-other.com", credits={"ben": "100%"}), on=DAY)
    done = settled(acme)
    assert not done.changed
    assert [found.deal for found in done.unrated] == ["same-1"]


def test_slices_go_on_where_the_month_stands(tmp_path: Path) -> None:
    acme = build_company(
        tmp_path / "master.git", {**PEOPLE, **product(), **tier_plan(("0", "5%"), ("1500", "10%")), **deal("d-a.com-1")}
    )
    settled(acme)
    acme.merge(deal("d-a.com-2", "1000"), on=DAY)
    settled(acme)
    assert [(part.part, part.rate) for part in last(acme, "d-a.com-2").slices] == [
        ((50000, 1), "5%"),
        ((50000, 1), "10%"),
    ]


def test_the_plan_of_the_first_parent_pays(tmp_path: Path) -> None:
    acme = company(tmp_path)
    acme.merge({**flat_plan("90%"), **deal("d-acme.com-1")}, on=DAY)
    assert settled(acme).totals == {("ana", "USD"): 10000}


def test_a_later_plan_version_does_not_rate_old_lines_again(tmp_path: Path) -> None:
    acme = company(tmp_path, deal("d-acme.com-1"))
    settled(acme)
    acme.merge(flat_plan("90%"), on=DAY)
    assert not settled(acme).changed


def test_who_has_no_plan_waits_and_is_paid_when_there_is_one(tmp_path: Path) -> None:
    acme = build_company(tmp_path / "master.git", {**node("ana", plan=None), **product(), **deal("d-acme.com-1")})
    done = settled(acme)
    assert [(x.payee, x.amount) for x in done.pending] == [("ana", 0)]
    acme.merge(node("ana", plan="rep"), on=DAY)
    assert not settled(acme).changed
    acme.merge(flat_plan("10%"), on=DAY)
    done = settled(acme)
    assert (done.totals, done.pending) == ({("ana", "USD"): 10000}, ())
    with Objects(acme.git_dir) as objects:
        assert Ledger(objects, acme.ledger).closing("ana")[1].pending == ()


def test_only_the_credit_that_waited_is_booked(tmp_path: Path) -> None:
    acme = company(
        tmp_path, node("ben", plan=None, forge_id=2), deal("d-a.com-1", credits={"ana": "50%", "ben": "50%"})
    )
    settled(acme)
    acme.merge(node("ben", forge_id=2), on=DAY)
    assert settled(acme).totals == {("ben", "USD"): 5000}
    assert lines(acme, "d-a.com-1") == [
        ("earning", "ana", 5000),
        ("pending", "ben", 0),
        ("reversal", "ben", 0),
        ("earning", "ben", 5000),
    ]


def test_another_currency_waits_for_a_plan_that_takes_it(tmp_path: Path) -> None:
    acme = company(tmp_path, deal("d-acme.com-1", currency="EUR"))
    assert [x.type for x in settled(acme).pending] == [LineType.PENDING]
    acme.merge(flat_plan("10%", currency="EUR"), on=DAY)
    assert settled(acme).totals == {("ana", "EUR"): 10000}


def test_a_deal_that_cannot_be_paid_is_named_and_stops_nobody(tmp_path: Path) -> None:
    acme = company(tmp_path)
    acme.merge(
        {
            **deal("d-a.com-1", credits={"ana": "60%", "ben": "60%"}),
            **deal("d-a.com-2", "1.001"),
            **deal("d-a.com-3"),
            next(iter(deal("d-a.com-4"))): "deal: [\n",
            **deal("d-a.com-5", "999999999999999"),
        },
        on=DAY,
    )
    done = settled(acme)
    assert [found.deal for found in sorted(done.unrated, key=lambda found: found.deal)] == [
        "d-a.com-1",
        "d-a.com-2",
        "d-a.com-4",
        "d-a.com-5",
    ]
    assert done.totals == {("ana", "USD"): 10000}
    acme.merge(deal("d-a.com-4"), on=DAY)
    assert settled(acme).totals == {("ana", "USD"): 10000}


def closed(period: str) -> dict[str, str]:
    """The record that closes a month."""
    text = f'period: "{period}"\nprepared_by: ana\nthrough: "{"0" * 40}"\ndigest: "{"0" * 64}"\n'
    return {f"closes/{period}.yml": text}


def test_a_line_is_booked_into_the_period_that_it_is_earned_in_while_that_is_open(tmp_path: Path) -> None:
    """Noon in UTC on 31 March is 1 April in Auckland."""
    settings = 'name: Acme\ncurrency: USD\ntime_zone: Pacific/Auckland\nforge: local\npay: open\nformat: "1"\n'
    acme = company(tmp_path, {"salesrepo.yml": settings})
    acme.merge(deal("d-acme.com-1"), on=date(2017, 3, 31))
    acme.merge(closed("2017-03"), on=date(2017, 4, 2))
    acme.merge(deal("d-acme.com-2"), on=date(2017, 5, 2))
    settled(acme)
    first, late = last(acme, "d-acme.com-1"), last(acme, "d-acme.com-2")
    assert (first.booked_on, first.booking_period, first.earning_period) == (date(2017, 4, 1), "2017-03", "2017-03")
    assert (late.booked_on, late.booking_period, late.earning_period) == (date(2017, 5, 3), "2017-04", "2017-03")


def test_many_lines_are_cut_into_small_files_and_found_again(tmp_path: Path) -> None:
    acme = company(tmp_path)
    wins = [deal(f"x-{number:03}", str(number)) for number in range(1, 101)]
    acme.merge({path: text for win in wins for path, text in win.items()}, on=DAY)
    done = settled(acme)
    with Objects(acme.git_dir) as objects:
        ledger = Ledger(objects, acme.ledger)
        files = ledger.batches("ana")
        sizes = objects.info_many(file.blob.oid for file in files)
        assert [file.seq for file in files] == [1, 2, 3, 4]
        assert [bool(ledger.batch(file).closing) for file in files] == [False, False, False, True]
        assert max(found[1] for found in sizes.values() if found) < 48 * 1024
        assert ledger.of_deal("x-077").lines[0].amount == 770
    assert done.totals == {("ana", "USD"): 10 * sum(range(1, 101))}


def test_a_ledger_of_another_main_is_refused(tmp_path: Path) -> None:
    acme = company(tmp_path, deal("d-acme.com-1"))
    settled(acme)
    (other,) = write_commits(acme.git_dir, [Draft({}, "Another company", 1_500_000_000)], parent=None)
    with pytest.raises(RefusedError, match="history was rewritten"):
        settle_objects(acme.git_dir, other, acme.ledger)
    with pytest.raises(RefusedError, match="does not say what it settles"):
        settle_objects(acme.git_dir, acme.main, acme.main)


def _any_change(random: Random, amounts: dict[str, dict[str, int]]) -> dict[str, str | None]:
    """One merge at random; `amounts` follows what each won deal pays each of its people at 10 %."""
    changed: dict[str, str | None] = {}
    for name in random.sample([f"d-acme.com-{number}" for number in range(1, 9)], random.randint(1, 3)):
        (path,) = deal(name)
        kind = random.choice(["win", "win", "win", "open", "gone"])
        amounts.pop(name, None)
        if kind == "gone":
            changed[path] = None
        elif kind == "open":
            changed |= deal(name, stage="proposal")
        else:
            price = random.randint(1, 400) * 10
            people = random.choice([{"ana": "100%"}, {"ana": "40%", "ben": "60%"}, {"ben": "100%"}])
            amounts[name] = {who: price * int(share[:-1]) // 10 for who, share in people.items()}
            day = date(2017, random.randint(1, 6), 3).isoformat()
            changed |= deal(name, str(price), credits=people, signed=day)
    return changed


@pytest.mark.parametrize("seed", range(3))
def test_step_by_step_and_from_the_root_give_the_same_commits(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    acme = company(tmp_path, node("ben", plan=None, forge_id=2))
    amounts: dict[str, dict[str, int]] = {}
    for month in range(1, 9):
        acme.merge({**deal("d-never.com-1", stage="demo", note=str(month)), **_existing(acme, random, amounts)})
        if month == 5:
            acme.merge(node("ben", forge_id=2))
        if random.random() < 0.7:
            settled(acme)
    settled(acme)
    assert settle_objects(acme.git_dir, acme.main, None).ledger == acme.ledger
    monkeypatch.setattr("salesrepo.flows.books.settle._MOST", 1)  # every commit is written by itself
    assert settle_objects(acme.git_dir, acme.main, None).ledger == acme.ledger
    due = {who: sum(of.get(who, 0) for of in amounts.values()) for who in ("ana", "ben")}
    assert {who: round(float(text) * 100) for who, text in sums(acme).items()} == {
        who: cents for who, cents in due.items() if who in sums(acme)
    }
    for commit in first_parents(acme.git_dir, acme.ledger or ""):
        before = commit.parents[0] if commit.parents else None
        assert all(change.before is None for change in changed_paths(acme.git_dir, before, commit.oid))


def _existing(of: Company, random: Random, amounts: dict[str, dict[str, int]]) -> dict[str, str | None]:
    """A change at random that removes nothing which is not there."""
    changes = _any_change(random, amounts)
    with Objects(of.git_dir) as objects:
        held = objects.at_many(of.main, changes)
    return {path: text for path, text in changes.items() if text is not None or held[path]}
