"""Do places, groups and ties come out as plans say, whoever is in the field and in whatever order?"""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.commission.rankings import Order, group_of, rank_of

LOWEST = Order(False, "worst")
figures = st.dictionaries(st.sampled_from("abcdefghij"), st.fractions(-5, 5), min_size=1)


def _groups(churn: dict[str, str], groups: int | None = 4, order: Order = LOWEST) -> dict[str, int]:
    exact = {node: Fraction(text) for node, text in churn.items() if text}
    ranks = {node: rank_of(node, churn, exact, order) for node in churn}
    return {node: group_of(rank.place, rank.size, groups) for node, rank in ranks.items()}


def test_eight_reps_by_churn_are_two_in_each_quarter() -> None:
    # HubSpot's second plan, stack-ranked by the quarter's churn
    churn = {"r1": "0.010", "r2": "0.015", "r3": "0.020", "r4": "0.030", "r5": "0.040", "r6": "0.050", "r7": "0.08"}
    found = _groups(churn | {"r8": "0.1"})
    assert found == {"r1": 1, "r2": 1, "r3": 2, "r4": 2, "r5": 3, "r6": 3, "r7": 4, "r8": 4}


def test_a_tie_takes_the_better_quarter() -> None:
    assert _groups({"a": "1", "b": "2", "c": "2", "d": "5"}) == {"a": 1, "b": 2, "c": 2, "d": 4}


@pytest.mark.parametrize(
    ("missing", "groups"),
    [
        ("worst", {"a": 1, "b": 2, "new": 3, "newer": 3}),
        ("best", {"a": 3, "b": 4, "new": 1, "newer": 1}),
        (Fraction("1.5"), {"a": 1, "b": 4, "new": 2, "newer": 2}),
    ],
)
def test_who_has_no_figure_stands_where_the_plan_says(missing: Fraction, groups: dict[str, int]) -> None:
    assert _groups({"a": "1", "b": "2", "new": "", "newer": ""}, None, Order(False, missing)) == groups


def test_the_highest_may_be_best() -> None:
    assert _groups({"a": "9", "b": "9", "c": "4", "d": "2"}, None, Order(True, "worst")) == {
        "a": 1,
        "b": 1,
        "c": 3,
        "d": 4,
    }


def test_somebody_outside_the_field_is_counted_in() -> None:
    rank = rank_of("zoe", ["a", "b"], {"a": Fraction(1), "b": Fraction(2)}, LOWEST)
    assert (rank.place, rank.tied, rank.size) == (2, ("zoe",), 3)


@settings(max_examples=60)
@given(figures, st.booleans(), st.integers(1, 9))
def test_ranks_agree_with_each_other(known: dict[str, Fraction], highest: bool, groups: int) -> None:
    order = Order(highest, "worst")
    field = [*known, "missing"]
    ranks = {node: rank_of(node, field, known, order) for node in field}
    assert {rank.size for rank in ranks.values()} == {len(field)}
    for node, rank in ranks.items():
        assert node in rank.tied and list(rank.tied) == sorted(rank.tied)
        assert all(ranks[other] == rank for other in rank.tied)
        assert 1 <= group_of(rank.place, rank.size, groups) <= groups
        for other, figure in known.items():
            if node in known:
                better = figure > known[node] if highest else figure < known[node]
                assert better == (ranks[other].place < rank.place)
    filled = sorted(place for rank in set(ranks.values()) for place in range(rank.place, rank.place + len(rank.tied)))
    assert filled == list(range(len(field)))
