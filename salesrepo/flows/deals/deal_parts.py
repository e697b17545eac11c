"""How does what a seller types about a deal become parts of its record?"""

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar, get_args

from salesrepo.checks.personal import HINT, held_in_name
from salesrepo.domain.kinds.deal import (
    CLOSER,
    Billing,
    Category,
    Contact,
    ContactRole,
    DealCredit,
    DealKind,
    Framework,
    Instalment,
)
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.errors import UsageError
from salesrepo.flows.here.spoken import LINE, spoken

W = TypeVar("W", bound=str)

GONE = "gone"
_CONTACT = re.compile(r"c-[0-9a-z]{2,20}", re.ASCII)
_WORD = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?", re.ASCII)


def one_word(text: str, known: tuple[W, ...], what: str) -> W | None:
    """The word of a fixed list; None where nothing was typed. Raises UsageError, naming the list, for another."""
    found = next((word for word in known if word == text), None)
    if text and found is None:
        raise UsageError(f"{text!r} is {what}.", hint=f"Choose one of: {', '.join(known)}.")
    return found


def billing_of(text: str) -> Billing | None:
    """How a deal is invoiced."""
    known: tuple[Billing, ...] = get_args(Billing)
    return one_word(text, known, "no way of billing")


def kind_of(text: str) -> DealKind | None:
    """Which pipeline a deal runs in."""
    known: tuple[DealKind, ...] = get_args(DealKind)
    return one_word(text, known, "no kind of deal")


def category_told(text: str) -> Category | None:
    """In which forecast category the seller sees a deal."""
    known: tuple[Category, ...] = get_args(Category)
    return one_word(text.replace("-", "_"), known, "no forecast category")


def framework_told(text: str) -> Framework | None:
    """By whose questions a deal is qualified."""
    known: tuple[Framework, ...] = get_args(Framework)
    return one_word(text, known, "no way of qualifying")


def short_word(text: str, what: str) -> str | None:
    """A short name of a-z, 0-9, - and . in lower case, with hyphens for blanks; None where nothing was typed."""
    word = "-".join(spoken(text, most=LINE).casefold().split())
    _refuse_personal(word)
    if word and not _WORD.fullmatch(word):
        raise UsageError(f"{text!r} is no {what}.", hint="Write it with a-z, 0-9, hyphens and points only.")
    return word or None


def _refuse_personal(word: str) -> None:
    if what := held_in_name(word):
        raise UsageError(f"This name is {what}.", hint=HINT)


def short_words(texts: Iterable[str], what: str) -> tuple[str, ...]:
    """Several of them, each once."""
    return tuple(dict.fromkeys(word for text in texts if (word := short_word(text, what))))


def contacts_with(known: tuple[Contact, ...], told: Iterable[str]) -> tuple[Contact, ...]:
    """The contacts of a deal with those told (`c-7h2:champion`) added or changed; the role `gone` takes one out."""
    found = {contact.contact: contact for contact in known}
    for text in told:
        person, _, role = spoken(text, most=LINE).partition(":")
        _refuse_personal(person)
        if not _CONTACT.fullmatch(person) or not role:
            hint = "Write an opaque id and a role, such as c-7h2:champion; the name stays in your own contacts."
            if role:
                hint = f"An id is c- and 2 to 20 of a-z and 0-9, such as c-7h2:{role}; the name stays in your contacts."
                raise UsageError(f"{text!r} is no contact, since {person!r} is no id.", hint=hint)
            raise UsageError(f"{text!r} is no contact.", hint=hint)
        if role == GONE:
            found.pop(person, None)
            continue
        roles: tuple[ContactRole, ...] = get_args(ContactRole)
        as_what = one_word(role, roles, "no role of a contact")
        if as_what is not None:
            found[person] = Contact(contact=person, role=as_what)
    return tuple(found.values())


def credit_of(text: str) -> DealCredit:
    """A credit as it is typed: NODE:ROLE:SHARE, or NODE:SHARE for a closer."""
    node, _, rest = text.partition(":")
    role, _, share = rest.rpartition(":")
    if not node or not share:
        raise UsageError(f"{text!r} is no credit.", hint="Write it as NODE:ROLE:SHARE, such as ana-lima:closer:60%.")
    return DealCredit(node=node, role=role or CLOSER, share=share if share.endswith("%") else f"{share}%")


def instalment_of(text: str, currency: str) -> Instalment:
    """An invoice as it is typed: DAY:AMOUNT. Raises UsageError for another shape, RefusedError for no amount."""
    day, _, amount = text.partition(":")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        on = None
    if on is None or on.isoformat() != day or not amount:
        raise UsageError(f"{text!r} is no invoice.", hint="Write it as DAY:AMOUNT, such as 2026-12-01:2500.00.")
    return Instalment(day=on, amount=show_amount(parse_amount(amount, currency), currency))
