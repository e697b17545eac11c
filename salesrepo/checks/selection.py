"""Which rules did somebody ask for by code, name or group, and which are left out?"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salesrepo.checks.registry import ALIASES, GROUPS, RULES
from salesrepo.checks.rule import Rule
from salesrepo.errors import UsageError

_SHORTEST = 2  # letters of a code: SR, SR2, SR20, SR201


@dataclass(frozen=True)
class Selection:
    """The rules to run, and the codes of those that somebody chose to leave out."""

    rules: tuple[Rule, ...]
    left_out: tuple[str, ...] = ()


ALL = Selection(RULES)
"""Every rule: what a bot asks."""


def select(chosen: Sequence[str], ignored: Sequence[str], *, among: Sequence[Rule] = RULES) -> Selection:
    """The rules of `among` that `chosen` names (all where it is empty) but for those that `ignored` names.

    Both hold codes, beginnings of codes, names, groups and former codes, also several with commas between them. Raises
    UsageError for a word that names no rule, for none where one is told, and where nothing is left to run.
    """
    if (chosen and not _words(chosen)) or (ignored and not _words(ignored)):
        raise UsageError("Which rules?", hint="Name codes, names or groups. Their list: salesrepo explain")
    wanted = {rule.code for word in _words(chosen) for rule in named(word)} or {rule.code for rule in among}
    unwanted = {rule.code for word in _words(ignored) for rule in named(word)}
    run = tuple(rule for rule in among if rule.code in wanted - unwanted)
    if not run:
        raise UsageError("No rule is left to run.", hint="Ignore less, or select more: salesrepo check --help")
    asked = {rule.code for rule in run}
    return Selection(run, tuple(rule.code for rule in among if rule.code not in asked))


def named(word: str) -> tuple[Rule, ...]:
    """The rules that a word means: a group, a name, a former code, or the beginning of a code; in the codes' order.

    Raises UsageError with the nearest words where there is none.
    """
    lower, upper = word.lower(), word.upper()
    starts = GROUPS.get(lower) or ((ALIASES.get(upper, upper),) if len(upper) >= _SHORTEST else ())
    found = tuple(rule for rule in RULES if rule.name == lower or (starts and rule.code.startswith(starts)))
    if found:
        return found
    near = nearest(word)
    guess = f"Perhaps you mean {' or '.join(near)}." if near else "Their list: salesrepo explain"
    raise UsageError(f"There is no rule {word[:60]}.", hint=guess)


def nearest(word: str) -> list[str]:
    """The codes, names and groups, up to three, that are spelt most like a word."""
    known = [*(rule.code for rule in RULES), *(rule.name for rule in RULES), *GROUPS, *ALIASES]
    spelt = {one.lower(): one for one in known}
    return [spelt[one] for one in difflib.get_close_matches(word.lower()[:60], spelt, n=3, cutoff=0.5)]


def _words(given: Iterable[str]) -> list[str]:
    return [word.strip() for one in given for word in one.split(",") if word.strip()]
