"""Which company has this number in its country's register?"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from salesrepo.domain.identity.value import Identity, quoted
from salesrepo.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Register:
    """A register: what its numbers are called, the stdnum module that checks them, which of them are a person's."""

    what: str
    module: str
    personal: str = ""


REGISTERS: Mapping[str, Register] = MappingProxyType(
    {
        "AT": Register("Firmenbuchnummer", "at.businessid"),
        "AU": Register("ACN", "au.acn"),
        "BE": Register("enterprise number", "be.vat"),
        "BR": Register("CNPJ", "br.cnpj"),
        "CH": Register("UID", "ch.uid"),
        "CN": Register("USCC", "cn.uscc"),
        "CZ": Register("ICO", "cz.dic", personal=r"[0-9]{9,}"),
        "DE": Register("Handelsregister number with its court", "de.handelsregisternummer"),
        "DK": Register("CVR", "dk.cvr"),
        "EE": Register("registrikood", "ee.registrikood"),
        "ES": Register("CIF", "es.cif"),
        "FI": Register("Y-tunnus", "fi.ytunnus"),
        "FR": Register("SIREN", "fr.siren"),
        "IL": Register("HP", "il.hp"),
        "JP": Register("corporate number", "jp.cn"),
        "KR": Register("BRN", "kr.brn"),
        "LV": Register("registration number", "lv.pvn", personal=r"[0-3].*"),
        "NO": Register("organisation number", "no.orgnr"),
        "PL": Register("REGON", "pl.regon"),
        "RO": Register("ONRC", "ro.onrc", personal="F.*"),
        "RU": Register("OGRN", "ru.ogrn", personal=r"[0-9]{15}"),
        "SE": Register("organisation number", "se.orgnr", personal=r"[0-9]{2}[01].*"),
        "SG": Register("UEN", "sg.uen"),
        "SI": Register("maticna stevilka", "si.maticna"),
        "TW": Register("UBN", "tw.ubn"),
        "UA": Register("EDRPOU", "ua.edrpou"),
    }
)

_TYPED = re.compile(r"reg:\s*([a-z]{2})\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_GERMAN = re.compile(
    r"(.*?)[ ,]*\b(HRA|HRB|GNR|PR|VR)\s*([1-9][0-9]{0,5})(?![0-9])[ ,]*(.*)", re.IGNORECASE | re.DOTALL
)
_QUALIFIED = re.compile(r"([A-ZÖ]{1,3})\b[ ,]*(.*)", re.IGNORECASE | re.DOTALL)
_GERMAN_NAMES = {"HRA": "HRA", "HRB": "HRB", "GNR": "GnR", "PR": "PR", "VR": "VR"}
_AT_COURT = re.compile(r"(?:amtsgericht|ag)\s+", re.IGNORECASE)
_COURTS = MappingProxyType(
    {
        "brunswick": "Braunschweig",
        "cologne": "Köln",
        "frankfurt": "Frankfurt am Main",
        "hanover": "Hannover",
        "munich": "München",
        "nuremberg": "Nürnberg",
    }
)


def of_register(text: str) -> Identity:
    """The company of `reg:CC:number`, checked by that country's rule; anything else is refused.

    A German number names its court, in German or English, before or after: `reg:DE:HRB 12345 Munich`.
    """
    found = _TYPED.fullmatch(text)
    if found is None:
        raise RefusedError(f"{quoted(text)} names no register.", hint=f"Write reg:FR:404833048. {_supported()}")
    country, number = found[1].upper(), unicodedata.normalize("NFKC", found[2])
    register = REGISTERS.get(country)
    if register is None:
        raise RefusedError(
            f"Numbers of {country}'s company register cannot be checked here.",
            hint=f"{_supported()} Otherwise give a domain, an LEI, a VAT number or the name.",
        )
    valid = _german(number) if country == "DE" else _validated(register, number)
    if valid is None:
        raise RefusedError(
            f"{quoted(number)} is no valid {register.what} ({country}).",
            hint="Copy it again from the register.",
        )
    return Identity(key=f"reg-{country.lower()}-{_slug(valid)}", kind="register", shown=f"{valid} ({country})")


def _supported() -> str:
    return f"Supported are {', '.join(REGISTERS)}."


def _validated(register: Register, number: str) -> str | None:
    """The number in its register's own short form, or None; a natural person's is refused."""
    if not number.isascii():
        return None
    module = import_module(f"stdnum.{register.module}")
    try:
        valid = str(module.validate(number))
    except ValueError:  # stdnum's ValidationError is one, and so is what a stray character gives
        return None
    if register.personal and re.fullmatch(register.personal, valid):
        raise RefusedError(
            "This number is a person's own, which stays out of the repository.",
            hint="Give the domain, or the name with --country.",
        )
    return valid


def _german(number: str) -> str | None:
    """`München HRB 12345` from any order and spelling; None where court or number are unknown.

    stdnum takes the first three letters after the number for a qualifier ("Bad" of Bad Homburg), so the court is
    found here first.
    """
    found = _GERMAN.fullmatch(number.strip())
    if found is None:
        return None
    register = f"{_GERMAN_NAMES[found[2].upper()]} {found[3]}"
    before, after = found[1].strip(), found[4].strip()
    if before and after:  # München HRB 12345 B
        return _in_court(before, f"{register} {after.upper()}") if len(after) <= 3 else None
    court = _in_court(before or after, register)
    qualified = _QUALIFIED.fullmatch(after)
    if court is None and qualified is not None:  # HRB 12345 B Berlin
        return _in_court(qualified[2], f"{register} {qualified[1].upper()}")
    return court


def _in_court(court: str, register: str) -> str | None:
    module = import_module("stdnum.de.handelsregisternummer")
    place = court[found.end() :] if (found := _AT_COURT.match(court)) else court
    german = _COURTS.get(place.casefold(), place)
    vowels = re.sub(r"([aou])e", r"\1", german, flags=re.IGNORECASE)
    for spelling in dict.fromkeys((german, vowels, german.replace("ss", "ß"), vowels.replace("ss", "ß"))):
        try:
            return str(module.validate(f"{spelling}, {register}"))
        except ValueError:
            continue
    return None


def _slug(number: str) -> str:
    """ASCII letters and digits of a number in lower case, one hyphen for everything between them."""
    plain = unicodedata.normalize("NFD", number.replace("ß", "ss").lower())
    return "-".join(re.findall(r"[a-z0-9]+", "".join(char for char in plain if not unicodedata.combining(char))))
