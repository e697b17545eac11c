"""What do the two ends of an ssh forge say to each other? One JSON request, one JSON answer, nothing unexpected."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from salesrepo.errors import ConflictError, ExitCode, RefusedError, SalesRepoError, UnavailableError, UsageError

COMMAND = "salesrepo-forge"
VERSION = 1
MOST = 256 << 10  # bytes of a request; the longest comment fits with every character escaped

_HEAD = {"head": str, "claims": list}
# What may be asked, and the fields that each needs. Judging, merging and the ledger are the server's own.
OPERATIONS: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "whoami": {},
        "main": {},
        "ledger": {},
        "user": {"name": str},
        "open": {"title": str, "submission": str, **_HEAD},
        "update": {"number": int, **_HEAD},
        "get": {"number": int},
        "list": {"state": str},
        "comment": {"number": int, "text": str},
        "approve": {"number": int, "head": str, "digest": str},
        "close": {"number": int, "reason": str},
        "recheck": {"number": int},
    }
)
_ERRORS: Mapping[int, type[SalesRepoError]] = MappingProxyType(
    {
        ExitCode.USAGE: UsageError,
        ExitCode.REFUSED: RefusedError,
        ExitCode.CONFLICT: ConflictError,
        ExitCode.UNAVAILABLE: UnavailableError,
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """One question: an operation with its fields, and as whom (forge id; empty: as whoever signed in)."""

    operation: str
    fields: Mapping[str, Any]
    actor: str = ""


def write_request(request: Request) -> bytes:
    """A request as bytes. Raises RefusedError for one that the other end would not read."""
    raw = json.dumps({"version": VERSION, "op": request.operation, "actor": request.actor, **request.fields}).encode()
    if len(raw) > MOST:
        raise _bad("It is too long")
    return raw


def read_request(raw: bytes) -> Request:
    """The request in bytes that may hold anything. Raises RefusedError unless every field is expected and whole."""
    if len(raw) > MOST:
        raise _bad("It is too long")
    value = _object(raw)
    if value is None:
        raise _bad("It is no JSON object")
    if value.pop("version", None) != VERSION:
        raise RefusedError("The two ends speak differently.", hint="Install the same salesrepo on both machines.")
    operation, actor = value.pop("op", None), value.pop("actor", "")
    expected = OPERATIONS.get(operation) if isinstance(operation, str) else None
    if expected is None or not isinstance(operation, str):
        raise _bad("It asks for something that is not done over ssh")
    if not isinstance(actor, str) or value.keys() != expected.keys():
        raise _bad(f"{operation} needs other fields")
    for name, kind in expected.items():
        if not _fits(value[name], kind):
            raise _bad(f"{name} is not what {operation} needs")
    return Request(operation, value, actor)


def answer(value: Any) -> dict[str, Any]:
    """The answer that says `value`."""
    return {"answer": value}


def refusal(problem: SalesRepoError) -> dict[str, Any]:
    """The answer that says what is wrong."""
    return {"error": {"code": int(problem.code), "message": problem.message, "hint": problem.hint}}


def read_answer(raw: bytes) -> Any:
    """The value of an answer. Raises the error that it holds instead, ValueError for bytes that are no answer."""
    value = _object(raw) or {}
    if value.keys() == {"answer"}:
        return value["answer"]
    error = value.get("error")
    if value.keys() != {"error"} or not isinstance(error, dict):
        raise ValueError("no answer")
    kind = _ERRORS.get(error.get("code") or 0, RefusedError) if isinstance(error.get("code"), int) else RefusedError
    raise kind(str(error.get("message", "")), hint=str(error.get("hint", "")))


def _object(raw: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _fits(value: Any, kind: type) -> bool:
    if kind is int:
        return type(value) is int and 0 < value < 1 << 31
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, kind)


def _bad(why: str) -> RefusedError:
    return RefusedError(f"The request was not understood: {why}.", hint="Use the salesrepo command, as new as here.")
