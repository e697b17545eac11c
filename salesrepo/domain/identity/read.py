"""Which reading of a typed text wins: address, number or name?"""

from collections.abc import Callable

from salesrepo.domain.identity.company_name import of_name
from salesrepo.domain.identity.domain_name import of_bare_domain, of_email, of_url
from salesrepo.domain.identity.numbers import of_duns, of_lei, of_vat
from salesrepo.domain.identity.value import Identity, tidied

_REGISTER = "reg:"
_READINGS: tuple[Callable[[str], Identity | None], ...] = (of_url, of_email, of_lei, of_duns, of_vat, of_bare_domain)


def identify(text: str, *, country: str | None = None) -> Identity:
    """The account that `text` means; `country` (ISO 3166-1, two letters) is needed, and used, for a name alone.

    The first reading that fits wins, and one that fits but fails is refused, never taken for the next:

    1. `reg:CC:number` is a number of country CC's company register.
    2. Text with `://` is a URL: its host counts, whatever else it holds.
    3. Text with `@` is an e-mail address (`Ana <ana@acme.com>` too): its host counts.
    4. 20 letters and digits, together or in fours, are an LEI if the check digits are right. Ending in two digits or
       holding four, they are a mistyped LEI, refused.
    5. `DUNS` and nine digits, with separators or without, are a D-U-N-S number; another count of digits is refused.
    6. A VAT prefix and a number of that country's shape is a VAT number; a wrong check digit is refused.
       `lei:`, `duns:` and `vat:` in front leave no doubt.
    7. Text without blanks, with a dot and letters at its end, is a domain, path and port aside; an ending that is no
       top-level domain (`acme.cmo`, `Dr.Oetker`) is refused, and so are IP addresses and `localhost`.
    8. All else is a company name (`Dr. Oetker`, `Acme Inc.`); digits alone are refused.

    Raises RefusedError with the next step as its hint, and nothing else.
    """
    typed = tidied(text)
    if typed[: len(_REGISTER)].casefold() == _REGISTER:
        from salesrepo.domain.identity.register import of_register  # noqa: PLC0415 - few need its tables

        return of_register(typed)
    for reading in _READINGS:
        found = reading(typed)
        if found is not None:
            return found
    return of_name(typed, country)
