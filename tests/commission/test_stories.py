"""Does a company's life come out to the cent: plans, deals, payments and closes, settled over a real repository?

Each story is settled in several goes; then once more, and verified: settled from the root to the same ledger.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from salesrepo.commission.booked.line import read_line
from salesrepo.commission.explain.line import check_line
from salesrepo.commission.payday.balance import Balance, balances
from salesrepo.domain.money import show_amount
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.domain.verification import Fault
from salesrepo.flows.books.settle import settle_objects
from salesrepo.flows.books.verify import verify
from salesrepo.store.ledger import Ledger
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.transfer import init_bare
from tests.helpers.history import write_history
from tests.helpers.stories import Story

STORIES = sorted((Path(__file__).parent / "stories").glob("*.yml"))
NOW = 4_000_000_000

Told = dict[str, dict[str, Any]]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_comes_out_to_the_cent(path: Path, tmp_path: Path) -> None:
    story = Story(path)
    init_bare(tmp_path)
    mains = write_history(tmp_path, story.root(), list(story.merges()), founded=story.founded)
    ledger = None
    for main in (*mains[1:-1:4], mains[-1]):
        ledger = settle_objects(tmp_path, main, ledger).ledger
    lines = booked(tmp_path, ledger)
    assert told(story, lines) == story.said["expect"]
    keys = [line.key for of in lines.values() for line in of]
    assert len(keys) == len(set(keys))
    assert [wrong for of in lines.values() for line in of if (wrong := check_line(line))] == []
    assert not settle_objects(tmp_path, mains[-1], ledger).changed
    report = verify(tmp_path, mains[-1], ledger, judge=None, now=NOW)
    assert report.to_settle == 0
    assert [
        each for each in report.differences if each.fault is not Fault.CLOSE
    ] == []  # closes promise no figures here


def test_every_story_names_its_source() -> None:
    assert all(Story(path).said["source"] and Story(path).said["provenance"] for path in STORIES)


def booked(repo: Path, commit: str | None) -> dict[str, list[LineItem]]:
    """All lines by payee, oldest first."""
    with Objects(repo) as objects:
        ledger = Ledger(objects, commit)
        return {
            node: [read_line(line) for file in ledger.batches(node) for line in ledger.batch(file).lines]
            for node in ledger.nodes()
        }


def told(story: Story, lines: dict[str, list[LineItem]]) -> dict[str, Told]:
    """Lines and balances by payee and booking period, as stories write them."""
    return {payee: _of_payee(story, of) for payee, of in lines.items()}


def _of_payee(story: Story, lines: list[LineItem]) -> Told:
    calendar = Calendar(int(story.said.get("settings", {}).get("fiscal_year_starts", "1")))
    found: Told = {}
    opening: dict[str, int] = {}
    known = {line.key: line.type for line in lines}
    ended = {line.booking_period: calendar.named(line.booking_period) for line in lines}
    for period in sorted(ended, key=lambda name: (ended[name].ends, -ended[name].starts.toordinal())):
        own = [line for line in lines if line.booking_period == period]
        sums = balances(own, opening, types=known)
        found[period] = {"lines": [_line(line, story.currency) for line in own], **_balances(sums, story.currency)}
        opening = {currency: balance.closing for currency, balance in sums.items()}
    return found


def _line(line: LineItem, currency: str) -> str:
    said = [line.type.value, line.component, show_amount(line.amount, line.currency)]
    if line.type is LineType.PENDING:
        said[-1] = line.needs
    elif line.currency != currency:
        said.append(line.currency)
    return " ".join(word for word in said if word)


def _balances(sums: dict[str, Balance], currency: str) -> dict[str, dict[str, str]]:
    return {
        "balance" if money == currency else money: {
            name: show_amount(amount, money) for name, amount in _moved(balance) if amount or name == "closing"
        }
        for money, balance in sums.items()
    }


def _moved(balance: Balance) -> Iterable[tuple[str, int]]:
    return balance._asdict().items()
