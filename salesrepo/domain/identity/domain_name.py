"""Which company stands behind a URL, an e-mail address or a domain: its registrable domain, strictly read."""

import re
from functools import cache
from typing import TYPE_CHECKING

from salesrepo.domain.identity.not_companies import DISPOSABLE, FREE_MAIL, HOSTS, NATIONAL_BRANDS
from salesrepo.domain.identity.value import Identity, quoted
from salesrepo.errors import RefusedError

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

GIVE_COMPANY = "Give the company's own domain, its LEI or VAT number, or its name with --country."

_DOMAIN_MAX = 98  # a key of 100 without "d-"
_HOST_MAX = 253  # RFC 1035
# Text, not compiled: most of what a seller types needs one of them or none.
_URL = r"(?s)[A-Za-z][A-Za-z0-9+.-]*://(.*)"
_EMAIL = r"(?i)(?:[^<>]*<)?(?:mailto:)?[^\s@<>]+@([^\s@<>?]+)(?:\?[^@]*)?>?"
_PORT = r":[0-9]*\Z"
_DOTS = "[.\u3002\uff0e\uff61]"  # what IDNA takes for a dot
_IPV4 = r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
_NUMERIC_END = r"(?s)(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)"
_LABEL = r"(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_WORD_ENDING = r"[^\W\d_]{2,}|(?i:xn--[a-z0-9-]+)"
_TYPED_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_NATIONAL = r"com|(?:com?\.)?[a-z]{2}"
_PRIVATE = frozenset({"localhost", "localdomain", "local", "internal", "invalid", "onion"})


def of_url(text: str) -> Identity | None:
    """The company whose host a URL names; None where there is no `://`."""
    if "://" not in text:
        return None
    found = re.fullmatch(_URL, text.strip("<>\"' "))
    if found is None:
        raise RefusedError(f"{quoted(text)} is no web address.", hint="Paste it whole, such as https://acme.com.")
    # Browsers end the authority at a backslash too.
    authority = re.split(r"[/?#\\]", found[1], maxsplit=1)[0]
    return of_host(authority.rpartition("@")[2])


def of_email(text: str) -> Identity | None:
    """The company whose domain an e-mail address names; None where there is no `@`. The local part is never shown."""
    if "@" not in text:
        return None
    found = re.fullmatch(_EMAIL, text.strip("\"',; "))
    if found is None:
        raise RefusedError("The text holds an @ but is no e-mail address.", hint=GIVE_COMPANY)
    return of_host(found[1])


def of_bare_domain(text: str) -> Identity | None:
    """The company of a domain without a scheme; None where the text is no domain (rule 7 of `identify`)."""
    bare = text.strip("<>\"',; ").removeprefix("//")
    if bare.casefold() == "localhost":
        return of_host(bare)
    if " " in bare or not re.search(_DOTS, bare):
        return None
    host = re.split(r"[/?#\\]", bare, maxsplit=1)[0]
    labels = re.split(_DOTS, re.sub(_PORT, "", host).rstrip("."))
    if len(labels) < 2:  # the dot stood at the end or in the path
        return None
    if labels[0].lower() == "www" or re.fullmatch(_IPV4, ".".join(labels)) or _could_be_top_level(labels):
        return of_host(host)
    return None


def of_host(host: str) -> Identity:
    """The company of one host name or domain, a port aside; every reason to refuse has its own sentence.

    IDNA 2008 after UTS 46 mapping (`faß.de` stays apart from `fass.de`); the Public Suffix List's private part counts,
    so that two shops on one platform are two companies.
    """
    if host.startswith("[") or host.count(":") > 1:
        raise RefusedError(f"{quoted(host)} is an IP address, not a company.", hint=GIVE_COMPANY)
    name = _mapped(re.sub(_PORT, "", host))
    if re.fullmatch(_NUMERIC_END, name):
        raise RefusedError(f"{quoted(name)} is an IP address, not a company.", hint=GIVE_COMPANY)
    unicode_name = ".".join(map(unicode_label, name.split(".")))
    registrable = _registrable(unicode_name)
    ascii_name = _encoded(registrable)
    tail = unicode_name[: len(unicode_name) - len(registrable)] + ascii_name
    _refuse_not_company(tail, ascii_name)
    return Identity(key=f"d-{ascii_name}", kind="domain", shown=registrable)


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - 20 ms that a name never pays

    # Rules in Unicode only: a fifth of the time, since _registrable asks with decoded labels.
    return PublicSuffixList(accept_unknown=False, accept_encoded_idn=False)


def _could_be_top_level(labels: list[str]) -> bool:
    """Whether these labels end as a domain does, in a known ending or in what may be one mistyped (`acme.cmo`)."""
    ending = labels[-1]
    if all(re.fullmatch(_TYPED_LABEL, label) for label in labels) and re.fullmatch(_WORD_ENDING, ending):
        return True
    try:
        return _suffixes().publicsuffix(unicode_label(_mapped(ending))) is not None
    except RefusedError:
        return False


def _mapped(host: str) -> str:
    """`host` lower-cased as UTS 46 says, without the root's dot; what is plain ASCII needs no tables for that."""
    try:
        if host.isascii():
            name = host.lower()
        else:
            from idna import uts46_remap  # noqa: PLC0415 - 15 ms that an ASCII domain never pays

            name = uts46_remap(host[: _HOST_MAX + 1], std3_rules=False, transitional=False)
    except ValueError as error:
        raise _not_a_domain(host) from error
    name = name.removesuffix(".")
    if not name or len(name) > _HOST_MAX or "" in name.split("."):
        raise _not_a_domain(host)
    return name


def unicode_label(label: str) -> str:
    """A label as people write it; one that is no valid IDNA stays as it is, and fails later if it matters."""
    if not label.startswith("xn--"):
        return label
    from idna import ulabel  # noqa: PLC0415

    try:
        return ulabel(label)
    except ValueError:
        return label


def _encoded(registrable: str) -> str:
    """The ASCII form of a registrable domain, every label strictly valid; refused otherwise."""
    if registrable.isascii():
        if not all(re.fullmatch(_LABEL, label) for label in registrable.split(".")):
            raise _not_a_domain(registrable)
        name = registrable
    else:
        from idna import encode  # noqa: PLC0415

        try:
            name = encode(registrable).decode("ascii")
        except ValueError as error:
            raise _not_a_domain(registrable) from error
    if len(name) > _DOMAIN_MAX:
        raise RefusedError(f"{quoted(name)} is longer than the {_DOMAIN_MAX} characters kept.", hint=GIVE_COMPANY)
    return name


def _registrable(name: str) -> str:
    suffixes = _suffixes()
    if suffixes.publicsuffix(name) is None:
        if name.rpartition(".")[2] in _PRIVATE:
            raise RefusedError(f"{quoted(name)} is a name inside one network, not a company.", hint=GIVE_COMPANY)
        raise RefusedError(
            f"{quoted(name)} ends in no known top-level domain.",
            hint='Check the spelling; in a name, type a blank behind the dot: "Dr. Oetker" --country DE.',
        )
    registrable = suffixes.privatesuffix(name)
    if registrable is None:
        raise RefusedError(
            f"{quoted(name)} is an ending under which anyone registers, not a company.", hint=GIVE_COMPANY
        )
    return registrable


def _refuse_not_company(host: str, registrable: str) -> None:
    labels = host.split(".")
    brand, _, ending = registrable.partition(".")
    if brand in NATIONAL_BRANDS and re.fullmatch(_NATIONAL, ending):
        raise _no_company(registrable, "hosts pages of many companies")
    for name in (".".join(labels[at:]) for at in range(len(labels))):
        if name in FREE_MAIL:
            raise _no_company(name, "is a mail provider that anyone may use")
        if name in DISPOSABLE:
            raise _no_company(name, "hands out throw-away addresses")
        if name in HOSTS:
            raise _no_company(name, "hosts pages of many companies")


def _no_company(name: str, reason: str) -> RefusedError:
    return RefusedError(f"{name} {reason}, so it names no company.", hint=GIVE_COMPANY)


def _not_a_domain(host: str) -> RefusedError:
    return RefusedError(f"{quoted(host)} is no valid domain.", hint=f"Check the spelling. {GIVE_COMPANY}")
