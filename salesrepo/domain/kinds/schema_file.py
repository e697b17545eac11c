"""The schemas that the first line of every record names, so that editors can help."""

from dataclasses import dataclass

from salesrepo.domain.fields import Slug
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class SchemaFile:
    """A copy of `schemas/<kind>.schema.json`; salesrepo itself never reads it."""

    name: Slug


SCHEMA_FILE = Kind(
    "schema-file",
    SchemaFile,
    PathPattern("schemas/<name>.schema.json"),
    Owner.MAINTAINER,
    cap=TABLE_CAP,
    opaque=True,
)
