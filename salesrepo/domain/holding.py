"""What does a seller hold, as their own machine knows it, and which of it do these few letters mean?

Named tuples, because `sr log` reads them: a dataclass takes five times as long to define.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Lease(NamedTuple):
    """How long a claim is kept, and why: what a seller's machine knows of policy without reading it.

    `bound` is the rule that ends it on `until` (`domain/lease.py`). A conversation on a day carries it `days` further,
    up to `limit` (empty: none), which is the rule `limited`. `extend` is the first day on which it may be extended
    (empty: never), `longer` by how many days that comes by itself with a dated next step. `worked` says whether anybody
    has spoken with the account yet. Where its territory passes on, that may bound and limit it (`territory`), and
    `ground` says to whom and since when.
    """

    until: str
    bound: str = "activity"
    days: int = 0
    renewed: str = ""
    worked: bool = True
    limit: str = ""
    limited: str = ""
    extend: str = ""
    longer: int = 0
    ground: str = ""


class Holding(NamedTuple):
    """One claim of the seller's own; `days` is how long a renewal lasts, `state` held, or noted while not accepted.

    Of one that is not accepted, `holder` is who has the account meanwhile, by name, until `held_until`; else empty.
    """

    account: str
    name: str
    layer: str
    since: str
    renewed: str
    until: str
    provisional: bool
    state: str
    days: int
    also: tuple[str, ...] = ()
    lease: Lease = Lease("")
    lead: str = ""
    holder: str = ""
    held_until: str = ""

    @property
    def short(self) -> str:
        """What the seller types: the key without its first letter and its ending (`acme` for d-acme.com).

        Where another account of theirs shortens alike, as much of it as means this one alone (`acme.com`).
        """
        return self.lead or short_key(self.account)

    def has_ended(self, today: str) -> bool:
        """Whether the lease is over: anybody may claim the account now."""
        return self.until < today


class DealEntry(NamedTuple):
    """One open deal of the seller's own, with the handle by which they call it (`acme/2`)."""

    deal: str
    account: str
    layer: str
    stage: str
    handle: str


class Holdings(NamedTuple):
    """Everything that `sr log` needs to know, written by whatever changes it; `log` is where their activities lie."""

    node: str
    name: str
    log: str
    time_zone: str
    meaningful: tuple[str, ...]
    claims: tuple[Holding, ...] = ()
    deals: tuple[DealEntry, ...] = ()


def short_key(key: str) -> str:
    """`acme` for d-acme.com, `bubba-gump` for n-us-bubba-gump, the key itself for a register number."""
    kind, _, rest = key.partition("-")
    if kind == "d":
        return rest.split(".", 1)[0]
    if kind == "n" and "-" in rest:
        return rest.split("-", 1)[1]
    return key


def lead_among(account: str, others: Iterable[str]) -> str:
    """What means an account and none of the others: `foo`, `foo.com` beside foo.de, else the whole key as shown."""
    alike = [other for other in others if other != account and short_key(other) == short_key(account)]
    bare = account.partition("-")[2]
    if not alike:
        return short_key(account)
    return bare if account.startswith("d-") and all(other.partition("-")[2] != bare for other in alike) else account


def handle_of(account: str, deal: str, others: Iterable[str] = ()) -> str:
    """How a seller calls a deal: `acme/2` for d-acme.com-2, `cancity/1c1i7a6r` for an id from elsewhere.

    Among `others` (all that the seller holds) that shorten alike it is `acme.com/2`.
    """
    return f"{lead_among(account, others)}/{deal.removeprefix(account + '-')}"


def deal_names(account: str, deal: str) -> tuple[str, ...]:
    """All that means a deal: its id, and its number behind the account's key in each of its forms."""
    number = deal.removeprefix(f"{account}-")
    return (deal, *(f"{lead}/{number}" for lead in lead_names(account)))


def lead_names(account: str) -> tuple[str, ...]:
    """All that means an account by its key alone: d-acme.com, acme.com, acme."""
    return tuple(dict.fromkeys((account, account.partition("-")[2], short_key(account))))


def matching(text: str, claims: Iterable[Holding]) -> tuple[Holding, ...]:
    """The claims that a text may mean: the exact key or name if there is one, else by beginning, else by likeness."""
    wanted = " ".join(text.casefold().split())
    known = tuple(claims)
    return named(text, known) or begun(text, known) or _alike(wanted, known)


def named(text: str, claims: Iterable[Holding]) -> tuple[Holding, ...]:
    """The claims whose key, alias or name a text is."""
    wanted = " ".join(text.casefold().split())
    return tuple(claim for claim in claims if wanted in _names(claim))


def begun(text: str, claims: Iterable[Holding]) -> tuple[Holding, ...]:
    """The claims whose key, alias or name, or a word of it, begins with a text."""
    wanted = " ".join(text.casefold().split())
    return tuple(c for c in claims if any(part.startswith(wanted) for name in _names(c) for part in _parts(name)))


def _names(claim: Holding) -> tuple[str, ...]:
    bare = (claim.account.partition("-")[2], *(alias.partition("-")[2] for alias in claim.also))
    return (claim.account, short_key(claim.account), claim.name.casefold(), *claim.also, *bare)


def _parts(name: str) -> tuple[str, ...]:
    return (name, *name.replace("-", " ").split())


def _alike(wanted: str, claims: tuple[Holding, ...]) -> tuple[Holding, ...]:
    from difflib import get_close_matches  # noqa: PLC0415 - only a misspelt lead pays for it

    names = {name: claim for claim in claims for name in (short_key(claim.account), claim.name.casefold())}
    found = dict.fromkeys(names[name].account for name in get_close_matches(wanted, names, n=3, cutoff=0.75))
    return tuple(claim for claim in claims if claim.account in found)
