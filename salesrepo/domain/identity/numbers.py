"""Is a text an LEI, a D-U-N-S or a VAT number, or one mistyped?"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from salesrepo.domain.identity.value import Identity, quoted
from salesrepo.errors import RefusedError

_LEI = re.compile(r"[A-Z0-9]{20}|[A-Z0-9]{4}(?:[ -][A-Z0-9]{4}){4}")
_LEI_CHECK = re.compile(r"[A-Z0-9]{18}(?:0[2-9]|[1-8][0-9]|9[0-8])")
_LEI_DIGITS = 4
_NINE_DIGITS = re.compile(r"(?!0{9})[0-9]{9}")
_SEPARATORS = re.compile(r"[ .\-/]")
_DUNS = re.compile(r"(?:DUNS|D-U-N-S)(?: ?(?:NUMBER|NO\.?|NR\.?|#))?( ?: ?| ?)([0-9 .\-/]+|(?<=:).*|(?<=: ).*)")

# Text, not compiled: thirty patterns would cost a start 10 ms, and one text needs one at most.
_VAT_SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "AT": r"U[0-9]{8}",
        "BE": r"[01]?[0-9]{9}",
        "BG": r"[0-9]{9,10}",
        "CH": r"E[0-9]{9}(?:MWST|TVA|IVA|TPV)?",
        "CY": r"[0-9]{8}[A-Z]",
        "CZ": r"[0-9]{8,10}",
        "DE": r"[0-9]{9}",
        "DK": r"[0-9]{8}",
        "EE": r"[0-9]{9}",
        "EL": r"[0-9]{9}",
        "ES": r"[A-Z0-9][0-9]{7}[A-Z0-9]",
        "FI": r"[0-9]{8}",
        "FR": r"[A-HJ-NP-Z0-9]{2}[0-9]{9}",
        "GB": r"[0-9]{9}(?:[0-9]{3})?|(?:GD|HA)[0-9]{3}",
        "GR": r"[0-9]{9}",
        "HR": r"[0-9]{11}",
        "HU": r"[0-9]{8}",
        "IE": r"[0-9]{7}[A-Z]{1,2}|[0-9][A-Z][0-9]{5}[A-Z]",
        "IT": r"[0-9]{11}",
        "LT": r"[0-9]{9}(?:[0-9]{3})?",
        "LU": r"[0-9]{8}",
        "LV": r"[0-9]{11}",
        "MT": r"[0-9]{8}",
        "NL": r"[0-9]{9}B[0-9]{2}",
        "NO": r"[0-9]{9}(?:MVA)?",
        "PL": r"[0-9]{10}",
        "PT": r"[0-9]{9}",
        "RO": r"[0-9]{4,10}",  # 2 or 3 digits exist; "RO 12" is rather a name
        "SE": r"[0-9]{10}01",
        "SI": r"[0-9]{8}",
        "SK": r"[0-9]{10}",
        "XI": r"[0-9]{9}(?:[0-9]{3})?|(?:GD|HA)[0-9]{3}",
    }
)

# Numbers that are a natural person's own (birth numbers and the like): such data stays out of a repository (rule 13).
_PERSONAL: Mapping[str, str] = MappingProxyType(
    {
        "BG": r"[0-9]{10}",
        "CZ": r"[0-9]{9,10}",
        "ES": r"[0-9KLMXYZ].*",
        "LV": r"[0-3].*",
        "SE": r"[0-9]{2}[01].*",
    }
)


def of_lei(text: str) -> Identity | None:
    """The company of a Legal Entity Identifier (ISO 17442); None where the text has not its shape (rule 4)."""
    plain, told = _plain(text, "LEI")
    if not _LEI.fullmatch(plain):
        if told:
            raise RefusedError(f"{quoted(text)} is no LEI.", hint="An LEI has 20 letters and digits.")
        return None
    number = _SEPARATORS.sub("", plain)
    if is_lei(number):
        return Identity(key=f"lei-{number.lower()}", kind="lei", shown=f"LEI {number}")
    if told or number[-2:].isdigit() or sum(char.isdigit() for char in number) >= _LEI_DIGITS:
        raise RefusedError(
            f"{quoted(number)} looks like an LEI, but its check digits are wrong.",
            hint="Copy it again; a name of that shape needs a blank in it.",
        )
    return None


def is_lei(number: str) -> bool:
    """Whether 20 upper-case characters carry valid check digits: 02 to 98, by ISO 7064 MOD 97-10 as ISO 17442 says."""
    return _LEI_CHECK.fullmatch(number) is not None and int("".join(str(int(char, 36)) for char in number)) % 97 == 1


def of_duns(text: str) -> Identity | None:
    """The company of a D-U-N-S number with that word in front; None where the word or a number is not there (rule 5).

    Nine digits, alone, would be those of several registers too. They hold no check digit that is public.
    """
    found = _DUNS.fullmatch(unicodedata.normalize("NFKC", text).upper())
    if found is None:
        return None
    number = _SEPARATORS.sub("", found[2])
    if not _NINE_DIGITS.fullmatch(number):
        raise RefusedError(
            f"{quoted(text)} is no D-U-N-S number.", hint="It has nine digits: write it as duns:123456789."
        )
    return Identity(key=f"duns-{number}", kind="duns", shown=f"DUNS {number[:2]}-{number[2:5]}-{number[5:]}")


def of_vat(text: str) -> Identity | None:
    """The company of a VAT number with its country prefix (EU, XI, GB, CHE, NO); None where the shape is another.

    One company, one key: GR is EL, XI is GB, a Belgian number has ten digits, a British branch its company's nine;
    MWST, TVA, IVA and MVA at the end fall away. A number of a natural person is refused.
    """
    plain, told = _plain(text, "VAT")
    number = _SEPARATORS.sub("", plain)
    prefix, body = number[:2], number[2:]
    shape = _VAT_SHAPES.get(prefix)
    if shape is None or not re.fullmatch(shape, body):
        if told:
            raise RefusedError(
                f"{quoted(text)} is no VAT number known here.",
                hint=f"Start with the prefix, as in DE136695976; known are {', '.join(_VAT_SHAPES)}.",
            )
        return None
    if prefix in _PERSONAL and re.fullmatch(_PERSONAL[prefix], body):
        raise RefusedError(
            "This VAT number is a person's own number, which stays out of the repository.",
            hint="Give the domain, or the name with --country.",
        )
    country, digits = _canonical(prefix, body)
    if not _checked(country, digits):
        raise RefusedError(
            f"{quoted(number)} looks like a VAT number, but its check digit is wrong.",
            hint="Copy it again from an invoice.",
        )
    return Identity(key=f"vat-{country}-{digits}".lower(), kind="vat", shown=f"VAT {_whole(country, digits)}")


def _plain(text: str, label: str) -> tuple[str, bool]:
    """`text` in capitals without `label` in front; and whether it stood there with a colon, which leaves no doubt."""
    plain = unicodedata.normalize("NFKC", text).upper()
    told = plain.startswith(f"{label}:")
    return plain.removeprefix(f"{label}:" if told else f"{label} ").strip(), told


def _canonical(prefix: str, body: str) -> tuple[str, str]:
    country = {"GR": "EL", "XI": "GB"}.get(prefix, prefix)
    if country == "BE":
        return country, body.zfill(10)
    if country == "GB":
        return country, body[:9]
    if country == "CH":
        return country, body[1:10]
    if country == "NO":
        return country, body[:9]
    return country, body


def _checked(country: str, digits: str) -> bool:
    from stdnum import vatin  # noqa: PLC0415 - 40 ms that only what looks like a VAT number pays

    suffix = {"CH": "MWST", "NO": "MVA"}.get(country, "")
    return bool(vatin.is_valid(f"{_whole(country, digits)}{suffix}"))


def _whole(country: str, digits: str) -> str:
    return f"CHE{digits}" if country == "CH" else f"{country}{digits}"
