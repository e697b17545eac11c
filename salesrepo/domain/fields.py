"""What a field of a record may hold: the small vocabulary from which models, schemas and messages are derived.

A record's value is a frozen dataclass whose annotations carry these marks; `store/model.py` turns them into a pydantic
model. Nothing here parses: importing this module costs nothing on the path of `sr log`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text that must match `regex` as a whole (ASCII); `what` names it in messages."""

    regex: str
    what: str


@dataclass(frozen=True, slots=True)
class Text:
    """Free text in any script: at most `most` characters; a line break only where `lines` says so, blanks as there.

    `domain/blanks.py` says which blanks those are.
    """

    most: int
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, both included."""

    least: int
    most: int


_SLUG = r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?"

AccountKey = Annotated[str, Pattern(_SLUG, "an account key such as d-acme.com")]
NodeId = Annotated[str, Pattern(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?", "a node such as ana-lima")]
Slug = Annotated[str, Pattern(_SLUG, "a short name of a-z, 0-9, - and .")]
EntryId = Annotated[
    str, Pattern(r"[a-z0-9](?:[a-z0-9.-]{0,58}[a-z0-9])?", "a short name of at most 60 of a-z, 0-9, - and .")
]
LayerId = Annotated[str, Pattern(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", "a layer such as core")]
DealId = Annotated[str, Pattern(_SLUG, "a deal's id such as d-acme.com-2")]
ForgeId = Annotated[str, Pattern(r"[1-9][0-9]{0,18}", "the forge's number for a user")]
Ulid = Annotated[str, Pattern(r"[0-9a-hjkmnp-tv-z]{26}", "a ULID in lower case")]
Amount = Annotated[str, Pattern(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?", 'an amount such as "1054.00"')]
Percent = Annotated[str, Pattern(r"(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,6})?%", "a percentage such as 12.5%")]
Currency = Annotated[str, Pattern(r"[A-Z]{3}", "an ISO 4217 currency code such as EUR")]
Country = Annotated[str, Pattern(r"[A-Z]{2}", "an ISO 3166-1 country code such as DE")]
Region = Annotated[str, Pattern(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", "an ISO 3166 code such as DE or DE-BY")]
Industry = Annotated[
    str,
    Pattern(r"[0-9]{2,6}(?:-[0-9]{2})?|[A-U](?:[0-9]{2,4})?", "a code or prefix of NAICS (5415, 31-33) or ISIC (C28)"),
]
Postal = Annotated[str, Pattern(r"[0-9A-Z#][0-9A-Z #-]{0,11}", "a postal code or prefix such as 80 or SW1")]
Line = Annotated[str, Text(200)]
Prose = Annotated[str, Text(4000, lines=True)]
LineKey = Annotated[str, Text(600)]
Count = Annotated[int, Whole(0, 1_000_000_000)]
Instant = Annotated[
    str, Pattern(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", "a time such as 2026-11-21T10:05:00Z")
]
WindowId = Annotated[
    str,
    Pattern(r"20[0-9]{2}(?:-(?:0[1-9]|1[0-2]|q[1-4]|h[12]))?", "a window such as 2027-04, 2027-q2, 2027-h1 or 2027"),
]
ObjectId = Annotated[str, Pattern(r"[0-9a-f]{40}|[0-9a-f]{64}", "a Git object id")]

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)
DAY_REGEX = r"20[0-9]{2}-[01][0-9]-[0-3][0-9]|2100-[01][0-9]-[0-3][0-9]"
