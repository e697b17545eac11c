"""How the embedded forge's proposals are written as JSON, and read back without trusting a byte of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from salesrepo.errors import RefusedError
from salesrepo.forge.base import Comment, HeadApproval, Proposal, ProposalState, Update

VERSION = 1
CAP = 4 << 20

T = TypeVar("T")


def dump(value: Mapping[str, Any]) -> bytes:
    """JSON bytes, the same for the same value. Raises RefusedError beyond 4 MiB (a proposal with endless comments)."""
    raw = json.dumps(value, sort_keys=True, indent=1).encode("ascii") + b"\n"
    if len(raw) > CAP:
        raise RefusedError("This proposal has grown too large.", hint="Close it and open a new one.")
    return raw


def load(raw: bytes, path: str) -> dict[str, Any]:
    """The JSON object in a file of the forge's state. Raises RefusedError for anything else."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise damaged(path)
    return value


def take(value: Mapping[str, Any], key: str, kind: type[T], path: str) -> T:
    """A field of exactly this type. Raises RefusedError where it is missing or another."""
    found = value.get(key)
    if type(found) is not kind:
        raise damaged(path)
    return found


def damaged(path: str) -> RefusedError:
    """The error for a file of the state that says nothing sensible."""
    return RefusedError(
        f"The forge's own notes are damaged ({path} in refs/forge/state).",
        hint="Go back by one entry: git update-ref refs/forge/state refs/forge/state~1 in master.git, then look again.",
    )


def dump_proposal(proposal: Proposal) -> bytes:
    """A proposal as JSON."""
    return dump(plain_proposal(proposal))


def plain_proposal(proposal: Proposal) -> dict[str, Any]:
    """A proposal as what JSON can hold."""
    return {
        "number": proposal.number,
        "actor": proposal.actor,
        "title": proposal.title,
        "state": proposal.state.value,
        "head": proposal.head,
        "created": proposal.created,
        "merged": proposal.merged or "",
        "updates": [
            {
                "seq": u.seq,
                "head": u.head,
                "claims": list(u.claims),
                "verdict": u.verdict or "",
                "summary": u.summary,
            }
            for u in proposal.updates
        ],
        "approvals": [{"actor": a.actor, "head": a.head, "digest": a.digest} for a in proposal.approvals],
        "comments": [{"actor": c.actor, "text": c.text, "seq": c.seq} for c in proposal.comments],
    }


def load_proposal(raw: bytes, path: str) -> Proposal:
    """The proposal in a JSON file. Raises RefusedError when a field is missing, of another type or without sense."""
    return read_proposal(load(raw, path), path)


def read_proposal(value: Mapping[str, Any], path: str) -> Proposal:
    """The proposal in what JSON held; raises as `load_proposal`."""
    state = take(value, "state", str, path)
    updates = tuple(_update(item, path) for item in _items(value, "updates", path))
    if state not in {known.value for known in ProposalState} or not updates:
        raise damaged(path)
    return Proposal(
        number=take(value, "number", int, path),
        actor=take(value, "actor", str, path),
        title=take(value, "title", str, path),
        state=ProposalState(state),
        head=take(value, "head", str, path),
        created=take(value, "created", int, path),
        merged=take(value, "merged", str, path) or None,
        updates=updates,
        approvals=tuple(_approval(item, path) for item in _items(value, "approvals", path)),
        comments=tuple(
            Comment(take(item, "actor", str, path), take(item, "text", str, path), take(item, "seq", int, path))
            for item in _items(value, "comments", path)
        ),
    )


def _approval(item: Mapping[str, Any], path: str) -> HeadApproval:
    digest = take(item, "digest", str, path) if "digest" in item else ""  # older ones were given to a commit alone
    return HeadApproval(take(item, "actor", str, path), take(item, "head", str, path), digest)


def _update(item: Mapping[str, Any], path: str) -> Update:
    claims = take(item, "claims", list, path)
    if any(type(claim) is not str for claim in claims):
        raise damaged(path)
    return Update(
        seq=take(item, "seq", int, path),
        head=take(item, "head", str, path),
        claims=tuple(claims),
        verdict=take(item, "verdict", str, path) or None,
        summary=take(item, "summary", str, path),
    )


def _items(value: Mapping[str, Any], key: str, path: str) -> Sequence[Mapping[str, Any]]:
    found = take(value, key, list, path)
    if any(type(item) is not dict for item in found):
        raise damaged(path)
    return found
