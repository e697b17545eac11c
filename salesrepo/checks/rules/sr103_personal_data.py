"""SR103: does what people write freely hold a person's e-mail address or phone number?"""

from collections.abc import Iterator

from salesrepo.checks.personal import HINT, held, held_in_name
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal


@rule("SR103", "personal-data", audit=True)
def SR103(ctx: CheckContext) -> Iterator[Finding]:
    """Free text, and the names and ids that a deal's seller makes up, must not hold e-mail addresses or phone numbers.

    ## Why
    History cannot be erased and every colleague has a copy of it. People's contact details stay out of the
    repository; their place is your own address book.

    ## Fix
    Write the person's role instead ("the CFO", "the buyer"), and keep the address or number in your contacts. A
    contact's id says nothing (`c-7h2`).
    """
    for change in ctx.change.changes:
        for route, text in change.words:
            what = held(text)
            if what:
                yield Finding(
                    "SR103",
                    Severity.ERROR,
                    f"This text holds {what}.",
                    Location(change.path, route),
                    hint=HINT,
                )
    for deal in ctx.change.of(DEAL):
        for route, name in _names(deal.after) if deal.after else ():
            what = held_in_name(name)
            if what:
                message = f"This name is {what}."
                yield Finding("SR103", Severity.ERROR, message, Location(deal.path, route), hint=HINT)


def _names(deal: Deal) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The short names that a seller makes up."""
    for field in ("source", "lost_to", "reason_code"):
        name = getattr(deal, field)
        if name:
            yield (field,), name
    for index, competitor in enumerate(deal.competitors):
        yield ("competitors", index), competitor
    for index, contact in enumerate(deal.contacts):
        yield ("contacts", index, "contact"), contact.contact
    for index, line in enumerate(deal.lines):
        for number, discount in enumerate(line.discounts):
            yield ("lines", index, "discounts", number, "name"), discount.name
