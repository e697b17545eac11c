"""Do codes, beginnings of codes, names, groups and former codes choose the rules that people mean?"""

import pytest

from salesrepo.checks.registry import ALIASES, GROUPS, RULES
from salesrepo.checks.selection import ALL, named, select
from salesrepo.errors import UsageError


def codes(word: str) -> list[str]:
    return [rule.code for rule in named(word)]


def test_each_way_to_name_a_rule() -> None:
    assert codes("SR201") == codes("sr201") == codes("claim-taken") == codes("Claim-Taken") == ["SR201"]
    assert codes("SR20") == [rule.code for rule in RULES if rule.code.startswith("SR20")]
    assert codes("sr") == [rule.code for rule in RULES]
    assert codes("T001") == ["SR211"]
    assert codes("P01") == ["SR303"]
    assert set(codes("oversell")) >= {"SR501", "SR502"}
    assert codes("underprice")[0] == "SR303"


@pytest.mark.parametrize(
    ("alias", "code"),
    [("T012", "SR222"), ("H01", "SR321"), ("H15", "SR335"), ("P02", "SR341"), ("P06", "SR345"), ("M02", "SR347")],
)
def test_the_research_s_numbers_have_codes_of_their_own(alias: str, code: str) -> None:
    assert ALIASES[alias] == code
    assert len(set(ALIASES.values())) == len(ALIASES) == 12 + 15 + 6 + 2


def test_no_group_is_called_like_a_rule() -> None:
    assert {rule.name for rule in RULES} & {*GROUPS, *map(str.lower, ALIASES)} == set()


def test_select_and_ignore_leave_out_the_rest_and_say_which() -> None:
    chosen = select(["SR2,oversell"], ["claim-taken"])
    run = [rule.code for rule in chosen.rules]
    assert "SR202" in run and "SR501" in run
    assert "SR201" not in run and "SR101" not in run
    assert sorted([*run, *chosen.left_out]) == [rule.code for rule in RULES]
    assert select([], []) == ALL
    assert select([], ["SR1", "SR2"]).rules[0].code == "SR301"


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("SR999", "SR"),
        ("claim-takn", "claim-taken"),
        ("oversel", "oversell"),
        ("T1", "T"),
        ("zzzzzz", "salesrepo explain"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(word: str, near: str) -> None:
    with pytest.raises(UsageError) as refused:
        select([word], [])
    assert near in refused.value.hint


@pytest.mark.parametrize("ignored", ["SR", "SR201"])
def test_to_leave_everything_out_has_no_meaning(ignored: str) -> None:
    with pytest.raises(UsageError, match="No rule is left to run"):
        select(["SR201"], [ignored])
