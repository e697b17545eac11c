"""SR327: does this deal hang on a single person?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.money import parse_amount
from salesrepo.domain.pipeline import is_advanced, value_of


@rule("SR327", "one-contact", audit=True)
def SR327(ctx: CheckContext) -> Iterator[Finding]:
    """A large deal with an offer out names two people at the customer (H07).

    ## Why
    When the one person who wants it changes jobs, the deal goes with them. Large is `two_contacts_from` or more, in
    the deal's own currency; an offer is out from the stage on that counts as best case.

    ## Fix
    Meet somebody else there: `sr log deal DEAL --contact c-2b:buyer`. Contacts are opaque ids, never names.
    """
    yield from remarks(ctx, "SR327", alone)


def alone(look: Look) -> Iterator[Remark]:
    """Fewer than two, for a lot of money."""
    value = value_of(look.deal)
    if not value or not is_advanced(look.deal, look.policy):
        return
    whole = look.limits.two_contacts_from.partition(".")[0]  # a threshold, so that yen need none of its decimals
    people = {contact.contact for contact in look.deal.contacts}
    if len(people) < 2 and value >= parse_amount(whole, look.deal.currency):
        known = "one person" if people else "nobody"
        yield Remark(
            f"{look.handle} is a large deal, and you know {known} there.",
            f"Meet somebody else: sr log deal {look.handle} --contact c-2b:buyer",
            "contacts",
        )
