"""Do a line's own numbers multiply to its amount, and is a changed one noticed?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.commission.explain.line import check_line, explain, steps
from salesrepo.domain.statement import LineItem, LineType
from tests.commission.samples import credits, event, settle, tiers

BY = tiers(("0", "5%"), ("400.00", "7.255%"))


def a_line() -> LineItem:
    return settle(credits(event(100_001), ben="33.3%", ana="66.7%"), BY).lines[1]


@given(st.integers(-(10**9), 10**9), st.integers(0, 100))
def test_the_product_is_the_amount(amount: int, share: int) -> None:
    for line in settle(credits(event(amount), ana=f"{share}%", ben=f"{100 - share}%"), BY).lines:
        assert check_line(line) is None


def test_every_step_is_shown() -> None:
    assert explain(a_line()).splitlines() == [
        "66.7% of 1,000.01 EUR as closer is 667.01 and takes 2026-03 from 0.00 to 667.01: "
        "400.00 at 5% and 267.01 at 7.255% make 39.37 EUR.",
        "  credit: from 33.3% to 100% of 1,000.01 EUR = 667.01",
        "  sales: that share of 1,000.01 = 667.01",
        "  total of 2026-03: 0.00 and 667.01 = 667.01",
        "  at least 0.00: 400.00 x 5% = 20.00",
        "  at least 400.00: 267.01 x 7.255% = 19.3715755",
        "  measure: 400.00 + 267.01 = 667.01",
        "  exact sum: 20.00 + 19.3715755 = 39.3715755",
        "  amount: 39.3715755 rounded = 39.37",
    ]


def _tampered(line: LineItem, **part: Any) -> LineItem:
    ((name, changes),) = part.items()
    if name == "slices":
        return line._replace(slices=(line.slices[0]._replace(**changes), *line.slices[1:]))
    return line._replace(**{name: getattr(line, name)._replace(**changes)})


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ({"credit": {"gives": 66_702}}, "credit should be 667.01"),
        ({"credit": {"of": 200_002}}, "credit should be 1,334.01"),
        ({"measure": {"base": 66_700}}, "sales should be 667.01"),
        ({"enter": {"after": (1, 1)}}, "total of 2026-03 should be 667.01"),
        ({"slices": {"price": (6, 100)}}, "at least 0.00 should be 24.00"),
        ({"slices": {"part": (40_001, 1), "gives": (40_001, 20)}}, "measure should be 667.02"),
    ],
)
def test_a_tampered_part_is_noticed(part: dict[str, Any], says: str) -> None:
    told = check_line(_tampered(a_line(), **part))
    assert told is not None
    assert says in told


def test_a_tampered_amount_is_noticed() -> None:
    line = a_line()._replace(amount=a_line().amount + 1)
    assert check_line(line) == f"{line.key}: amount should be 39.37 (39.3715755 rounded)."
    assert explain(line).endswith("39.37  (the line says otherwise)")
    assert not steps(line)[-1].agrees


def test_what_cannot_be_recomputed_is_never_verified() -> None:
    assert "engine 0" in str(check_line(a_line()._replace(engine="0")))
    assert "type bonus" in str(check_line(a_line()._replace(type=LineType.BONUS)))
    assert "worth nothing" in str(check_line(a_line()._replace(type=LineType.PENDING, amount=1)))
    assert "cannot be recomputed" in str(check_line(a_line()._replace(slices=())))
