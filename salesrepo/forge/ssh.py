"""An embedded forge on another machine, reached over ssh: the server knows who asks, judges and merges by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from salesrepo.errors import RefusedError, UnavailableError
from salesrepo.forge.base import Forge, ForgeSettings, Member, Proposal, ProposalState
from salesrepo.forge.local_codec import read_proposal
from salesrepo.forge.local_setup import MASTER, fork_path
from salesrepo.forge.wire import COMMAND, Request, read_answer, write_request
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.ssh import SshPlace, ask, read_place
from salesrepo.vcs.transfer import fetch_objects


@dataclass(frozen=True)
class SshForge:
    """The forge at `at` (see base.Forge for every promise). Each question is one connection; `copy` reads for it.

    An `actor` that is not whoever signed in is refused by the server.
    """

    at: SshPlace
    copy: Path | None = None
    name: str = "ssh"
    authenticated: bool = True
    join: None = None
    merge: None = None
    page: None = None

    def whoami(self) -> Member:
        """Whose key this is, by the server's list of keys."""
        found = self._ask("whoami")
        if not isinstance(found, dict) or {type(value) for value in found.values()} != {str}:
            raise self._nonsense()
        return Member(found.get("id", ""), found.get("name", ""))

    def source(self) -> str:
        """The address of master.git."""
        return f"{self.at.url}/{MASTER}"

    def fork(self, name: str) -> str:
        """The address of a node's fork; the server takes pushes to one's own only."""
        return f"{self.at.url}/forks/{fork_path(Path(), name).name}"

    def repository(self, *commits: str) -> Path:
        """The copy that asks, with these commits in it (see base.Forge.repository)."""
        if self.copy is None:
            raise RefusedError("The records are on another machine.", hint="Run this in a folder that has joined it.")
        with Objects(self.copy) as objects:
            missing = [oid for oid, found in objects.info_many(commits).items() if found is None]
        if missing:
            fetch_objects(self.copy, self.source(), *missing)
        return self.copy

    def main(self) -> str:
        """Main's tip."""
        return self._text(self._ask("main"))

    def ledger(self) -> str | None:
        """The ledger's tip, or None."""
        found = self._ask("ledger")
        return None if found is None else self._text(found)

    def user(self, name: str) -> str | None:
        """The forge id of a node, or None."""
        found = self._ask("user", {"name": name})
        return None if found is None else self._text(found)

    def get(self, number: int) -> Proposal:
        """One proposal. Raises RefusedError when there is none of this number."""
        return self._proposal(self._ask("get", {"number": number}))

    def list(self, state: ProposalState | None = None) -> tuple[Proposal, ...]:
        """All proposals (in this state), by number."""
        found = self._ask("list", {"state": state.value if state else ""})
        if not isinstance(found, list):
            raise self._nonsense()
        return tuple(map(self._proposal, found))

    def open(self, actor: str, *, head: str, title: str, submission: str, claims: Sequence[str]) -> int:
        """Propose a head of one's own fork (see base.Forge.open); the server judges it before it answers."""
        fields = {"head": head, "title": title, "submission": submission, "claims": list(claims)}
        number = self._ask("open", fields, actor=actor)
        if type(number) is not int:
            raise self._nonsense()
        return number

    def update(self, number: int, *, actor: str, head: str, claims: Sequence[str]) -> None:
        """Give one's own open proposal another head; the server judges it before it answers."""
        self._ask("update", {"number": number, "head": head, "claims": list(claims)}, actor=actor)

    def comment(self, number: int, *, actor: str, text: str) -> None:
        """Say something on a proposal."""
        self._ask("comment", {"number": number, "text": text}, actor=actor)

    def approve(self, number: int, *, actor: str, head: str, digest: str = "") -> None:
        """Approve one head of somebody else's proposal (see base.Approve); the server merges it if that was all."""
        self._ask("approve", {"number": number, "head": head, "digest": digest}, actor=actor)

    def close(self, number: int, *, actor: str, reason: str, reviews: bool = False) -> None:
        """Close one's own proposal, or as a reviewer another's; the server itself looks up whether one reviews."""
        self._ask("close", {"number": number, "reason": reason}, actor=actor)

    def recheck(self, number: int) -> None:
        """Let the server judge a proposal again, and merge it if nothing and nobody is missing."""
        self._ask("recheck", {"number": number})

    def judged(self, number: int, *, head: str, verdict: str, summary: str) -> NoReturn:
        """Raises RefusedError: only the server's own bots judge."""
        raise RefusedError(f"Proposal {number} is judged on {self.at.host} itself.", hint="Ask it to look again.")

    def advance_ledger(self, new: str, *, old: str | None) -> NoReturn:
        """Raises RefusedError: only the server's own bots settle."""
        raise RefusedError(f"The ledger is settled on {self.at.host} itself.", hint="Ask whoever runs that machine.")

    def _ask(self, operation: str, fields: dict[str, Any] | None = None, *, actor: str = "") -> Any:
        reply = ask(self.at, COMMAND, write_request(Request(operation, fields or {}, actor)))
        try:
            return read_answer(reply.out)
        except ValueError:
            said = " ".join(reply.words.decode("utf-8", "replace").split())[:300]
        raise UnavailableError(
            f"{self.at.target} gave no answer over ssh.", hint=f"Check the address and your key. It said: {said}"
        )

    def _proposal(self, value: Any) -> Proposal:
        try:
            return read_proposal(value if isinstance(value, dict) else {}, "")
        except RefusedError:
            raise self._nonsense() from None

    def _text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self._nonsense()
        return value

    def _nonsense(self) -> UnavailableError:
        return UnavailableError(
            f"What {self.at.host} answered makes no sense here.", hint="Install the same salesrepo on both machines."
        )


def open_ssh(settings: ForgeSettings) -> Forge:
    """The forge at the address `settings.place`; nothing is asked of it yet. Raises UsageError for no ssh address."""
    return SshForge(read_place(settings.place), settings.copy)
