"""Does every journal balance, say what the lines say, and stand before the real programs?"""

import csv
import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from beancount import loader
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.money import parse_amount
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from salesrepo.export.amortise import instalments
from salesrepo.export.mapping import AccrualTerms, Capitalise, ExportMapping, JournalTerms
from salesrepo.export.registry import export
from salesrepo.export.rows import Role, entries
from tests.export.samples import EARLIER, LINES, MARCH, job, line, payout

NODE = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
MONEY = ("USD", "JPY", "KWD")
HLEDGER = shutil.which("hledger")


class Moved(NamedTuple):
    """One posting as a file says it; `entry` numbers the transactions."""

    entry: int
    account: str
    currency: str
    amount: int


# --- readers of our own, which know nothing of the writers -----------------------------------------------------------


def read_text(data: bytes) -> Iterator[Moved]:
    """The postings of an hledger or beancount file."""
    entry = 0
    for row in data.decode().splitlines():
        entry += bool(re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2} \* ", row))
        if found := re.fullmatch(r"  ([A-Z]\S+)\s{2,}(-?[0-9.]+) ([A-Z]{3})", row):
            yield Moved(entry, found[1], found[3], parse_amount(found[2], found[3]))


def read_accrual(data: bytes) -> Iterator[Moved]:
    """The postings of a journal as CSV, each payee's accounts apart."""
    for row in csv.DictReader(io.StringIO(data.decode())):
        assert bool(row["debit"]) != bool(row["credit"])
        sign = 1 if row["debit"] else -1
        amount = parse_amount(row["debit"] or row["credit"], row["currency"])
        assert amount > 0
        yield Moved(int(row["entry"]), f"{row['account']}:{row['payee']}", row["currency"], sign * amount)


def moved(form: str, lines: tuple[LineItem, ...], **more: Any) -> list[Moved]:
    (data,) = export(form, job(form, lines=lines, **more)).files.values()
    return [*(read_accrual(data) if form == "accrual" else read_text(data))]


def balances(found: list[Moved], prefix: str) -> dict[tuple[str, str], int]:
    """What stands on each payee's account below `prefix`, by the payee (lower case) and currency."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in found:
        if one.account.startswith(f"{prefix}:"):
            sums[one.account.removeprefix(f"{prefix}:").lower(), one.currency] += one.amount
    return {key: amount for key, amount in sums.items() if amount}


def sums_of(lines: tuple[LineItem, ...], *kinds: LineType) -> dict[tuple[str, str], int]:
    """What the lines of these types (all of them where none is named) sum to, by payee and currency."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in lines:
        if not kinds or one.type in kinds:
            sums[one.payee, one.currency] += one.amount
    return {key: amount for key, amount in sums.items() if amount}


# --- they balance ----------------------------------------------------------------------------------------------------


@st.composite
def some_lines(draw: st.DrawFn) -> tuple[LineItem, ...]:
    """Lines of every type, a reversal always undoing the line before it."""
    made: list[LineItem] = []
    kinds = st.sampled_from([kind for kind in LineType if kind is not LineType.REVERSAL])
    rows = st.tuples(kinds, NODE, st.integers(-(10**12), 10**12), st.sampled_from(MONEY), st.booleans())
    for seq, (kind, payee, amount, money, undo) in enumerate(draw(st.lists(rows, min_size=1, max_size=12)), 1):
        pays = 0 if kind is LineType.PENDING else amount
        made.append(line(kind, payee, pays, money, deal="d-acme.com-1", seq=2 * seq))
        if undo:
            last = made[-1]
            made.append(last._replace(key=f"{last.key}1", type=LineType.REVERSAL, amount=-pays, reverses=last.key))
    return tuple(made)


@pytest.mark.parametrize("form", ["hledger", "beancount", "accrual"])
@settings(max_examples=25)
@given(lines=some_lines())
def test_every_entry_balances_and_the_accounts_say_what_the_lines_say(form: str, lines: tuple[LineItem, ...]) -> None:
    found = moved(form, lines)
    entries_of: Counter[tuple[int, str]] = Counter()
    for one in found:
        entries_of[one.entry, one.currency] += one.amount
    assert set(entries_of.values()) <= {0}
    unpaid = {key: -amount for key, amount in balances(found, "Liabilities:Commission:Payable").items()}
    assert unpaid == sums_of(lines)
    kept = tuple(one for one in lines if one.type is not LineType.REVERSAL)
    undone = {one.reverses for one in lines}
    standing = tuple(one for one in kept if one.key not in undone)
    held = balances(found, "Liabilities:Commission:Reserve")
    assert held == sums_of(standing, LineType.RESERVE, LineType.RELEASE)
    assert balances(found, "Assets:Draws") == sums_of(standing, LineType.DRAW_ADVANCE, LineType.DRAW_RECOVERY)


def test_what_is_earned_and_not_released_is_a_liability_of_its_own() -> None:
    found = moved("hledger", LINES)
    assert balances(found, "Liabilities:Commission:Reserve") == {("ana", "USD"): -15000}  # 400 - 50 - 200 undone
    assert balances(found, "Assets:Draws") == {("ben-9", "USD"): -100000, ("dee", "USD"): 5000}
    assert ("team-x", "USD") not in balances(found, "Liabilities:Commission:Payable")


def test_a_day_never_leaves_the_period() -> None:
    early = line(LineType.EARNING, "ana", 1, deal="d-acme.com-1", booked_on=date(2027, 2, 1))
    late = line(LineType.EARNING, "ana", 1, deal="d-acme.com-1", booked_on=date(2027, 5, 1), seq=2)
    assert [entry.on for entry in entries((late, early), MARCH, undone={})] == [date(2027, 3, 1), date(2027, 3, 31)]


@pytest.mark.parametrize("reverses", [None, "nothing", "itself"])
def test_a_reversal_of_nothing_is_refused(reverses: str | None) -> None:
    odd = line(LineType.REVERSAL, "ana", 1, deal="d-acme.com-1")
    odd = odd._replace(reverses=odd.key if reverses == "itself" else reverses)
    with pytest.raises(RefusedError, match="undoes another that is nowhere"):
        entries((odd,), MARCH, undone={})


def test_a_draw_that_nobody_recovers_is_an_expense_where_finance_says_so() -> None:
    drawn = (line(LineType.DRAW_ADVANCE, "ana", 500, component="start"),)
    assert balances(moved("hledger", drawn), "Assets:Draws") == {("ana", "USD"): 500}
    mapping = ExportMapping(journal=JournalTerms(expensed_draws=("start",)))
    assert balances(moved("hledger", drawn, mapping=mapping), "Assets:Draws") == {}


def test_finance_names_the_accounts_and_two_never_share_a_name() -> None:
    own = JournalTerms(accounts={"expense": "Expenses:Sales:Pay", "paid_out": "Assets:Bank"})
    accounts = {one.account for one in moved("beancount", LINES, mapping=ExportMapping(journal=own))}
    assert {"Expenses:Sales:Pay", "Assets:Bank"} <= accounts
    twice = JournalTerms(accounts={"expense": "Assets:Draws"})
    with pytest.raises(RefusedError, match="Two accounts"):
        moved("hledger", LINES, mapping=ExportMapping(journal=twice))


# --- costs that are spread -------------------------------------------------------------------------------------------


@given(st.integers(-(10**12), 10**12), st.integers(1, 600))
def test_instalments_are_equal_and_sum_to_the_amount(amount: int, months: int) -> None:
    parts = instalments(amount, months)
    assert (len(parts), sum(parts)) == (months, amount)
    assert len(set(parts[:-1])) <= 1
    assert 0 <= abs(parts[-1]) - abs(parts[0]) < months


def spread(lines: tuple[LineItem, ...], **policy: Any) -> list[Moved]:
    terms = AccrualTerms(capitalise=Capitalise(**policy))
    return moved("accrual", lines, mapping=ExportMapping(accrual=terms), undone={one.key: one for one in EARLIER})


def test_what_is_spread_leaves_nothing_deferred_in_the_end() -> None:
    for months in ("1", "7", "24"):
        found = spread(LINES, otherwise=months)
        assert balances(found, "Assets:Commission:Deferred") == {}
        assert balances(found, "Expenses:Commission") == balances(
            spread(LINES, otherwise="expense"), "Expenses:Commission"
        )


def test_only_the_policy_s_components_and_deals_are_spread() -> None:
    def deferred(**policy: Any) -> set[str]:
        return {one.account for one in spread(LINES, **policy) if "Deferred" in one.account}

    assert deferred(otherwise="expense") == set()
    assert deferred(otherwise="expense", months={"d-gamma.com-1": 3}) == {"Assets:Commission:Deferred:carl"}
    assert deferred(otherwise="2", components=("new-business",)) == {"Assets:Commission:Deferred:carl"}
    # A clawback is an expense at once; so is what has no deal.
    assert not {"Assets:Commission:Deferred:dee", "Assets:Commission:Deferred:team-x"} & deferred(otherwise="2")


# --- before the real programs ----------------------------------------------------------------------------------------


def written(folder: Path, form: str, lines: tuple[LineItem, ...], name: str) -> Path:
    (data,) = export(form, job(form, lines=lines)).files.values()
    path = folder / name
    path.write_bytes(data)
    return path


ODD_NODES = ("a", "9", "0-0", "z9", "a-b", "con", "x" * 50)
ODD = tuple(
    line(kind, node, 12345, money, deal="d-acme.com-1", seq=seq)
    for seq, (node, money, kind) in enumerate(
        (node, money, kind)
        for node in ODD_NODES
        for money in MONEY
        for kind in (LineType.EARNING, LineType.RESERVE, LineType.DRAW_ADVANCE)
    )
)
HOSTILE = tuple(
    line(LineType.EARNING, "ana", 1, deal=deal, seq=seq, component='x"; y, | z\n  Assets:Draws:ana  1 USD')
    for seq, deal in enumerate(("d-acme.com-1", 'a"b\\', "a\nb", "; c", "é\u2028"))
)


@pytest.mark.skipif(HLEDGER is None, reason="hledger is not installed (Debian and Homebrew: the package hledger)")
def test_hledger_takes_the_journals_strictly_one_by_one_and_together(tmp_path: Path) -> None:
    april = tuple(one._replace(key=f"{one.key}9", booking_period="2027-04") for one in LINES[:3])
    for name, lines in (("march", LINES), ("april", april), ("odd", ODD), ("hostile", HOSTILE)):
        written(tmp_path, "hledger", lines, f"{name}.journal")
    whole = tmp_path / "all.journal"
    whole.write_text("".join(f"include {name}.journal\n" for name in ("march", "april", "odd", "hostile")))
    hledger(whole, "check", "--strict")
    found = hledger(tmp_path / "march.journal", "balance", "-O", "csv", "Liabilities:Commission", "Assets:Draws")
    told = {row["account"]: row["balance"] for row in csv.DictReader(io.StringIO(found))}
    assert told["Liabilities:Commission:Reserve:ana"] == "-150.00 USD"
    assert told["Assets:Draws:dee"] == "50.00 USD"
    tagged = hledger(tmp_path / "march.journal", "print", f"tag:line=^{re.escape(LINES[0].key)}$")
    assert "1000.00 USD" in tagged


def hledger(path: Path, *words: str) -> str:
    done = subprocess.run(
        [str(HLEDGER), "-f", str(path), *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_beancount_takes_the_ledgers_and_says_the_same(tmp_path: Path) -> None:
    for name, lines in (("march", LINES), ("odd", ODD), ("hostile", HOSTILE)):
        path = written(tmp_path, "beancount", lines, f"{name}.beancount")
        found, errors, _ = loader.load_file(str(path))
        assert errors == []
        booked = [one for one in found if type(one).__name__ == "Transaction"]
        assert len(booked) == len([one for one in lines if one.amount])
        assert {one.meta["line"] for one in booked if name != "hostile"} <= {one.key for one in lines}
    both = tmp_path / "all.beancount"
    both.write_text('plugin "beancount.plugins.auto_accounts"\ninclude "march.beancount"\ninclude "odd.beancount"\n')
    assert loader.load_file(str(both))[1] == []


@settings(max_examples=15)
@given(st.lists(NODE, min_size=1, max_size=8, unique=True))
def test_no_two_nodes_share_an_account_in_beancount(nodes: list[str]) -> None:
    lines = tuple(line(LineType.EARNING, node, 1, deal="d-acme.com-1") for node in nodes)
    (data,) = export("beancount", job("beancount", lines=lines)).files.values()
    found, errors, _ = loader.load_string(data.decode())
    assert errors == []
    opened = {one.account for one in found if type(one).__name__ == "Open"}
    assert len(opened) == len(nodes) + 1


def test_the_amounts_of_a_period_of_a_quarter_stand_inside_it() -> None:
    quarter = Calendar().named("2027-q1")
    made = entries((payout("ana", 1, booked_on=quarter.ends + timedelta(days=9)),), quarter, undone={})
    assert [(one.on, one.postings[0].role) for one in made] == [(date(2027, 3, 31), Role.PAID_OUT)]
