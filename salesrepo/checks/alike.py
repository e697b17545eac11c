"""Which known accounts may be the same company as this one, by name or by the look of a domain?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from salesrepo.domain.identity.blocks import blocks_of, domains_of, label_block, skeleton_block
from salesrepo.domain.identity.likeness import WARNED, likeness
from salesrepo.domain.identity.skeleton import domain_skeleton, label_skeleton
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.near import near_folder
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RecordError

MOST = 100
"""How many accounts of one heading are compared."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A known account and how much its name is like ours (0 to 100); `domain` is one of it that looks like ours."""

    account: Account
    score: int
    domain: str = ""


def alike_names(snapshot: Snapshot, account: Account) -> tuple[Alike, ...]:
    """Accounts at `snapshot` whose names are like enough to be told, the most alike first.

    Looked for under the account's headings (`blocks_of`). Under one with more than 100, those whose keys sort nearest
    are compared.
    """
    keys = {key for block in blocks_of(account) for key in _near(snapshot, block, account.account)}
    scored = [(likeness(account, other), other) for other in _accounts(snapshot, keys)]
    told = [Alike(other, min(100, score)) for score, other in scored if score >= WARNED]
    return tuple(sorted(told, key=lambda found: (-found.score, found.account.account)))


def alike_domains(snapshot: Snapshot, account: Account, domain: str) -> tuple[Alike, ...]:
    """Accounts at `snapshot` with another domain that looks like this one of `account`, in the order of their keys."""
    return _twins(snapshot, account, domain, under=skeleton_block(domain), of=domain_skeleton)


def alike_labels(snapshot: Snapshot, account: Account, domain: str) -> tuple[Alike, ...]:
    """Accounts at `snapshot` with a domain that differs from this one of `account` in its ending (`acme.de`)."""
    return _twins(snapshot, account, domain, under=label_block(domain), of=label_skeleton)


def _twins(
    snapshot: Snapshot, account: Account, domain: str, *, under: str, of: Callable[[str], str]
) -> tuple[Alike, ...]:
    wanted, found = of(domain), []
    for other in _accounts(snapshot, _near(snapshot, under, account.account)):
        twin = next((own for own in domains_of(other) if own != domain and of(own) == wanted), None)
        if twin is not None:
            found.append(Alike(other, 100, twin))
    return tuple(found)


def _near(snapshot: Snapshot, block: str, own: str) -> list[str]:
    """At most 100 keys under a heading, those that sort nearest to our own, which is left out."""
    keys = sorted((path.rpartition("/")[2] for path in snapshot.paths(near_folder(block))), key=_sorting)
    others = [key for key in keys if key != own]
    before = sum(_sorting(key) < _sorting(own) for key in others)
    start = max(0, min(before - MOST // 2, len(others) - MOST))
    return others[start : start + MOST]


def _sorting(key: str) -> str:
    """A key without what says its sort: `d-acme.com` and `n-us-acme` stand side by side."""
    sort, _, rest = key.partition("-")
    return rest.partition("-")[2] if sort == "n" else rest


def _accounts(snapshot: Snapshot, keys: Iterable[str]) -> Iterator[Account]:
    for key in sorted(keys):
        try:
            found = snapshot.get(ACCOUNT, account=key)
        except RecordError:
            continue  # what cannot be read stands for no company
        if found is not None:
            yield found
