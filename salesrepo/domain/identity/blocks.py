"""Under which few headings does an account stand, so that one like it is found without a search?"""

import hashlib
import re

from salesrepo.domain.identity.company_name import compared
from salesrepo.domain.identity.skeleton import domain_skeleton, label_skeleton, unmasked
from salesrepo.domain.kinds.account import Account

_LETTERS = 4
_POSTAL = 3
_HASH = 16


def blocks_of(account: Account) -> tuple[str, ...]:
    """The headings of an account, sorted: two accounts that share none are never compared.

    One for country and first letters of the name, one for country, postal area and first letter, two for each of its
    domains: the skeleton of the whole, and of its label without the ending. Each is a path segment of a-z, 0-9 and
    hyphens, at most 40 long, and a function of the account alone.
    """
    country = (account.country or _country_in(account.account)).lower()
    letters = compared(unmasked(account.name), account.country).replace(" ", "")
    found = {block(domain) for domain in domains_of(account) for block in (skeleton_block, label_block)}
    if letters:
        found.add(f"n-{country}-{_plain(letters[:_LETTERS])}")
    area = re.sub(r"[^0-9A-Z]", "", account.postal or "")[:_POSTAL].lower()
    if letters and area:
        found.add(f"p-{country}-{area}-{_plain(letters[0])}")
    return tuple(sorted(found))


def same_headline(one: Account, other: Account) -> bool:
    """Whether what accounts are compared by is the same of both: name, country, postal code."""
    return (one.name, one.country, one.postal) == (other.name, other.country, other.postal)


def domains_of(account: Account) -> tuple[str, ...]:
    """The domains by which an account is known, its key's first, in ASCII form."""
    return tuple(name[2:] for name in (account.account, *account.aliases) if name.startswith("d-"))


def skeleton_block(domain: str) -> str:
    """The heading under which every domain stands that looks like this one."""
    return f"s-{_digest(domain_skeleton(domain))}"


def label_block(domain: str) -> str:
    """The heading of every domain that looks like this one but for its ending: `acme.com` and `acme.de` share it."""
    return f"l-{_digest(label_skeleton(domain))}"


def _country_in(key: str) -> str:
    return key[2:4] if re.match(r"n-[a-z]{2}-", key) else "zz"


def _plain(letters: str) -> str:
    """Letters as they are where a path may hold them, else their hash."""
    return letters if re.fullmatch(r"[a-z0-9]+", letters) else f"x{_digest(letters)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
