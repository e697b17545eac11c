"""How does a record become the bytes of its file?"""

from collections.abc import Iterable
from typing import Any

from salesrepo.domain.paths import schema_reference
from salesrepo.domain.record import Kind
from salesrepo.store.emit import emit, emit_document
from salesrepo.store.plain import to_plain


def file_of(kind: Kind[Any], value: Any) -> tuple[str, bytes]:
    """Path and bytes of a record that salesrepo writes; a pointer is empty."""
    path = kind.path_of(value)
    return path, b"" if kind.pointer else bytes_of(kind, value, path=path)


def bytes_of(kind: Kind[Any], value: Any, *, path: str) -> bytes:
    """The bytes of one record at a path."""
    return emit(to_plain(value), schema=schema_reference(path, kind))


def stream_of(kind: Kind[Any], values: Iterable[Any], *, path: str) -> bytes:
    """The bytes of a stream of records at a path."""
    head = f"# yaml-language-server: $schema={schema_reference(path, kind)}\n".encode()
    return head + b"".join(emit_document(to_plain(value)) for value in values)
