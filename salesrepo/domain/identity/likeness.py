"""How much do two accounts look like one company?"""

import re

from salesrepo.domain.identity.company_name import compared
from salesrepo.domain.identity.skeleton import unmasked
from salesrepo.domain.kinds.account import Account

ASKED = 97
"""From here on a person says whether the two are one."""
WARNED = 90
"""From here on whoever writes the account is told."""

_SAME_PLACE = 5
_OTHER_NUMBER = 30
_NUMBER = re.compile(r"(lei|duns|vat-[a-z]{2}|reg-[a-z]{2})-.+")


def likeness(one: Account, other: Account) -> int:
    """From 0 to 105: how alike the names are, whatever their order of words, legal form, accents and letters' looks.

    The same postal code adds 5; numbers of one register that differ take 30 away. A name that merely begins another is
    not alike ("Delta", "Delta Faucet"): no measure of partial matches is used.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - what never compares names never loads it
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415

    ours, theirs = (compared(unmasked(account.name), account.country) for account in (one, other))
    score = max(fuzz.token_sort_ratio(ours, theirs), 100 * JaroWinkler.normalized_similarity(ours, theirs))
    if one.postal and _tight(one.postal) == _tight(other.postal or ""):
        score += _SAME_PLACE
    if _numbers_differ(_numbers(one), _numbers(other)):
        score -= _OTHER_NUMBER
    return max(0, int(score))


def same_name(one: Account, other: Account) -> bool:
    """Whether both have one name key, legal form and spelling aside: of those a person is asked at any rate (SR204)."""
    return one.country == other.country and compared(one.name, one.country) == compared(other.name, other.country)


def _tight(postal: str) -> str:
    return postal.replace(" ", "").replace("-", "")


def _numbers(account: Account) -> dict[str, set[str]]:
    """The register numbers of an account, by register."""
    found: dict[str, set[str]] = {}
    for identity in (account.account, *account.aliases):
        if told := _NUMBER.fullmatch(identity):
            found.setdefault(told[1], set()).add(identity)
    return found


def _numbers_differ(ours: dict[str, set[str]], theirs: dict[str, set[str]]) -> bool:
    shared = ours.keys() & theirs.keys()
    return bool(shared) and all(ours[register].isdisjoint(theirs[register]) for register in shared)
