"""Is every rate of a file taken over, there already, or reported with its reason?"""

from datetime import date

import pytest

from salesrepo.domain.kinds.fx import FxRates
from salesrepo.errors import RefusedError
from salesrepo.importers.rates import ECB, RatesRead, RatesWanted, read_rates

HEAD = "date,from,to,rate,source"
STANDS = FxRates(pair="eur-usd", month="2027-09", source="ECB", rates={date(2027, 9, 1): "1.10"})


def read(
    *lines: str, wanted: RatesWanted | None = None, known: tuple[FxRates, ...] = (), head: str = HEAD
) -> RatesRead:
    stands = {(one.pair, one.month): one for one in known}
    return read_rates(
        "rates.csv",
        "\r\n".join((head, *lines, "")).encode("utf-8-sig"),
        wanted=wanted or RatesWanted(),
        known=lambda pair, month: stands.get((pair, month)),
        unfit=lambda text: "" if text.isprintable() else "It cannot be shown.",
    )


def reasons(found: RatesRead) -> list[str]:
    return [row.reason for row in found.report.rows]


def test_rates_are_laid_over_those_that_stand() -> None:
    lines = (
        "2027-09-03,EUR,USD,1.12,ECB",
        "2027-09-02,eur,usd,1.11,ECB",
        "2027-10-01,EUR,USD,1.2,ECB",
        "2027-09-01,EUR,USD,1.1,ECB",
    )
    found = read(*lines, known=(STANDS,))
    assert reasons(found) == []
    assert [(one.month, list(one.rates.items())) for one in found.months] == [
        ("2027-09", [(date(2027, 9, 1), "1.10"), (date(2027, 9, 2), "1.11"), (date(2027, 9, 3), "1.12")]),
        ("2027-10", [(date(2027, 10, 1), "1.2")]),
    ]
    assert (found.report.files[0].placed, found.report.files[0].there) == (3, 1)


def test_a_rate_that_stands_is_corrected_with_a_reason_only() -> None:
    line = "2027-09-01,EUR,USD,1.11,ECB"
    assert (reasons(read(line, known=(STANDS,))), read(line, known=(STANDS,)).months) == (["other-rate"], ())
    (month,) = read(line, known=(STANDS,), wanted=RatesWanted(reason="misread")).months
    assert (dict(month.rates), dict(month.corrected)) == ({date(2027, 9, 1): "1.11"}, {date(2027, 9, 1): "misread"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('2027-09-02,EUR,USD,"1,1837",ECB', "bad-rate"),
        ("2027-09-02,EUR,USD,0.0,ECB", "bad-rate"),
        ("2027-09-02,EUR,USD,-1.1,ECB", "bad-rate"),
        ("2027-09-02,EUR,USD,1.123456789,ECB", "bad-rate"),
        ("2027-09-02,EUR,USD,,ECB", "bad-rate"),
        ("2027-09-02,EUR,USD,=1+1,ECB", "bad-rate"),
        ("02.09.2027,EUR,USD,1.1,ECB", "bad-date"),
        (",EUR,USD,1.1,ECB", "bad-date"),
        ("2027-09-02,EUR,EUR,1,ECB", "unknown-currency"),
        ("2027-09-02,EUR,XAU,1,ECB", "unknown-currency"),
        ("2027-09-02,EUR,USD,1.1,", "missing-value"),
        ("2027-09-02,EUR,USD,1.1,a friend", "other-source"),
        ("2027-09-02,EUR,USD,1.1,E\u200bCB", "bad-text"),
        ("2027-09-03,EUR,USD,1.1,ECB", "duplicate"),
        ("2027-09-02,EUR,USD", "cells"),
    ],
)
def test_what_is_no_rate_is_reported_with_its_line(line: str, reason: str) -> None:
    found = read("2027-09-03,EUR,USD,1.12,ECB", line, known=(STANDS,))
    assert [(row.line, row.reason) for row in found.report.rows] == [(3, reason)]
    assert found.report.files[0].placed == 1


def test_the_banks_wide_table_is_so_many_for_one_euro() -> None:
    found = read("2027-09-02,1.1805,184.11,0.58,", "2027-09-01,N/A,184,N/A,", head="Date,USD,JPY,CYP,")
    assert {(one.pair, one.source): [*one.rates.values()] for one in found.months} == {
        ("eur-usd", ECB): ["1.1805"],
        ("eur-jpy", ECB): ["184", "184.11"],
    }
    remarks = {remark.sentence: remark.rows for remark in found.report.remarks}
    assert remarks == {"days without a rate": 2, 'rates of "CYP", which is no currency now': 1}


def test_the_banks_daily_file_writes_its_day_out() -> None:
    (month,) = read("02 September 2027, 1.1805,", head="Date, USD, ").months
    assert dict(month.rates) == {date(2027, 9, 2): "1.1805"}
    assert reasons(read("02 Septembre 2027, 1.1805,", head="Date, USD, ")) == ["bad-date"]


def test_only_what_is_asked_for_is_taken_over() -> None:
    wanted = RatesWanted(currencies=frozenset(("USD",)), since=date(2027, 9, 2))
    found = read("2027-09-02,1.18,184", "2027-09-01,1.17,183", "1999-01-04,1.1,x", head="Date,USD,JPY", wanted=wanted)
    assert reasons(found) == []
    assert [(one.pair, dict(one.rates)) for one in found.months] == [("eur-usd", {date(2027, 9, 2): "1.18"})]
    assert [(one.sentence, one.rows) for one in found.report.remarks] == [("rates left out, as was asked for", 5)]


def test_a_file_that_is_no_table_of_rates_is_refused() -> None:
    with pytest.raises(RefusedError, match="has no column date, from, to, rate, source"):
        read("2027-09-02;1.1", head="Datum;Kurs")
    with pytest.raises(RefusedError, match="has no column date"):
        read(head="")
