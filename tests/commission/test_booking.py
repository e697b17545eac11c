"""Does the ledger's text hold a line whole, in every currency?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.commission.booked.line import book, closing, read_closing, read_line
from salesrepo.commission.booked_lines import top_seqs
from salesrepo.commission.engine import pay
from salesrepo.commission.lines import ENGINE
from salesrepo.commission.reverse import reverse
from salesrepo.domain.kinds.ledger_batch import BY_DEAL, LEDGER_BATCH, DealLine, DealLines, LedgerBatch
from salesrepo.domain.statement import LineItem
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate
from salesrepo.store.records import file_of
from tests.commission.samples import CALENDAR, COMMIT, DAY, credits, event, sales, settle, tiers


def a_batch(currency: str = "EUR") -> tuple[LedgerBatch, tuple[LineItem, ...]]:
    by = tiers(("0", "5%"), ("4", "7.255%"), currency=currency)
    booked = settle(sales(3_333, -7, 0, currency=currency), by)
    undone = reverse(
        booked.lines[:1],
        booked.totals,
        calendar=CALENDAR,
        booked_on=DAY,
        commit=COMMIT,
        why="the deal was not won after all",
        seqs=top_seqs(booked.lines),
    )
    waiting = pay(credits(event(100, currency=currency)), {}, {}, calendar=CALENDAR).lines
    lines = (*booked.lines, *undone.lines, *waiting)
    end = closing(undone.totals, {"EUR": 100}, lines)
    batch = LedgerBatch(
        node="ana",
        period="2026-03",
        seq=7,
        commit=COMMIT,
        engine=ENGINE,
        lines=tuple(book(line) for line in lines),
        closing=end,
    )
    return batch, lines


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_a_batch_is_written_and_read_back_line_by_line(currency: str) -> None:
    batch, lines = a_batch(currency)
    path, data = file_of(LEDGER_BATCH, batch)
    assert path.endswith("/ana/2026-03/000007.yml")
    (plain,) = read_documents(data, path=path, cap=LEDGER_BATCH.cap)
    read = validate(LEDGER_BATCH, plain, path=path)
    assert read == batch
    assert tuple(read_line(line) for line in read.lines) == lines


@given(st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_no_line_loses_anything_as_text(amount: int, currency: str) -> None:
    for line in settle(sales(amount, currency=currency), tiers(("0", "3.333333%"), currency=currency)).lines:
        assert read_line(book(line)) == line


def test_the_closing_is_what_the_next_batch_opens_with() -> None:
    batch, lines = a_batch()
    assert batch.closing is not None
    totals, sums = read_closing("ana", batch.closing)
    assert [(key.measure, key.window, total) for key, total in totals.items()] == [("sales", "2026-03", -7)]
    assert sums == {"EUR": 100 + sum(line.amount for line in lines)}


def test_a_deal_knows_where_its_lines_stand() -> None:
    batch, lines = a_batch()
    found = DealLines(
        deal="d-acme.com-1",
        account="d-acme.com",
        seq=1,
        lines=tuple(
            DealLine(
                key=line.key,
                type=line.type,
                amount=book(line).amount,
                currency=line.currency,
                node=batch.node,
                period=batch.period,
                batch=batch.seq,
            )
            for line in lines
        ),
    )
    path, data = file_of(BY_DEAL, found)
    (plain,) = read_documents(data, path=path, cap=BY_DEAL.cap)
    assert validate(BY_DEAL, plain, path=path) == found
