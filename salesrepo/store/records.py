"""How does a record become the bytes of its file?"""

from typing import Any

from salesrepo.domain.paths import schema_reference
from salesrepo.domain.record import Kind
from salesrepo.store.emit import emit
from salesrepo.store.plain import to_plain


def file_of(kind: Kind[Any], value: Any) -> tuple[str, bytes]:
    """Path and bytes of a record that salesrepo writes; a pointer is empty."""
    path = kind.path_of(value)
    return path, b"" if kind.pointer else bytes_of(kind, value, path=path)


def bytes_of(kind: Kind[Any], value: Any, *, path: str) -> bytes:
    """The bytes of one record at a path."""
    return emit(to_plain(value), schema=schema_reference(path, kind))
