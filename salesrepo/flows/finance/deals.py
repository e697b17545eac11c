"""Which deal of the whole company does billing mean by an id, a handle or the customer's order reference?"""

from functools import cached_property

from salesrepo.checks.words import plain_words
from salesrepo.domain.holding import deal_names
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.payment import PAYMENT, Payment
from salesrepo.errors import RecordError, RefusedError
from salesrepo.store.snapshot import RecordSnapshot


class Deals:
    """Every deal of main by its names, and what is billed. Paths are listed once; records are read when asked for."""

    def __init__(self, records: RecordSnapshot) -> None:
        self._records = records

    def meant(self, text: str) -> tuple[Deal, ...]:
        """The deals that a text may mean: by id or handle, else by order reference; lost ones too."""
        named = self._read(self._named.get(text.casefold(), []))
        return named or tuple(self._ordered.get(_plain(text), ()))

    def one(self, text: str) -> Deal:
        """The one deal that a text means. Raises RefusedError for none and for several."""
        found = self.meant(text)
        if not found:
            hint = "Name it by its id, its handle (acme/2) or the customer's order reference."
            raise RefusedError(f"No deal is known by {text[:80]!r}.", hint=hint)
        if len(found) > 1:
            several = " or ".join(sorted(deal.deal for deal in found)[:3])
            raise RefusedError(f"{text[:80]!r} could be {several}.", hint="Name it by its id.")
        return found[0]

    def invoiced(self, invoice: str) -> tuple[Deal, ...]:
        """The deals for which a record names this invoice."""
        deals = {one.deal: one for one in self._payments.values() if one.invoice == invoice}
        return self._read([(one.holder, one.deal) for one in deals.values()])

    def recorded(self, payment: str) -> tuple[str, ...]:
        """The deals under which a record of this id stands."""
        return tuple(self._recorded.get(payment, ()))

    def record(self, deal: str, payment: str) -> Payment | None:
        """The record of this id of a deal."""
        return self._records.get(PAYMENT, deal=deal, payment=payment)

    def _read(self, names: list[tuple[str, str]]) -> tuple[Deal, ...]:
        found = (self._records.get(DEAL, account=account, deal=deal) for account, deal in names)
        return tuple(deal for deal in found if deal is not None)

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        """Account and id of every deal."""
        parts = (path.removesuffix(".yml").split("/") for path in self._records.paths("deals"))
        return tuple((part[-2], part[-1]) for part in parts)

    @cached_property
    def _named(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        ids = {deal for _, deal in self._names}
        for account, deal in self._names:
            for name in dict.fromkeys(deal_names(account, deal)):
                if name == deal or name not in ids:
                    found.setdefault(name, []).append((account, deal))
        return found

    @cached_property
    def _ordered(self) -> dict[str, list[Deal]]:
        found: dict[str, list[Deal]] = {}
        for deal in self._all():
            if deal.order:
                found.setdefault(_plain(deal.order), []).append(deal)
        return found

    def _all(self) -> tuple[Deal, ...]:
        try:
            return self._read(list(self._names))
        except RecordError as broken:
            raise RefusedError(f"A deal cannot be read: {broken.message}", hint="Mend it: salesrepo check") from broken

    @cached_property
    def _payments(self) -> dict[str, Payment]:
        return dict(self._records.all(PAYMENT, "payments"))

    @cached_property
    def _recorded(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._records.paths("payments"):
            deal, payment = path.removesuffix(".yml").split("/")[-2:]
            found.setdefault(payment, []).append(deal)
        return found


def _plain(order: str) -> str:
    return " ".join(plain_words(order).casefold().split())
